import { type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, isFree } from './free-port.ts';
import { keepAlive } from './keep-alive.ts';
import { identityOf, isAlive, sendSignal, stopProcess, type ProcessIdentity } from './process-identity.ts';
import { type RecordedStore } from './runtime-file.ts';
import { ServicesError } from './services-error.ts';

/** What differs between the stores; the life of a store process is the same for all of them. */
export interface StoreDriver {
  readonly name: string;
  /** Makes files and programs ready; called once, before the first start. */
  prepare(): Promise<void>;
  /** Removes what a crashed server left behind, and stops one that still works on our files unrecorded. */
  clearLeftovers(): Promise<void>;
  /** In a process group of its own, so that Ctrl-C in the terminal does not reach it before the roles are done. */
  spawn(port: number): ChildProcess;
  /** Resolves if the store answers, throws if it does not (yet). */
  probe(port: number): Promise<void>;
  /** Last lines of the log since the last spawn, for the message of a failed start. */
  logTail(): string;
  readonly stopSteps: readonly { signal: NodeJS.Signals; timeoutMs: number }[];
}

/** `supervise` starts a store again that has ended. */
export interface StoreOptions {
  supervise: boolean;
  /** One line for a person. */
  onEvent: (line: string) => void;
  /** The process or port behind the store has changed. */
  onChange: () => void;
}

/** What may be done to one store. `port` is 0 before the first start, `pid` missing while it is down. */
export interface StoreControl {
  readonly port: number;
  readonly pid: number | undefined;
  /** Sends the signal; for SIGKILL, SIGTERM, SIGINT and SIGQUIT resolves when the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Resolves when the store answers (again); throws when it has been closed. */
  ready(): Promise<void>;
  /** Starts an unsupervised store that was killed, on the same port with the same data. */
  restart(): Promise<void>;
}

const ADOPTION_TIMEOUT_MS = 5_000;
/** Recovery of a large log after a crash comes before the first answer. */
const ANSWER_TIMEOUT_MS = 120_000;
/** Backends of a killed Postgres need a moment to notice; until then a new one refuses to start. */
const FIRST_START_TIMEOUT_MS = 15_000;
const SHORTEST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 2_000;
const ADOPTED_POLL_MS = 100;
const EXIT_SIGNALS: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT'];

type Phase = 'new' | 'starting' | 'up' | 'down' | 'closing' | 'closed';

/**
 * The life of one private store: started or adopted, watched, restarted on its port, stopped.
 *
 *   new → starting → up → down → starting → …      closing and closed from anywhere
 */
