/**
 * The baselines the product is measured against. Frozen: they import nothing of the product, so that a change there
 * cannot move the yardstick. What they share with it are its outside settings, copied here.
 *
 * - B0: a raw Socket.IO echo, acknowledgement and one frame.
 * - B1: acknowledgement, two BullMQ hops that do nothing, stream write and publish, one frame from the subscription.
 * - B2: B1 with one durable insert before the acknowledgement, and a transaction of five inserts in seven trips in the
 *   second worker before the stream is written.
 *
 * Each acknowledges at the earliest moment its promise allows (B0 and B1 at once, B2 when the row is durable), and
 * sends no frame but the terminal one.
 */
import type { JobsOptions, WorkerOptions } from 'bullmq';
import { z } from 'zod';

const environment = z.object({
  BASELINE: z.enum(['b0', 'b1', 'b2']),
  STAGE: z.enum(['gateway', 'first', 'second']),
  REDIS_URL: z.string(),
  DATABASE_URL: z.string(),
});

export const readSettings = () => environment.parse(process.env);
export type Baseline = z.infer<typeof environment>['BASELINE'];

/** What a job of a baseline carries. */
export interface Hop {
  session_id: string;
  turn_id: string;
}

export const queueName = (baseline: Baseline, stage: 'first' | 'second'): string => `${baseline}-${stage}`;
export const prefixOf = (queue: string): string => `{bench-${queue}}`;
export const bellOf = (session: string): string => `bench:{${session}}:bell`;
export const outboxOf = (session: string): string => `bench:{${session}}:out`;

const FAILED_KEPT = 1_000;

/** As the product adds its jobs. */
export const jobOptions = (turnId: string, stage: string): JobsOptions => ({
  jobId: `${turnId}.${stage}`,
  attempts: 3,
  backoff: { type: 'exponential', delay: 250 },
  removeOnComplete: true,
  removeOnFail: { count: FAILED_KEPT },
});

/** As the product reads its queues. */
export const WORKER_OPTIONS = {
  concurrency: 20,
  lockDuration: 5_000,
  stalledInterval: 2_500,
  maxStalledCount: 10,
  drainDelay: 5,
  skipVersionCheck: true,
  skipWaitingForReady: true,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: FAILED_KEPT },
} as const satisfies Omit<WorkerOptions, 'connection'>;

/** Tells the bench that this process serves, and ends it with the bench. */
export function tellReady(url?: string): void {
  // The channel closes when the bench dies, however it does.
  process.once('disconnect', () => process.exit(0));
  process.send?.({ type: 'ready', url });
}
