import { USAGE_EVENTS_MAX } from '../contracts/jobs.ts';
import type { UsageEvent } from '../contracts/usage.ts';
import type { Logger } from '../core/logger.ts';
import type { JobQueues } from '../core/queues.ts';

/** Events that come within this time travel together. */
const GATHER_MS = 10;

/**
 * Brings usage events to the metering worker, many in one job. What it loses (this process dies, Redis is away) stays in
 * `usage_events` and is fetched from there by the worker's own sweep; what comes twice is written once.
 */
export class UsageCourier {
  private waiting: UsageEvent[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: { queues: JobQueues; log: Logger }) {}

  deliver(event: UsageEvent): void {
    this.waiting.push(event);
    if (this.waiting.length >= USAGE_EVENTS_MAX) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Sends what waits; never throws. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const events = this.waiting;
    this.waiting = [];
    const [first] = events;
    if (!first) return;
    try {
      await this.deps.queues.add('metering', 'usage.record', { events }, `${first.id}.${events.length}`);
    } catch (error) {
      this.deps.log.warn(
        { err: error },
        'Usage events could not be queued; they are fetched from the record',
      );
    }
  }
}
