import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { UsageEvent } from '../../contracts/usage.ts';
import type { Db } from '../../db/connect.ts';
import { recordUsage } from '../../db/usage-records.ts';
import { dropPeriod, rollUpPeriod } from '../../db/usage-rollup.ts';
import { archivePeriod } from '../../workers/metering/archive-period.ts';
import { testDir } from '../support/stores.ts';
import { logged, openScene, owe, summaryOf } from './books.ts';
import { usageOf } from './usage-events.ts';

const JULY = '2026-07-01';
/** August, September and October have passed, in every zone. */
const TIME_TO_GO = '2026-11-01T12:00:00Z';
const TOO_EARLY = '2026-11-01T11:59:59Z';

const inJuly = (more: Partial<UsageEvent> = {}): UsageEvent =>
  usageOf({ period: JULY, at: '2026-07-10T12:00:00.000Z', ...more });
const hasTable = async (db: Db): Promise<boolean> => {
  const answer = await db.raw<{ rows: { found: boolean }[] }>(
    `select to_regclass('llm_usage_2026_07') is not null as found`,
  );
  return answer.rows[0]?.found ?? false;
};
const drop = (db: Db, more: Partial<Parameters<typeof dropPeriod>[1]> = {}) =>
  dropPeriod(db, { period: JULY, now: new Date(TIME_TO_GO), keepMonths: 3, archive: null, ...more });

describe('the rows of a month', () => {
  it('go when three whole months have passed, and not a second before; the sums stay', async () => {
    const { db, booksAt } = await openScene();
    const userId = randomUUID();
    await recordUsage(db, [inJuly({ user_id: userId }), inJuly({ user_id: userId, tokens_used: 7 })]);
    await booksAt(TOO_EARLY).rollUp({ recent: true });
    expect(await hasTable(db)).toBe(true);
    const summary = await summaryOf(db, JULY, userId);
    expect(summary).toMatchObject({ total_tokens: 507, version: 1 });
    await booksAt(TIME_TO_GO).rollUp({ recent: true });
    expect(await hasTable(db)).toBe(false);
    expect(await summaryOf(db, JULY, userId)).toEqual(summary);
    expect(await logged(db, 'usage_rows_dropped')).toEqual([
      { month: '2026-07', outcome: 'dropped', archived: false },
    ]);
    await booksAt(TIME_TO_GO).rollUp({ recent: true });
    expect(await summaryOf(db, JULY, userId)).toEqual(summary);
    expect(await drop(db)).toBe('gone');
  });

  it('stay longer where that is asked for', async () => {
    const { db } = await openScene();
    await recordUsage(db, [inJuly()]);
    expect(await drop(db, { keepMonths: 4 })).toBe('too_early');
    // Nobody can ask for less than three.
    expect(await drop(db, { keepMonths: 0, now: new Date(TOO_EARLY) })).toBe('too_early');
  });

  it('stay until they are summed up and compared', async () => {
    const { db, booksAt } = await openScene();
    await recordUsage(db, [inJuly()]);
    expect(await drop(db)).toBe('not_summed_up');
    await rollUpPeriod(db, JULY, new Date('2026-07-20T00:00:00Z'));
    expect(await drop(db)).toBe('not_summed_up');
    await booksAt(TOO_EARLY).rollUp({ recent: false });
    expect(await hasTable(db)).toBe(true);
    expect(await drop(db)).toBe('dropped');
  });

  it.each([
    ['tokens', { total_tokens: 501 }],
    ['cost', { total_cost_usd: '0.015000000001' }],
    ['number', { rows_counted: 2 }],
  ])('stay where the sums differ from them in %s', async (_what, change) => {
    const { db, booksAt } = await openScene();
    const event = inJuly();
    await recordUsage(db, [event]);
    await booksAt(TOO_EARLY).rollUp({ recent: true });
    await db('usage_summary').where({ year: 2026, month: 7 }).update(change);
    expect(await drop(db)).toBe('differs');
    expect(await hasTable(db)).toBe(true);
    // The next look puts the sums right from the rows, and only then lets them go.
    await booksAt(TIME_TO_GO).rollUp({ recent: false });
    expect(await summaryOf(db, JULY, event.user_id)).toMatchObject({
      total_tokens: 500,
      total_cost_usd: '0.015',
      rows_counted: 1,
    });
    expect(await hasTable(db)).toBe(false);
  });

  it('stay as long as one of them is only owed', async () => {
    const { db, booksAt } = await openScene();
    const late = inJuly();
    await recordUsage(db, [inJuly()]);
    await owe(db, [late]);
    await booksAt(TIME_TO_GO).rollUp({ recent: true });
    expect(await hasTable(db)).toBe(true);
    expect(await drop(db)).toBe('events_owed');
    await recordUsage(db, [late]);
    await booksAt(TIME_TO_GO).rollUp({ recent: true });
    expect(await hasTable(db)).toBe(false);
    expect((await summaryOf(db, JULY, late.user_id)).total_tokens).toBe(500);
  });

  it('are added to once when one comes after they are gone', async () => {
    const { db, booksAt } = await openScene();
    const userId = randomUUID();
    const early = inJuly({ user_id: userId });
    const late = inJuly({
      user_id: userId,
      kind: 'refund',
      reason: 'failed',
      tokens_used: -500,
      cost_usd: '0',
    });
    await recordUsage(db, [early]);
    await booksAt(TIME_TO_GO).rollUp({ recent: true });
    await owe(db, [late]);
    const done = await Promise.all([1, 2, 3, 4].map(() => recordUsage(db, [late, early])));
    expect(done.reduce((sum, { adjusted }) => sum + adjusted, 0)).toBe(1);
    await booksAt(TIME_TO_GO).rollUp({ recent: false });
    await booksAt(TIME_TO_GO).rollUp({ recent: false });
    expect(await summaryOf(db, JULY, userId)).toMatchObject({
      total_tokens: 0,
      total_cost_usd: '0.015',
      rows_counted: 2,
      version: 2,
    });
  });

  it('are dropped while others are written, and none is lost', async () => {
    const { db, booksAt, connectAgain } = await openScene();
    const old = inJuly();
    await recordUsage(db, [old]);
    await booksAt(TOO_EARLY).rollUp({ recent: true });
    const other = connectAgain();
    const events = Array.from({ length: 60 }, () => usageOf());
    const [outcome] = await Promise.all([
      drop(db),
      ...events.map((event) => recordUsage(other, [event, old])),
    ]);
    expect(outcome).toBe('dropped');
    expect(await db('llm_usage').select('id')).toHaveLength(events.length);
    expect(await db('usage_adjustments').select('id')).toEqual([]);
  });
});

