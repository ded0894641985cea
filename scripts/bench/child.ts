import { ROLE_NODE_ARGS } from '../../core/services/role-process.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { builtEntry } from '../../core/checkout.ts';

const STOP_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 120_000;

/** A process of the build. stdout and stderr go to the log. */
export interface ChildOptions {
  name: string;
  /** In the build, without extension. */
  entry: string;
  args?: readonly string[];
  nodeArgs?: readonly string[];
  env: Record<string, string>;
  logPath: string;
}

/** A process that the bench has started and that it alone ends, by its own handle. */
export class Child {
  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly gone: Promise<void>,
  ) {}

  /** @throws when the process could not be started */
  get pid(): number {
    const { pid } = this.child;
    if (pid === undefined) throw new Error(`${this.name} has no process`);
    return pid;
  }

  /** Starts it without waiting; `next` tells when it is ready. */
  static start(options: ChildOptions): Child {
    const log = openSync(options.logPath, 'a', 0o600);
    // As the launcher starts roles, baselines too; output to a file as a service would have it.
    const child = spawn(
      process.execPath,
      [...ROLE_NODE_ARGS, ...(options.nodeArgs ?? []), builtEntry(options.entry), ...(options.args ?? [])],
      { env: options.env, stdio: ['ignore', log, log, 'ipc'] },
    );
    closeSync(log);
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    return new Child(options.name, child, gone);
  }

  /** One message by the channel between the processes. */
  tell(message: object): void {
    this.child.send(message);
  }

  /** The next message for which `read` has an answer. */
  async next<T>(read: (message: unknown) => T | undefined): Promise<T> {
    const { child } = this;
    let stopListening = (): void => {};
    const answer = new Promise<T>((resolve, reject) => {
      const onMessage = (message: unknown): void => {
        try {
          const value = read(message);
          if (value !== undefined) resolve(value);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      child.on('message', onMessage);
      const timer = setTimeout(() => reject(new Error(`${this.name} does not answer`)), ANSWER_TIMEOUT_MS);
      void this.gone.then(() => reject(new Error(`${this.name} has ended`)));
      stopListening = () => {
        child.off('message', onMessage);
        clearTimeout(timer);
      };
    });
    try {
      return await answer;
    } finally {
      stopListening();
    }
  }

  /** SIGTERM, and SIGKILL where that does not help; resolves when it has ended. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.gone;
    clearTimeout(timer);
  }
}
