import webPush from 'web-push';
import { cutText } from '../../core/cut-text.ts';
import type { PushKeys } from './push-keys.ts';
import { isPushEndpoint } from './push-endpoint.ts';
import type { PushMessage, PushOutcome, PushSender, PushSubscription } from './push-sender.ts';

const TIMEOUT_MS = 8_000;
/** A push service keeps it so long for a browser that is off. */
const KEPT_S = 12 * 3_600;
/** Push services take no more than this. */
const TEXT_MAX_CHARS = 1_000;

/** Encrypts for the browser (RFC 8291) and signs with our key (RFC 8292). */
export class WebPushSender implements PushSender {
  constructor(private readonly options: { keys: PushKeys; subject: string; hosts: readonly string[] }) {}

  async send(subscription: PushSubscription, message: PushMessage): Promise<PushOutcome> {
    const { keys, subject, hosts } = this.options;
    // It may have been stored when another host was allowed.
    if (!isPushEndpoint(subscription.endpoint, hosts)) return 'gone';
    try {
      const { endpoint, p256dh, auth } = subscription;
      const text = cutText(message.text, TEXT_MAX_CHARS);
      const { method, headers, body } = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify({ ...message, text }),
        {
          vapidDetails: { subject, publicKey: keys.publicKey, privateKey: keys.privateKey },
          TTL: KEPT_S,
          urgency: 'high',
        },
      );
      const answer = await fetch(endpoint, {
        method,
        headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
        body: new Uint8Array(body ?? Buffer.alloc(0)),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      if (answer.ok) return 'sent';
      return answer.status === 404 || answer.status === 410 ? 'gone' : 'failed';
    } catch {
      return 'failed';
    }
  }
}