describe('an archive', () => {
  it('holds every row with every fraction before the rows go', async () => {
    const { db, booksAt } = await openScene();
    const archiveDir = join(testDir(), 'archive');
    const events = Array.from({ length: 25 }, (_, i) =>
      inJuly({ tokens_used: i, cost_usd: '0.000000000001' }),
    );
    await recordUsage(db, events);
    await booksAt(TIME_TO_GO, { archiveDir }).rollUp({ recent: true });
    expect(await hasTable(db)).toBe(false);
    expect(readdirSync(archiveDir)).toEqual(['llm_usage_2026-07.jsonl.gz']);
    const path = join(archiveDir, 'llm_usage_2026-07.jsonl.gz');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n');
    expect(new Set(lines.map((line) => /"id": "([^"]+)"/.exec(line)?.[1]))).toEqual(
      new Set(events.map(({ id }) => id)),
    );
    for (const line of lines) expect(line).toContain('"cost_usd": 0.000000000001');
    const [period] = await db('usage_periods').where({ period: JULY }).select<{ archived_to: string }[]>();
    expect(period?.archived_to).toBe(path);
  });

  it('is written by one worker where several come at once', async () => {
    const { db, booksAt, connectAgain } = await openScene();
    const archiveDir = join(testDir(), 'archive');
    await recordUsage(
      db,
      Array.from({ length: 500 }, () => inJuly()),
    );
    await booksAt(TOO_EARLY).rollUp({ recent: true });
    const workers = Array.from({ length: 3 }, () => booksAt(TIME_TO_GO, { archiveDir, db: connectAgain() }));
    await Promise.all(workers.map((books) => books.rollUp({ recent: false })));
    expect(await logged(db, 'usage_rows_dropped')).toEqual([
      { month: '2026-07', outcome: 'dropped', archived: true },
    ]);
    const archive = gunzipSync(readFileSync(join(archiveDir, 'llm_usage_2026-07.jsonl.gz'))).toString();
    expect(archive.trimEnd().split('\n')).toHaveLength(500);
  });

  it('that can’t be written keeps the rows', async () => {
    const { db, booksAt } = await openScene();
    const archiveDir = join(testDir(), 'a-file');
    writeFileSync(archiveDir, '');
    await recordUsage(db, [inJuly()]);
    await booksAt(TIME_TO_GO, { archiveDir }).rollUp({ recent: true });
    expect(await hasTable(db)).toBe(true);
  });

  it('of another number of rows keeps them', async () => {
    const { db, booksAt } = await openScene();
    await recordUsage(db, [inJuly()]);
    await booksAt(TOO_EARLY).rollUp({ recent: true });
    expect(await drop(db, { archive: { path: 'somewhere', rows: 2 } })).toBe('archive_differs');
    expect(await hasTable(db)).toBe(true);
  });

  it('that breaks off leaves nothing behind', async () => {
    const dir = testDir();
    const pages = {
      async *[Symbol.asyncIterator]() {
        yield await Promise.resolve(['{"tokens_used": 1}']);
        throw new Error('gone');
      },
    };
    await expect(archivePeriod(dir, JULY, pages)).rejects.toThrow('gone');
    expect(existsSync(dir) && readdirSync(dir)).toEqual([]);
  });
});
