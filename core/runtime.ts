import type { Redis } from 'ioredis';
import { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { createFaults } from './faults.ts';
import type { Lifecycle } from './lifecycle.ts';
import { createLogger, type Logger } from './logger.ts';
import { Metrics } from './metrics.ts';
import { JobQueues } from './queues.ts';
import { closeRedis, openRedis } from './redis.ts';
import { rememberOffsets } from './zone-offsets.ts';

/** What every role process has: log, clock, metrics, its Redis connections, the queues' writing end. */
export interface Runtime {
  log: Logger;
  clock: Clock;
  metrics: Metrics;
  redis: Redis;
  queues: JobQueues;
  fault(point: string): Promise<void>;
  /** A connection of its own, for subscriptions. Closed with the process. */
  connectRedis(name: string): Redis;
}

/**
 * Opens log, connections and queues of a role. Connections are made in the background and closed through the lifecycle,
 * the last opened first.
 *
 * @param role names the process in logs and to Redis
 * @param redisUrl with its password
 */
export function openRuntime(config: Config, role: string, lifecycle: Lifecycle, redisUrl: string): Runtime {
  rememberOffsets();
  const log = createLogger({ level: config.LOG_LEVEL, format: config.LOG_FORMAT, role });
  const connectRedis = (name: string): Redis => {
    const redis = openRedis(redisUrl, { name, log });
    lifecycle.onClose(`redis ${name}`, () => closeRedis(redis));
    return redis;
  };
  const redis = connectRedis(role);
  lifecycle.onIntakeStop(() => {
    if (redis.status !== 'ready') lifecycle.hurry();
  });
  const queueRedis = connectRedis(`${role}-queues`);
  const queues = new JobQueues(queueRedis);
  lifecycle.onClose('queues', () => queues.close());
  return {
    log,
    clock: new Clock(config.PULSEPLAN_CLOCK_OFFSET_MS),
    metrics: new Metrics(),
    redis,
    queues,
    fault: createFaults(config.PULSEPLAN_FAULT),
    connectRedis,
  };
}
