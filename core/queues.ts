import { Queue, UnrecoverableError, Worker, DelayedError, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { z } from 'zod';
import {
  QUEUES,
  QUEUE_NAMES,
  SCHEDULES,
  type JobName,
  type JobPayload,
  type QueueName,
} from '../contracts/jobs.ts';
import { PulseError } from '../contracts/errors.ts';
import { describeError } from './describe-error.ts';
import type { Logger } from './logger.ts';

/** The braces keep all keys of one queue in one slot of a Redis Cluster. */
const prefixOf = (queue: QueueName): string => `{pp1-${queue}}`;

/** Every key of a queue, as Redis matches keys. */
export const queueKeys = (queue: QueueName): string => `${prefixOf(queue)}:*`;

/** A job whose worker died is given to another after at most lock + interval. */
const LOCK_MS = 5_000;
const STALLED_INTERVAL_MS = 2_500;
/** Dead letters kept for operators. */
const FAILED_KEPT = 1_000;
/** Jobs looked at in one trip. */
const JOBS_READ = 500;

/** What a handler may answer besides having done its work. */
export type JobOutcome = void | { delayMs: number };
/** Works on one job; a throw lets the queue try again as often as the catalogue says. */
export type JobHandler<Q extends QueueName, J extends JobName<Q>> = (
  payload: JobPayload<Q, J>,
) => Promise<JobOutcome>;
/** One handler for every job of a queue; a missing one does not compile. */
export type JobHandlers<Q extends QueueName> = { [J in JobName<Q>]: JobHandler<Q, J> };

/** States of jobs that are counted. */
export const COUNTED_STATES = ['waiting', 'active', 'delayed', 'failed', 'prioritized'] as const;

/** The writing end of all queues: payloads are checked against the catalogue before they leave. */
export class JobQueues {
  private readonly queues: ReadonlyMap<QueueName, Queue>;

  constructor(redis: Redis) {
    this.queues = new Map(
      QUEUE_NAMES.map((name) => {
        const queue = new Queue(name, {
          connection: redis,
          prefix: prefixOf(name),
          skipVersionCheck: true,
          skipWaitingForReady: true,
        });
        // Connection faults are logged where the connection was opened.
        queue.on('error', () => undefined);
        return [name, queue];
      }),
    );
  }

  private queue(name: QueueName): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`No such queue: ${name}`);
    return queue;
  }

  /** Adding an id that waits, runs or is delayed already changes nothing. */
  async add<Q extends QueueName, J extends JobName<Q>>(
    queue: Q,
    job: J,
    payload: JobPayload<Q, J>,
    jobId: string,
    delayMs = 0,
  ): Promise<void> {
    const entry = jobEntry(queue, job);
    await this.queue(queue).add(job, entry.payload.parse(payload), {
      jobId,
      ...(delayMs > 0 ? { delay: delayMs } : {}),
      attempts: entry.attempts,
      backoff: { type: 'exponential', delay: 250 },
      removeOnComplete: true,
      removeOnFail: { count: FAILED_KEPT },
      ...(entry.priority > 0 ? { priority: entry.priority } : {}),
    });
  }

  /** `none` also for one that has failed for good: its dead letter does not run again by itself. */
  async stateOf(queue: QueueName, jobId: string): Promise<'waiting' | 'active' | 'none'> {
    const state = await this.queue(queue).getJobState(jobId);
    if (state === 'active') return 'active';
    return state === 'waiting' || state === 'delayed' || state === 'prioritized' ? 'waiting' : 'none';
  }

  /** Takes a dead letter away so that its id can be used again. */
  async remove(queue: QueueName, jobId: string): Promise<void> {
    await this.queue(queue).remove(jobId);
  }

  /**
   * Puts the repeating jobs in place; called again and again, since a wiped Redis forgets them.
   *
   * @param zone in which their hours are meant
   */
  async upsertSchedules(zone: string): Promise<void> {
    await Promise.all(
      SCHEDULES.map(({ queue, job, ...when }) =>
        this.queue(queue).upsertJobScheduler(
          job,
          'cron' in when ? { pattern: when.cron, tz: zone } : { every: when.everyMs },
          {
            name: job,
            data: {},
            opts: {
              attempts: jobEntry(queue, job).attempts,
              backoff: { type: 'exponential', delay: 250 },
              removeOnComplete: true,
              removeOnFail: { count: FAILED_KEPT },
              ...(jobEntry(queue, job).priority > 0 ? { priority: jobEntry(queue, job).priority } : {}),
            },
          },
        ),
      ),
    );
  }

  /** Processes that read a queue now, by their connections. */
  async workersOf(queue: QueueName): Promise<number> {
    return this.queue(queue).getWorkersCount();
  }

  /** How many jobs are in each of the states waiting, active, delayed, failed and prioritized. */
  async counts(queue: QueueName): Promise<Record<string, number>> {
    return this.queue(queue).getJobCounts(...COUNTED_STATES);
  }

  /** Milliseconds since the job that waits longest was added; 0 when none waits. `now` is in epoch milliseconds. */
  async oldestWaitingAgeMs(queue: QueueName, now: number): Promise<number> {
    const [oldest] = await this.queue(queue).getJobs(['waiting'], 0, 0, true);
    return oldest ? Math.max(0, now - oldest.timestamp) : 0;
  }

  /**
   * Jobs that failed for good, the latest first, `limit` at most. `failed_at` is in epoch milliseconds; `data` holds
   * ids only.
   */
  async deadLetters(
    queue: QueueName,
    limit: number,
  ): Promise<{ id: string; name: string; reason: string; failed_at: number | null; data: unknown }[]> {
    const jobs = await this.queue(queue).getJobs(['failed'], 0, limit - 1, false);
    return jobs.map((job) => ({
      id: job.id ?? '',
      name: job.name,
      reason: job.failedReason,
      failed_at: job.finishedOn ?? null,
      data: job.data as unknown,
    }));
  }

  /** @returns false when there is no such dead letter */
  async retryDeadLetter(queue: QueueName, jobId: string): Promise<boolean> {
    const job: Job | undefined = await this.queue(queue).getJob(jobId);
    if (!job || !(await job.isFailed())) return false;
    await job.retry();
    return true;
  }

  /**
   * Takes away the jobs of a user, dead letters among them; gives how many. One that runs stays: it ends by itself, and
   * leaves no dead letter (see `startQueueWorker`). What else such a job was to do for others is found by the sweeps.
   *
   * @param until jobs made later stay
   * @param alive is called before each look; what it throws ends the search
   */
  async removeOfUser(userId: string, until: Date, alive: () => Promise<void>): Promise<number> {
    let removed = 0;
    for (const queue of this.queues.values()) {
      for (const state of ['waiting', 'delayed', 'prioritized', 'failed'] as const) {
        const found: Job[] = [];
        for await (const job of jobsIn(queue, state, alive))
          if (job.timestamp <= until.getTime() && usersOf(job).includes(userId)) found.push(job);
        for (const job of found) removed += (await tryToRemove(job)) ? 1 : 0;
      }
      // What became of jobs, by ids that name sessions; nobody reads it.
      await queue.trimEvents(0);
    }
    return removed;
  }

  /**
   * Takes away dead letters of users who were erased: those of jobs that failed while that was under way, or whose
   * workers died too often. Gives how many.
   */
  async removeDeadLettersOfErased(isErased: IsErased): Promise<number> {
    let removed = 0;
    for (const queue of this.queues.values()) {
      const found: Job[] = [];
      for await (const job of jobsIn(queue, 'failed')) if (await isOfErased(job, isErased)) found.push(job);
      for (const job of found) removed += (await tryToRemove(job)) ? 1 : 0;
      if (found.length > 0) await queue.trimEvents(0);
    }
    return removed;
  }

  /** Ends the writing end; jobs stay where they are. The connection belongs to whoever opened it. */
  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }
}

