import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { recordUsage } from '../../db/usage-records.ts';
import { logged, openScene, owe, summaryOf } from './books.ts';
import { reservedCall, usageOf } from './usage-events.ts';

const PERIOD = '2026-11-01';
const NOW = '2026-11-20T12:00:00Z';

async function count(db: Db, userId: string, tokens: number, period = PERIOD): Promise<void> {
  await db('usage_quotas').insert({
    user_id: userId,
    period,
    monthly_token_limit: 10_000,
    tokens_used_this_month: tokens,
    last_reset_at: period,
    subscription_tier: 'free',
    updated_at: NOW,
  });
}
const counterOf = async (db: Db, userId: string, period = PERIOD): Promise<number | undefined> =>
  (
    await db('usage_quotas')
      .where({ user_id: userId, period })
      .first<{ tokens_used_this_month: number } | undefined>()
  )?.tokens_used_this_month;
/** As if everything so far had been written some minutes ago. */
const settle = (db: Db): Promise<number> =>
  db('llm_usage').update({ recorded_at: db.raw(`recorded_at - interval '10 minutes'`) });
const ofNovember = async (db: Db): Promise<unknown> =>
  (await logged(db, 'usage_reconciliation')).findLast(({ month }) => month === '2026-11');

describe('the reconciliation', () => {
  it('puts counters right from the rows, with a record of each, and says how many', async () => {
    const { db, booksAt } = await openScene();
    const [right, tooHigh, tooLow, unknown, unused] = Array.from({ length: 5 }, () => randomUUID());
    const users = [right, tooHigh, tooLow, unknown].filter((id) => id !== undefined);
    await recordUsage(
      db,
      users.map((user_id) => usageOf({ user_id })),
    );
    await count(db, right ?? '', 500);
    await count(db, tooHigh ?? '', 900);
    await count(db, tooLow ?? '', 0);
    await count(db, unused ?? '', 60);
    await settle(db);
    await booksAt(NOW).reconcile();
    for (const userId of users) expect(await counterOf(db, userId)).toBe(500);
    expect(await counterOf(db, unused ?? '')).toBe(0);
    const corrections = await db('usage_corrections').select('user_id', 'counted', 'recorded');
    expect(new Map(corrections.map((row: { user_id: string }) => [row.user_id, row]))).toEqual(
      new Map([
        [tooHigh, { user_id: tooHigh, counted: 900, recorded: 500 }],
        [tooLow, { user_id: tooLow, counted: 0, recorded: 500 }],
        [unknown, { user_id: unknown, counted: 0, recorded: 500 }],
        [unused, { user_id: unused, counted: 60, recorded: 0 }],
      ]),
    );
    expect(await ofNovember(db)).toEqual({
      month: '2026-11',
      outcome: 'completed',
      counters_corrected: 4,
      summaries_corrected: 0,
      tokens_corrected: 1460,
    });
    await booksAt(NOW).reconcile();
    expect(await ofNovember(db)).toMatchObject({ counters_corrected: 0, tokens_corrected: 0 });
    expect(JSON.stringify(await db('system_logs').select('details'))).not.toMatch(
      new RegExp([...users, unused].join('|')),
    );
  });

  it('leaves alone who has a call under way, an event that is owed, or a row of the last minute', async () => {
    const { db, booksAt } = await openScene();
    const [calling, owed, fresh] = [randomUUID(), randomUUID(), randomUUID()];
    for (const userId of [calling, owed, fresh]) await count(db, userId, 900);
    await recordUsage(db, [usageOf({ user_id: calling }), usageOf({ user_id: owed })]);
    await settle(db);
    await recordUsage(db, [usageOf({ user_id: fresh })]);
    await owe(db, [usageOf({ user_id: owed, tokens_used: 400 })]);
    const expiresAt = new Date('2099-01-01T00:00:00Z');
    await db('llm_calls').insert(reservedCall({ userId: calling, startedAt: new Date(NOW), expiresAt }));
    await booksAt(NOW).reconcile();
    for (const userId of [calling, owed, fresh]) expect(await counterOf(db, userId)).toBe(900);
    expect(await ofNovember(db)).toMatchObject({ counters_corrected: 0 });
  });

  it('takes nothing from counters of a month whose rows are gone, when a refund comes late', async () => {
    const { db, booksAt } = await openScene();
    const july = '2026-07-01';
    const inJuly = { period: july, at: '2026-07-10T12:00:00.000Z' };
    const [refunded, other] = [randomUUID(), randomUUID()];
    await recordUsage(
      db,
      [refunded, other].map((user_id) => usageOf({ ...inJuly, user_id })),
    );
    await count(db, other, 500, july);
    await booksAt('2026-11-01T12:00:00Z').rollUp({ recent: true });
    const late = usageOf({ ...inJuly, user_id: refunded, kind: 'refund', tokens_used: -500, cost_usd: '0' });
    await owe(db, [late]);
    await recordUsage(db, [late]);
    await booksAt('2026-11-10T03:30:00Z').reconcile();
    expect(await summaryOf(db, july, refunded)).toMatchObject({ total_tokens: 0, version: 2 });
    expect(await counterOf(db, other, july)).toBe(500);
    expect(await db('usage_corrections')).toEqual([]);
    expect(await logged(db, 'usage_reconciliation')).toContainEqual({
      month: '2026-07',
      outcome: 'completed',
      summaries_corrected: 0,
      counters_corrected: 0,
      tokens_corrected: 0,
    });
  });

  it('puts summaries right that somebody has changed', async () => {
    const { db, booksAt } = await openScene();
    const userId = randomUUID();
    await recordUsage(db, [usageOf({ user_id: userId })]);
    await count(db, userId, 500);
    await settle(db);
    await booksAt(NOW).rollUp({ recent: true });
    await db('usage_summary').where({ user_id: userId }).update({ total_tokens: 1 });
    await booksAt(NOW).reconcile();
    expect(await summaryOf(db, PERIOD, userId)).toMatchObject({ total_tokens: 500, version: 2 });
    expect(await ofNovember(db)).toMatchObject({ summaries_corrected: 1, counters_corrected: 0 });
  });

  it('goes through more accounts than it takes at once', async () => {
    const { db, booksAt } = await openScene();
    const events = Array.from({ length: 1_100 }, () => usageOf());
    await recordUsage(db, events);
    await settle(db);
    await booksAt(NOW).reconcile();
    expect(await ofNovember(db)).toMatchObject({ counters_corrected: 1_100, tokens_corrected: 550_000 });
    expect(await counterOf(db, events[0]?.user_id ?? '')).toBe(500);
  });
});
