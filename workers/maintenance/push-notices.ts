import type { Logger } from '../../core/logger.ts';
import { SecretError } from '../../core/secret-box.ts';
import type { PushMessage, PushSender, PushSubscription } from '../../integrations/push/push-sender.ts';

export interface PushNoticesDeps {
  subscriptions(userId: string): Promise<{ browsers: PushSubscription[]; unreadable: SecretError[] }>;
  drop(userId: string, endpoint: string): Promise<unknown>;
  /** Opened when somebody is to be sent something for the first time. */
  sender(): Promise<PushSender>;
  log: Logger;
}

/** Sends a message to every browser of a user; those that are gone are forgotten. Never throws. */
export async function pushNotices(
  deps: PushNoticesDeps,
  userId: string,
  message: PushMessage,
): Promise<void> {
  try {
    const { browsers, unreadable } = await deps.subscriptions(userId);
    for (const error of unreadable) logUnreadable(deps.log, error);
    if (browsers.length === 0) return;
    const sender = await deps.sender();
    const outcomes = await Promise.all(
      browsers.map(async (browser) => {
        const outcome = await sender.send(browser, message);
        if (outcome === 'gone') await deps.drop(userId, browser.endpoint);
        return outcome;
      }),
    );
    const failed = outcomes.filter((outcome) => outcome === 'failed').length;
    if (failed > 0) deps.log.warn({ failed }, 'A push service did not take a notice');
  } catch (error) {
    if (error instanceof SecretError) logUnreadable(deps.log, error);
    else deps.log.warn({ err: error }, 'Notices could not be pushed');
  }
}

/** It stays as it is: with the right key it can be read again. */
function logUnreadable(log: Logger, { code, keyId }: SecretError): void {
  log.warn({ code, keyId }, 'A notice was not pushed: its credentials can not be read (CREDENTIAL_KEYS)');
}
