import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newCredentialKey, readCredentialKeys } from '../../core/credential-keys.ts';
import { SecretBox, SecretError } from '../../core/secret-box.ts';
import { connect, type Db } from '../../db/connect.ts';
import {
  dropPushSubscription,
  keepPushSubscription,
  keptPushKeys,
  pushSubscriptions,
} from '../../db/push.ts';
import { resealAll } from '../../db/reseal.ts';
import { SEALED_COLUMNS } from '../../db/sealed-columns.ts';
import { knownUser } from '../support/known-user.ts';
import { freshDatabase } from '../support/stores.ts';

let db: Db;
beforeAll(async () => {
  db = connect((await freshDatabase()).url, { poolMax: 4, name: 'test' });
});
afterAll(() => db.destroy());
beforeEach(async () => {
  await db('push_subscriptions').delete();
  await db('push_keys').delete();
});

const [old, fresh] = [newCredentialKey(), newCredentialKey()];
const boxOf = (...keys: string[]): SecretBox => new SecretBox(readCredentialKeys(keys.join(',')) ?? []);
const idOf = (key: string): string => key.split(':')[0] ?? '';
const at = new Date('2026-11-18T09:00:00Z');
const PAIR = { publicKey: 'public', privateKey: 'MARKprivate' };

const browser = (n = 1) => ({
  endpoint: `https://push.example/MARK${n}`,
  p256dh: `MARKp256dh${n}`,
  auth: `MARKauth${n}`,
});
async function keep(box: SecretBox, userId: string, n = 1): Promise<string> {
  const id = randomUUID();
  await knownUser(db, userId);
  await keepPushSubscription(db, box, userId, { ...browser(n), id, at });
  return id;
}
/** All that a dump would show. */
const dump = async (): Promise<string> =>
  JSON.stringify([await db('push_subscriptions').select('*'), await db('push_keys').select('*')]);

/** Rows as they were written before there was a box. */
async function writeUnsealed(userId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => ({
    ...browser(n),
    id: randomUUID(),
    user_id: userId,
    endpoint_hash: `hash of ${n}`,
    created_at: at,
  }));
  await db('push_subscriptions').insert(rows);
}

describe('credentials in their tables', () => {
  it('can be read by who has the key, and not in a dump', async () => {
    const [userId, box] = [randomUUID(), boxOf(old)];
    await keep(box, userId);
    expect(await pushSubscriptions(db, box, userId)).toEqual({ browsers: [browser()], unreadable: [] });
    expect(await keptPushKeys(db, box, () => PAIR)).toEqual(PAIR);
    expect(await keptPushKeys(db, box, () => ({ ...PAIR, privateKey: 'another' }))).toEqual(PAIR);
    const dumped = await dump();
    expect(dumped).toContain(userId);
    expect(dumped).not.toContain('MARK');
    for (const { endpoint, p256dh, auth } of [browser()])
      for (const plain of [endpoint, p256dh, auth, PAIR.privateKey])
        for (const written of [
          plain,
          Buffer.from(plain).toString('base64'),
          Buffer.from(plain).toString('hex'),
        ])
          expect(dumped).not.toContain(written);
  });

  it('a browser is kept once, whoever it belongs to, and found by its address alone', async () => {
    const [one, two, box] = [randomUUID(), randomUUID(), boxOf(old)];
    await keep(box, one);
    await keep(box, one);
    await keep(boxOf(fresh, old), two);
    expect((await pushSubscriptions(db, box, one)).browsers).toEqual([]);
    expect((await pushSubscriptions(db, boxOf(fresh), two)).browsers).toEqual([browser()]);
    expect(await dropPushSubscription(db, one, browser().endpoint)).toBe(false);
    expect(await dropPushSubscription(db, two, browser().endpoint)).toBe(true);
    expect(await db('push_subscriptions').select('*')).toEqual([]);
  });

  it('do not open in another row or column; the others do', async () => {
    const [userId, box] = [randomUUID(), boxOf(old)];
    const [first, second, third] = [
      await keep(box, userId, 1),
      await keep(box, userId, 2),
      await keep(box, userId, 3),
    ];
    await db.raw(
      'update push_subscriptions set auth = (select auth from push_subscriptions where id = ?) where id = ?',
      [second, first],
    );
    await db.raw('update push_subscriptions set auth = p256dh where id = ?', [third]);
    const { browsers, unreadable } = await pushSubscriptions(db, box, userId);
    expect(browsers).toEqual([browser(2)]);
    expect(unreadable.map(({ code }) => code)).toEqual(['secret_damaged', 'secret_damaged']);
    expect(await resealAll(db, boxOf(fresh, old))).toEqual({
      sealed: 1,
      left: 2,
      missingKeys: [],
      damaged: 2,
    });
  });

  it('are kept as they are when their key is missing, and open when it is back', async () => {
    const [userId, box] = [randomUUID(), boxOf(old)];
    await keep(box, userId);
    await keptPushKeys(db, box, () => PAIR);
    const before = await dump();
    const other = boxOf(fresh);
    const { browsers, unreadable } = await pushSubscriptions(db, other, userId);
    expect([browsers, unreadable.map(({ code, keyId }) => [code, keyId])]).toEqual([
      [],
      [['secret_key_missing', idOf(old)]],
    ]);
    await expect(keptPushKeys(db, other, () => PAIR)).rejects.toMatchObject({ code: 'secret_key_missing' });
    expect(await resealAll(db, other)).toEqual({
      sealed: 0,
      left: 2,
      missingKeys: [idOf(old)],
      damaged: 0,
    });
    await expect(resealAll(db, boxOf())).rejects.toThrow(SecretError);
    await expect(keep(boxOf(), userId, 2)).rejects.toMatchObject({ code: 'secret_keys_unset' });
    expect(await dump()).toBe(before);
    expect((await pushSubscriptions(db, box, userId)).browsers).toEqual([browser()]);
    expect(await keptPushKeys(db, box, () => PAIR)).toEqual(PAIR);
    await expect(dropPushSubscription(db, userId, browser().endpoint)).resolves.toBe(true);
  });

  it('are all named: no other column of the schema looks like one', async () => {
    const { rows } = await db.raw<{ rows: { column: string }[] }>(`
      select table_name || '.' || column_name as column from information_schema.columns
      where table_schema = 'public' and column_name ~ '(^|_)(secret|private|password|credentials?|refresh|access_token|auth|p256dh|endpoint)(_|$)'
        and column_name !~ '_hash$'`);
    const named = Object.entries(SEALED_COLUMNS).flatMap(([table, columns]) =>
      columns.map((column) => `${table}.${column}`),
    );
    expect(rows.map(({ column }) => column).sort()).toEqual(named.sort());
  });
});

