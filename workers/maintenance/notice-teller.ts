import type { Notice, UserNews } from '../../contracts/frames.ts';
import type { Clock } from '../../core/clock.ts';
import { REDIS_ANSWER_MS, withDeadline } from '../../core/deadline.ts';
import type { Logger } from '../../core/logger.ts';
import type { PushMessage } from '../../integrations/push/push-sender.ts';

/** A notice that the record has, with the news that go with it. */
export interface Telling {
  userId: string;
  notice: Notice;
  news: readonly UserNews[];
}

export interface NoticeTellerDeps {
  publish(userId: string, news: readonly UserNews[]): Promise<void>;
  /** Whether a device of the user is connected. */
  isConnected(userId: string, now: Date): Promise<boolean>;
  /** To the browsers of a user whose page is closed. Never throws. */
  push(userId: string, message: PushMessage): Promise<void>;
  markTold(ids: readonly string[]): Promise<void>;
  clock: Clock;
  log: Logger;
}

/**
 * Brings notices to people: to all devices that are connected, and to browsers where none is. Nobody waits for it: what
 * it does not bring is in the record, is tried again, and comes at the next connection in any case.
 */
export class NoticeTeller {
  private last: Promise<void> = Promise.resolve();
  private readonly pushes = new Set<Promise<void>>();

  constructor(private readonly deps: NoticeTellerDeps) {}

  /** One after the other, in the order given. */
  tell(tellings: readonly Telling[]): void {
    this.last = this.last.then(() => this.each(tellings));
  }

  /** Resolves when everything given so far was tried. */
  async close(): Promise<void> {
    await this.last;
    await Promise.all(this.pushes);
  }

  private async each(tellings: readonly Telling[]): Promise<void> {
    for (const telling of tellings) {
      try {
        await this.one(telling);
      } catch (error) {
        this.deps.log.warn({ err: error }, 'A notice could not be told; it is tried again');
      }
    }
  }

  private async one({ userId, notice, news }: Telling): Promise<void> {
    const { publish, isConnected, markTold, clock, log } = this.deps;
    const at = clock.now();
    await withDeadline(
      publish(userId, [{ type: 'notice', notice, at: at.toISOString() }, ...news]),
      REDIS_ANSWER_MS,
    );
    if (await withDeadline(isConnected(userId, at), REDIS_ANSWER_MS)) return markTold([notice.notice_id]);
    const push = this.deps
      .push(userId, { text: notice.text, url: '/', tag: notice.notice_id })
      .then(() => markTold([notice.notice_id]))
      .catch((error: unknown) => log.warn({ err: error }, 'A notice could not be noted as told'))
      .finally(() => this.pushes.delete(push));
    this.pushes.add(push);
  }
}
