import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { withClient } from '../../core/services/postgres-driver.ts';
import type { Meter } from './measure.ts';
import type { Variant } from './stacks.ts';

/** Turns that are counted; what runs in the background meanwhile is counted too and is little. */
const TURNS = 60;
const LONGEST_MS = 15_000;
const RELOAD_MS = 200;

/** What a turn asks of the stores, on average. */
export interface Counts {
  /** Redis commands a turn that came over a connection, and those that scripts carried out besides. */
  fromClients: number;
  inScripts: number;
  /** Postgres statements a turn that came over a connection; one trip each. Null without Postgres. */
  statements: number | null;
  /** What they were, most frequent first. */
  redisByName: [name: string, perTurn: number][];
  postgresByText: [text: string, perTurn: number][];
}

/**
 * Counts what a turn asks of the stores, one turn at a time. A pass of its own: Redis reports every command to a
 * MONITOR connection and Postgres logs every statement meanwhile, which costs both of them time.
 */
export async function countStores(variant: Variant, meter: Meter, redis: Redis): Promise<Counts> {
  const { databaseAdminUrl } = variant.services;
  const usesPostgres = variant.meters.has('postgres') && databaseAdminUrl !== undefined;
  const logPath = join(variant.dataDir, 'logs', 'postgres.log');
  const names = new Map<string, number>();
  let inScripts = 0;
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, args: string[], source: string) => {
    const name = String(args[0]).toLowerCase();
    if (source === 'lua') inScripts += 1;
    else names.set(name, (names.get(name) ?? 0) + 1);
  });
  if (usesPostgres) await logStatements(databaseAdminUrl, 'all');
  const from = usesPostgres ? statSync(logPath).size : 0;
  const { load } = await meter.slice(variant, { kind: 'one' }, LONGEST_MS, TURNS);
  if (usesPostgres) await logStatements(databaseAdminUrl, 'none');
  monitor.disconnect();
  const turns = Math.max(load.completed, 1);
  // The meter itself asks once before and once after.
  names.delete('info');
  const texts = usesPostgres
    ? statementsIn(readFileSync(logPath).subarray(from).toString('utf8'))
    : new Map<string, number>();
  const perTurn = (counts: Map<string, number>): [string, number][] =>
    [...counts].map(([key, n]): [string, number] => [key, n / turns]).sort((a, b) => b[1] - a[1]);
  const total = (counts: Map<string, number>): number =>
    [...counts.values()].reduce((all, n) => all + n, 0) / turns;
  return {
    fromClients: total(names),
    inScripts: inScripts / turns,
    statements: usesPostgres ? total(texts) : null,
    redisByName: perTurn(names),
    postgresByText: perTurn(texts),
  };
}

async function logStatements(adminUrl: string, level: 'all' | 'none'): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(`ALTER SYSTEM SET log_statement = '${level}'`);
    await client.query('SELECT pg_reload_conf()');
  });
  await sleep(RELOAD_MS);
}

function statementsIn(log: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, text = ''] of log.matchAll(/ LOG:  (?:statement|execute [^:]*): (.*)/g)) {
    if (/ALTER SYSTEM|pg_reload_conf/.test(text)) continue;
    const short = text.slice(0, 60);
    counts.set(short, (counts.get(short) ?? 0) + 1);
  }
  return counts;
}