describe('another first key', () => {
  it('seals everything anew, also what was never sealed, and the old one can go', async () => {
    const userId = randomUUID();
    await keep(boxOf(old), userId, 1000);
    await keptPushKeys(db, boxOf(old), () => PAIR);
    await writeUnsealed(userId, 250);
    // Until its turn comes it can be read.
    expect((await pushSubscriptions(db, boxOf(old), userId)).browsers).toHaveLength(251);
    expect(await resealAll(db, boxOf(fresh, old))).toEqual({
      sealed: 252,
      left: 0,
      missingKeys: [],
      damaged: 0,
    });
    expect(await dump()).not.toMatch(new RegExp(`MARK|${idOf(old)}`));
    expect((await pushSubscriptions(db, boxOf(fresh), userId)).browsers).toHaveLength(251);
    expect(await keptPushKeys(db, boxOf(fresh), () => PAIR)).toEqual(PAIR);
    expect((await resealAll(db, boxOf(fresh))).sealed).toBe(0);
  });

  it('may be interrupted between two batches: all can be read, and the next time does the rest', async () => {
    const userId = randomUUID();
    await writeUnsealed(userId, 250);
    await resealAll(db, boxOf(old));
    const both = boxOf(fresh, old);
    await expect(resealAll(db, both, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    const begins = async (key: string): Promise<number> =>
      (
        await db('push_subscriptions')
          .whereRaw('starts_with(auth, ?)', [`box1.${idOf(key)}.`])
          .select('id')
      ).length;
    expect([await begins(fresh), await begins(old)]).toEqual([100, 150]);
    expect((await pushSubscriptions(db, both, userId)).browsers).toHaveLength(250);
    expect(await resealAll(db, both)).toEqual({ sealed: 150, left: 0, missingKeys: [], damaged: 0 });
    expect((await pushSubscriptions(db, boxOf(fresh), userId)).browsers).toHaveLength(250);
  });

  it('waits for nobody who writes a row, and counts it as left', async () => {
    const userId = randomUUID();
    await keep(boxOf(old), userId, 1);
    await keep(boxOf(old), userId, 2);
    await db.transaction(async (trx) => {
      const first: unknown = await trx('push_subscriptions').orderBy('id').forUpdate().first('id');
      expect(first).toBeDefined();
      expect(await resealAll(db, boxOf(fresh, old))).toMatchObject({ sealed: 1, left: 1 });
    });
    expect(await resealAll(db, boxOf(fresh, old))).toMatchObject({ sealed: 1, left: 0 });
  });
});
