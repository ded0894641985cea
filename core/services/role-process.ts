import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { roleMessage } from '../role-messages.ts';

/** What a role is started with; `onEvent` gets one line for a person each time. */
export interface RoleProcessOptions {
  /** As it is shown to people. */
  name: string;
  /** File that node runs. */
  entry: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  onEvent: (line: string) => void;
}

const READY_TIMEOUT_MS = 60_000;
/** Above the time that a role gives its own stop. */
const STOP_TIMEOUT_MS = 25_000;
const SHORTEST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;
/** One that has lived this long did not fall over its own start. */
const STEADY_MS = 10_000;

type Outcome = { kind: 'ready'; url: string | undefined } | { kind: 'failed'; message: string };

interface Running {
  child: ChildProcess;
  outcome: Promise<Outcome>;
  exited: Promise<string>;
}

/**
 * How Node runs a role. A turn allocates much that dies at once; a larger young generation spares most of what its
 * collection costs.
 */
export const ROLE_NODE_ARGS: readonly string[] = ['--enable-source-maps', '--max-semi-space-size=32'];

/** One role in a process of its own: started, started again when it dies, stopped with time to finish its work. */
export class RoleProcess {
  private running: Running | undefined;
  private stopping = false;

  constructor(private readonly options: RoleProcessOptions) {}

  /** Of the process that was started last; undefined before the first start. */
  get pid(): number | undefined {
    return this.running?.child.pid;
  }

  /** @throws if it does not become ready: a start that fails is for a person to look at, not for trying again */
  async start(): Promise<{ url: string | undefined }> {
    const running = this.launch();
    const outcome = await running.outcome;
    if (outcome.kind === 'failed') throw new Error(outcome.message);
    void this.keepRunning(running);
    return { url: outcome.url };
  }

  /** Resolves when it has ended: by itself, or killed after 25 s. It is not started again. */
  async stop(): Promise<void> {
    this.stopping = true;
    const running = this.running;
    if (running === undefined) return;
    running.child.kill('SIGTERM');
    const timer = setTimeout(() => {
      this.options.onEvent(`${this.options.name} does not stop; killing it`);
      running.child.kill('SIGKILL');
    }, STOP_TIMEOUT_MS);
    await running.exited;
    clearTimeout(timer);
  }

  private async keepRunning(first: Running): Promise<void> {
    const { name, onEvent } = this.options;
    let backoffMs = SHORTEST_BACKOFF_MS;
    for (let running = first; ; running = this.launch()) {
      const startedAt = Date.now();
      if (running !== first) void this.reportRestart(running);
      const reason = await running.exited;
      if (this.stopping) return;
      if (Date.now() - startedAt > STEADY_MS) backoffMs = SHORTEST_BACKOFF_MS;
      onEvent(`${name} ended (${reason}); starting it again in ${backoffMs} ms`);
      await sleep(backoffMs);
      if (this.stopping) return;
      backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
    }
  }

  private async reportRestart(running: Running): Promise<void> {
    const outcome = await running.outcome;
    if (this.stopping) return;
    this.options.onEvent(outcome.kind === 'ready' ? `${this.options.name} is back` : outcome.message);
  }

  /**
   * In a process group of its own: Ctrl-C in the terminal is for the launcher, which stops things in order. If the
   * launcher is killed, the closed channel tells the role to stop.
   */
  private launch(): Running {
    const { entry, args, env, name } = this.options;
    const child = spawn(process.execPath, [...ROLE_NODE_ARGS, entry, ...args], {
      detached: true,
      env,
      // stdout of the launcher carries one line, and that is its own.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const running = { child, exited, outcome: outcomeOf(child, exited, name) };
    this.running = running;
    return running;
  }
}

function outcomeOf(child: ChildProcess, exited: Promise<string>, name: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const finish = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const timer = setTimeout(() => {
      finish({ kind: 'failed', message: `${name} is not ready after ${READY_TIMEOUT_MS / 1000} s` });
      child.kill('SIGKILL');
    }, READY_TIMEOUT_MS);
    child.on('message', (raw) => {
      const message = roleMessage.safeParse(raw).data;
      if (message?.type === 'ready') finish({ kind: 'ready', url: message.url });
      if (message?.type === 'failed') finish({ kind: 'failed', message: message.message });
    });
    void exited.then((reason) =>
      finish({ kind: 'failed', message: `${name} ended before it was ready (${reason})` }),
    );
  });
}
