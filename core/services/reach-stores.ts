import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { withClient } from './postgres-driver.ts';
import { ServicesError } from './services-error.ts';

/** A store that was started a moment ago, or is starting again, gets this long to answer. */
const PATIENCE_MS = 5_000;
const PAUSE_MS = 250;
const CONNECT_TIMEOUT_MS = 2_000;

/** A store that somebody else runs. */
export interface StoreAddress {
  url: string;
  /** The variable that names it; none for a private store, whose address a launcher has noted. */
  variable?: string;
}

/**
 * Waits until stores answer that are there already.
 *
 * @param options.patienceMs how long one that can't be reached is tried again
 * @throws ServicesError `store_unreachable`: which store, where, why and what to do; never a password
 */
export async function reachStores(
  stores: { redis?: StoreAddress | undefined; databases?: readonly StoreAddress[] },
  options: { patienceMs?: number } = {},
): Promise<void> {
  const deadline = Date.now() + (options.patienceMs ?? PATIENCE_MS);
  await Promise.all([
    ...(stores.redis ? [reach('Redis', stores.redis, 6379, probeRedisAt, deadline)] : []),
    ...(stores.databases ?? []).map((address) => reach('Postgres', address, 5432, probePostgresAt, deadline)),
  ]);
}

async function reach(
  store: string,
  { url, variable }: StoreAddress,
  defaultPort: number,
  probe: (url: string) => Promise<unknown>,
  deadline: number,
): Promise<void> {
  for (;;) {
    try {
      await probe(url);
      return;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined && Date.now() < deadline) {
        await sleep(PAUSE_MS);
        continue;
      }
      const { hostname, port } = new URL(url);
      const where = `${store} at ${hostname || 'localhost'}:${port || defaultPort}`;
      const remedy = variable === undefined ? 'Is "npm start" still running?' : `correct ${variable}.`;
      const what =
        refusal === undefined
          ? `can't be reached (${reasonOf(error)}). ${variable === undefined ? '' : 'Start it, or '}${remedy}`
          : `answers, but ${refusal}: ${remedy}`;
      throw new ServicesError('store_unreachable', `${where} ${what}`);
    }
  }
}

/** What a server that answers has against us; trying again changes nothing about it. */
function refusalOf(error: unknown): string | undefined {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (code === '28P01' || code === '28000' || /WRONGPASS|NOAUTH|invalid password/i.test(message))
    return 'it does not accept the name and password';
  if (code === '3D000') return 'it has no database of that name';
  if (code === '42501' || message.startsWith('NOPERM')) return 'this user may not use it';
  return undefined;
}

/** Own words: the message of a foreign error may hold the address with its password. */
function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const words: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no host of that name',
    EAI_AGAIN: 'the name of the host could not be looked up',
    EHOSTUNREACH: 'there is no way to that host',
    ETIMEDOUT: 'no answer in time',
    ECONNRESET: 'it closes the connection',
    '57P03': 'it is starting up or shutting down',
    '53300': 'it has too many connections',
  };
  return (code === undefined ? undefined : words[code]) ?? `no answer${code ? `, ${code}` : ' in time'}`;
}

function codeOf(error: unknown): string | undefined {
  // A name with several addresses fails with one error for each.
  const single: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return single instanceof Error && 'code' in single && typeof single.code === 'string'
    ? single.code
    : undefined;
}

async function probePostgresAt(url: string): Promise<void> {
  await withClient(url, (client) => client.query('select 1'));
}

async function probeRedisAt(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Its answers while it still loads its data are those of a store that isn't there yet.
    enableReadyCheck: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let cause: Error | undefined;
  redis.on('error', (error) => (cause ??= error));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    // The promise says only that the connection is closed; the event says why.
    throw cause ?? error;
  } finally {
    redis.disconnect();
  }
}
