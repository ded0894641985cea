import { logSettings } from './config.ts';
import { createLogger } from './logger.ts';
import type { RoleMessage } from './role-messages.ts';

/**
 * How a process ends. The only place that listens to signals.
 *
 *   running → stopping:  readiness turns red
 *                        intake stops (no new connections, no new jobs)
 *                        running work may finish, until the drain time is over; then `signal` aborts
 *                        closers run one after the other, the last registered first
 *             stopped:   the process exits
 *
 * Everything is bounded: whoever started us will not wait for ever either.
 */

/** Of the whole stop, beginning with the signal. The launcher kills after 25 s. */
const DRAIN_MS = 20_000;
const INTAKE_MS = 3_000;
/** For work that has been aborted to notice it. */
const ABORT_GRACE_MS = 1_000;
const CLOSE_MS = 2_000;
/** For what can only be let go of, since the other end is away. */
const HURRIED_CLOSE_MS = 300;
const WHOLE_STOP_MS = 24_000;
/** npm passes the Ctrl-C of a terminal on to a process that has already got it. */
const SAME_KEYSTROKE_MS = 1_000;

type Step = () => void | Promise<void>;

/** Something a stop has to tell; `message` is one sentence for a person. */
export interface LifecycleEvent {
  level: 'info' | 'warn' | 'error';
  message: string;
  error?: unknown;
}

/** Times are in milliseconds; their defaults fit the time that the launcher waits. */
export interface LifecycleOptions {
  /** By default structured lines on stderr. */
  onEvent?: (event: LifecycleEvent) => void;
  drainMs?: number;
  wholeStopMs?: number;
  /** Ends the process; given by `runProcess`. */
  onGiveUp?: (message: string) => void;
}

interface Closer {
  name: string;
  close: Step;
  deadlineMs: number;
}

/**
 * What a process registers for its end, and the stop that goes through it, in the order told above. A step that fails
 * or is late is reported and does not keep the others from their turn.
 */
export class Lifecycle {
  private readonly abort = new AbortController();
  private readonly intakeStops: Step[] = [];
  private readonly drains: Step[] = [];
  private readonly closers: Closer[] = [];
  private readonly onEvent: (event: LifecycleEvent) => void;
  private stopped: Promise<void> | undefined;
  private hurried = false;

  constructor(
    readonly name: string,
    private readonly options: LifecycleOptions = {},
  ) {
    this.onEvent = options.onEvent ?? (() => {});
  }

  /** Aborts when running work has used up its time. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** True from the first moment of a stop: readiness answers red, and nothing new is begun. */
  get stopping(): boolean {
    return this.stopped !== undefined;
  }

  /** Something that takes in work and can cease to, without ending what runs. */
  onIntakeStop(stop: Step): void {
    this.intakeStops.push(stop);
  }

  /** Resolves when the running work is done. */
  onDrain(drain: Step): void {
    this.drains.push(drain);
  }

  /** Whoever opens something registers here how it closes. */
  onClose(name: string, close: Step, deadlineMs = CLOSE_MS): void {
    this.closers.push({ name, close, deadlineMs });
  }

  /** Cuts the drain short. */
  abortWork(): void {
    this.abort.abort(new Error('The process is stopping'));
  }

  /**
   * For a stop while a store is away: running work can't be finished and nothing can be handed over, so neither is
   * waited for.
   */
  hurry(): void {
    this.hurried = true;
    this.abortWork();
  }

  /**
   * Ends the process with exit code 1: what it needs will not come back.
   *
   * @param message one sentence for a person that says what to do
   */
  giveUp(message: string): void {
    this.hurry();
    this.options.onGiveUp?.(message);
  }

  /** Stops in order; calls after the first wait for the same stop. */
  stop(): Promise<void> {
    this.stopped ??= this.stopInOrder();
    return this.stopped;
  }

  private async stopInOrder(): Promise<void> {
    // `stopping` is true from here on, and readiness may be asked before the first step runs.
    await Promise.resolve();
    const startedAt = Date.now();
    await this.within('intake', INTAKE_MS, () => Promise.all(this.intakeStops.map(run)));
    await this.drain((this.options.drainMs ?? DRAIN_MS) - (Date.now() - startedAt));
    for (const { name, close, deadlineMs } of this.closers.toReversed()) {
      await this.within(name, this.hurried ? Math.min(deadlineMs, HURRIED_CLOSE_MS) : deadlineMs, close);
    }
  }

