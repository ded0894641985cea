import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SecretError, type SecretBox } from '../core/secret-box.ts';
import { holdAccount } from './accounts.ts';
import type { Db } from './connect.ts';
import { rowSeal } from './sealed-columns.ts';

/** A person may use several browsers; of more, the oldest are forgotten. */
const OF_ONE_MAX = 20;

const browserRow = z.object({ id: z.string(), endpoint: z.string(), p256dh: z.string(), auth: z.string() });
/** As the browser gave it. */
export type PushSubscriptionRow = Omit<z.infer<typeof browserRow>, 'id'>;

const hashOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('hex');

/**
 * Keeps a browser of a user; one that was somebody else's is this user's from now on.
 *
 * @throws SecretError where there is no key to seal it with
 */
export async function keepPushSubscription(
  db: Db,
  secrets: SecretBox,
  userId: string,
  { id, at, ...browser }: PushSubscriptionRow & { id: string; at: Date },
): Promise<void> {
  const row = rowSeal(secrets, 'push_subscriptions', id);
  const sealed = {
    id,
    user_id: userId,
    endpoint: row.seal('endpoint', browser.endpoint),
    p256dh: row.seal('p256dh', browser.p256dh),
    auth: row.seal('auth', browser.auth),
    created_at: at,
  };
  return db.transaction(async (trx) => {
    await holdAccount(trx, userId);
    await trx('push_subscriptions')
      .insert({ ...sealed, endpoint_hash: hashOf(browser.endpoint) })
      .onConflict('endpoint_hash')
      // The id as well: what is sealed opens under no other.
      .merge(sealed);
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

/** Needs no key. @returns whether there was one */
export async function dropPushSubscription(db: Db, userId: string, endpoint: string): Promise<boolean> {
  const found = { user_id: userId, endpoint_hash: hashOf(endpoint) };
  return (await db('push_subscriptions').where(found).delete()) > 0;
}

/** A user's browsers, and why others of them can't be read. */
export async function pushSubscriptions(
  db: Db,
  secrets: SecretBox,
  userId: string,
): Promise<{ browsers: PushSubscriptionRow[]; unreadable: SecretError[] }> {
  const rows: unknown[] = await db('push_subscriptions').where({ user_id: userId }).orderBy('created_at');
  const read = rows.map((row) => openBrowser(secrets, browserRow.parse(row)));
  return {
    browsers: read.flatMap((browser) => (browser instanceof SecretError ? [] : [browser])),
    unreadable: read.filter((browser) => browser instanceof SecretError),
  };
}

function openBrowser(
  secrets: SecretBox,
  { id, endpoint, p256dh, auth }: z.infer<typeof browserRow>,
): PushSubscriptionRow | SecretError {
  const row = rowSeal(secrets, 'push_subscriptions', id);
  try {
    return {
      endpoint: row.open('endpoint', endpoint),
      p256dh: row.open('p256dh', p256dh),
      auth: row.open('auth', auth),
    };
  } catch (error) {
    if (error instanceof SecretError) return error;
    throw error;
  }
}

interface KeyPair {
  publicKey: string;
  privateKey: string;
}
const keysRow = z.object({ public_key: z.string(), private_key: z.string() });
const THE_ONE = 1;

/**
 * The pair of keys that is kept, made where there is none.
 *
 * @throws SecretError where there is no key to seal it with, or it can't be opened; it is kept as it is then
 */
export async function keptPushKeys(db: Db, secrets: SecretBox, make: () => KeyPair): Promise<KeyPair> {
  const row = rowSeal(secrets, 'push_keys', String(THE_ONE));
  const find = (): Promise<unknown> => db('push_keys').where({ id: THE_ONE }).first();
  let found = await find();
  if (found === undefined) {
    const { publicKey, privateKey } = make();
    await db('push_keys')
      .insert({ id: THE_ONE, public_key: publicKey, private_key: row.seal('private_key', privateKey) })
      .onConflict('id')
      .ignore();
    found = await find();
  }
  const { public_key, private_key } = keysRow.parse(found);
  return { publicKey: public_key, privateKey: row.open('private_key', private_key) };
}
