import type { Config } from '../core/config.ts';
import { readRuntime } from '../core/services/runtime-file.ts';

/**
 * Where a role finds its stores: as told in the environment, or as the launcher of the data folder has noted.
 *
 * @throws when neither says so
 */
export function storeAddresses(config: Config): { redisUrl: string; databaseUrl: string } {
  const noted = readRuntime(config.PULSEPLAN_DATA_DIR);
  const redisUrl = config.REDIS_URL ?? noted?.redisUrl;
  const databaseUrl = config.DATABASE_URL ?? noted?.databaseUrl;
  if (redisUrl === undefined || databaseUrl === undefined) {
    throw new Error(
      `No stores are running on ${config.PULSEPLAN_DATA_DIR}. Start them with "npm start", or set REDIS_URL and DATABASE_URL.`,
    );
  }
  return { redisUrl, databaseUrl };
}
