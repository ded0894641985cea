import type { Redis } from 'ioredis';
import { z } from 'zod';
import { userNews, type UserNews } from '../contracts/frames.ts';
import { instant } from '../contracts/ids.ts';
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

/** For gateways, not for clients: connections with tokens issued until then are to be cut. */
const accountErased = z.object({ type: z.literal('account.erased'), issued_before: instant });

/** What a gateway hears on a user's channel. */
export const channelNews = z.array(z.union([userNews, accountErased]));
export type ChannelNews = z.infer<typeof channelNews>[number];

/** Has every gateway cut the connections of a user, but not those of an account that was begun since. */
export async function publishErased(redis: Redis, userId: string, issuedBefore: Date): Promise<void> {
  const news: z.infer<typeof accountErased> = {
    type: 'account.erased',
    issued_before: issuedBefore.toISOString(),
  };
  await redis.publish(newsChannel(userId), JSON.stringify([news]));
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
