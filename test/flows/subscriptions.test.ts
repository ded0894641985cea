import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { AppStore, BUNDLE_ID, makeStoreKeys } from '../support/apple-certificates.ts';
import { startProduct, type Product } from '../support/product.ts';
import { testDir } from '../support/stores.ts';
import { at, call, person, Wire, type Answer, type Person } from '../support/wire.ts';

const DAY_MS = 86_400_000;
const NOW = Date.now();
const PATH = '/api/v1/subscription';

let product: Product;
let url: string;
let db: Db;
let store: AppStore;
beforeAll(async () => {
  const keys = await makeStoreKeys();
  store = new AppStore(keys);
  const root = join(testDir(), 'root.pem');
  writeFileSync(root, keys.rootPem);
  const env = { APPLE_BUNDLE_ID: BUNDLE_ID, APPLE_ROOT_CERTS: root };
  product = await startProduct({ roles: ['gateway'], env });
  ({ url } = product);
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
});
afterAll(() => db.destroy());

/** Somebody who has been here, with the number of a subscription that is theirs. */
async function customer(): Promise<Person & { original: string; paid: Record<string, unknown> }> {
  const me = await person();
  await db('users').insert({ id: me.userId });
  const original = randomUUID();
  return { ...me, original, paid: { originalTransactionId: original, appAccountToken: me.userId } };
}
const hook = (signedPayload: string, to = url): Promise<Answer> =>
  call(to, 'POST', '/api/v1/webhooks/apple', { body: { signedPayload } });
const bring = (who: Person, signed_transaction: string, to = url): Promise<Answer> =>
  call(to, 'POST', `${PATH}/apple`, { token: who.token, body: { signed_transaction } });
const mine = async (who: Person, from = url): Promise<unknown> =>
  (await call(from, 'GET', PATH, { token: who.token })).body;
const taken = (outcome: string): object => ({ status: 200, body: { ok: true, outcome } });
const FREE = { tier: 'free', status: 'none', expires_at: null };
const until = (ms: number): string => new Date(ms).toISOString();

