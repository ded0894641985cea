import { z } from 'zod';
import { PulseError } from '../../../contracts/errors.ts';
import { QUEUE_NAMES, type QueueName } from '../../../contracts/jobs.ts';
import { route } from '../route.ts';

const queueName = z.enum(QUEUE_NAMES as [QueueName, ...QueueName[]]);
const SHOWN = 100;

export const opsRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/ops/queues',
    summary: 'Depth of every queue by state, and how long the oldest job waits',
    access: 'admin',
    response: z.object({
      items: z.array(
        z.object({
          name: queueName,
          counts: z.record(z.string(), z.number()),
          oldest_waiting_ms: z.number(),
        }),
      ),
    }),
    handle: async ({ services }) => ({
      items: await Promise.all(
        QUEUE_NAMES.map(async (name) => ({
          name,
          counts: await services.queues.counts(name),
          oldest_waiting_ms: await services.queues.oldestWaitingAgeMs(name, Date.now()),
        })),
      ),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/ops/queues/{name}/failed',
    summary: 'Dead letters of a queue, the latest first',
    access: 'admin',
    params: z.strictObject({ name: queueName }),
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          reason: z.string(),
          failed_at: z.number().nullable(),
          data: z.unknown(),
        }),
      ),
    }),
    handle: async ({ params, services }) => ({
      items: await services.queues.deadLetters(params.name, SHOWN),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/ops/queues/{name}/jobs/{id}/retry',
    summary: 'Runs a dead letter again',
    access: 'admin',
    params: z.strictObject({ name: queueName, id: z.string().max(300) }),
    response: z.object({ retried: z.literal(true) }),
    handle: async ({ params, services }) => {
      if (!(await services.queues.retryDeadLetter(params.name, params.id)))
        throw new PulseError('not_found', 'There is no such failed job.');
      return { retried: true as const };
    },
  }),
];
