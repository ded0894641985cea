import type { Redis } from 'ioredis';
import { userNews, type UserNews } from '../contracts/frames.ts';
import type { Committed } from '../contracts/records.ts';
import { itemOf } from '../db/items.ts';
import { newsChannel } from './keys.ts';
import { forgetProfile } from './profiles.ts';

/**
 * Tells all devices of a user. What they miss while they are away is not kept: clients read their lists again after a
 * reconnect.
 */
export async function publishNews(redis: Redis, userId: string, news: readonly UserNews[]): Promise<void> {
  if (news.length === 0) return;
  // Whoever hears of it may ask at once.
  if (news.some((item) => item.type === 'entity.changed' && item.kind === 'setting'))
    await forgetProfile(redis, userId);
  await redis.publish(newsChannel(userId), JSON.stringify(news.map((item) => userNews.parse(item))));
}

/** Notices on a quota, which the record has already, for all devices of the user. */
export function tellAlerts(
  redis: Redis,
  userId: string,
  alerts: readonly { notice_id: string; text: string; data: Record<string, unknown> }[],
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const news = alerts.map(({ notice_id, text, data }): UserNews => ({
    type: 'notice',
    notice: { notice_id, kind: 'quota', text, data, created_at: at },
    at,
  }));
  return publishNews(redis, userId, news);
}

/** Changed rows as news for all devices of the user. */
export function newsOf(changed: Committed['changed'], at: Date): UserNews[] {
  return changed.map(({ kind, op, id, after }) => {
    const thing = itemOf(kind, after);
    const head = {
      type: 'entity.changed',
      id,
      op,
      version: thing.item.version,
      at: at.toISOString(),
    } as const;
    return after['deleted_at'] === null ? { ...head, ...thing } : { ...head, kind: thing.kind, item: null };
  });
}
