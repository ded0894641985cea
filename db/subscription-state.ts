import { z } from 'zod';
import {
  renewalInfo,
  signedTransaction,
  type RenewalInfo,
  type SignedTransaction,
  type Subscription,
} from '../contracts/subscription.ts';

/**
 * All that a subscription's state is computed from: the latest of each kind of fact, by what was signed and never by
 * what came last.
 */
export const subscriptionFacts = z.object({
  transaction: signedTransaction.nullable().default(null),
  renewal: renewalInfo.nullable().default(null),
  /** Rank of the transaction that named the owner; null while nobody is named. */
  owner_rank: z.string().nullable().default(null),
});
export type SubscriptionFacts = z.infer<typeof subscriptionFacts>;

/**
 * The order of transactions: the later period, and of one period what was signed later. The time of signing alone
 * would not do: a refund of a month long past is signed after the purchase of the present one. Instants here are all
 * in UTC with milliseconds, so that they compare as text. What else differs breaks a tie the same way everywhere.
 */
export function rankOf(transaction: SignedTransaction): string {
  const { purchased_at, signed_at, ...rest } = transaction;
  const ties = Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [purchased_at, signed_at, JSON.stringify(ties)].join(' ');
}

const renewalRank = (renewal: RenewalInfo): string =>
  [renewal.signed_at, renewal.grace_expires_at ?? '', renewal.in_billing_retry, renewal.auto_renew].join(' ');

function later<T>(a: T | null, b: T | null, rank: (fact: T) => string): T | null {
  if (a === null || b === null) return a ?? b;
  return rank(b) > rank(a) ? b : a;
}

/** What is known once more has come. Any number of facts in any order, each any number of times, give the same. */
export function withFacts(
  known: SubscriptionFacts,
  come: Pick<SubscriptionFacts, 'transaction' | 'renewal'>,
): SubscriptionFacts {
  return {
    ...known,
    transaction: later(known.transaction, come.transaction, rankOf),
    renewal: later(known.renewal, come.renewal, renewalRank),
  };
}

/**
 * What the facts give at an instant; time alone ends what was paid for, whether the store tells of it or not.
 *
 * | the latest transaction                  | status                                  | tier    |
 * | --------------------------------------- | --------------------------------------- | ------- |
 * | none                                    | `none`                                  | free    |
 * | was taken back                          | `refunded` or `revoked`                 | free    |
 * | has not run out                         | `active`                                | premium |
 * | has, and its store gives days of grace  | `in_grace`                              | premium |
 * | has, and its store tries to collect     | `billing_retry`                         | free    |
 * | has                                     | `expired`                               | free    |
 */
export function subscriptionState(facts: SubscriptionFacts, now: Date): Subscription {
  const { transaction, renewal } = facts;
  if (transaction === null) return { tier: 'free', status: 'none', expires_at: null };
  const { expires_at } = transaction;
  if (transaction.revoked_at !== null)
    return {
      tier: 'free',
      status: transaction.revocation ?? 'refunded',
      expires_at: transaction.revoked_at,
    };
  const isAhead = (at: string | null): at is string => at !== null && Date.parse(at) > now.getTime();
  if (isAhead(expires_at)) return { tier: 'premium', status: 'active', expires_at };
  const grace = graceOf(facts);
  if (isAhead(grace)) return { tier: 'premium', status: 'in_grace', expires_at: grace };
  const status = renewal?.in_billing_retry === true ? 'billing_retry' : 'expired';
  return { tier: 'free', status, expires_at };
}

/** The end of the days of grace that follow the latest period; null where there are none. */
export function graceOf({ transaction, renewal }: SubscriptionFacts): string | null {
  const grace = renewal?.grace_expires_at ?? null;
  return grace !== null && transaction !== null && grace > transaction.expires_at ? grace : null;
}

/** Of several subscriptions of one user, the one to be told of: the best tier, then the latest end. */
export function foremost(states: readonly Subscription[]): Subscription | undefined {
  const rank = ({ tier, expires_at }: Subscription): string =>
    `${tier === 'premium' ? 1 : 0} ${expires_at ?? ''}`;
  return states.toSorted((a, b) => (rank(a) < rank(b) ? 1 : -1))[0];
}
