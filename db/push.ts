import { z } from 'zod';
import { holdAccount } from './accounts.ts';
import type { Db } from './connect.ts';

/** A person may use several browsers; of more, the oldest are forgotten. */
const OF_ONE_MAX = 20;

const subscriptionRow = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() });
export type PushSubscriptionRow = z.infer<typeof subscriptionRow>;

/** Keeps a browser of a user; one that was somebody else's is this user's from now on. */
export function keepPushSubscription(
  db: Db,
  userId: string,
  { id, at, ...browser }: PushSubscriptionRow & { id: string; at: Date },
): Promise<void> {
  return db.transaction(async (trx) => {
    await holdAccount(trx, userId);
    await trx('push_subscriptions')
      .insert({ ...browser, id, user_id: userId, created_at: at })
      .onConflict('endpoint')
      .merge(['user_id', 'p256dh', 'auth', 'created_at']);
    await trx('push_subscriptions')
      .where({ user_id: userId })
      .whereNotIn(
        'id',
        trx('push_subscriptions')
          .where({ user_id: userId })
          .orderBy([{ column: 'created_at', order: 'desc' }, 'id'])
          .limit(OF_ONE_MAX)
          .select('id'),
      )
      .delete();
  });
}

/** @returns whether there was one */
export async function dropPushSubscription(db: Db, userId: string, endpoint: string): Promise<boolean> {
  return (await db('push_subscriptions').where({ user_id: userId, endpoint }).delete()) > 0;
}

export async function pushSubscriptions(db: Db, userId: string): Promise<PushSubscriptionRow[]> {
  const rows: unknown[] = await db('push_subscriptions').where({ user_id: userId }).orderBy('created_at');
  return rows.map((row) => subscriptionRow.parse(row));
}

const keysRow = z.object({ public_key: z.string(), private_key: z.string() });

/** The pair of keys that is kept: the one given where there was none. */
export async function keepPushKeys(
  db: Db,
  fresh: { publicKey: string; privateKey: string },
): Promise<{ publicKey: string; privateKey: string }> {
  await db('push_keys')
    .insert({ id: 1, public_key: fresh.publicKey, private_key: fresh.privateKey })
    .onConflict('id')
    .ignore();
  const { public_key, private_key } = keysRow.parse(await db('push_keys').where({ id: 1 }).first());
  return { publicKey: public_key, privateKey: private_key };
}
