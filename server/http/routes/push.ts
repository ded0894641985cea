import { PulseError } from '../../../contracts/errors.ts';
import { pushEndpoint, pushKey, pushState, pushSubscription } from '../../../contracts/rest.ts';
import { newId } from '../../../core/ids.ts';
import { dropPushSubscription, keepPushKeys, keepPushSubscription } from '../../../db/push.ts';
import { isPushEndpoint } from '../../../integrations/push/push-endpoint.ts';
import { pushKeys } from '../../../integrations/push/push-keys.ts';
import { route } from '../route.ts';

/** Browsers that show notices while the page is closed. */
export const pushRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/push/key',
    summary: 'The public key with which a browser subscribes to notices',
    access: 'user',
    response: pushKey,
    handle: async ({ services: { config, db } }) => {
      const given = { publicKey: config.VAPID_PUBLIC_KEY, privateKey: config.VAPID_PRIVATE_KEY };
      const { publicKey } = await pushKeys(given, (fresh) => keepPushKeys(db, fresh));
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
    handle: async ({ body: { endpoint, keys }, identity, services: { config, db, clock } }) => {
      if (!isPushEndpoint(endpoint, config.pushHosts))
        throw new PulseError('validation_error', 'That is not the address of a push service that I know.');
      await keepPushSubscription(db, identity.userId, { id: newId(), endpoint, ...keys, at: clock.now() });
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
