import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/connect.ts';
import { recordUsage } from '../../db/usage-records.ts';
import { rollUpPeriod } from '../../db/usage-rollup.ts';
import { logged, openScene, summariesOf, summaryOf, type Scene } from './books.ts';
import { usageOf } from './usage-events.ts';

const PERIOD = '2026-11-01';
const NOW = '2026-11-20T12:00:00Z';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});

const rollUp = (): Promise<void> => scene.booksAt(NOW).rollUp({ recent: true });

describe('a month’s sums', () => {
  it('are exact over ten thousand rows of less than a thousandth of a cent', async () => {
    const { db } = scene;
    const userId = randomUUID();
    for (let i = 0; i < 10; i += 1)
      await recordUsage(
        db,
        Array.from({ length: 1_000 }, () =>
          usageOf({ user_id: userId, tokens_used: 1, cost_usd: '0.0000007' }),
        ),
      );
    await rollUp();
    expect(await summaryOf(db, PERIOD, userId)).toMatchObject({
      total_tokens: 10_000,
      total_cost_usd: '0.007',
      rows_counted: 10_000,
      operation_breakdown: { email_draft_llm: { cost_usd: '0.007', calls: 10_000 } },
    });
  });

  it('count what was given back', async () => {
    const { db } = scene;
    const userId = randomUUID();
    const refund = { kind: 'refund', reason: 'failed', tokens_used: -500, cost_usd: '0' } as const;
    await recordUsage(db, [usageOf({ user_id: userId }), usageOf({ user_id: userId, ...refund })]);
    await rollUp();
    expect(await summaryOf(db, PERIOD, userId)).toMatchObject({
      total_tokens: 0,
      total_cost_usd: '0.015',
      operation_breakdown: { email_draft_llm: { tokens_used: 0, calls: 1, rows: 2 } },
    });
  });

  it('have another version only when they change: twice, at once and late is harmless', async () => {
    const { db } = scene;
    const userId = randomUUID();
    await recordUsage(db, [usageOf({ user_id: userId })]);
    await rollUp();
    await rollUp();
    expect((await summaryOf(db, PERIOD, userId)).version).toBe(1);
    await recordUsage(db, [usageOf({ user_id: userId, cost_usd: '0.000000000001', tokens_used: 0 })]);
    const others = Array.from({ length: 4 }, () => scene.booksAt(NOW, { db: scene.connectAgain() }));
    await Promise.all(others.map((books) => books.rollUp({ recent: true })));
    await rollUp();
    expect(await summaryOf(db, PERIOD, userId)).toMatchObject({
      version: 2,
      total_cost_usd: '0.015000000001',
      rows_counted: 2,
    });
  });

  it('are made by one worker at a time: the others do nothing', async () => {
    const { db } = scene;
    await db.transaction(async (trx) => {
      expect(await rollUpPeriod(trx, PERIOD, new Date(NOW))).toMatchObject({ status: 'done' });
      expect(await rollUpPeriod(db, PERIOD, new Date(NOW))).toEqual({ status: 'busy' });
    });
    expect(await rollUpPeriod(db, PERIOD, new Date(NOW))).toMatchObject({ status: 'done' });
  });

  it('are told to the log and to analytics, without a user', async () => {
    const { db, captured } = scene;
    captured.length = 0;
    const before = (await logged(db, 'monthly_usage_aggregation')).length;
    await rollUp();
    const records = (await db('llm_usage').where({ period: PERIOD })).length;
    expect((await logged(db, 'monthly_usage_aggregation')).slice(before)).toEqual([
      expect.objectContaining({ month: '2026-10', outcome: 'completed', records_processed: 0 }),
      expect.objectContaining({ month: '2026-11', outcome: 'completed', records_processed: records }),
    ]);
    expect(captured).toEqual([
      {
        userId: 'system',
        event: 'usage_aggregation_completed',
        properties: { month: '2026-10', records_processed: 0 },
      },
      {
        userId: 'system',
        event: 'usage_aggregation_completed',
        properties: { month: '2026-11', records_processed: records },
      },
    ]);
  });

  it('that fail are told too, by the kind of fault alone, and made at the next look', async () => {
    const { database, db, captured, booksAt } = await openScene();
    const userId = randomUUID();
    await recordUsage(db, [usageOf({ user_id: userId, period: '2026-09-01' }), usageOf({ user_id: userId })]);
    const owner = connect(database.ownerUrl, { poolMax: 1, name: 'test' });
    await owner.raw('alter table usage_summary add constraint no_september check (month <> 9)');
    await expect(booksAt(NOW).rollUp({ recent: true })).rejects.toThrow();
    const failed = { month: '2026-09', outcome: 'failed', error: '23514' };
    expect(await logged(db, 'monthly_usage_aggregation')).toContainEqual(failed);
    expect(captured).toContainEqual({
      userId: 'system',
      event: 'usage_aggregation_failed',
      properties: { month: '2026-09', error: '23514' },
    });
    // The other months are not held up.
    expect(await summaryOf(db, PERIOD, userId)).toMatchObject({ total_tokens: 500 });
    await owner.raw('alter table usage_summary drop constraint no_september');
    await owner.destroy();
    await booksAt(NOW).rollUp({ recent: false });
    expect(await summaryOf(db, '2026-09-01', userId)).toMatchObject({ total_tokens: 500 });
  });
});

describe('a rollup that was missed', () => {
  it('is caught up once the month has ended everywhere, and not before there is something to do', async () => {
    const { db, booksAt } = await openScene();
    const userId = randomUUID();
    const done = async (): Promise<unknown[]> =>
      (await logged(db, 'monthly_usage_aggregation')).map(({ month }) => month);
    await recordUsage(db, [usageOf({ user_id: userId })]);
    // Long past its time in the books of the database: only the end of the month asks for another look.
    const settle = () => db('usage_periods').update({ rows_seen_at: new Date(Date.now() + 86_400_000) });
    await booksAt('2026-11-30T12:00:00Z').rollUp({ recent: false });
    await settle();
    const before = (await done()).length;
    await booksAt('2026-12-01T11:59:00Z').rollUp({ recent: false });
    expect((await done()).slice(before)).toEqual([]);
    await booksAt('2026-12-01T12:01:00Z').rollUp({ recent: false });
    expect((await done()).slice(before)).toEqual(['2026-11']);
    await settle();
    await booksAt('2026-12-01T13:01:00Z').rollUp({ recent: false });
    expect((await done()).slice(before)).toEqual(['2026-11']);
  });

  it('sees rows that came after the last one', async () => {
    const { db, booksAt } = await openScene();
    const users = [randomUUID(), randomUUID()];
    const [first = '', second = ''] = users;
    await recordUsage(db, [usageOf({ user_id: first, period: '2026-10-01' })]);
    await booksAt('2026-11-20T12:00:00Z').rollUp({ recent: false });
    await recordUsage(db, [usageOf({ user_id: second, period: '2026-10-01' })]);
    await booksAt('2026-11-20T13:00:00Z').rollUp({ recent: false });
    expect(new Set((await summariesOf(db, '2026-10-01')).keys())).toEqual(new Set(users));
  });
});
