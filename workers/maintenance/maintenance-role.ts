import type { Redis } from 'ioredis';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { startQueueWorker, type JobQueues, type QueueWorker } from '../../core/queues.ts';
import type { Sweeper } from '../../sessions/sweeper.ts';

/** How often the repeating jobs are put back in place; a wiped Redis has forgotten them. */
const SCHEDULES_EVERY_MS = 10_000;

/** A caller may repeat a write by its key for a day; one that began late in it has a little longer. */
const WRITE_KEY_MS = 25 * 3_600_000;

export interface MaintenanceRoleDeps {
  redis: Redis;
  queues: JobQueues;
  sweeper: Sweeper;
  /** Closes clarifications past their expiry. */
  expireClarifications(now: Date): Promise<number>;
  pruneTombstones(now: Date): Promise<number>;
  pruneWriteKeys(before: Date): Promise<number>;
  pruneSessions(now: Date): Promise<number>;
  clock: Clock;
  log: Logger;
}

/** Sweeper, expiry, retention: queue `maintenance`. */
export function startMaintenanceRole(deps: MaintenanceRoleDeps): QueueWorker {
  const upsert = (): void => {
    deps.queues
      .upsertSchedules()
      .catch((error: unknown) => deps.log.warn({ err: error }, 'The schedules could not be put in place'));
  };
  upsert();
  const timer = setInterval(upsert, SCHEDULES_EVERY_MS);
  deps.sweeper.start();
  const worker = startQueueWorker({
    queue: 'maintenance',
    connection: deps.redis,
    concurrency: 2,
    log: deps.log,
    handlers: {
      'clarifications.expire': async () => {
        const expired = await deps.expireClarifications(deps.clock.now());
        if (expired > 0) deps.log.info({ expired }, 'Questions that nobody answered have expired');
      },
      'records.prune': async () => {
        const now = deps.clock.now();
        await deps.pruneTombstones(now);
        await deps.pruneWriteKeys(new Date(now.getTime() - WRITE_KEY_MS));
        const pruned = await deps.pruneSessions(now);
        if (pruned > 0)
          deps.log.info({ pruned }, 'Conversations in which nothing was said have been removed');
      },
    },
  });
  return {
    async close(deadlineMs) {
      clearInterval(timer);
      await Promise.all([deps.sweeper.close(), worker.close(deadlineMs)]);
    },
  };
}
