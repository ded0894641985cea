import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Clock } from '../../core/clock.ts';
import { createLogger } from '../../core/logger.ts';
import { rewriteLog } from '../../core/rewrite-log.ts';
import { withClient } from '../../core/services/postgres-driver.ts';
import { cleanTables } from '../../db/clean-tables.ts';
import { connect, type Db } from '../../db/connect.ts';
import { findErasure, lastFileCleaning, noteFilesClean, uncleanSince } from '../../db/erasures.ts';
import { writeSystemLog } from '../../db/usage-records.ts';
import { cleanFiles } from '../../workers/maintenance/clean-files.ts';
import { freshDatabase, privateRedis, type FreshDatabase } from '../support/stores.ts';
import { withDatabase } from '../support/template.ts';

const HOUR_MS = 3_600_000;

let database: FreshDatabase;
let db: Db;
let redis: Redis;
beforeAll(async () => {
  const [fresh, store] = await Promise.all([freshDatabase(), privateRedis()]);
  database = fresh;
  db = connect(database.url, { poolMax: 2, name: 'test' });
  redis = new Redis(store.url, { maxRetriesPerRequest: null });
});
afterAll(async () => {
  await redis.quit();
  await db.destroy();
});

/** An erasure that ended at an instant. */
async function erasedAt(at: Date): Promise<string> {
  const id = randomUUID();
  await db('erasures').insert({
    id,
    subject_hash: 'hash',
    issued_before: at,
    step: 'done',
    requested_at: at,
    finished_at: at,
  });
  return id;
}

/** A night's work at an hour of UTC, so long after the erasure. */
function clean(now: string, ownerUrl = database.ownerUrl, wholeMaxBytes = 1e9): Promise<void> {
  const clock = new Clock(Date.parse(now) - Date.now());
  return cleanFiles({
    uncleanSince: () => uncleanSince(db),
    lastTry: () => lastFileCleaning(db),
    rewriteRedis: () => rewriteLog(redis),
    cleanTables: () => cleanTables(ownerUrl, ['tasks', 'users', 'llm_usage', 'erasures'], wholeMaxBytes),
    noteClean: (erasedBefore) => noteFilesClean(db, erasedBefore, clock.now()),
    writeSystemLog: (event, details) => writeSystemLog(db, event, details),
    billingZone: 'UTC',
    clock,
    log: createLogger({ level: 'silent', role: 'test' }),
  });
}
const isClean = async (id: string): Promise<boolean> => (await findErasure(db, id))?.files_clean_at !== null;
const lastLog = () =>
  db('system_logs')
    .where({ event: 'erasure_files_cleaned' })
    .orderBy('id', 'desc')
    .first<{ details: object }>();

it('files are cleaned at night, and after twenty hours at the latest', async () => {
  const id = await erasedAt(new Date('2026-11-18T10:00:00Z'));
  await clean('2026-11-18T12:00:00Z');
  expect(await isClean(id)).toBe(false);
  await clean('2026-11-19T03:10:00Z');
  expect(await isClean(id)).toBe(true);
  expect((await lastLog()).details).toMatchObject({ outcome: 'completed', redis: 'rewritten', faults: {} });

  // Nobody looked in the night.
  const other = await erasedAt(new Date('2026-11-19T04:00:00Z'));
  await clean('2026-11-19T23:00:00Z');
  expect(await isClean(other)).toBe(false);
  await clean('2026-11-20T00:30:00Z');
  expect(await isClean(other)).toBe(true);
});

it('nothing is done where nothing was erased', async () => {
  const before = await lastLog();
  await clean('2026-11-21T03:10:00Z');
  expect(await lastLog()).toEqual(before);
});

it('what Postgres refuses is told and tried again, and nothing is called clean', async () => {
  const id = await erasedAt(new Date('2026-11-22T10:00:00Z'));
  await clean('2026-11-23T03:10:00Z', database.url);
  expect(await isClean(id)).toBe(false);
  expect((await lastLog()).details).toMatchObject({
    outcome: 'in part',
    redis: 'rewritten',
    lasting: true,
    faults: { 'old rows': '42501', tasks: '42501', users: '42501', log: '42501' },
  });
  // Somebody has to give the right first: until the next night nobody's tables are locked in vain.
  const told = await lastLog();
  await clean('2026-11-23T03:50:00Z');
  expect(await lastLog()).toEqual(told);
  expect(await isClean(id)).toBe(false);
  await clean('2026-11-24T03:10:00Z');
  expect(await isClean(id)).toBe(true);
});

