import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BillingFact, RenewalInfo, SignedTransaction } from '../../../contracts/subscription.ts';
import { newId } from '../../../core/ids.ts';
import { applyFact } from '../../../db/billing-facts.ts';
import { connect, type Db } from '../../../db/connect.ts';
import { subscriptionOf, tierOf } from '../../../db/subscriptions.ts';
import { grantTier, revokeGrants, tierRecord } from '../../../db/tier-grants.ts';
import { demoUser, openSession } from '../../../db/users.ts';
import { freshDatabase } from '../../support/stores.ts';

let db: Db;
beforeAll(async () => {
  db = connect((await freshDatabase()).url, { poolMax: 6, name: 'test' });
});
afterAll(() => db.destroy());

const NOW = new Date();
const DAY_MS = 86_400_000;
const day = (n: number): string => new Date(NOW.getTime() + n * DAY_MS).toISOString();
const on = (n: number): Date => new Date(day(n));

const paid = (fields: Partial<SignedTransaction> = {}): SignedTransaction => ({
  transaction_id: '1',
  product_id: 'premium.monthly',
  purchased_at: day(-1),
  expires_at: day(29),
  signed_at: day(-1),
  revoked_at: null,
  revocation: null,
  upgraded: false,
  ...fields,
});
const renewing = (fields: Partial<RenewalInfo> = {}): RenewalInfo => ({
  signed_at: day(-1),
  auto_renew: true,
  in_billing_retry: false,
  grace_expires_at: null,
  ...fields,
});
/** By default a notification of a provider that is none of those there are. */
const factOf = (fields: Partial<BillingFact> = {}): BillingFact => ({
  provider: 'paypal',
  environment: 'Live',
  notification: { id: randomUUID(), type: 'ANY', subtype: null, signedAt: day(-1) },
  originalTransactionId: randomUUID(),
  userId: null,
  transaction: paid(),
  renewal: null,
  ...fields,
});
const brought = (fields: Partial<BillingFact> = {}): BillingFact => factOf({ notification: null, ...fields });

async function someone(): Promise<string> {
  const id = randomUUID();
  await db('users').insert({ id });
  return id;
}
const told = (fact: BillingFact, at = NOW) => applyFact(db, fact, { at, claimant: null });
const bring = (claimant: string, fact: BillingFact) => applyFact(db, fact, { at: NOW, claimant });
const audit = async (userId: string): Promise<string[]> =>
  (await tierRecord(db, userId)).audit
    .toReversed()
    .map(({ actor, from_tier, to_tier }) => `${actor}: ${from_tier} → ${to_tier}`);
const rowOf = (fact: BillingFact): Promise<Record<string, unknown> | undefined> =>
  db('subscriptions')
    .where({ provider: fact.provider, original_transaction_id: fact.originalTransactionId })
    .first<Record<string, unknown> | undefined>();

