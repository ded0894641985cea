/** An email as it goes out. */
export interface OutgoingMail {
  /** The key by which a repeated call is known; the `Message-ID` is made of it. */
  id: string;
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
}
/** How the other side knows it. */
export interface SentMail {
  message_id: string;
}

/** A way out for emails. Whoever calls it has written down before that it is going to. */
export interface MailTransport {
  /**
   * Hands an email over. The same `id` twice is one email where the other side can tell; where it can't, `find` is
   * asked before a call is repeated.
   *
   * @throws MailRefused for what will never be taken; anything else may be tried again
   */
  send(mail: OutgoingMail): Promise<SentMail>;
  /** What has become of an earlier call; null when nothing of it has arrived. */
  find(id: string): Promise<SentMail | null>;
}

/** The other side will not take this email, however often it is offered. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  /** @param reason for the sender to read: a part of a sentence without the sender's own words */
  constructor(readonly reason: string) {
    super('The mail server refused an email');
  }
}

/** The one spelling of an email's own id. */
export const messageIdOf = (id: string): string => `<${id}@mail.pulseplan>`;
