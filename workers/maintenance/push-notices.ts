import type { Logger } from '../../core/logger.ts';
import type { PushMessage, PushSender, PushSubscription } from '../../integrations/push/push-sender.ts';

export interface PushNoticesDeps {
  subscriptions(userId: string): Promise<PushSubscription[]>;
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
    const browsers = await deps.subscriptions(userId);
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
    deps.log.warn({ err: error }, 'Notices could not be pushed');
  }
}
