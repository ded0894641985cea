import type { z } from 'zod';
import { health } from '../../contracts/rest.ts';
import { QUEUES } from '../../contracts/jobs.ts';
import type { GatewayServices } from '../gateway-services.ts';

type Health = z.infer<typeof health>;
const TIMEOUT_MS = 1_000;

async function check(work: () => Promise<string>): Promise<{ ok: boolean; detail: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), TIMEOUT_MS);
  });
  try {
    return { ok: true, detail: await Promise.race([work(), late]) };
  } catch {
    return { ok: false, detail: `does not answer within ${TIMEOUT_MS} ms` };
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a turn that came now would be carried out: both stores answer and somebody reads the queues. */
export async function readiness(services: GatewayServices): Promise<Health> {
  const checks = {
    postgres: await check(async () => {
      await services.db.raw('select 1');
      return 'answers';
    }),
    redis: await check(async () => {
      await services.redis.ping();
      return 'answers';
    }),
    nlu: await workerCheck(services, 'nlu'),
    workflows: await workerCheck(services, 'workflows'),
  };
  const stopping = services.stopping();
  const ok = Object.values(checks).every((entry) => entry.ok);
  return { status: stopping ? 'stopping' : ok ? 'ok' : 'down', checks };
}

async function workerCheck(
  services: GatewayServices,
  queue: keyof typeof QUEUES,
): Promise<{ ok: boolean; detail: string }> {
  let alive = 0;
  const answered = await check(async () => {
    alive = await services.queues.workersOf(queue);
    return `${alive} worker${alive === 1 ? '' : 's'}`;
  });
  return {
    ok: answered.ok && alive > 0,
    detail: answered.ok && alive === 0 ? 'nobody reads this queue' : answered.detail,
  };
}
