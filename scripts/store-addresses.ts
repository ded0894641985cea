import type { Config } from '../core/config.ts';
import type { Lifecycle } from '../core/lifecycle.ts';
import { isAlive } from '../core/services/process-identity.ts';
import { reachStores } from '../core/services/reach-stores.ts';
import { readRuntime } from '../core/services/runtime-file.ts';

/** A launcher that is started again may first have packages to install and a build to make. */
const GONE_MS = 120_000;
const LOOK_MS = 1_000;

/** With passwords. */
export interface StoreAddresses {
  redisUrl: string;
  databaseUrl: string;
  /** Of the role that owns the tables; undefined where nobody says. */
  databaseOwnerUrl: string | undefined;
  /** Whether the launcher of the data folder has started them for this product alone. */
  isPrivate: { redis: boolean; postgres: boolean };
}

/**
 * Where a role finds its stores, which answer when this returns: as told in the environment, or as the launcher of
 * the data folder has noted. In the second case the process ends when they are gone for good or have moved.
 *
 * @throws when neither says so, or a store can't be reached
 */
export async function storeAddresses(config: Config, lifecycle: Lifecycle): Promise<StoreAddresses> {
  const addresses = findAddresses(config);
  const [redisTold, databaseTold] = [config.REDIS_URL !== undefined, config.DATABASE_URL !== undefined];
  await reachStores({
    redis: { url: addresses.redisUrl, ...(redisTold && { variable: 'REDIS_URL' }) },
    databases: [{ url: addresses.databaseUrl, ...(databaseTold && { variable: 'DATABASE_URL' }) }],
  });
  if (!redisTold || !databaseTold) {
    const timer = watchAddresses(config, addresses, (message) => lifecycle.giveUp(message));
    lifecycle.onClose('watch of the stores', () => clearInterval(timer));
  }
  return addresses;
}

function findAddresses(config: Config): StoreAddresses {
  const noted = readRuntime(config.PULSEPLAN_DATA_DIR);
  const redisUrl = config.REDIS_URL ?? noted?.redisUrl;
  const databaseUrl = config.DATABASE_URL ?? noted?.databaseUrl;
  if (redisUrl === undefined || databaseUrl === undefined) {
    throw new Error(
      `No stores are running on ${config.PULSEPLAN_DATA_DIR}. Start them with "npm start", or set REDIS_URL and DATABASE_URL.`,
    );
  }
  return {
    redisUrl,
    databaseUrl,
    databaseOwnerUrl: config.DATABASE_OWNER_URL ?? noted?.databaseOwnerUrl,
    // The launcher also tells its roles by the environment.
    isPrivate: {
      redis: noted?.redis !== undefined && noted.redisUrl === redisUrl,
      postgres: noted?.postgres !== undefined && noted.databaseUrl === databaseUrl,
    },
  };
}

/**
 * Looks every second whether the stores of a data folder are still where a role found them. A launcher that is
 * started again brings them back to the same ports, unless those were taken meanwhile.
 *
 * @param onLost gets one sentence for a person, once
 * @param goneMs how long nobody may have noted living stores
 */
export function watchAddresses(
  config: Pick<Config, 'PULSEPLAN_DATA_DIR' | 'REDIS_URL' | 'DATABASE_URL'>,
  addresses: Pick<StoreAddresses, 'redisUrl' | 'databaseUrl'>,
  onLost: (message: string) => void,
  goneMs = GONE_MS,
): NodeJS.Timeout {
  const dataDir = config.PULSEPLAN_DATA_DIR;
  let seenAt = Date.now();
  const timer = setInterval(() => {
    const state = stateOf(config, addresses);
    if (state === 'there') seenAt = Date.now();
    if (state === 'there' || (state === 'gone' && Date.now() - seenAt < goneMs)) return;
    clearInterval(timer);
    onLost(
      state === 'moved'
        ? `The stores on ${dataDir} have moved to other ports: start this process again.`
        : `No stores have been running on ${dataDir} for ${Math.round(goneMs / 1000)} s: start them with "npm start", then start this process again.`,
    );
  }, LOOK_MS);
  return timer;
}

function stateOf(
  config: Pick<Config, 'PULSEPLAN_DATA_DIR' | 'REDIS_URL' | 'DATABASE_URL'>,
  addresses: Pick<StoreAddresses, 'redisUrl' | 'databaseUrl'>,
): 'there' | 'moved' | 'gone' {
  const noted = readRuntime(config.PULSEPLAN_DATA_DIR);
  const taken = [
    { told: config.REDIS_URL, mine: addresses.redisUrl, now: noted?.redisUrl, store: noted?.redis },
    {
      told: config.DATABASE_URL,
      mine: addresses.databaseUrl,
      now: noted?.databaseUrl,
      store: noted?.postgres,
    },
  ].filter(({ told }) => told === undefined);
  if (taken.some(({ mine, now }) => now !== undefined && now !== mine)) return 'moved';
  return taken.every(({ store }) => store !== undefined && isAlive(store.process)) ? 'there' : 'gone';
}