/** Whether what was made for users at an instant is of an account that was erased, or is being erased. */
export type IsErased = (userIds: readonly string[], madeAt: Date) => Promise<boolean>;

/** The jobs of a queue in a state, many in one trip. None may be taken away before all were seen. */
async function* jobsIn(
  queue: Queue,
  state: 'waiting' | 'delayed' | 'prioritized' | 'failed',
  alive: () => Promise<void> = () => Promise.resolve(),
): AsyncGenerator<Job> {
  for (let from = 0; ; from += JOBS_READ) {
    await alive();
    const jobs: (Job | undefined)[] = await queue.getJobs([state], from, from + JOBS_READ - 1, true);
    // A job may be taken between the list and the look at it.
    for (const job of jobs) if (job) yield job;
    if (jobs.length < JOBS_READ) return;
  }
}

/** Whom a job is about; its payload says so at whatever depth. */
function usersOf(job: Job): string[] {
  const named = (JSON.stringify(job.data) ?? '').matchAll(/"user_id":"([0-9a-f-]{36})"/g);
  return [...new Set([...named].map(([, userId]) => userId ?? ''))];
}

async function isOfErased(job: Job, isErased: IsErased): Promise<boolean> {
  const users = usersOf(job);
  return users.length > 0 && (await isErased(users, new Date(job.timestamp)));
}

