import { PulseError } from '../../../contracts/errors.ts';
import { pushEndpoint, pushKey, pushState, pushSubscription } from '../../../contracts/rest.ts';
import { newId } from '../../../core/ids.ts';
import { SecretError } from '../../../core/secret-box.ts';
import { dropPushSubscription, keepPushSubscription, keptPushKeys } from '../../../db/push.ts';
import { isPushEndpoint } from '../../../integrations/push/push-endpoint.ts';
import { pushKeys } from '../../../integrations/push/push-keys.ts';
import type { GatewayServices } from '../../gateway-services.ts';
import { route } from '../route.ts';

/** Push is off where credentials can't be sealed or opened; nothing else is. */
async function sealed<T>({ secrets, log }: GatewayServices, work: () => Promise<T>): Promise<T> {
  try {
    secrets.requireKey();
    return await work();
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    log.warn({ err: error, keyId: error.keyId }, 'Push is off: credentials can not be sealed or opened');
    throw new PulseError(
      'feature_unavailable',
      'Notices in browsers are off on this server. Whoever runs it can turn them on.',
    );
  }
}

/** Browsers that show notices while the page is closed. */
export const pushRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/push/key',
    summary: 'The public key with which a browser subscribes to notices',
    access: 'user',
    response: pushKey,
    handle: async ({ services }) => {
      const { config, db, secrets } = services;
      const given = { publicKey: config.VAPID_PUBLIC_KEY, privateKey: config.VAPID_PRIVATE_KEY };
      const { publicKey } = await sealed(services, () =>
        pushKeys(given, (make) => keptPushKeys(db, secrets, make)),
      );
      return { public_key: publicKey };
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/push/subscriptions',
    summary: 'Shows notices in this browser while the page is closed; the same one again changes nothing',
    access: 'user',
    body: pushSubscription,
    response: pushState,
    handle: async ({ body: { endpoint, keys }, identity, services }) => {
      const { config, db, secrets, clock } = services;
      if (!isPushEndpoint(endpoint, config.pushHosts))
        throw new PulseError('validation_error', 'That is not the address of a push service that I know.');
      const browser = { id: newId(), endpoint, ...keys, at: clock.now() };
      await sealed(services, () => keepPushSubscription(db, secrets, identity.userId, browser));
      return { subscribed: true };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/push/subscriptions',
    summary: 'Shows no notices in this browser any more',
    access: 'user',
    body: pushEndpoint,
    response: pushState,
    handle: async ({ body: { endpoint }, identity, services: { db } }) => {
      await dropPushSubscription(db, identity.userId, endpoint);
      return { subscribed: false };
    },
  }),
];
