import type { Redis } from 'ioredis';
import { z } from 'zod';
import { userNews, type UserNews } from '../../contracts/frames.ts';
import type { Logger } from '../../core/logger.ts';
import { newsChannel } from '../../sessions/keys.ts';

type Listener = (news: UserNews) => void;
const batch = z.array(userNews);

/** News of users who are connected here, to each of their connections. Not numbered and not kept. */
export class NewsRelay {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    private readonly subscriber: Redis,
    private readonly log: Logger,
  ) {
    subscriber.on('message', (channel: string, payload: string) => {
      const listening = this.listeners.get(channel);
      if (!listening) return;
      const parsed = batch.safeParse(JSON.parse(payload));
      if (!parsed.success) {
        this.log.error('A news channel carried what is no news');
        return;
      }
      for (const news of parsed.data) for (const listener of listening) listener(news);
    });
  }

  /** @returns how to stop listening */
  async listen(userId: string, listener: Listener): Promise<() => void> {
    const channel = newsChannel(userId);
    const listening = this.listeners.get(channel) ?? new Set();
    listening.add(listener);
    this.listeners.set(channel, listening);
    await this.subscriber.subscribe(channel);
    return () => {
      listening.delete(listener);
      if (listening.size > 0 || this.listeners.get(channel) !== listening) return;
      this.listeners.delete(channel);
      this.subscriber
        .unsubscribe(channel)
        .catch((error: unknown) => this.log.warn({ err: error }, 'A news channel could not be left'));
    };
  }
}
