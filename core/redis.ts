import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './logger.ts';

/** Commands that wait for their answer on a connection that is called busy. */
const BUSY = 8;

/**
 * Sends together what comes together: a system call for each command costs more than the command. What one step of the
 * event loop asks for leaves as one write; on a busy connection, what a whole turn of the loop asks for.
 */
function sendTogether(redis: Redis): void {
  const send = redis.sendCommand.bind(redis);
  let corked = false;
  redis.sendCommand = (command, stream) => {
    const socket = redis.stream;
    if (!corked && socket?.writable) {
      corked = true;
      socket.cork();
      const release = (): void => {
        corked = false;
        socket.uncork();
      };
      if (unanswered(redis) > BUSY) setImmediate(release);
      else process.nextTick(release);
    }
    return send(command, stream);
  };
}

/** ioredis keeps them in a queue that its types hide. */
function unanswered(redis: Redis): number {
  const queue: unknown = Reflect.get(redis, 'commandQueue');
  return typeof queue === 'object' && queue !== null && 'length' in queue ? Number(queue.length) : 0;
}

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
  sendTogether(redis);
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
