/** Where a browser takes notices while its page is closed, as it gave it to us. */
export interface PushSubscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What is shown, and where it leads. Nothing else goes out. */
export interface PushMessage {
  text: string;
  /** On our own page. */
  url: string;
  /** Of several with the same tag the browser shows one. */
  tag: string;
}

/** `gone`: the browser has taken the subscription back; it is of no use any more. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

/** A push service, as RFC 8030 has it. */
export interface PushSender {
  /** Never throws. */
  send(subscription: PushSubscription, message: PushMessage): Promise<PushOutcome>;
}