export class Store implements StoreControl {
  private phase: Phase = 'new';
  private currentPort = 0;
  private identity: ProcessIdentity | undefined;
  private preparation: Promise<void> | undefined;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly driver: StoreDriver,
    private readonly options: StoreOptions,
  ) {}

  get port(): number {
    return this.currentPort;
  }

  get pid(): number | undefined {
    return this.identity?.pid;
  }

  /** What the next launcher has to know to adopt it; undefined while it is down. */
  get record(): RecordedStore | undefined {
    return this.identity === undefined ? undefined : { port: this.currentPort, process: this.identity };
  }

  /**
   * @param recorded what an earlier launcher wrote down about this store
   * @param lastPort where it was in an earlier start; taken again if it is free
   */
  async start(recorded: RecordedStore | undefined, lastPort?: number): Promise<void> {
    this.phase = 'starting';
    if (recorded !== undefined && (await this.adopt(recorded))) return;
    await this.prepared();
    this.currentPort = await freePort(recorded?.port ?? lastPort);
    await this.startFirst();
  }

  async restart(): Promise<void> {
    if (this.phase === 'down') await this.launchUntilUp();
    await this.ready();
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const identity = this.identity;
    if (identity === undefined) return;
    sendSignal(identity, signal);
    if (!EXIT_SIGNALS.includes(signal)) return;
    // Until the exit is noticed here as well: a ready() that follows must not answer for the dead process.
    await this.until(() => this.identity !== identity);
  }

  ready(): Promise<void> {
    return this.until(() => this.phase === 'up');
  }

  /** Stops it by the driver's steps and starts it no more. Safe to call twice; whoever waits for it is told. */
  async close(): Promise<void> {
    if (this.phase === 'closed') return;
    this.phase = 'closing';
    const identity = this.identity;
    if (identity !== undefined && !(await stopProcess(identity, this.driver.stopSteps))) {
      this.options.onEvent(`${this.driver.name} (process ${identity.pid}) does not stop`);
    }
    this.enter('closed');
  }

  /** Takes over a store that an earlier launcher left running. A hung one is killed: it holds our files. */
  private async adopt({ port, process: identity }: RecordedStore): Promise<boolean> {
    if (!isAlive(identity)) return false;
    if (!(await this.answers(identity, port, ADOPTION_TIMEOUT_MS))) {
      await stopProcess(identity, [{ signal: 'SIGKILL', timeoutMs: 5_000 }]);
      return false;
    }
    this.currentPort = port;
    this.identity = identity;
    this.options.onEvent(
      `${this.driver.name} of an earlier start is still running (process ${identity.pid})`,
    );
    this.enter('up');
    this.watchAdopted(identity);
    return true;
  }

  private async startFirst(): Promise<void> {
    const deadline = Date.now() + FIRST_START_TIMEOUT_MS;
    for (let backoffMs = SHORTEST_BACKOFF_MS; ; backoffMs = next(backoffMs)) {
      if (await this.launch()) return;
      if (Date.now() > deadline) {
        throw new ServicesError(
          'start_failed',
          `${this.driver.name} does not start:\n${this.driver.logTail()}`,
        );
      }
      await sleep(backoffMs);
      // Somebody else may have taken the port between the look and the start.
      if (!(await isFree(this.currentPort))) this.currentPort = await freePort();
    }
  }

  /** After a crash, for as long as it takes: clients know the port and keep trying. */
  private async launchUntilUp(): Promise<void> {
    for (let backoffMs = SHORTEST_BACKOFF_MS; this.phase === 'down'; backoffMs = next(backoffMs)) {
      try {
        if (await this.launch()) return;
        this.reportFailure(lastLine(this.driver.logTail()));
      } catch (error) {
        this.failed();
        this.reportFailure(String(error));
      }
      await sleep(backoffMs);
    }
  }

  /** @returns whether the store answers */
  private async launch(): Promise<boolean> {
    await this.prepared();
    await this.driver.clearLeftovers();
    if (this.isClosing()) return false;
    this.phase = 'starting';
    const child = this.driver.spawn(this.currentPort);
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    // The process of a launcher must be able to end without its stores.
    child.unref();
    const identity = child.pid === undefined ? undefined : identityOf(child.pid);
    if (identity === undefined) {
      await keepAlive(exited);
      return this.failed();
    }
    this.identity = identity;
    this.options.onChange();
    if (!(await this.answers(identity, this.currentPort, ANSWER_TIMEOUT_MS))) {
      await stopProcess(identity, [{ signal: 'SIGKILL', timeoutMs: 5_000 }]);
      await keepAlive(exited);
      return this.failed();
    }
    if (this.isClosing()) return false;
    this.enter('up');
    void exited.then((reason) => this.onExit(identity, reason));
    return true;
  }

  /** Once, and for an adopted store not before it has to be started again. */
  private prepared(): Promise<void> {
    this.preparation ??= this.driver.prepare();
    return this.preparation;
  }

  private reportFailure(reason: string): void {
    if (!this.isClosing())
      this.options.onEvent(`${this.driver.name} does not start, trying again: ${reason}`);
  }

  private failed(): false {
    this.identity = undefined;
    if (!this.isClosing()) this.enter('down');
    return false;
  }

  private async answers(identity: ProcessIdentity, port: number, timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 1.5, 100)) {
      try {
        await this.driver.probe(port);
        return true;
      } catch {
        if (Date.now() > deadline || !isAlive(identity)) return false;
      }
      await sleep(pauseMs);
    }
  }

  /** An adopted store is nobody's child here, so nobody tells when it ends. */
  private watchAdopted(identity: ProcessIdentity): void {
    const timer = setInterval(() => {
      if (isAlive(identity)) return;
      clearInterval(timer);
      this.onExit(identity, 'it was not our child, so the reason is unknown');
    }, ADOPTED_POLL_MS);
    timer.unref();
  }

  private onExit(identity: ProcessIdentity, reason: string): void {
    if (this.identity !== identity) return;
    this.identity = undefined;
    if (this.isClosing()) return this.notify();
    this.enter('down');
    if (!this.options.supervise) return this.options.onEvent(`${this.driver.name} ended (${reason})`);
    this.options.onEvent(`${this.driver.name} ended (${reason}); starting it again`);
    void this.recover();
  }

  private async recover(): Promise<void> {
    const startedAt = Date.now();
    await this.launchUntilUp();
    if (this.phase === 'up')
      this.options.onEvent(`${this.driver.name} is back after ${Date.now() - startedAt} ms`);
  }

  private isClosing(): boolean {
    return this.phase === 'closing' || this.phase === 'closed';
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.options.onChange();
    this.notify();
  }

  private notify(): void {
    for (const check of this.waiting) check();
  }

  private until(condition: () => boolean): Promise<void> {
    const met = new Promise<void>((resolve, reject) => {
      const check = () => {
        if (condition()) resolve();
        else if (this.phase === 'closed') reject(new Error(`${this.driver.name} has been closed`));
        else return;
        this.waiting.delete(check);
      };
      this.waiting.add(check);
      check();
    });
    return keepAlive(met);
  }
}

function next(backoffMs: number): number {
  return Math.min(backoffMs * 2, LONGEST_BACKOFF_MS);
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
