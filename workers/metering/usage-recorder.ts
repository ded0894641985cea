import { USAGE_EVENTS_MAX } from '../../contracts/jobs.ts';
import type { UsageEvent } from '../../contracts/usage.ts';

/** Jobs that come within this time are written together. */
const GATHER_MS = 5;
/** Events of one statement. */
const BATCH_MAX = 4 * USAGE_EVENTS_MAX;

interface Waiting {
  events: readonly UsageEvent[];
  resolve(): void;
  reject(error: unknown): void;
}

export interface RecorderDeps {
  /** Writes a batch, whole or not at all. */
  write(events: readonly UsageEvent[]): Promise<void>;
  /** Whether an error says that what was written is wrong, and not that the store is away. */
  isUnfit(error: unknown): boolean;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

/**
 * Writes the events of many jobs in one statement. While one is under way the next gathers, so that a burst costs a few
 * large writes; a single event waits for some milliseconds.
 */
export class UsageRecorder {
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing = false;

  constructor(private readonly deps: RecorderDeps) {}

  /** Resolves when the events are written; fails with the write. */
  record(events: readonly UsageEvent[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ events, resolve, reject });
      if (!this.writing) this.timer ??= setTimeout(() => void this.writeAll(), GATHER_MS);
    });
  }

  private async writeAll(): Promise<void> {
    this.timer = undefined;
    this.writing = true;
    while (this.waiting.length > 0) await this.writeBatch(this.take());
    this.writing = false;
  }

  private take(): Waiting[] {
    let events = 0;
    const end = this.waiting.findIndex((job) => (events += job.events.length) > BATCH_MAX);
    // One job fits in any case: it has less than a batch.
    return this.waiting.splice(0, end === -1 ? this.waiting.length : Math.max(1, end));
  }

  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.deps.fault('recording');
      await this.deps.write(batch.flatMap(({ events }) => events));
      await this.deps.fault('recorded');
      for (const job of batch) job.resolve();
    } catch (error) {
      // One job's events that don't fit must not take the others' with them.
      if (batch.length > 1 && this.deps.isUnfit(error)) for (const job of batch) await this.writeBatch([job]);
      else for (const job of batch) job.reject(error);
    }
  }
}
