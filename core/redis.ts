import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './logger.ts';

/**
 * A connection to Redis that waits out an outage: commands queue while it reconnects.
 *
 * `enableAutoPipelining` stays off: commands here come one by one and would only wait for each other.
 */
export function openRedis(url: string, options: { name: string; log: Logger }): Redis {
  const settings: RedisOptions = {
    connectionName: `pulseplan-${options.name}`,
    maxRetriesPerRequest: null,
    enableReadyCheck: true,
    keepAlive: 10_000,
    noDelay: true,
    retryStrategy: (times) => Math.min(50 * times, 1000),
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  };
  const redis = new Redis(url, settings);
  let down = false;
  redis.on('error', (error: Error) => {
    if (!down)
      options.log.warn({ err: error, connection: options.name }, 'Redis does not answer; reconnecting');
    down = true;
  });
  redis.on('ready', () => {
    if (down) options.log.info({ connection: options.name }, 'Redis is back');
    down = false;
  });
  return redis;
}

/** Closes a connection, by force where it does not answer in time. */
export async function closeRedis(redis: Redis, deadlineMs = 1000): Promise<void> {
  if (redis.status === 'end') return;
  if (redis.status !== 'ready') {
    redis.disconnect();
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), deadlineMs);
  });
  const outcome = await Promise.race([redis.quit().catch(() => 'late' as const), late]);
  clearTimeout(timer);
  if (outcome === 'late') redis.disconnect();
}
