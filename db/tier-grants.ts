import { z } from 'zod';
import { PulseError } from '../contracts/errors.ts';
import { tier, type TierChange, type TierGrant } from '../contracts/subscription.ts';
import type { Db } from './connect.ts';
import { activeGrants, changeTiers, type SubscriptionChange } from './subscriptions.ts';
import { retrying } from './turns.ts';

/** More than anybody reads. */
const AUDIT_MAX = 200;

/**
 * Premium without a payment.
 *
 * @throws PulseError `not_found` for a user nobody has seen
 */
export function grantTier(
  db: Db,
  grant: { id: string; userId: string; by: string; reason: string; expiresAt: Date | null },
  at: Date,
): Promise<SubscriptionChange[]> {
  const by = { actor: `admin:${grant.by}`, cause: { grant_id: grant.id, reason: grant.reason }, at };
  return retrying(() =>
    db.transaction(async (trx) => {
      await checkUser(trx, grant.userId);
      return changeTiers(trx, [grant.userId], by, async () => {
        await trx('tier_grants').insert({
          id: grant.id,
          user_id: grant.userId,
          tier: 'premium',
          reason: grant.reason,
          granted_by: grant.by,
          starts_at: at,
          expires_at: grant.expiresAt,
          created_at: at,
        });
      });
    }),
  );
}

/**
 * Takes back every grant that holds; what is paid for stays.
 *
 * @throws PulseError `not_found` for a user nobody has seen
 */
export function revokeGrants(
  db: Db,
  revocation: { userId: string; by: string; reason: string },
  at: Date,
): Promise<SubscriptionChange[]> {
  const { userId, by: admin, reason } = revocation;
  return retrying(() =>
    db.transaction(async (trx) => {
      await checkUser(trx, userId);
      return changeTiers(trx, [userId], { actor: `admin:${admin}`, cause: { reason }, at }, async () => {
        await activeGrants(trx, userId, at).update({ revoked_at: at, revoked_by: admin });
      });
    }),
  );
}

async function checkUser(db: Db, id: string): Promise<void> {
  const found: unknown = await db('users').where({ id }).first('id');
  if (found === undefined) throw new PulseError('not_found', 'Nobody with this id has been seen here.');
}

const grantRow = z.object({
  id: z.string(),
  tier: z.literal('premium'),
  reason: z.string(),
  granted_by: z.string(),
  starts_at: z.date(),
  expires_at: z.date().nullable(),
  revoked_at: z.date().nullable(),
  revoked_by: z.string().nullable(),
});
const auditRow = z.object({
  at: z.date(),
  actor: z.string(),
  from_tier: tier,
  to_tier: tier,
  cause: z.record(z.string(), z.unknown()),
});

/**
 * All grants of a user and the latest changes of the tier, both with the latest first.
 *
 * @throws PulseError `not_found` for a user nobody has seen
 */
export async function tierRecord(
  db: Db,
  userId: string,
): Promise<{ grants: TierGrant[]; audit: TierChange[] }> {
  await checkUser(db, userId);
  const grants: unknown[] = await db('tier_grants').where({ user_id: userId }).orderBy('id', 'desc');
  const audit: unknown[] = await db('tier_audit')
    .where({ user_id: userId })
    .orderBy('id', 'desc')
    .limit(AUDIT_MAX);
  return {
    grants: grants.map((row) => {
      const { starts_at, expires_at, revoked_at, ...grant } = grantRow.parse(row);
      return {
        ...grant,
        starts_at: starts_at.toISOString(),
        expires_at: expires_at?.toISOString() ?? null,
        revoked_at: revoked_at?.toISOString() ?? null,
      };
    }),
    audit: audit.map((row) => {
      const { at, ...change } = auditRow.parse(row);
      return { ...change, at: at.toISOString() };
    }),
  };
}
