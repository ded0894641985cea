import type { Redis } from 'ioredis';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { startQueueWorker, type IsErased, type QueueWorker } from '../../core/queues.ts';
import type { Db } from '../../db/connect.ts';
import { expireCalls } from '../../db/metering.ts';
import { isUnfit, makePartitions, overdueEvents, recordUsage, refuseEvents } from '../../db/usage-records.ts';
import { sweepUsage } from './sweep-usage.ts';
import type { UsageBooks } from './usage-books.ts';
import { UsageRecorder } from './usage-recorder.ts';

/** Jobs in hand at once: they wait for one write together. */
const CONCURRENCY = 500;
/** How often a worker looks for months whose rollup was missed. */
const CATCH_UP_MS = 3_600_000;

export interface MeteringRoleDeps {
  redis: Redis;
  db: Db;
  books: UsageBooks;
  isErased: IsErased;
  clock: Clock;
  log: Logger;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

/** The only writer of `llm_usage`: queue `metering`. */
export function startMeteringRole(deps: MeteringRoleDeps): QueueWorker {
  const { db, books, clock, log } = deps;
  const write = async (events: Parameters<typeof recordUsage>[1]): Promise<void> => {
    await recordUsage(db, events);
  };
  const recorder = new UsageRecorder({ write, isUnfit, fault: deps.fault });
  const sweep = {
    expireCalls: (now: Date, limit: number) => expireCalls(db, now, limit),
    overdue: (before: Date, limit: number) => overdueEvents(db, before, limit),
    write,
    refuse: (ids: readonly string[], now: Date) => refuseEvents(db, ids, now),
    isUnfit,
    makePartitions: (now: Date) => makePartitions(db, now),
    log,
  };
  const catchUp = async (): Promise<void> => {
    try {
      await makePartitions(db, clock.now());
      await books.rollUp({ recent: false });
      await books.prune();
    } catch (error) {
      log.warn({ err: error }, 'The months could not be brought up to date; the next look tries again');
    }
  };
  let catchingUp = catchUp();
  const timer = setInterval(() => {
    catchingUp = catchUp();
  }, CATCH_UP_MS);
  const worker = startQueueWorker({
    queue: 'metering',
    connection: deps.redis,
    concurrency: CONCURRENCY,
    isErased: deps.isErased,
    log,
    handlers: {
      'usage.record': ({ events }) => recorder.record(events),
      'usage.sweep': () => sweepUsage(sweep, clock.now()),
      'usage.rollup': () => books.rollUp({ recent: true }),
      'usage.reconcile': () => books.reconcile(),
    },
  });
  return {
    async close(deadlineMs) {
      clearInterval(timer);
      await worker.close(deadlineMs);
      await Promise.race([catchingUp, new Promise((resolve) => setTimeout(resolve, deadlineMs).unref())]);
    },
  };
}