/** @returns false for one that a worker has taken meanwhile */
async function tryToRemove(job: Job): Promise<boolean> {
  try {
    await job.remove();
    return true;
  } catch (error) {
    if (await job.isActive()) return false;
    throw error;
  }
}

interface JobEntry {
  payload: z.ZodType;
  attempts: number;
  priority: number;
}

function jobEntry(queue: QueueName, job: string): JobEntry {
  const jobs: Record<string, JobEntry> = QUEUES[queue].jobs;
  const entry = jobs[job];
  if (!entry) throw new UnrecoverableError(`The catalogue has no job of this name on ${queue}`);
  return entry;
}

/** A reading end that runs. */
export interface QueueWorker {
  /** No further jobs are taken; resolves when those that run have ended or the deadline has passed. */
  close(deadlineMs: number): Promise<void>;
}

/**
 * What a queue may keep of an error, in Redis and in a dead letter: its type, its code and where it happened. Its message
 * may quote what a user wrote, unless it is one of ours.
 */
function withoutWords(error: unknown): Error {
  const { type, code, stack } = describeError(error);
  const reason = error instanceof PulseError ? error.message : [type, code].filter(Boolean).join(' ');
  const kept = Object.assign(new Error(reason), code === undefined ? {} : { code });
  kept.name = type;
  kept.stack = `${reason}\n${stack ?? ''}`;
  return kept;
}

/**
 * The reading end of one queue. A payload that does not fit the catalogue becomes a dead letter without a retry. A job that
 * fails and is of somebody who was erased meanwhile is over: no dead letter may name them.
 *
 * @param options.connection is duplicated for the blocking read
 */
export function startQueueWorker<Q extends QueueName>(options: {
  queue: Q;
  handlers: JobHandlers<Q>;
  connection: Redis;
  concurrency: number;
  isErased: IsErased;
  log: Logger;
  onStalled?: () => void;
}): QueueWorker {
  const { queue, handlers, isErased, log } = options;
  const table: Record<string, ((payload: never) => Promise<JobOutcome>) | undefined> = handlers;
  const work = async (job: Job): Promise<JobOutcome> => {
    const parsed = jobEntry(queue, job.name).payload.safeParse(job.data);
    const handle = table[job.name];
    if (!parsed.success || !handle) throw new UnrecoverableError('The payload does not fit the catalogue');
    return handle(parsed.data as never).catch((error: unknown) => {
      throw withoutWords(error);
    });
  };
  const worker = new Worker(
    queue,
    async (job: Job, token?: string) => {
      const outcome = await work(job).catch(async (error: unknown) => {
        // Where that can't be known now, the dead letter is taken away later.
        if (await isOfErased(job, isErased).catch(() => false)) return;
        throw error;
      });
      if (outcome) {
        await job.moveToDelayed(Date.now() + outcome.delayMs, token);
        throw new DelayedError();
      }
    },
    {
      connection: options.connection,
      prefix: prefixOf(queue),
      concurrency: options.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_INTERVAL_MS,
      maxStalledCount: 10,
      drainDelay: 5,
      skipVersionCheck: true,
      skipWaitingForReady: true,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: FAILED_KEPT },
    },
  );
  worker.on('error', (error) => log.debug({ err: error, queue }, 'A queue worker met an error'));
  worker.on('failed', (job, error) =>
    log.error({ err: error, queue, job: job?.name, jobId: job?.id }, 'A job failed'),
  );
  worker.on('stalled', () => options.onStalled?.());
  return {
    async close(deadlineMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), deadlineMs);
      });
      const ended = worker.close().then(() => 'ended' as const);
      if ((await Promise.race([ended, late])) === 'late') {
        await Promise.race([worker.close(true), new Promise((resolve) => setTimeout(resolve, 2_000))]);
      }
      clearTimeout(timer);
    },
  };
}
