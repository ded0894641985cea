import type { z } from 'zod';
import type { health } from '../../contracts/rest.ts';
import type { QUEUES } from '../../contracts/jobs.ts';
import { withDeadline } from '../../core/deadline.ts';
import type { GatewayServices } from '../gateway-services.ts';

type Health = z.infer<typeof health>;
const TIMEOUT_MS = 1_000;

async function check(work: () => Promise<string>): Promise<{ ok: boolean; detail: string }> {
  try {
    return { ok: true, detail: await withDeadline(work(), TIMEOUT_MS) };
  } catch {
    return { ok: false, detail: 'does not answer' };
  }
}

/** Whether a turn that came now would be carried out: both stores answer and somebody reads the queues. */
export async function readiness(services: GatewayServices): Promise<Health> {
  const [postgres, redis, nlu, workflows] = await Promise.all([
    check(async () => {
      await services.db.raw('select 1');
      return 'answers';
    }),
    check(async () => {
      // While the connection is down a command would only wait for it.
      if (services.redis.status !== 'ready') throw new Error('not connected');
      await services.redis.ping();
      return 'answers';
    }),
    workerCheck(services, 'nlu'),
    workerCheck(services, 'workflows'),
  ]);
  const checks = { postgres, redis, nlu, workflows };
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
    if (services.redis.status !== 'ready') throw new Error('not connected');
    alive = await services.queues.workersOf(queue);
    return `${alive} worker${alive === 1 ? '' : 's'}`;
  });
  return {
    ok: answered.ok && alive > 0,
    detail: answered.ok && alive === 0 ? 'nobody reads this queue' : answered.detail,
  };
}
