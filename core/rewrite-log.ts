import type { Redis } from 'ioredis';

const LOOK_EVERY_MS = 200;
/** Of a few gigabytes; whoever waits longer looks again another day. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Has Redis write its files anew, so that they hold what is there and nothing that was: the append-only file, and the
 * snapshot where it keeps one. Resolves when the old ones are gone.
 *
 * @throws when Redis refuses, fails, or takes too long
 */
export async function rewriteLog(redis: Redis): Promise<void> {
  if (!/^aof_enabled:0/m.test(await redis.info('persistence'))) {
    await redis.bgrewriteaof();
    await ended(redis, {
      running: /^aof_rewrite_(?:in_progress|scheduled):1/m,
      well: /^aof_last_bgrewrite_status:ok/m,
    });
  }
  // Nothing where it keeps none.
  const [, times] = (await redis.config('GET', 'save')) as string[];
  if (times === '') return;
  await redis.bgsave();
  await ended(redis, { running: /^rdb_bgsave_in_progress:1/m, well: /^rdb_last_bgsave_status:ok/m });
}

async function ended(redis: Redis, { running, well }: { running: RegExp; well: RegExp }): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const state = await redis.info('persistence');
    if (!running.test(state)) {
      if (well.test(state)) return;
      throw new Error('Redis could not write its file anew');
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error('Redis takes too long to write its file anew');
}