describe('a notification of the App Store', () => {
  const period = { purchaseDate: NOW - 30 * DAY_MS, expiresDate: NOW - DAY_MS };
  const next = { transactionId: '2', purchaseDate: NOW - DAY_MS, expiresDate: NOW + 29 * DAY_MS };
  const retry = { isInBillingRetryPeriod: true };
  type Case = [
    type: string,
    subtype: string,
    transaction: Record<string, unknown>,
    renewal: Record<string, unknown>,
    status: string,
  ];
  const CASES: Case[] = [
    ['SUBSCRIBED', 'INITIAL_BUY', next, {}, 'active'],
    ['SUBSCRIBED', 'RESUBSCRIBE', next, {}, 'active'],
    ['OFFER_REDEEMED', 'UPGRADE', next, {}, 'active'],
    ['DID_RENEW', '', next, {}, 'active'],
    ['DID_RENEW', 'BILLING_RECOVERY', next, {}, 'active'],
    ['DID_CHANGE_RENEWAL_PREF', 'DOWNGRADE', next, { autoRenewProductId: 'premium.weekly' }, 'active'],
    ['DID_CHANGE_RENEWAL_PREF', 'UPGRADE', next, {}, 'active'],
    ['DID_CHANGE_RENEWAL_STATUS', 'AUTO_RENEW_DISABLED', next, { autoRenewStatus: 0 }, 'active'],
    ['DID_CHANGE_RENEWAL_STATUS', 'AUTO_RENEW_ENABLED', next, {}, 'active'],
    ['PRICE_INCREASE', 'PENDING', next, { priceIncreaseStatus: 0 }, 'active'],
    ['RENEWAL_EXTENDED', '', next, {}, 'active'],
    ['RENEWAL_EXTENSION', 'FAILURE', next, {}, 'active'],
    ['REFUND_DECLINED', '', next, {}, 'active'],
    ['REFUND_REVERSED', '', next, {}, 'active'],
    ['CONSUMPTION_REQUEST', '', next, {}, 'active'],
    [
      'DID_FAIL_TO_RENEW',
      'GRACE_PERIOD',
      period,
      { ...retry, gracePeriodExpiresDate: NOW + DAY_MS },
      'in_grace',
    ],
    ['DID_FAIL_TO_RENEW', '', period, retry, 'billing_retry'],
    ['GRACE_PERIOD_EXPIRED', '', period, { ...retry, gracePeriodExpiresDate: NOW - 1 }, 'billing_retry'],
    ['EXPIRED', 'VOLUNTARY', period, { autoRenewStatus: 0, expirationIntent: 1 }, 'expired'],
    ['EXPIRED', 'BILLING_RETRY', period, { autoRenewStatus: 0, expirationIntent: 2 }, 'expired'],
    ['REFUND', '', { ...next, revocationDate: NOW - 1, revocationReason: 1 }, {}, 'refunded'],
    ['REVOKE', '', { ...next, revocationDate: NOW - 1, revocationReason: 0 }, {}, 'revoked'],
    ['A_TYPE_TO_COME', 'WITH_A_SUBTYPE', next, {}, 'active'],
  ];
  it.each(CASES)(
    '%s %s is taken, recorded and shown',
    async (type, subtype, transaction, renewal, status) => {
      const me = await customer();
      const id = randomUUID();
      const payload = store.notification(type, {
        id,
        ...(subtype === '' ? {} : { subtype }),
        transaction: { ...me.paid, ...transaction },
        renewal: { originalTransactionId: me.original, ...renewal },
      });
      expect(await hook(payload)).toMatchObject(taken('applied'));
      const tier = ['active', 'in_grace'].includes(status) ? 'premium' : 'free';
      expect(await mine(me)).toMatchObject({ tier, status });
      expect((await Wire.open(url, { token: me.token })).ready.tier).toBe(tier);
      expect(await hook(payload)).toMatchObject(taken('replayed'));
      const rows: unknown[] = await db('billing_notifications').where({ notification_id: id });
      expect(rows).toMatchObject([{ type, subtype: subtype || null, outcome: 'applied' }]);
    },
  );

  it.each(['TEST', 'ANOTHER_TYPE_TO_COME'])('%s without a purchase is taken and recorded', async (type) => {
    expect(await hook(store.notification(type))).toMatchObject(taken('recorded'));
  });

  it('ONE_TIME_CHARGE of something else gives nobody premium', async () => {
    const me = await customer();
    const transaction = { ...me.paid, type: 'Consumable', expiresDate: undefined };
    expect(await hook(store.notification('ONE_TIME_CHARGE', { transaction }))).toMatchObject(
      taken('recorded'),
    );
    expect(await mine(me)).toEqual(FREE);
  });

  it('that comes after a later one changes nothing', async () => {
    const me = await customer();
    const bought = { ...me.paid, signedDate: NOW - 3_000 };
    const refunded = { ...me.paid, revocationDate: NOW - 2_000, signedDate: NOW - 2_000 };
    expect(await hook(store.notification('REFUND', { transaction: refunded }))).toMatchObject(
      taken('applied'),
    );
    expect(await hook(store.notification('SUBSCRIBED', { transaction: bought }))).toMatchObject(
      taken('stale'),
    );
    expect(await mine(me)).toMatchObject({ tier: 'free', status: 'refunded' });
    const back = { ...me.paid, signedDate: NOW - 1_000 };
    await hook(store.notification('REFUND_REVERSED', { transaction: back }));
    expect(await mine(me)).toMatchObject({ tier: 'premium', status: 'active' });
  });

  it('that comes to two gateways at the same time is one change', async () => {
    const other = await product.start('gateway');
    const me = await customer();
    const payload = store.notification('SUBSCRIBED', { transaction: me.paid });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => hook(payload, n % 2 ? (other.url ?? url) : url)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.filter(({ body }) => at(body, 'outcome') === 'applied')).toHaveLength(1);
    const audit: unknown[] = await db('tier_audit').where({ user_id: me.userId });
    expect(audit).toMatchObject([{ actor: 'apple', to_tier: 'premium' }]);
    await other.stop();
  });

  it('comes in a burst without being held back', async () => {
    const me = await customer();
    const payloads = Array.from({ length: 150 }, (_, n) =>
      store.notification('DID_RENEW', { transaction: { ...me.paid, transactionId: String(n) } }),
    );
    const statuses = await Promise.all(payloads.map(async (payload) => (await hook(payload)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('that is forged, altered or of somebody else’s app is refused and changes nothing', async () => {
    const me = await customer();
    const parts = { transaction: me.paid };
    const good = store.notification('SUBSCRIBED', parts);
    const forged = [
      new AppStore(await makeStoreKeys()).notification('SUBSCRIBED', parts),
      new AppStore(store.keys, 'Production').notification('SUBSCRIBED', parts),
      new AppStore(store.keys, 'LocalTesting').notification('SUBSCRIBED', parts),
      new AppStore(store.keys, 'Sandbox', 'test.other.app').notification('SUBSCRIBED', parts),
      `${good.slice(0, -8)}AAAAAAAA`,
      'nonsense',
    ];
    for (const payload of forged)
      expect(await hook(payload)).toMatchObject({
        status: 400,
        body: { error_code: 'validation_error', retryable: false },
      });
    expect(await mine(me)).toEqual(FREE);
    expect(product.roles.map((role) => role.output()).join()).not.toContain(good.slice(0, 40));
  });

  it('about a user whom nobody has seen is kept, and theirs as soon as they bring the purchase', async () => {
    const me = await person();
    const transaction = { originalTransactionId: randomUUID(), appAccountToken: me.userId.toUpperCase() };
    const end = { ...transaction, expiresDate: NOW + 40 * DAY_MS };
    expect(await hook(store.notification('DID_RENEW', { transaction: end }))).toMatchObject(
      taken('unmatched'),
    );
    expect(await db('users').where({ id: me.userId })).toEqual([]);
    expect(await mine(me)).toEqual(FREE);
    const older = store.transaction({ ...end, signedDate: NOW - DAY_MS });
    expect((await bring(await customer(), older)).status).toBe(400);
    expect(await bring(me, older)).toMatchObject({
      status: 200,
      body: { tier: 'premium', status: 'active', expires_at: until(end.expiresDate) },
    });
  });
});

describe('a purchase that a customer brings', () => {
  it('counts at once, again does no harm, and outlives a restart', async () => {
    const me = await person();
    const end = NOW + 7 * DAY_MS;
    const signed = store.transaction({
      originalTransactionId: randomUUID(),
      appAccountToken: me.userId,
      expiresDate: end,
    });
    const active = { tier: 'premium', status: 'active', expires_at: until(end) };
    for (let n = 0; n < 2; n += 1)
      expect(await bring(me, signed)).toMatchObject({ status: 200, body: active });
    const gateway = await product.start('gateway');
    expect(await mine(me, gateway.url ?? '')).toEqual(active);
    await gateway.kill();
    const again = await product.start('gateway', { PULSEPLAN_CLOCK_OFFSET_MS: String(8 * DAY_MS) });
    expect(await mine(me, again.url ?? '')).toEqual({ ...active, tier: 'free', status: 'expired' });
    await again.stop();
  });

  it('for another account is refused without a word about whose it is', async () => {
    const [me, thief] = [await customer(), await customer()];
    const signed = store.transaction(me.paid);
    const refused = await bring(thief, signed);
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'validation_error' } });
    expect(JSON.stringify(refused.body)).not.toContain(me.userId);
    const unnamed = store.transaction({ originalTransactionId: me.original });
    expect((await bring(me, unnamed)).status).toBe(200);
    expect((await bring(thief, unnamed)).status).toBe(400);
    expect(await mine(thief)).toEqual(FREE);
  });

  it('is refused when it is forged or no subscription', async () => {
    const me = await customer();
    const forged = new AppStore(await makeStoreKeys()).transaction(me.paid);
    const coins = store.transaction({ ...me.paid, type: 'Consumable', expiresDate: undefined });
    for (const signed of [forged, coins, 'nonsense'])
      expect(await bring(me, signed)).toMatchObject({
        status: 400,
        body: { error_code: 'validation_error' },
      });
    expect((await call(url, 'POST', `${PATH}/apple`, { body: { signed_transaction: forged } })).status).toBe(
      401,
    );
  });
});

describe('where no app is named', () => {
  it('payments are off and say what to set', async () => {
    const gateway = await product.start('gateway', { APPLE_BUNDLE_ID: '', APPLE_ROOT_CERTS: '' });
    const me = await customer();
    const to = gateway.url ?? '';
    const off = {
      status: 403,
      body: {
        error_code: 'feature_unavailable',
        error: expect.stringContaining('APPLE_BUNDLE_ID') as unknown,
      },
    };
    expect(await hook(store.notification('TEST'), to)).toMatchObject(off);
    expect(await bring(me, store.transaction(me.paid), to)).toMatchObject(off);
    expect(await mine(me, to)).toEqual(FREE);
    await gateway.stop();
  });

  it('or a file of the roots holds none, the start ends with the file’s name', async () => {
    const start = product.start('gateway', { APPLE_ROOT_CERTS: '/nowhere/root.cer' });
    await expect(start).rejects.toThrow(/nowhere\/root\.cer/);
  });
});
