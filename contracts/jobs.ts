import { z } from 'zod';
import { uuid } from './ids.ts';
import { usageEvent } from './usage.ts';

/** A stage of one turn. Ids only: the words stay in the stores. */
const turnJob = z.strictObject({
  session_id: uuid,
  user_id: uuid,
  turn_id: uuid,
  turn_seq: z.int().positive(),
  fence: z.int().positive(),
  attempt: z.int().positive(),
});
export type TurnJob = z.infer<typeof turnJob>;

/** A request that is answered: both bodies wait in Redis under the request's id. */
const requestJob = z.strictObject({ request_id: uuid, reply_to: z.string() });
export type RequestJob = z.infer<typeof requestJob>;

/** Usage events that one job carries at most. */
export const USAGE_EVENTS_MAX = 500;

const noPayload = z.strictObject({});

/**
 * All jobs by queue. `attempts` counts what the queue itself retries after a thrown error; crashes are counted on the
 * turn. Lower `priority` numbers run first (0 first of all).
 */
export const QUEUES = {
  nlu: {
    role: 'nlu',
    jobs: {
      'turn.understand': { payload: turnJob, attempts: 3, priority: 0 },
      'nlu.parse': { payload: requestJob, attempts: 1, priority: 0 },
      'nlu.peek': { payload: requestJob, attempts: 1, priority: 0 },
      'nlu.alike': { payload: requestJob, attempts: 1, priority: 0 },
      'memory.store': { payload: noPayload, attempts: 1, priority: 10 },
    },
  },
  workflows: {
    role: 'workflows',
    jobs: {
      'turn.act': { payload: turnJob, attempts: 3, priority: 0 },
      'effects.apply': { payload: requestJob, attempts: 3, priority: 0 },
    },
  },
  metering: {
    role: 'metering',
    jobs: {
      'usage.record': {
        payload: z.strictObject({ events: z.array(usageEvent).min(1).max(USAGE_EVENTS_MAX) }),
        attempts: 5,
        priority: 0,
      },
      'usage.sweep': { payload: noPayload, attempts: 1, priority: 0 },
      'usage.rollup': { payload: noPayload, attempts: 5, priority: 0 },
      'usage.reconcile': { payload: noPayload, attempts: 3, priority: 0 },
    },
  },
  maintenance: {
    role: 'maintenance',
    jobs: {
      'clarifications.expire': { payload: noPayload, attempts: 3, priority: 0 },
      'sessions.end': { payload: noPayload, attempts: 3, priority: 0 },
      'records.prune': { payload: noPayload, attempts: 3, priority: 0 },
      'credentials.seal': { payload: noPayload, attempts: 3, priority: 0 },
      'erasures.finish': { payload: noPayload, attempts: 1, priority: 0 },
      'erasures.clean': { payload: noPayload, attempts: 1, priority: 0 },
    },
  },
} as const satisfies Record<
  string,
  { role: string; jobs: Record<string, { payload: z.ZodType; attempts: number; priority: number }> }
>;

export type QueueName = keyof typeof QUEUES;
export type JobName<Q extends QueueName> = keyof (typeof QUEUES)[Q]['jobs'] & string;
export type JobPayload<Q extends QueueName, J extends JobName<Q>> = (typeof QUEUES)[Q]['jobs'][J] extends {
  payload: infer P extends z.ZodType;
}
  ? z.output<P>
  : never;
export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];

/** Jobs that repeat, with their schedule; a `cron` is read in the billing zone. Upserted again and again, since a wiped Redis forgets them. */
export const SCHEDULES: readonly Schedule[] = [
  { queue: 'maintenance', job: 'clarifications.expire', everyMs: 60_000 },
  { queue: 'maintenance', job: 'sessions.end', everyMs: 60_000 },
  { queue: 'maintenance', job: 'records.prune', everyMs: 3_600_000 },
  { queue: 'nlu', job: 'memory.store', everyMs: 2_000 },
  { queue: 'maintenance', job: 'credentials.seal', everyMs: 600_000 },
  { queue: 'maintenance', job: 'erasures.finish', everyMs: 5_000 },
  { queue: 'maintenance', job: 'erasures.clean', everyMs: 3_600_000 },
  { queue: 'metering', job: 'usage.sweep', everyMs: 5_000 },
  { queue: 'metering', job: 'usage.rollup', cron: '0 2 1 * *' },
  { queue: 'metering', job: 'usage.reconcile', cron: '30 3 * * *' },
];

type Schedule = {
  [Q in QueueName]: { queue: Q; job: JobName<Q> } & ({ everyMs: number } | { cron: string });
}[QueueName];
