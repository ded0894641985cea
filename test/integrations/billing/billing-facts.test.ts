import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BillingFact } from '../../../contracts/subscription.ts';
import { newId } from '../../../core/ids.ts';
import { subscriptionOf, tierOf } from '../../../db/subscriptions.ts';
import { grantTier, tierRecord } from '../../../db/tier-grants.ts';
import { openSession } from '../../../db/users.ts';
import { day, factOf, Ledger, NOW, on, paid, renewing } from './ledger.ts';

const ledger = new Ledger();

describe('what a provider tells', () => {
  it('makes a user premium until it ends, by itself, with no further word', async () => {
    const me = await ledger.someone();
    const fact = factOf({ userId: me });
    expect(await ledger.told(fact)).toEqual({
      outcome: 'applied',
      changes: [{ userId: me, from: 'none', to: { tier: 'premium', status: 'active', expires_at: day(29) } }],
    });
    expect(await tierOf(ledger.db, me, NOW)).toBe('premium');
    expect((await openSession(ledger.db, me, randomUUID()))?.tier).toBe('premium');
    expect(await tierOf(ledger.db, me, on(29))).toBe('free');
    expect(await subscriptionOf(ledger.db, me, on(30))).toEqual({
      tier: 'free',
      status: 'expired',
      expires_at: day(29),
    });
    expect(await ledger.audit(me)).toEqual(['paypal: free → premium']);
    expect((await tierRecord(ledger.db, me)).audit[0]?.cause).toMatchObject({
      provider: 'paypal',
      original_transaction_id: fact.originalTransactionId,
      notification_id: fact.notification?.id,
      type: 'ANY',
    });
  });

  it('of the days of grace, keeps premium until they end', async () => {
    const me = await ledger.someone();
    const over = paid({ purchased_at: day(-31), expires_at: day(-1) });
    const renewal = renewing({ in_billing_retry: true, grace_expires_at: day(5) });
    await ledger.told(factOf({ userId: me, transaction: over, renewal }));
    expect(await subscriptionOf(ledger.db, me, NOW)).toMatchObject({ tier: 'premium', status: 'in_grace' });
    expect([await tierOf(ledger.db, me, on(4)), await tierOf(ledger.db, me, on(5))]).toEqual([
      'premium',
      'free',
    ]);
  });

  it('again is recorded once, also when both come at the same time', async () => {
    const me = await ledger.someone();
    const fact = factOf({ userId: me });
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => ledger.told(fact)));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'applied',
      ...Array.from({ length: 5 }, () => 'replayed'),
    ]);
    expect(outcomes.flatMap(({ changes }) => changes)).toHaveLength(1);
    expect(await ledger.audit(me)).toHaveLength(1);
    expect((await ledger.told({ ...fact, notification: factOf().notification })).outcome).toBe('stale');
  });

  it('of several subscriptions of one user at the same time, is one change of the tier', async () => {
    const me = await ledger.someone();
    await Promise.all(Array.from({ length: 6 }, () => ledger.told(factOf({ userId: me }))));
    expect(await ledger.audit(me)).toHaveLength(1);
    const rows = await ledger.db('subscriptions').where({ user_id: me });
    expect(rows).toHaveLength(6);
  });

  it('in any order and any number of times gives the same row, the same owner and the same tier', async () => {
    const [me, other] = [await ledger.someone(), await ledger.someone()];
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
      for (const fact of facts) await ledger.told(fact);
      const { original_transaction_id: _id, ...row } = (await ledger.rowOf(facts[0] ?? factOf())) ?? {};
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
    expect(await tierOf(ledger.db, other, NOW)).toBe('premium');
    expect(await tierOf(ledger.db, me, NOW)).toBe('free');
  });

  it('is answered alike by the database and by the state that a user is told', async () => {
    const days = fc.integer({ min: -40, max: 40 }).map(day);
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.record({ expires_at: days, revoked_at: fc.option(days) })),
        fc.option(days),
        fc.oneof(fc.constantFrom('none', 'open'), days),
        async (transaction, grace, grant) => {
          const me = await ledger.someone();
          await ledger.told(
            factOf({
              userId: me,
              transaction: transaction && paid(transaction),
              renewal: renewing({ grace_expires_at: grace }),
            }),
          );
          if (grant !== 'none')
            await grantTier(
              ledger.db,
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
            expect((await subscriptionOf(ledger.db, me, at)).tier).toBe(await tierOf(ledger.db, me, at));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of no subscription is recorded and does nothing', async () => {
    const fact = factOf({ transaction: null, originalTransactionId: null });
    expect(await ledger.told(fact)).toEqual({ outcome: 'recorded', changes: [] });
    const notification = await ledger
      .db('billing_notifications')
      .where({ notification_id: fact.notification?.id })
      .first<Record<string, unknown> | undefined>();
    expect(notification).toMatchObject({ type: 'ANY', outcome: 'recorded', original_transaction_id: null });
  });
});
