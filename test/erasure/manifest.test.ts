import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUEUE_NAMES } from '../../contracts/jobs.ts';
import * as coreKeys from '../../core/keys.ts';
import { connect, type Db } from '../../db/connect.ts';
import { OTHER_TABLES, REDIS_KEYS, USER_TABLES } from '../../sessions/erasure/manifest.ts';
import * as sessionKeyBuilders from '../../sessions/keys.ts';
import { freshDatabase } from '../support/stores.ts';
import { fillEveryTable, rowsOf } from './everything.ts';
import { isRedisKeyNamed } from './named.ts';

let db: Db;
beforeAll(async () => {
  db = connect((await freshDatabase()).ownerUrl, { poolMax: 2, name: 'test' });
});
afterAll(() => db.destroy());

/** Columns that can hold an id, words or a document, of tables as they are; parts of a table count as the whole. */
async function liveColumns(): Promise<Map<string, string[]>> {
  const { rows } = await db.raw<{ rows: { table: string; columns: string[] }[] }>(`
    select c.relname as table, coalesce(array_agg(a.attname::text order by a.attnum) filter (
        where t.typname in ('uuid', '_uuid', 'text', '_text', 'varchar', '_varchar', 'bpchar', 'json', 'jsonb', '_jsonb', 'bytea', 'xml',
          'inet', 'tsvector', 'name', 'citext', 'hstore', 'vector', 'halfvec', 'varbit')), '{}') as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      group by c.relname order by c.relname`);
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

const manifest = new Map<string, readonly string[]>([
  ...USER_TABLES.map(({ table, columns }) => [table, columns] as const),
  ...Object.entries(OTHER_TABLES).map(([table, { columns }]) => [table, columns] as const),
]);

const HINT =
  'name it in sessions/erasure/manifest.ts: erasure and export do what stands there and nothing else';

describe('the manifest of what holds a user', () => {
  it('names every table, and none that is gone', async () => {
    const tables = [...(await liveColumns()).keys()];
    expect(
      tables.filter((table) => !manifest.has(table)),
      `tables without an entry; ${HINT}`,
    ).toEqual([]);
    expect([...manifest.keys()].filter((table) => !tables.includes(table))).toEqual([]);
  });

  it('names every column that can hold an id, words or a document', async () => {
    for (const [table, columns] of await liveColumns()) {
      const missing = columns.filter((column) => !manifest.get(table)?.includes(column));
      expect(missing, `columns of ${table} without a name; ${HINT}`).toEqual([]);
      expect((manifest.get(table) ?? []).filter((column) => !columns.includes(column))).toEqual([]);
    }
  });

  it('calls no table empty of users that says whose its rows are', async () => {
    const { rows } = await db.raw<{ rows: { table: string }[] }>(`
      select distinct c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and a.attname ~ '(^|_)user_id$|^owner_id$'
      union select distinct conrelid::regclass::text from pg_constraint where confrelid = 'users'::regclass`);
    // An erasure names its user until it is done, and says so.
    const others = rows
      .map(({ table }) => table)
      .filter((table) => table in OTHER_TABLES && table !== 'erasures');
    expect(others).toEqual([]);
  });

  it('changes and withholds columns that are there', async () => {
    const { rows } = await db.raw<{ rows: { table: string; columns: string[] }[] }>(
      `select table_name as table, array_agg(column_name::text) as columns from information_schema.columns
        where table_schema = 'public' group by table_name`,
    );
    const live = new Map(rows.map(({ table, columns }) => [table, columns]));
    for (const { table, key, rules, export: given } of USER_TABLES) {
      const used = [
        ...key,
        ...rules.flatMap((rule) => (rule.do === 'pseudonymise' ? Object.keys(rule.set) : [])),
        ...('no' in given ? [] : Object.keys(given.without ?? {})),
      ];
      expect(
        used.filter((column) => !live.get(table)?.includes(column)),
        table,
      ).toEqual([]);
    }
  });

  it('blanks, where a row stays, whatever could lead back to its user', () => {
    // What is left of a row that stays, besides what the rules replace.
    const kept = USER_TABLES.flatMap(({ table, columns, rules }) => {
      const changed = rules.filter((rule) => rule.do === 'pseudonymise');
      if (changed.length === 0) return [];
      const replaced = changed.flatMap((rule) => Object.keys(rule.set));
      return columns.filter((column) => !replaced.includes(column)).map((column) => `${table}.${column}`);
    });
    expect(kept).toEqual([
      ...keptOf('llm_calls', 'id intent operation function model state outcome'),
      ...keptOf('usage_events', 'id'),
      ...keptOf('llm_usage', 'id intent model operation_type kind reason metadata'),
      ...keptOf('usage_adjustments', 'id intent model operation_type kind reason metadata'),
      ...keptOf('usage_summary', 'id operation_breakdown sealed'),
      ...keptOf('usage_quotas', 'subscription_tier'),
      ...keptOf('billing_notifications', 'provider notification_id type subtype outcome'),
      ...keptOf('tier_grants', 'id user_id tier reason'),
      ...keptOf('tier_audit', 'from_tier to_tier'),
      ...keptOf('usage_settings', 'settings'),
    ]);
  });

  it('finds the rows of somebody who has everything, in every table', async () => {
    const userId = randomUUID();
    await fillEveryTable(db, userId, 'zyxquark');
    const empty = Object.entries(await rowsOf(db, userId)).filter(([, rows]) => rows === 0);
    expect(empty, 'tables that test/erasure/everything.ts does not fill').toEqual([]);
  });

  it('names every key that is built', () => {
    const builders: readonly ((id: string) => string | object)[] = [
      ...Object.values(sessionKeyBuilders),
      ...Object.values(coreKeys),
    ];
    const built = builders.flatMap((build) => {
      const keys = build(randomUUID());
      return typeof keys === 'string' ? [keys] : Object.values(keys).map(String);
    });
    expect(built.length).toBeGreaterThanOrEqual(11);
    expect(
      built.filter((key) => !isRedisKeyNamed(key)),
      HINT,
    ).toEqual([]);
  });

  it('names the keys of every queue', () => {
    for (const queue of QUEUE_NAMES) expect(isRedisKeyNamed(`{pp1-${queue}}:${queue}:1`), queue).toBe(true);
    expect(isRedisKeyNamed('pp1:something-else')).toBe(false);
    expect(REDIS_KEYS.length).toBeGreaterThan(QUEUE_NAMES.length);
  });
});

const keptOf = (table: string, columns: string): string[] =>
  columns.split(' ').map((column) => `${table}.${column}`);
