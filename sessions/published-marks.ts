import type { Logger } from '../core/logger.ts';
import type { TurnRecords } from './turn-records.ts';

const FLUSH_MS = 500;

/**
 * Notes in Postgres which ends have reached their outbox, many in one statement. A note that is lost costs nothing:
 * the sweeper publishes the end once more, and the outbox drops it.
 */
export class PublishedMarks {
  private pending: { userId: string; turnId: string }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly records: Pick<TurnRecords, 'markPublished'>,
    private readonly log: Logger,
  ) {}

  /** Noted within half a second, together with others. */
  add(userId: string, turnId: string): void {
    this.pending.push({ userId, turnId });
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** Notes what is waiting; resolves when that was done or has failed. Never throws. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.pending;
    this.pending = [];
    this.flushing = this.flushing.then(async () => {
      try {
        await this.records.markPublished(batch);
      } catch (error) {
        this.log.warn(
          { err: error, turns: batch.length },
          'Published turns could not be marked; the sweeper will',
        );
      }
    });
    await this.flushing;
  }
}
