import type { Knex } from 'knex';
import { z } from 'zod';
import { PulseError } from '../contracts/errors.ts';
import type { BillingFact, FactOutcome } from '../contracts/subscription.ts';
import { holdAccount } from './accounts.ts';
import type { Db } from './connect.ts';
import {
  graceOf,
  rankOf,
  subscriptionFacts,
  subscriptionState,
  withFacts,
  type SubscriptionFacts,
} from './subscription-state.ts';
import { changeTiers, type SubscriptionChange } from './subscriptions.ts';
import { retrying } from './turns.ts';

/** What a fact did. */
export interface AppliedFact {
  outcome: FactOutcome;
  changes: SubscriptionChange[];
}

interface Occasion {
  at: Date;
  /** The user who brings the transaction; null where the provider itself tells. */
  claimant: string | null;
}

/** A fact about a subscription. */
type SubscriptionFact = BillingFact & { originalTransactionId: string };
const isOfSubscription = (fact: BillingFact): fact is SubscriptionFact =>
  fact.originalTransactionId !== null && (fact.transaction !== null || fact.renewal !== null);

/**
 * Takes in what a provider told, once for each notification, in one transaction: the facts, the owner, the audit. What
 * is older than what is known changes nothing. A user whom nobody has seen is not made, unless that very user asks.
 *
 * @throws PulseError `validation_error` where the claimant may not have the subscription, or there is none in it
 */
export function applyFact(db: Db, fact: BillingFact, occasion: Occasion): Promise<AppliedFact> {
  return retrying(() =>
    db.transaction(async (trx) => {
      if (!(await recordNotification(trx, fact, occasion.at))) return { outcome: 'replayed', changes: [] };
      const applied: AppliedFact = isOfSubscription(fact)
        ? await applyToSubscription(trx, fact, occasion)
        : { outcome: 'recorded', changes: [] };
      if (occasion.claimant !== null && applied.outcome === 'recorded')
        throw new PulseError('validation_error', 'This transaction is not of a subscription.');
      if (fact.notification)
        await trx('billing_notifications')
          .where({ provider: fact.provider, notification_id: fact.notification.id })
          .update({ outcome: applied.outcome });
      return applied;
    }),
  );
}

/** @returns false for one that was taken in before; one that is being taken in right now is waited for */
async function recordNotification(trx: Db, fact: BillingFact, at: Date): Promise<boolean> {
  if (!fact.notification) return true;
  const { id, type, subtype, signedAt } = fact.notification;
  const rows = await trx('billing_notifications')
    .insert({
      provider: fact.provider,
      notification_id: id,
      type,
      subtype,
      signed_at: signedAt,
      received_at: at,
      original_transaction_id: fact.originalTransactionId,
      outcome: 'recorded',
    })
    .onConflict(['provider', 'notification_id'])
    .ignore()
    .returning<{ notification_id: string }[]>('notification_id');
  return rows.length > 0;
}

const stored = z.object({ user_id: z.string().nullable(), state: subscriptionFacts });
type Stored = z.infer<typeof stored>;

async function applyToSubscription(
  trx: Knex.Transaction,
  fact: SubscriptionFact,
  { at, claimant }: Occasion,
): Promise<AppliedFact> {
  if (claimant !== null) await holdAccount(trx, claimant);
  const known = await lockSubscription(trx, fact, at);
  const owned = await ownerOf(trx, known, fact, claimant);
  if (claimant !== null && owned.user_id !== claimant)
    throw new PulseError(
      'validation_error',
      'This purchase can’t be used for this account. Sign in with the account that it was made for.',
    );
  const next: Stored = {
    user_id: owned.user_id,
    state: { ...withFacts(known.state, fact), owner_rank: owned.owner_rank },
  };
  if (sameFacts(known, next)) return { outcome: 'stale', changes: [] };
  const users = [known.user_id, next.user_id].filter((id) => id !== null);
  const changes = await changeTiers(
    trx,
    users,
    { actor: fact.provider, cause: causeOf(fact), at },
    async () => {
      await trx('subscriptions').where(keyOf(fact)).update(rowOf(next, at));
    },
  );
  return { outcome: next.user_id === null ? 'unmatched' : 'applied', changes };
}

const keyOf = (fact: SubscriptionFact): Record<string, string> => ({
  provider: fact.provider,
  original_transaction_id: fact.originalTransactionId,
});

async function lockSubscription(trx: Db, fact: SubscriptionFact, at: Date): Promise<Stored> {
  await trx('subscriptions')
    .insert({ ...keyOf(fact), environment: fact.environment, updated_at: at })
    .onConflict(['provider', 'original_transaction_id'])
    .ignore();
  return stored.parse(await trx('subscriptions').where(keyOf(fact)).forUpdate().first('user_id', 'state'));
}

/**
 * Whose it is: of the user whom the latest transaction names that names anybody. Where that is nobody who was seen, of
 * the user who brings a transaction with their name; where none has a name, of the first who brings one.
 */
async function ownerOf(
  trx: Db,
  known: Stored,
  fact: SubscriptionFact,
  claimant: string | null,
): Promise<{ user_id: string | null; owner_rank: string | null }> {
  const { user_id, state } = known;
  const kept = { user_id, owner_rank: state.owner_rank };
  if (fact.userId === null || fact.transaction === null)
    return user_id === null && state.owner_rank === null ? { ...kept, user_id: claimant } : kept;
  const claimed = fact.userId === claimant ? claimant : null;
  const rank = rankOf(fact.transaction);
  // A device signs its purchase before the store tells of it, and may be heard after that.
  if (state.owner_rank !== null && rank < state.owner_rank) return { ...kept, user_id: user_id ?? claimed };

  // Not seen yet, or erased: no id of theirs is kept, only that it is somebody's.
  const seen: unknown = await trx('users').where({ id: fact.userId }).first('id');
  return { user_id: seen === undefined ? null : fact.userId, owner_rank: rank };
}

const sameFacts = (a: Stored, b: Stored): boolean =>
  a.user_id === b.user_id && JSON.stringify(inOrder(a.state)) === JSON.stringify(inOrder(b.state));
const inOrder = ({ transaction, renewal, owner_rank }: SubscriptionFacts): unknown => [
  transaction && rankOf(transaction),
  renewal && Object.entries(renewal).toSorted(([x], [y]) => (x < y ? -1 : 1)),
  owner_rank,
];

function rowOf({ user_id, state }: Stored, at: Date): Record<string, unknown> {
  const { transaction, renewal } = state;
  const signed = [transaction?.signed_at ?? null, renewal?.signed_at ?? null].filter((time) => time !== null);
  return {
    user_id,
    product_id: transaction?.product_id ?? null,
    status: subscriptionState(state, at).status,
    signed_at: signed.toSorted().at(-1) ?? null,
    expires_at: transaction?.expires_at ?? null,
    grace_expires_at: graceOf(state),
    revoked_at: transaction?.revoked_at ?? null,
    state: JSON.stringify(state),
    updated_at: at,
  };
}

function causeOf(fact: SubscriptionFact): Record<string, string | null> {
  return {
    provider: fact.provider,
    original_transaction_id: fact.originalTransactionId,
    transaction_id: fact.transaction?.transaction_id ?? null,
    notification_id: fact.notification?.id ?? null,
    type: fact.notification?.type ?? null,
    subtype: fact.notification?.subtype ?? null,
  };
}