describe('what a provider tells', () => {
  it('makes a user premium until it ends, by itself, with no further word', async () => {
    const me = await someone();
    const fact = factOf({ userId: me });
    expect(await told(fact)).toEqual({
      outcome: 'applied',
      changes: [{ userId: me, from: 'none', to: { tier: 'premium', status: 'active', expires_at: day(29) } }],
    });
    expect(await tierOf(db, me, NOW)).toBe('premium');
    expect((await openSession(db, me, randomUUID()))?.tier).toBe('premium');
    expect(await tierOf(db, me, on(29))).toBe('free');
    expect(await subscriptionOf(db, me, on(30))).toEqual({
      tier: 'free',
      status: 'expired',
      expires_at: day(29),
    });
    expect(await audit(me)).toEqual(['paypal: free → premium']);
    expect((await tierRecord(db, me)).audit[0]?.cause).toMatchObject({
      provider: 'paypal',
      original_transaction_id: fact.originalTransactionId,
      notification_id: fact.notification?.id,
      type: 'ANY',
    });
  });

  it('of the days of grace, keeps premium until they end', async () => {
    const me = await someone();
    const over = paid({ purchased_at: day(-31), expires_at: day(-1) });
    const renewal = renewing({ in_billing_retry: true, grace_expires_at: day(5) });
    await told(factOf({ userId: me, transaction: over, renewal }));
    expect(await subscriptionOf(db, me, NOW)).toMatchObject({ tier: 'premium', status: 'in_grace' });
    expect([await tierOf(db, me, on(4)), await tierOf(db, me, on(5))]).toEqual(['premium', 'free']);
  });

  it('again is recorded once, also when both come at the same time', async () => {
    const me = await someone();
    const fact = factOf({ userId: me });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => told(fact)));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'applied',
      ...Array.from({ length: 5 }, () => 'replayed'),
    ]);
    expect(outcomes.flatMap(({ changes }) => changes)).toHaveLength(1);
    expect(await audit(me)).toHaveLength(1);
    expect((await told({ ...fact, notification: factOf().notification })).outcome).toBe('stale');
  });

  it('of several subscriptions of one user at the same time, is one change of the tier', async () => {
    const me = await someone();
    await Promise.all(Array.from({ length: 6 }, () => told(factOf({ userId: me }))));
    expect(await audit(me)).toHaveLength(1);
    const rows = await db('subscriptions').where({ user_id: me });
    expect(rows).toHaveLength(6);
  });

  it('in any order and any number of times gives the same row, the same owner and the same tier', async () => {
    const [me, other] = [await someone(), await someone()];
    const life = (original: string): BillingFact[] => {
      const one = { originalTransactionId: original, userId: me };
      const second = {
        transaction_id: '2',
        purchased_at: day(-30),
        expires_at: day(-1),
        signed_at: day(-30),
      };
      return [
        factOf({
          ...one,
          transaction: paid({ purchased_at: day(-60), expires_at: day(-30), signed_at: day(-60) }),
        }),
        factOf({ ...one, transaction: paid(second), renewal: renewing({ signed_at: day(-30) }) }),
        factOf({
          ...one,
          transaction: paid({ ...second, signed_at: day(-20), revoked_at: day(-20), revocation: 'refunded' }),
        }),
        factOf({ ...one, transaction: paid({ ...second, signed_at: day(-10) }) }),
        factOf({
          ...one,
          transaction: null,
          userId: null,
          renewal: renewing({ in_billing_retry: true, grace_expires_at: day(5) }),
        }),
        factOf({
          ...one,
          userId: other,
          transaction: paid({
            transaction_id: '3',
            purchased_at: day(-1),
            expires_at: day(2),
            signed_at: day(-1),
          }),
        }),
        factOf({
          ...one,
          userId: null,
          transaction: paid({ transaction_id: '4', purchased_at: day(0), signed_at: day(0) }),
        }),
      ];
    };
    const compared = async (facts: BillingFact[]) => {
      for (const fact of facts) await told(fact);
      const { original_transaction_id: _id, ...row } = (await rowOf(facts[0] ?? factOf())) ?? {};
      return row;
    };
    const expected = await compared(life('in order'));
    expect(expected).toMatchObject({ user_id: other, status: 'active', product_id: 'premium.monthly' });
    const order = fc
      .shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 })
      .chain((all) => fc.tuple(fc.constant(all), fc.array(fc.nat({ max: 6 }), { maxLength: 4 })));
    await fc.assert(
      fc.asyncProperty(order, fc.uuid(), async ([all, again], original) => {
        const facts = life(original);
        expect(await compared([...all, ...again].flatMap((n) => facts[n] ?? []))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
    expect(await tierOf(db, other, NOW)).toBe('premium');
    expect(await tierOf(db, me, NOW)).toBe('free');
  });

  it('is answered alike by the database and by the state that a user is told', async () => {
    const days = fc.integer({ min: -40, max: 40 }).map(day);
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.record({ expires_at: days, revoked_at: fc.option(days) })),
        fc.option(days),
        fc.oneof(fc.constantFrom('none', 'open'), days),
        async (transaction, grace, grant) => {
          const me = await someone();
          await told(
            factOf({
              userId: me,
              transaction: transaction && paid(transaction),
              renewal: renewing({ grace_expires_at: grace }),
            }),
          );
          if (grant !== 'none')
            await grantTier(
              db,
              {
                id: newId(),
                userId: me,
                by: me,
                reason: 'a test',
                expiresAt: grant === 'open' ? null : new Date(grant),
              },
              NOW,
            );
          for (const at of [NOW, on(3), on(20), on(41)])
            expect((await subscriptionOf(db, me, at)).tier).toBe(await tierOf(db, me, at));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of no subscription is recorded and does nothing', async () => {
    const fact = factOf({ transaction: null, originalTransactionId: null });
    expect(await told(fact)).toEqual({ outcome: 'recorded', changes: [] });
    const notification = await db('billing_notifications')
      .where({ notification_id: fact.notification?.id })
      .first<Record<string, unknown> | undefined>();
    expect(notification).toMatchObject({ type: 'ANY', outcome: 'recorded', original_transaction_id: null });
  });
});

