import type { Redis } from 'ioredis';
import { userNews, type UserNews } from '../contracts/frames.ts';
import { newsChannel } from './keys.ts';

/** Tells all devices of a user. Not kept: clients read their lists again after a reconnect. */
export async function publishNews(redis: Redis, userId: string, news: readonly UserNews[]): Promise<void> {
  if (news.length === 0) return;
  await redis.publish(newsChannel(userId), JSON.stringify(news.map((item) => userNews.parse(item))));
}
