import { z } from 'zod';
import { uuid } from '../../../contracts/ids.ts';
import type { BillingFact, RenewalInfo, SignedTransaction } from '../../../contracts/subscription.ts';

/** Milliseconds since 1970, as an instant in UTC. */
const moment = z
  .number()
  .min(0)
  .max(Date.UTC(9999, 0))
  .transform((ms) => new Date(ms).toISOString());
const id = z.string().min(1).max(200);
/** What an app sets is a UUID; anything else names nobody. */
const accountToken = uuid.nullish().catch(null);

const transactionPayload = z.object({
  originalTransactionId: id,
  transactionId: id,
  productId: id,
  type: z.string().optional(),
  purchaseDate: moment.default(new Date(0).toISOString()),
  /** Only subscriptions end. */
  expiresDate: moment.optional(),
  signedDate: moment,
  revocationDate: moment.optional(),
  revocationType: z.string().optional(),
  inAppOwnershipType: z.string().optional(),
  isUpgraded: z.boolean().default(false),
  appAccountToken: accountToken,
  environment: z.string(),
});
export type TransactionPayload = z.infer<typeof transactionPayload>;

const renewalPayload = z.object({
  originalTransactionId: id,
  signedDate: moment,
  autoRenewStatus: z.number().optional(),
  isInBillingRetryPeriod: z.boolean().default(false),
  gracePeriodExpiresDate: moment.optional(),
});
export type RenewalPayload = z.infer<typeof renewalPayload>;

const notificationPayload = z.object({
  notificationType: id,
  subtype: id.optional(),
  notificationUUID: id,
  signedDate: moment,
});
export type NotificationPayload = z.infer<typeof notificationPayload>;

export const PAYLOADS = {
  transaction: transactionPayload,
  renewal: renewalPayload,
  notification: notificationPayload,
} as const;

const SUBSCRIPTION = 'Auto-Renewable Subscription';

/** What verified payloads say. Purchases that are no subscription give no facts. */
export function factOf(
  environment: string,
  payloads: {
    notification: NotificationPayload | null;
    transaction: TransactionPayload | null;
    renewal: RenewalPayload | null;
  },
): BillingFact {
  const { notification, transaction, renewal } = payloads;
  return {
    provider: 'apple',
    environment,
    notification: notification && {
      id: notification.notificationUUID,
      type: notification.notificationType,
      subtype: notification.subtype ?? null,
      signedAt: notification.signedDate,
    },
    originalTransactionId: transaction?.originalTransactionId ?? renewal?.originalTransactionId ?? null,
    userId: transaction?.appAccountToken ?? null,
    transaction: transaction && transactionOf(transaction, notification),
    renewal: renewal && renewalOf(renewal),
  };
}

function transactionOf(
  payload: TransactionPayload,
  notification: NotificationPayload | null,
): SignedTransaction | null {
  const { expiresDate, type = SUBSCRIPTION } = payload;
  if (expiresDate === undefined || type !== SUBSCRIPTION) return null;
  return {
    transaction_id: payload.transactionId,
    product_id: payload.productId,
    purchased_at: payload.purchaseDate,
    expires_at: expiresDate,
    signed_at: payload.signedDate,
    revoked_at: payload.revocationDate ?? null,
    revocation: payload.revocationDate === undefined ? null : revocationOf(payload, notification),
    upgraded: payload.isUpgraded,
  };
}

/** A family member's share is revoked; whoever paid is refunded. */
function revocationOf(
  payload: TransactionPayload,
  notification: NotificationPayload | null,
): 'refunded' | 'revoked' {
  const isShare =
    payload.revocationType === 'FAMILY_REVOKE' ||
    payload.inAppOwnershipType === 'FAMILY_SHARED' ||
    notification?.notificationType === 'REVOKE';
  return isShare ? 'revoked' : 'refunded';
}

function renewalOf(payload: RenewalPayload): RenewalInfo {
  return {
    signed_at: payload.signedDate,
    auto_renew: payload.autoRenewStatus === 1,
    in_billing_retry: payload.isInBillingRetryPeriod,
    grace_expires_at: payload.gracePeriodExpiresDate ?? null,
  };
}