describe('whose a subscription is', () => {
  it('follows what the transaction says; who was never seen is not made, and keeps no trace', async () => {
    const stranger = randomUUID();
    const fact = factOf({ userId: stranger });
    expect((await told(fact)).outcome).toBe('unmatched');
    expect(await db('users').where({ id: stranger })).toEqual([]);
    expect(JSON.stringify(await rowOf(fact))).not.toContain(stranger);

    const thief = await someone();
    const noName = { ...fact, userId: null, notification: null };
    await expect(bring(thief, noName)).rejects.toMatchObject({ code: 'validation_error' });
    await expect(bring(thief, { ...fact, notification: null })).rejects.toMatchObject({
      code: 'validation_error',
    });
    expect((await bring(stranger, { ...fact, notification: null })).outcome).toBe('applied');
    expect(await tierOf(db, stranger, NOW)).toBe('premium');
    expect((await bring(stranger, { ...fact, notification: null })).outcome).toBe('stale');
  });

  it('is also found by the next notification, once the user was seen', async () => {
    const late = randomUUID();
    const fact = factOf({ userId: late });
    await told(fact);
    await db('users').insert({ id: late });
    expect((await told({ ...fact, notification: factOf().notification })).outcome).toBe('applied');
    expect(await tierOf(db, late, NOW)).toBe('premium');
  });

  it('is of the first who brings it, where nobody is named', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    const fact = brought();
    expect((await bring(first, fact)).outcome).toBe('applied');
    await expect(bring(second, fact)).rejects.toMatchObject({ code: 'validation_error' });
    expect(await db('users').where({ id: second })).toEqual([]);
    expect((await subscriptionOf(db, first, NOW)).status).toBe('active');
    // A name that the store itself gives counts more than who was first.
    const named = { ...fact, userId: second, transaction: paid({ signed_at: day(0) }) };
    expect(
      (await bring(second, named)).changes.map(({ userId, to }) => [userId, to.tier]).toSorted(),
    ).toEqual(
      [
        [first, 'free'],
        [second, 'premium'],
      ].toSorted(),
    );
    expect(await audit(first)).toEqual(['paypal: free → premium', 'paypal: premium → free']);
    expect(await audit(second)).toEqual(['paypal: free → premium']);
    await expect(bring(first, fact)).rejects.toMatchObject({ code: 'validation_error' });
  });

  it('is of one of two who bring it at the same time', async () => {
    const fact = brought();
    const both = await Promise.allSettled([bring(randomUUID(), fact), bring(randomUUID(), fact)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('of what is no subscription can’t be claimed', async () => {
    const fact = brought({ transaction: null });
    await expect(bring(await someone(), fact)).rejects.toThrow(/not of a subscription/);
  });

  it('of another provider is kept apart, also under the same id', async () => {
    const [me, other] = [await someone(), await someone()];
    const id = randomUUID();
    await told(factOf({ originalTransactionId: id, userId: me }));
    await told(factOf({ provider: 'stripe', originalTransactionId: id, userId: other }));
    expect([await tierOf(db, me, NOW), await tierOf(db, other, NOW)]).toEqual(['premium', 'premium']);
  });
});

describe('what an admin grants', () => {
  const admin = randomUUID();
  const grant = (userId: string, expiresAt: Date | null = null) =>
    grantTier(db, { id: newId(), userId, by: admin, reason: 'press', expiresAt }, NOW);

  it('gives premium at once and until its end, and is taken back as a whole', async () => {
    const me = await someone();
    await grant(me, on(3));
    expect(await subscriptionOf(db, me, NOW)).toEqual({
      tier: 'premium',
      status: 'granted',
      expires_at: day(3),
    });
    expect([await tierOf(db, me, on(2)), await tierOf(db, me, on(3))]).toEqual(['premium', 'free']);
    await grant(me);
    expect(await subscriptionOf(db, me, NOW)).toEqual({
      tier: 'premium',
      status: 'granted',
      expires_at: null,
    });
    const [change] = await revokeGrants(db, { userId: me, by: admin, reason: 'over' }, NOW);
    expect(change).toMatchObject({ from: 'granted', to: { tier: 'free', status: 'none' } });
    expect(await revokeGrants(db, { userId: me, by: admin, reason: 'over' }, NOW)).toEqual([]);
    expect(await audit(me)).toEqual([`admin:${admin}: free → premium`, `admin:${admin}: premium → free`]);
    expect((await tierRecord(db, me)).grants).toMatchObject([
      { reason: 'press', granted_by: admin, revoked_by: admin, expires_at: null },
      { reason: 'press', granted_by: admin, revoked_by: admin, expires_at: day(3) },
    ]);
  });

  it('goes to nobody who was never seen', async () => {
    await expect(grant(randomUUID())).rejects.toMatchObject({ code: 'not_found' });
    await expect(tierRecord(db, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('leaves what is paid for alone, and the audit tells only what changed', async () => {
    const me = await someone();
    const fact = factOf({ userId: me });
    await told(fact);
    await grant(me);
    expect((await subscriptionOf(db, me, NOW)).status).toBe('active');
    const refund = paid({ signed_at: day(0), revoked_at: day(0), revocation: 'refunded' });
    await told({ ...fact, notification: factOf().notification, transaction: refund });
    expect((await subscriptionOf(db, me, NOW)).status).toBe('granted');
    expect(await audit(me)).toEqual(['paypal: free → premium']);
    await revokeGrants(db, { userId: me, by: admin, reason: 'over' }, NOW);
    expect(await subscriptionOf(db, me, NOW)).toMatchObject({ tier: 'free', status: 'refunded' });
    expect(await audit(me)).toEqual(['paypal: free → premium', `admin:${admin}: premium → free`]);
  });

  it('by many hands at once is one change', async () => {
    const me = await someone();
    await Promise.all([grant(me), grant(me), told(factOf({ userId: me })), grant(me)]);
    expect(await audit(me)).toHaveLength(1);
  });
});

describe('the audit', () => {
  it('tells what ran out by itself with whatever comes next', async () => {
    const me = await someone();
    const original = randomUUID();
    await told(factOf({ originalTransactionId: original, userId: me }));
    const renewal = renewing({ signed_at: day(31) });
    await told(factOf({ originalTransactionId: original, transaction: null, renewal }), on(32));
    expect(await audit(me)).toEqual(['paypal: free → premium', 'paypal: premium → free']);
  });

  it('has the tiers that the demo login gives', async () => {
    const name = randomUUID();
    const log = async (tier: 'free' | 'premium' | undefined) =>
      audit(await demoUser(db, { id: newId(), name, tier }));
    expect(await log(undefined)).toEqual([]);
    expect(await log('premium')).toEqual(['demo: free → premium']);
    expect(await log(undefined)).toHaveLength(1);
    expect(await log('premium')).toHaveLength(1);
    expect(await log('free')).toEqual(['demo: free → premium', 'demo: premium → free']);
  });
});
