import type { Notice, UserNews } from '../contracts/frames.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';

/** Notices as they are kept in Postgres; the role's entry injects `db`'s implementation. */
export interface NoticeRecords {
  keep(userId: string, notice: Notice): Promise<void>;
  unseen(userId: string): Promise<Notice[]>;
  markSeen(userId: string, ids: readonly string[], at: Date): Promise<void>;
}

/**
 * What a user is told on all devices although nobody asked. A notice is kept until a socket has been given it, which
 * counts as seen. `draining` does not come this way: it is about a moment that has passed when somebody comes back.
 */
export class Notices {
  constructor(
    private readonly deps: {
      records: NoticeRecords;
      publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
      clock: Clock;
      log: Logger;
    },
  ) {}

  /** Durable when it returns. Devices that are connected are told at once, others when they come. */
  async give(userId: string, notice: Notice): Promise<void> {
    await this.deps.records.keep(userId, notice);
    await this.deps.publishNews(userId, [
      { type: 'notice', notice, at: this.deps.clock.now().toISOString() },
    ]);
  }

  /** What waits for a user, oldest first. */
  unseen(userId: string): Promise<Notice[]> {
    return this.deps.records.unseen(userId);
  }

  /** They were handed to a socket. A note that is lost only means that they are told once more. */
  async seen(userId: string, notices: readonly Notice[]): Promise<void> {
    if (notices.length === 0) return;
    try {
      const ids = notices.map(({ notice_id: id }) => id);
      await this.deps.records.markSeen(userId, ids, this.deps.clock.now());
    } catch (error) {
      this.deps.log.warn({ err: error }, 'Notices could not be marked as seen; they are told again');
    }
  }
}
