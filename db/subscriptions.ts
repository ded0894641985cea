import type { Knex } from 'knex';
import { z } from 'zod';
import { tier, type Subscription, type SubscriptionStatus, type Tier } from '../contracts/subscription.ts';
import type { Db } from './connect.ts';
import { foremost, subscriptionFacts, subscriptionState } from './subscription-state.ts';

const NONE: Subscription = { tier: 'free', status: 'none', expires_at: null };

/** What a user may have at an instant: see `tier_of` of the database. Of a user nobody has seen: free. */
export async function tierOf(db: Db, userId: string, now: Date): Promise<Tier> {
  const answer = await db.raw<{ rows: { tier: unknown }[] }>('select tier_of(?, ?) as tier', [userId, now]);
  return tier.parse(answer.rows[0]?.tier);
}

/** What a user is told: the payment that gives premium, or else what is granted, or else how the last one ended. */
export async function subscriptionOf(db: Db, userId: string, now: Date): Promise<Subscription> {
  const rows = await db('subscriptions').where({ user_id: userId }).select<{ state: unknown }[]>('state');
  const paid = foremost(rows.map(({ state }) => subscriptionState(subscriptionFacts.parse(state), now)));
  if (paid?.tier === 'premium') return paid;
  return (await grantOf(db, userId, now)) ?? paid ?? NONE;
}

const held = z.object({ expires_at: z.date().nullable() });

async function grantOf(db: Db, userId: string, now: Date): Promise<Subscription | null> {
  const found: unknown = await db
    .select('g.expires_at')
    .from(
      db('users')
        .where({ id: userId, tier: 'premium' })
        .select(db.raw('null::timestamptz as expires_at'))
        .unionAll([activeGrants(db, userId, now).select('expires_at')])
        .as('g'),
    )
    .orderByRaw('g.expires_at desc nulls first')
    .first();
  if (found === undefined) return null;
  const { expires_at: end } = held.parse(found);
  return { tier: 'premium', status: 'granted', expires_at: end?.toISOString() ?? null };
}

/** Grants that hold at an instant. */
export function activeGrants(db: Db, userId: string, now: Date): Knex.QueryBuilder {
  return db('tier_grants')
    .where({ user_id: userId })
    .whereNull('revoked_at')
    .where('starts_at', '<=', now)
    .whereRaw('(expires_at is null or expires_at > ?)', [now]);
}

/** Who changes a tier, and the ids of what it was changed for. */
export interface TierCause {
  actor: string;
  cause: Record<string, string | null>;
  at: Date;
}

/** What a change did to what a user is told. */
export interface SubscriptionChange {
  userId: string;
  from: SubscriptionStatus;
  to: Subscription;
}

/**
 * Carries out what may change the tiers of users, with the line of the audit for each tier that has changed. Users are
 * locked meanwhile, so that no two lines tell of one change.
 *
 * @returns what has changed for whom
 */
export async function changeTiers(
  trx: Knex.Transaction,
  userIds: readonly string[],
  by: TierCause,
  change: () => Promise<void>,
): Promise<SubscriptionChange[]> {
  // Always in the same order, or two that change the same users would wait for each other.
  const ids = [...new Set(userIds)].toSorted();
  for (const id of ids) await trx('users').where({ id }).forNoKeyUpdate().first('id');
  const before = new Map<string, Subscription>();
  for (const id of ids) before.set(id, await subscriptionOf(trx, id, by.at));
  await change();
  const changes: SubscriptionChange[] = [];
  for (const id of ids) {
    await auditTier(trx, id, by);
    const from = before.get(id) ?? NONE;
    const to = await subscriptionOf(trx, id, by.at);
    if (from.status !== to.status || from.tier !== to.tier)
      changes.push({ userId: id, from: from.status, to });
  }
  return changes;
}

/**
 * Writes down a tier that is not what the last line says. What ran out by itself is told with whatever comes next, so
 * that each line begins where the one before it ended.
 */
export async function auditTier(trx: Db, userId: string, { actor, cause, at }: TierCause): Promise<void> {
  const last = await trx('tier_audit')
    .where({ user_id: userId })
    .orderBy('id', 'desc')
    .first<{ to_tier: string } | undefined>('to_tier');
  const from = last?.to_tier ?? 'free';
  const to = await tierOf(trx, userId, at);
  if (from === to) return;
  await trx('tier_audit').insert({
    user_id: userId,
    at,
    actor,
    from_tier: from,
    to_tier: to,
    cause: JSON.stringify(cause),
  });
}