it('a table that is in use is left for later', async () => {
  const id = await erasedAt(new Date('2026-11-25T10:00:00Z'));
  const holder = connect(database.ownerUrl, { poolMax: 1, name: 'holder' });
  const trx = await holder.transaction();
  await trx.raw('lock table tasks in share mode');
  await clean('2026-11-26T03:10:00Z');
  expect((await lastLog()).details).toMatchObject({ outcome: 'in part', faults: { tasks: '55P03' } });
  expect(await isClean(id)).toBe(false);
  await trx.rollback();
  await holder.destroy();
  await clean('2026-11-26T03:50:00Z');
  expect(await isClean(id)).toBe(true);
});

it('what a transaction may still read is not called gone', async () => {
  const id = await erasedAt(new Date('2026-11-28T10:00:00Z'));
  const reader = connect(database.ownerUrl, { poolMax: 1, name: 'reader' });
  const trx = await reader.transaction(null, { isolationLevel: 'repeatable read' });
  await trx('tasks').first('id');
  await clean('2026-11-29T03:10:00Z');
  expect((await lastLog()).details).toMatchObject({
    outcome: 'in part',
    lasting: false,
    tables_whole: 0,
    faults: { 'old rows': 'seen' },
  });
  expect(await isClean(id)).toBe(false);
  await trx.rollback();
  await reader.destroy();
  await clean('2026-11-29T03:50:00Z');
  expect(await isClean(id)).toBe(true);
});

it('a table that is too large to be locked keeps the files from being called clean', async () => {
  const id = await erasedAt(new Date('2026-12-01T10:00:00Z'));
  await clean('2026-12-02T03:10:00Z', database.ownerUrl, 1);
  const { details } = await lastLog();
  expect(details).toMatchObject({ outcome: 'in part', lasting: true, faults: { users: 'too_large' } });
  expect(await isClean(id)).toBe(false);
  await clean('2026-12-03T03:10:00Z');
  expect(await isClean(id)).toBe(true);
});

describe('the log of Postgres', () => {
  const admin = (sql: string): Promise<unknown> =>
    withClient(withDatabase(inject('databaseAdminUrl'), database.name), (client) => client.query(sql));

  it('keeps the files from being called clean as long as somebody waits for it', async () => {
    const id = await erasedAt(new Date('2026-12-04T10:00:00Z'));
    await admin(`select pg_create_physical_replication_slot('slow_reader', true)`);
    await clean('2026-12-05T03:10:00Z');
    await admin(`select pg_drop_replication_slot('slow_reader')`);
    expect((await lastLog()).details).toMatchObject({ outcome: 'in part', faults: { log: 'kept' } });
    expect(await isClean(id)).toBe(false);
    await clean('2026-12-06T03:10:00Z');
    expect(await isClean(id)).toBe(true);
  });

  it('and where its files are used again as they are', async () => {
    const id = await erasedAt(new Date('2026-12-07T10:00:00Z'));
    await admin(`alter role pulseplan_owner in database ${database.name} set wal_recycle = on`);
    await clean('2026-12-08T03:10:00Z');
    await admin(`alter role pulseplan_owner in database ${database.name} reset wal_recycle`);
    expect((await lastLog()).details).toMatchObject({ outcome: 'in part', faults: { log: 'recycled' } });
    expect(await isClean(id)).toBe(false);
    await clean('2026-12-09T03:10:00Z');
    expect(await isClean(id)).toBe(true);
  });
});

it('what Redis refuses is told too', async () => {
  const id = await erasedAt(new Date('2026-12-09T10:00:00Z'));
  await redis.acl('SETUSER', 'default', '-bgrewriteaof');
  await clean('2026-12-10T03:10:00Z');
  await redis.acl('SETUSER', 'default', '+bgrewriteaof');
  expect((await lastLog()).details).toMatchObject({ outcome: 'in part', redis: 'refused', lasting: true });
  expect(await isClean(id)).toBe(false);
  await clean('2026-12-11T03:10:00Z');
  expect(await isClean(id)).toBe(true);
});

it('a snapshot of Redis is written anew too, where it keeps one', async () => {
  const dir = String(((await redis.config('GET', 'dir')) as string[])[1]);
  await redis.config('SET', 'appendonly', 'no');
  await redis.config('SET', 'save', '3600 1');
  await redis.set('word', 'zyxquark', 'EX', 60);
  await redis.save();
  const held = async (): Promise<boolean> => (await readFile(join(dir, 'dump.rdb'))).includes('zyxquark');
  expect(await held()).toBe(true);
  await redis.del('word');
  await rewriteLog(redis);
  expect(await held()).toBe(false);
});

it('an erasure in the meantime waits for the next time', async () => {
  const first = await erasedAt(new Date('2026-12-12T01:00:00Z'));
  const later = await erasedAt(new Date(Date.parse('2026-12-12T03:10:00Z') + HOUR_MS));
  await clean('2026-12-12T03:10:00Z');
  expect([await isClean(first), await isClean(later)]).toEqual([true, false]);
});
