import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Redis } from 'ioredis';
import type { Db } from '../../db/connect.ts';

/** Every row of every table, each with its table, as text. */
export async function dumpTables(db: Db): Promise<string[]> {
  const tables = await db('pg_class')
    .whereRaw(`relnamespace = 'public'::regnamespace and relkind = 'r'`)
    .orderBy('relname')
    .pluck('relname');
  const lines: string[] = [];
  for (const table of tables) {
    const answer = await db.raw<{ rows: { line: string }[] }>(
      `select to_jsonb(t)::text as line from ${table} t`,
    );
    lines.push(...answer.rows.map(({ line }) => `${table} ${line}`));
  }
  return lines;
}

/** Every key of Redis with what it holds, as text. */
export async function dumpRedis(redis: Redis): Promise<string[]> {
  const lines: string[] = [];
  for (const key of (await redis.keys('*')).toSorted()) lines.push(`${key} ${await valueOf(redis, key)}`);
  return lines;
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, '0', '-1', 'WITHSCORES'));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    default:
      return String(await redis.get(key));
  }
}

/** Files below a folder, by their path in it. */
export async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Files in which one of these stands, as text or, for an id, as the sixteen bytes that Postgres keeps. */
export async function filesHolding(dir: string, wanted: readonly string[]): Promise<string[]> {
  const needles = wanted.flatMap((text) => [Buffer.from(text), ...asUuid(text)]);
  const found: string[] = [];
  for (const name of await filesIn(dir)) {
    const content = await readFile(join(dir, name)).catch(() => null);
    if (content !== null && needles.some((needle) => content.includes(needle))) found.push(name);
  }
  return found;
}

function asUuid(text: string): Buffer[] {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
    ? [Buffer.from(text.replaceAll('-', ''), 'hex')]
    : [];
}
