import type { Redis } from 'ioredis';
import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Logger } from '../../core/logger.ts';
import { startQueueWorker, type IsErased, type JobQueues, type QueueWorker } from '../../core/queues.ts';
import type { Resealed } from '../../db/reseal.ts';
import type { Sweeper } from '../../sessions/sweeper.ts';
import type { NoticeTeller } from './notice-teller.ts';
import type { ReminderTimer } from './reminder-timer.ts';
import type { MailCourier } from './mail-courier.ts';
import { startBriefings, type BriefingDeps } from './briefings.ts';
import { sealCredentials } from './seal-credentials.ts';
import { expireQuestions, type ExpiryDeps } from './expire-questions.ts';

/** How often the repeating jobs are put back in place; a wiped Redis has forgotten them. */
const SCHEDULES_EVERY_MS = 10_000;

/** What the role does, as functions; it decides on nothing but when. */
export interface MaintenanceRoleDeps {
  redis: Redis;
  queues: JobQueues;
  sweeper: Sweeper;
  reminders: { timer: ReminderTimer; teller: NoticeTeller };
  courier: Pick<MailCourier, 'start' | 'close'>;
  questions: Omit<ExpiryDeps, 'log'>;
  briefings: Omit<BriefingDeps, 'log'>;
  /** Notes conversations as over in which nothing is said any more. */
  endSessions(now: Date): Promise<void>;
  /** Seals credentials with the first key. */
  reseal(): Promise<Resealed>;
  erasures: { finishAll(): Promise<unknown>; cleanFiles(): Promise<unknown>; isErased: IsErased };
  /** Removes what is kept for a time only. */
  prune(now: Date): Promise<void>;
  /** In which monthly and nightly jobs run. */
  billingZone: string;
  clock: Clock;
  log: Logger;
}

/** Sweeper, reminders, standing briefings, mail, expiry, ends of conversations, retention, erasures: queue `maintenance`. */
export function startMaintenanceRole(deps: MaintenanceRoleDeps): QueueWorker {
  const upsert = (): void => {
    deps.queues
      .upsertSchedules(deps.billingZone)
      .catch((error: unknown) => deps.log.warn({ err: error }, 'The schedules could not be put in place'));
  };
  upsert();
  // Other keys come with a start, and whoever has changed them waits for it.
  deps.queues
    .add('maintenance', 'credentials.seal', {}, `credentials.seal.${newId()}`)
    .catch((error: unknown) => deps.log.warn({ err: error }, 'Credentials are sealed later'));
  const timer = setInterval(upsert, SCHEDULES_EVERY_MS);
  deps.sweeper.start();
  deps.reminders.timer.start();
  deps.courier.start();
  const briefings = startBriefings({ ...deps, ...deps.briefings });
  const worker = startQueueWorker({
    queue: 'maintenance',
    connection: deps.redis,
    concurrency: 2,
    isErased: deps.erasures.isErased,
    log: deps.log,
    handlers: {
      'clarifications.expire': async () => {
        const expired = await expireQuestions({ ...deps.questions, log: deps.log }, deps.clock.now());
        if (expired > 0) deps.log.info({ expired }, 'Questions that nobody answered have expired');
      },
      'sessions.end': async () => {
        await deps.endSessions(deps.clock.now());
      },
      'credentials.seal': () => sealCredentials(deps),
      'erasures.finish': async () => {
        await deps.erasures.finishAll();
      },
      'erasures.clean': async () => {
        const letters = await deps.queues.removeDeadLettersOfErased(deps.erasures.isErased);
        if (letters > 0) deps.log.info({ letters }, 'Dead letters of erased users were taken away');
        await deps.erasures.cleanFiles();
      },
      'records.prune': async () => {
        await deps.prune(deps.clock.now());
      },
    },
  });
  return {
    async close(deadlineMs) {
      clearInterval(timer);
      await Promise.all([
        deps.sweeper.close(),
        briefings.close(),
        deps.courier.close(),
        deps.reminders.timer.close().then(() => deps.reminders.teller.close()),
        worker.close(deadlineMs),
      ]);
    },
  };
}
