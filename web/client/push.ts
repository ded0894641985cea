import { z } from 'zod';
import { pushKey, pushState } from '../../contracts/rest.ts';
import type { RestClient } from './rest-client.ts';

/** Where the worker of the page is served. */
const WORKER_URL = '/sw.js';
/** As a browser gives a subscription. */
const given = z.object({
  endpoint: z.string(),
  keys: z.object({ p256dh: z.string(), auth: z.string() }),
});

/** `unsupported`: this browser can't; `denied`: the person has said no to notifications, which only they can change. */
export type PushStatus = 'on' | 'off' | 'denied' | 'unsupported';

/** Whether notices are shown in this browser while the page is closed. */
export async function pushStatus(): Promise<PushStatus> {
  if (!isSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const worker = await navigator.serviceWorker.getRegistration(WORKER_URL);
  return (await worker?.pushManager.getSubscription()) ? 'on' : 'off';
}

/** Asks the person for leave, and subscribes this browser. To be called from a tap. */
export async function subscribePush(rest: RestClient): Promise<PushStatus> {
  if (!isSupported()) return 'unsupported';
  const leave = await Notification.requestPermission();
  if (leave !== 'granted') return leave === 'denied' ? 'denied' : 'off';
  await navigator.serviceWorker.register(WORKER_URL);
  const { pushManager } = await navigator.serviceWorker.ready;
  const { public_key: key } = await rest.call({ path: '/push/key', schema: pushKey });
  const subscription = await subscribed(pushManager, key);
  const { endpoint, keys } = given.parse(subscription.toJSON());
  await rest.call({
    method: 'POST',
    path: '/push/subscriptions',
    body: { endpoint, keys },
    schema: pushState,
  });
  return 'on';
}

/** Shows no notices in this browser any more; also to be called when somebody signs out. */
export async function unsubscribePush(rest: RestClient): Promise<PushStatus> {
  if (!isSupported()) return 'unsupported';
  const worker = await navigator.serviceWorker.getRegistration(WORKER_URL);
  const subscription = await worker?.pushManager.getSubscription();
  if (!subscription) return 'off';
  const { endpoint } = subscription;
  await subscription.unsubscribe();
  await rest.call({ method: 'DELETE', path: '/push/subscriptions', body: { endpoint }, schema: pushState });
  return 'off';
}

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** A subscription that was made with another key is made anew: nothing signed with ours would reach it. */
async function subscribed(manager: PushManager, key: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await manager.subscribe(options);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
    await (await manager.getSubscription())?.unsubscribe();
    return manager.subscribe(options);
  }
}
