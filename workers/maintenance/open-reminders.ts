import type { Redis } from 'ioredis';
import type { Clock } from '../../core/clock.ts';
import type { Config } from '../../core/config.ts';
import { newId } from '../../core/ids.ts';
import type { Logger } from '../../core/logger.ts';
import type { SecretBox } from '../../core/secret-box.ts';
import type { Db } from '../../db/connect.ts';
import { markTold, takeUntold } from '../../db/notices.ts';
import { dropPushSubscription, keptPushKeys, pushSubscriptions } from '../../db/push.ts';
import { fireDue, nextDue } from '../../db/reminder-firing.ts';
import type { PushSender } from '../../integrations/push/push-sender.ts';
import type { ConnectionRegistry } from '../../sessions/connections.ts';
import { newsOf, publishNews } from '../../sessions/news.ts';
import { NoticeTeller } from './notice-teller.ts';
import { pushNotices } from './push-notices.ts';
import { reminderNotice } from './reminder-words.ts';
import { ReminderTimer } from './reminder-timer.ts';

const UNTOLD_BATCH = 100;

/** The timer of reminders over the database, and what brings its notices to people. */
export function openReminders(deps: {
  config: Config;
  db: Db;
  secrets: SecretBox;
  redis: Redis;
  connections: ConnectionRegistry;
  clock: Clock;
  log: Logger;
  /** Fault points of the test suites. */
  fault(point: string): Promise<void>;
}): { timer: ReminderTimer; teller: NoticeTeller } {
  const { config, db, secrets, redis, connections, clock, log, fault } = deps;
  let opened: Promise<PushSender> | undefined;
  const pushing = {
    subscriptions: (userId: string) => pushSubscriptions(db, secrets, userId),
    drop: (userId: string, endpoint: string) => dropPushSubscription(db, userId, endpoint),
    sender: () => {
      opened ??= openSender(config, db, secrets).catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    log,
  };
  const teller = new NoticeTeller({
    publish: (userId, news) => publishNews(redis, userId, news),
    isConnected: async (userId, now) => (await connections.of(userId, now)).length > 0,
    push: (userId, message) => pushNotices(pushing, userId, message),
    markTold: (ids) => markTold(db, ids),
    clock,
    log,
  });
  const timer = new ReminderTimer({
    nextDue: (after) => nextDue(db, after),
    fire: async (now, batch) => {
      const told = await fireDue(db, now, {
        ...batch,
        noticeOf: (due) => reminderNotice(newId(), due, now),
      });
      if (told.fired.length > 0) await fault('reminders-fired');
      return told;
    },
    tell: (fired) =>
      teller.tell(
        fired.map(({ userId, notice, changed }) => ({ userId, notice, news: newsOf(changed, clock.now()) })),
      ),
    tellUntold: async (now, leaseUntil) => {
      const untold = await takeUntold(db, now, leaseUntil, UNTOLD_BATCH);
      await markTold(
        db,
        untold.filter(({ seen }) => seen).map(({ notice }) => notice.notice_id),
      );
      teller.tell(
        untold.filter(({ seen }) => !seen).map(({ userId, notice }) => ({ userId, notice, news: [] })),
      );
    },
    clock,
    log,
  });
  return { timer, teller };
}

/** Loaded when it is needed: most people have subscribed no browser. */
async function openSender(config: Config, db: Db, secrets: SecretBox): Promise<PushSender> {
  const [{ WebPushSender }, { pushKeys }] = await Promise.all([
    import('../../integrations/push/web-push-sender.ts'),
    import('../../integrations/push/push-keys.ts'),
  ]);
  const given = { publicKey: config.VAPID_PUBLIC_KEY, privateKey: config.VAPID_PRIVATE_KEY };
  return new WebPushSender({
    keys: await pushKeys(given, (make) => keptPushKeys(db, secrets, make)),
    subject: config.VAPID_SUBJECT,
    hosts: config.pushHosts,
  });
}
