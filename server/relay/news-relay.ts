import type { Redis } from 'ioredis';
import type { Logger } from '../../core/logger.ts';
import { newsChannel } from '../../sessions/keys.ts';
import { channelNews, type ChannelNews } from '../../sessions/news.ts';

type Listener = (news: ChannelNews) => void;

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
      const news = readBatch(payload);
      if (news === null) this.log.error('A news channel carried what is no news');
      for (const item of news ?? []) for (const listener of listening) listener(item);
    });
  }

  /** @returns how to stop listening */
  async listen(userId: string, listener: Listener): Promise<() => void> {
    const channel = newsChannel(userId);
    const listening = this.listeners.get(channel) ?? new Set();
    listening.add(listener);
    this.listeners.set(channel, listening);
    const leave = (): void => this.leave(channel, listening, listener);
    try {
      await this.subscriber.subscribe(channel);
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private leave(channel: string, listening: Set<Listener>, listener: Listener): void {
    listening.delete(listener);
    if (listening.size > 0 || this.listeners.get(channel) !== listening) return;
    this.listeners.delete(channel);
    this.subscriber
      .unsubscribe(channel)
      .catch((error: unknown) => this.log.warn({ err: error }, 'A news channel could not be left'));
  }
}

function readBatch(payload: string): ChannelNews[] | null {
  try {
    return channelNews.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}
