import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RenewalInfo, SignedTransaction } from '../../../contracts/subscription.ts';
import {
  foremost,
  subscriptionFacts,
  subscriptionState,
  withFacts,
  type SubscriptionFacts,
} from '../../../db/subscription-state.ts';

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();
const on = (n: number): Date => new Date(day(n));

const paid = (fields: Partial<SignedTransaction> = {}): SignedTransaction => ({
  transaction_id: '1',
  product_id: 'premium.monthly',
  purchased_at: day(0),
  expires_at: day(30),
  signed_at: day(0),
  revoked_at: null,
  revocation: null,
  upgraded: false,
  ...fields,
});
const renewing = (fields: Partial<RenewalInfo> = {}): RenewalInfo => ({
  signed_at: day(0),
  auto_renew: true,
  in_billing_retry: false,
  grace_expires_at: null,
  ...fields,
});
type Come = Pick<SubscriptionFacts, 'transaction' | 'renewal'>;
const only = (transaction: SignedTransaction | null, renewal: RenewalInfo | null = null): Come => ({
  transaction,
  renewal,
});
const known = (...facts: Come[]): SubscriptionFacts => facts.reduce(withFacts, subscriptionFacts.parse({}));

describe('the state of a subscription', () => {
  const unpaid = renewing({ signed_at: day(30), in_billing_retry: true });
  const inGrace = { ...unpaid, grace_expires_at: day(36) };
  const renewed = paid({
    transaction_id: '2',
    purchased_at: day(30),
    expires_at: day(60),
    signed_at: day(30),
  });
  const CASES: [what: string, facts: Come[], at: number, status: string, expires: number | null][] = [
    ['nothing', [], 0, 'none', null],
    ['a renewal without a purchase', [only(null, renewing())], 0, 'none', null],
    ['a purchase', [only(paid(), renewing())], 29, 'active', 30],
    ['a purchase that has run out, though nobody told', [only(paid(), renewing())], 30, 'expired', 30],
    [
      'a subscription that is not to be renewed',
      [only(paid(), renewing({ auto_renew: false }))],
      29,
      'active',
      30,
    ],
    ['a renewal', [only(paid()), only(renewed)], 31, 'active', 60],
    ['days of grace', [only(paid(), inGrace)], 31, 'in_grace', 36],
    ['days of grace that are over', [only(paid(), inGrace)], 36, 'billing_retry', 30],
    ['no grace', [only(paid(), unpaid)], 31, 'billing_retry', 30],
    [
      'the end of the tries',
      [only(paid(), inGrace), only(null, renewing({ signed_at: day(60) }))],
      60,
      'expired',
      30,
    ],
    ['a payment in the days of grace', [only(paid(), inGrace), only(renewed)], 33, 'active', 60],
    [
      'a refund',
      [only(paid()), only(paid({ signed_at: day(3), revoked_at: day(2), revocation: 'refunded' }))],
      4,
      'refunded',
      2,
    ],
    [
      'a share that ended',
      [only(paid()), only(paid({ signed_at: day(3), revoked_at: day(2), revocation: 'revoked' }))],
      4,
      'revoked',
      2,
    ],
    [
      'a refund that was reversed',
      [
        only(paid({ signed_at: day(3), revoked_at: day(2), revocation: 'refunded' })),
        only(paid({ signed_at: day(5) })),
      ],
      6,
      'active',
      30,
    ],
    [
      'a refund of a month long past',
      [only(renewed), only(paid({ signed_at: day(40), revoked_at: day(40), revocation: 'refunded' }))],
      41,
      'active',
      60,
    ],
    [
      'a purchase again after a refund',
      [only(paid({ signed_at: day(3), revoked_at: day(2) })), only(renewed)],
      31,
      'active',
      60,
    ],
    [
      'an extension',
      [only(paid()), only(paid({ signed_at: day(20), expires_at: day(44) }))],
      40,
      'active',
      44,
    ],
    [
      'an upgrade',
      [
        only(paid({ signed_at: day(10), upgraded: true })),
        only(
          paid({
            transaction_id: '2',
            product_id: 'premium.yearly',
            purchased_at: day(10),
            expires_at: day(375),
            signed_at: day(10),
          }),
        ),
      ],
      40,
      'active',
      375,
    ],
  ];
  it.each(CASES)('after %s', (_what, facts, at, status, expires) => {
    const tier = ['active', 'in_grace'].includes(status) ? 'premium' : 'free';
    const state = { tier, status, expires_at: expires === null ? null : day(expires) };
    expect(subscriptionState(known(...facts), on(at))).toEqual(state);
    expect(subscriptionState(known(...facts.toReversed()), on(at))).toEqual(state);
  });

  const days = fc.integer({ min: 0, max: 90 }).map(day);
  const transactions = fc.record({
    transaction_id: fc.constantFrom('1', '2'),
    product_id: fc.constantFrom('a', 'b'),
    purchased_at: days,
    expires_at: days,
    signed_at: days,
    revoked_at: fc.option(days),
    revocation: fc.constantFrom('refunded' as const, 'revoked' as const),
    upgraded: fc.boolean(),
  });
  const renewals = fc.record({
    signed_at: days,
    auto_renew: fc.boolean(),
    in_billing_retry: fc.boolean(),
    grace_expires_at: fc.option(days),
  });
  const facts = fc.array(fc.record({ transaction: fc.option(transactions), renewal: fc.option(renewals) }), {
    minLength: 1,
    maxLength: 8,
  });

  it('is the same whatever came first, and however often it came', () => {
    fc.assert(
      fc.property(
        facts.chain((come) =>
          fc.tuple(
            fc.constant(come),
            fc.shuffledSubarray(come, { minLength: come.length }),
            fc.array(fc.constantFrom(...come), { maxLength: 6 }),
            fc.array(fc.constantFrom(...come), { maxLength: 6 }),
          ),
        ),
        fc.integer({ min: 0, max: 120 }),
        ([come, shuffled, before, after], at) => {
          const once = known(...come);
          const again = known(...before, ...shuffled, ...after);
          expect(again).toEqual(once);
          expect(subscriptionState(again, on(at))).toEqual(subscriptionState(once, on(at)));
        },
      ),
    );
  });

  it('is premium at no instant when nothing paid for reaches beyond it', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 120 }), (come, at) => {
        const { tier } = subscriptionState(known(...come), on(at));
        const reaches = come.some(
          ({ transaction, renewal }) =>
            (transaction && transaction.expires_at > day(at)) ||
            (renewal?.grace_expires_at && renewal.grace_expires_at > day(at)),
        );
        if (!reaches) expect(tier).toBe('free');
      }),
    );
  });
});

describe('of several subscriptions', () => {
  it('the one that gives premium is told, then the one that lasts longest', () => {
    const expired = { tier: 'free', status: 'expired', expires_at: day(90) } as const;
    const short = { tier: 'premium', status: 'active', expires_at: day(20) } as const;
    const long = { tier: 'premium', status: 'in_grace', expires_at: day(30) } as const;
    expect(foremost([])).toBeUndefined();
    expect(foremost([expired])).toBe(expired);
    expect(foremost([expired, short])).toBe(short);
    expect(foremost([short, expired, long])).toBe(long);
  });
});
