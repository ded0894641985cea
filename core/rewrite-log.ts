import type { Redis } from 'ioredis';

const LOOK_EVERY_MS = 200;
/** Of a few gigabytes; whoever waits longer looks again another day. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Has Redis write its append-only file anew, so that it holds what is there and nothing that was. Resolves when the old
 * one is gone.
 *
 * @throws when Redis refuses, fails, or takes too long
 */
export async function rewriteLog(redis: Redis): Promise<void> {
  if (/^aof_enabled:0/m.test(await redis.info('persistence'))) return;
  await redis.bgrewriteaof();
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const state = await redis.info('persistence');
    if (/^aof_rewrite_in_progress:0/m.test(state) && /^aof_rewrite_scheduled:0/m.test(state)) {
      if (/^aof_last_bgrewrite_status:ok/m.test(state)) return;
      throw new Error('Redis could not write its file anew');
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error('Redis takes too long to write its file anew');
}
