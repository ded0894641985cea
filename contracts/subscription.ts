import { z } from 'zod';
import { instant, uuid } from './ids.ts';

export const tier = z.enum(['free', 'premium']);
export type Tier = z.infer<typeof tier>;

/**
 * `granted` is premium without a payment. Of a subscription: `billing_retry` is unpaid beyond any grace while the
 * store still tries to collect, `revoked` was taken back without money (a family that shares no longer).
 */
export const subscriptionStatus = z.enum([
  'none',
  'granted',
  'active',
  'in_grace',
  'billing_retry',
  'expired',
  'revoked',
  'refunded',
]);
export type SubscriptionStatus = z.infer<typeof subscriptionStatus>;

/** `expires_at` is when premium ends, or ended, unless more is paid; null where nothing sets an end. */
export const subscription = z.object({
  tier,
  status: subscriptionStatus,
  expires_at: instant.nullable(),
});
export type Subscription = z.infer<typeof subscription>;

/** A signed transaction or payload has 6 to 12 KB. */
const signed = z.string().min(1).max(60_000);
export const appleTransaction = z.strictObject({ signed_transaction: signed });
/** As the App Store sends it. */
export const appleNotification = z.strictObject({ signedPayload: signed });

/** What came of a fact. `stale`: all of it was known, or newer was. `recorded`: it says nothing of a subscription. */
export const factOutcome = z.enum(['applied', 'unmatched', 'stale', 'recorded', 'replayed']);
export type FactOutcome = z.infer<typeof factOutcome>;
export const notificationAnswer = z.object({ ok: z.literal(true), outcome: factOutcome });

const reason = z.string().trim().min(1).max(500);
export const tierGrantRequest = z.strictObject({
  tier: z.literal('premium'),
  reason,
  expires_at: instant.optional(),
});
export const tierRevokeRequest = z.strictObject({ reason });

const tierGrant = z.object({
  id: uuid,
  tier: z.literal('premium'),
  reason: z.string(),
  granted_by: uuid,
  starts_at: instant,
  expires_at: instant.nullable(),
  revoked_at: instant.nullable(),
  revoked_by: uuid.nullable(),
});
export type TierGrant = z.infer<typeof tierGrant>;

/** `actor` is `demo`, `admin:` with an id, or the provider of a payment. */
const tierChange = z.object({
  at: instant,
  actor: z.string(),
  from_tier: tier,
  to_tier: tier,
  cause: z.record(z.string(), z.unknown()),
});
export type TierChange = z.infer<typeof tierChange>;

/** What an admin sees of somebody's tier; both lists have the latest first. */
export const userTier = subscription.extend({ grants: z.array(tierGrant), audit: z.array(tierChange) });

/** One transaction as its store signed it last. */
export const signedTransaction = z.object({
  transaction_id: z.string(),
  product_id: z.string(),
  purchased_at: instant,
  expires_at: instant,
  signed_at: instant,
  revoked_at: instant.nullable(),
  /** Why it was revoked; null where it was not. */
  revocation: z.enum(['refunded', 'revoked']).nullable(),
  /** The customer has moved on to a better product; its own transaction follows. */
  upgraded: z.boolean(),
});
export type SignedTransaction = z.infer<typeof signedTransaction>;

/** What is to become of a subscription at its end, as its store signed it last. */
export const renewalInfo = z.object({
  signed_at: instant,
  auto_renew: z.boolean(),
  in_billing_retry: z.boolean(),
  grace_expires_at: instant.nullable(),
});
export type RenewalInfo = z.infer<typeof renewalInfo>;

/** What a provider of payments told, checked and in words that all providers share. */
export interface BillingFact {
  provider: string;
  /** Of the provider, such as `Sandbox`. */
  environment: string;
  /** Null where a customer brought the transaction. */
  notification: { id: string; type: string; subtype: string | null; signedAt: string } | null;
  /** What stays the same through all renewals; null where the fact is about no subscription. */
  originalTransactionId: string | null;
  /** The user whom the transaction names. */
  userId: string | null;
  transaction: SignedTransaction | null;
  renewal: RenewalInfo | null;
}
