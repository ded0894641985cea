import { z } from 'zod';
import { PulseError } from '../../../contracts/errors.ts';
import { uuid } from '../../../contracts/ids.ts';
import {
  appleNotification,
  appleTransaction,
  notificationAnswer,
  subscription,
  tierGrantRequest,
  tierRevokeRequest,
  userTier,
} from '../../../contracts/subscription.ts';
import { newId } from '../../../core/ids.ts';
import { applyFact } from '../../../db/billing-facts.ts';
import { subscriptionOf, type SubscriptionChange } from '../../../db/subscriptions.ts';
import { grantTier, revokeGrants, tierRecord } from '../../../db/tier-grants.ts';
import type { BillingProvider } from '../../../integrations/billing/billing-provider.ts';
import { forgetProfile } from '../../../sessions/profiles.ts';
import type { GatewayServices } from '../../gateway-services.ts';
import { route } from '../route.ts';

const byUser = z.strictObject({ id: uuid });
const TIER_PATH = '/api/v1/ops/users/{id}/tier';

export const subscriptionRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/subscription',
    summary: "The user's tier, what it comes from, and when it ends unless more is paid",
    access: 'user',
    response: subscription,
    handle: ({ identity, services }) => subscriptionOf(services.db, identity.userId, services.clock.now()),
  }),
  route({
    method: 'POST',
    path: '/api/v1/subscription/apple',
    summary: 'Takes a transaction that the App Store signed for this user; again does no harm',
    access: 'user',
    body: appleTransaction,
    response: subscription,
    handle: async ({ body, identity, services }) => {
      const fact = await appleOf(services).readTransaction(body.signed_transaction);
      const at = services.clock.now();
      const { changes } = await applyFact(services.db, fact, { at, claimant: identity.userId });
      await told(services, changes);
      return subscriptionOf(services.db, identity.userId, at);
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/webhooks/apple',
    summary: 'App Store Server Notifications V2, in any order and any number of times',
    access: 'open',
    body: appleNotification,
    response: notificationAnswer,
    handle: async ({ body, services }) => {
      const fact = await appleOf(services).readNotification(body.signedPayload);
      const occasion = { at: services.clock.now(), claimant: null };
      const { outcome, changes } = await applyFact(services.db, fact, occasion);
      await told(services, changes);
      return { ok: true as const, outcome };
    },
  }),
  route({
    method: 'GET',
    path: TIER_PATH,
    summary: 'Tier of a user, every grant, and the latest changes with what caused them',
    access: 'admin',
    params: byUser,
    response: userTier,
    handle: ({ params, services }) => shownTier(services, params.id),
  }),
  route({
    method: 'POST',
    path: TIER_PATH,
    summary: 'Grants premium without a payment, for ever or until a time',
    access: 'admin',
    params: byUser,
    body: tierGrantRequest,
    response: userTier,
    handle: async ({ params, body, identity, services }) => {
      const at = services.clock.now();
      const expiresAt = body.expires_at === undefined ? null : new Date(body.expires_at);
      if (expiresAt !== null && expiresAt <= at)
        throw new PulseError('validation_error', 'The grant would be over already: give a later expires_at.');
      const grant = { id: newId(), userId: params.id, by: identity.userId, reason: body.reason, expiresAt };
      await told(services, await grantTier(services.db, grant, at));
      return shownTier(services, params.id);
    },
  }),
  route({
    method: 'DELETE',
    path: TIER_PATH,
    summary: 'Takes back every grant that holds; what is paid for stays',
    access: 'admin',
    params: byUser,
    body: tierRevokeRequest,
    response: userTier,
    handle: async ({ params, body, identity, services }) => {
      const revocation = { userId: params.id, by: identity.userId, reason: body.reason };
      await told(services, await revokeGrants(services.db, revocation, services.clock.now()));
      return shownTier(services, params.id);
    },
  }),
];

function appleOf({ appleBilling }: GatewayServices): BillingProvider {
  if (appleBilling === null)
    throw new PulseError(
      'feature_unavailable',
      'Payments by the App Store are off here: set APPLE_BUNDLE_ID and APPLE_ROOT_CERTS.',
    );
  return appleBilling;
}

async function shownTier({ db, clock }: GatewayServices, userId: string): Promise<z.infer<typeof userTier>> {
  const record = await tierRecord(db, userId);
  return { ...(await subscriptionOf(db, userId, clock.now())), ...record };
}

async function told(
  { analytics, redis }: GatewayServices,
  changes: readonly SubscriptionChange[],
): Promise<void> {
  for (const { userId, from, to } of changes) {
    await forgetProfile(redis, userId);
    analytics.capture(userId, 'subscription_status_changed', {
      from_status: from,
      to_status: to.status,
      tier: to.tier,
    });
  }
}
