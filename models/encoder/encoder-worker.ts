import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CLOSE, type ThreadRequest, type ThreadSettings } from './messages.ts';
import { NativeGate } from './native-gate.ts';

/** For a thread to come back out of native code by itself. */
const PATIENCE_MS = 60_000;
/** For the same when the process ends, which it blocks. */
const EXIT_PATIENCE_MS = 1_000;

interface WorkerListener {
  onMessage(message: unknown): void;
  /** It has died, for whatever reason. Told once or twice. */
  onEnd(reason: string): void;
}

/** One thread of the encoder, as seen by who started it; ends without taking the process with it (see NativeGate). */
export class EncoderWorker {
  private readonly worker: Worker;
  private readonly gate = new NativeGate();
  private readonly ended: Promise<void>;
  private readonly onExit = (): void => void this.gate.shut(EXIT_PATIENCE_MS);

  constructor(entry: string, settings: Omit<ThreadSettings, 'gate'>, listener: WorkerListener) {
    const workerData: ThreadSettings = { ...settings, gate: this.gate.memory };
    this.worker = new Worker(entry, { workerData, name: 'encoder' });
    process.on('exit', this.onExit);
    this.worker.on('message', (message: unknown) => listener.onMessage(message));
    this.worker.on('error', (error) => listener.onEnd(error.message));
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', (code) => {
        process.removeListener('exit', this.onExit);
        listener.onEnd(`it ended with code ${code}`);
        resolve();
      });
    });
  }

  send(request: ThreadRequest): void {
    this.worker.postMessage(request);
  }

  /** Resolves when it has ended by itself, which it does after what it has in hand, or when this time is over. */
  async leave(waitMs: number): Promise<void> {
    this.gate.askToLeave();
    this.worker.postMessage(CLOSE);
    await Promise.race([this.ended, sleep(waitMs, undefined, { ref: false })]);
  }

  /**
   * Ends it at once if it is in JavaScript; if it is in native code it is left to come out and end by itself, and no
   * longer keeps the process alive.
   */
  async end(): Promise<void> {
    if (!this.gate.shut()) {
      this.worker.unref();
      await this.leave(PATIENCE_MS);
    }
    // Without effect on one that has ended.
    await this.worker.terminate();
  }
}