  private async drain(remainingMs: number): Promise<void> {
    const drained = Promise.all(this.drains.map(run));
    const aborted = new Promise<'aborted'>((resolve) => {
      if (this.signal.aborted) resolve('aborted');
      this.signal.addEventListener('abort', () => resolve('aborted'), { once: true });
    });
    const timer = setTimeout(() => this.abortWork(), Math.max(remainingMs, 0));
    const outcome = await Promise.race([settled(drained), aborted]);
    clearTimeout(timer);
    if (outcome === 'aborted') await this.within('running work', ABORT_GRACE_MS, () => drained);
    // Whatever still listens is late work that must not begin anything now.
    if (!this.signal.aborted) this.abortWork();
  }

  private async within(what: string, deadlineMs: number, step: () => unknown): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), deadlineMs);
    });
    try {
      const outcome = await Promise.race([Promise.resolve().then(step), late]);
      if (outcome === 'late' && !this.hurried) {
        this.onEvent({ level: 'warn', message: `${what} did not stop within ${deadlineMs} ms` });
      }
    } catch (error) {
      this.onEvent({ level: 'error', message: `${what} failed to stop`, error });
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Runs a process from its start to its exit: `main` opens everything and returns when it serves; the process
 * then lives until a signal, a fault that nobody caught, or the end of the launcher that started it.
 *
 * @param main registers a closer for what it opens; its answer goes to the launcher
 */
export async function runProcess(
  name: string,
  main: (lifecycle: Lifecycle) => Promise<{ url?: string } | void>,
  options: LifecycleOptions = {},
): Promise<void> {
  const onEvent = options.onEvent ?? logEvents(name);
  // The last words of a process are for a person and stand alone, not among log lines.
  const sayLast = (message: string, error?: unknown): void => {
    if (options.onEvent) onEvent({ level: 'error', message, error });
    else process.stderr.write(`${message}\n`);
  };
  const onGiveUp = (message: string): void => {
    sayLast(message);
    exit(1);
  };
  const lifecycle = new Lifecycle(name, { ...options, onEvent, onGiveUp });
  const exit = (code: number, reason?: string) => exitInOrder(lifecycle, code, reason, onEvent, options);
  exitOnSignals(lifecycle, (signal) => exit(0, signal));
  exitOnFaults((error) => {
    onEvent({ level: 'error', message: 'A fault that nobody caught', error });
    // What has been left half done is not known, so nothing goes on working.
    lifecycle.abortWork();
    exit(1, 'fault');
  });
  // The channel closes when the launcher dies, however it does.
  process.once('disconnect', () => exit(0, 'the launcher has gone'));
  try {
    const answer = await main(lifecycle);
    if (!lifecycle.stopping) tellLauncher({ type: 'ready', ...answer });
  } catch (error) {
    if (lifecycle.stopping) return;
    const message = describeFailedStart(error);
    // Whoever started us shows the message.
    if (process.connected) tellLauncher({ type: 'failed', message });
    else sayLast(message, error);
    exit(1);
  }
}

function describeFailedStart(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error) || error.code !== 'EADDRINUSE' || !('port' in error)) return error.message;
  return `Port ${String(error.port)} is taken by another program: end it, or set PORT to a free one.`;
}

function exitInOrder(
  lifecycle: Lifecycle,
  code: number,
  reason: string | undefined,
  onEvent: (event: LifecycleEvent) => void,
  options: LifecycleOptions,
): void {
  // An exit code of a fault is not taken back by a stop that is already under way.
  process.exitCode = Math.max(Number(process.exitCode ?? 0), code);
  if (lifecycle.stopping) return;
  if (reason !== undefined) onEvent({ level: 'info', message: `Stopping (${reason})` });
  const limit = setTimeout(() => {
    onEvent({ level: 'error', message: 'The stop took too long' });
    process.exit(1);
  }, options.wholeStopMs ?? WHOLE_STOP_MS);
  void lifecycle.stop().finally(() => {
    clearTimeout(limit);
    process.exit();
  });
}

function exitOnSignals(lifecycle: Lifecycle, exit: (signal: string) => void): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Whoever asks again does not want to wait for running work.
      if (firstAt !== undefined && Date.now() - firstAt > SAME_KEYSTROKE_MS) lifecycle.abortWork();
      firstAt ??= Date.now();
      exit(signal);
    });
  }
}

function exitOnFaults(exit: (error: unknown) => void): void {
  process.on('uncaughtException', exit);
  process.on('unhandledRejection', exit);
}

function tellLauncher(message: RoleMessage): void {
  if (process.connected) process.send?.(message);
}

function logEvents(role: string): (event: LifecycleEvent) => void {
  const log = createLogger({ ...logSettings(), role });
  return ({ level, message, error }) => log[level]({ err: error }, message);
}

async function run(step: Step): Promise<void> {
  await step();
}

async function settled(promise: Promise<unknown>): Promise<'settled'> {
  await promise.catch(() => {});
  return 'settled';
}
