import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageEvent } from '../../contracts/usage.ts';
import { connect, type Db } from '../../db/connect.ts';
import { recordUsage } from '../../db/usage-records.ts';
import { openScene, owe, summariesOf, type Scene } from './books.ts';
import { usageOf } from './usage-events.ts';

const OLD = '2026-05-01';
const PERIODS = [OLD, '2026-10-01', '2026-11-01'];
/** The old month's rows are kept for three whole months. */
const AFTER_THE_DROP = '2026-11-20T12:00:00Z';

let scene: Scene;
let owner: Db;
beforeAll(async () => {
  scene = await openScene();
  owner = connect(scene.database.ownerUrl, { poolMax: 1, name: 'test' });
});
afterAll(() => owner.destroy());

/** Trillionths of a dollar as the text that an event carries. */
const usd = (trillionths: bigint): string =>
  `${trillionths / 10n ** 12n}.${String(trillionths % 10n ** 12n).padStart(12, '0')}`;

const drawn = fc.record({
  user: fc.integer({ min: 0, max: 2 }),
  period: fc.constantFrom(...PERIODS),
  operation: fc.constantFrom('email_draft_llm', 'advanced_search', 'conversation_turn'),
  refund: fc.boolean(),
  /** It is owed only after the old month's rows are gone. */
  late: fc.boolean(),
  tokens: fc.integer({ min: 0, max: 5_000 }),
  cost: fc.bigInt({ min: 0n, max: 10n ** 13n }),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const toEvent = (one: Drawn, users: readonly string[]): UsageEvent =>
  usageOf({
    user_id: users[one.user] ?? '',
    period: one.period,
    kind: one.refund ? 'refund' : 'usage',
    reason: one.refund ? 'failed' : null,
    operation: one.operation,
    tokens_used: one.refund ? 0 - one.tokens : one.tokens,
    cost_usd: one.refund ? '0' : usd(one.cost),
    at: `${one.period.slice(0, 8)}15T12:00:00.000Z`,
  });

/** Deliveries: batches that hold some events more than once. */
const deliveries = fc.array(fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 12 }), { maxLength: 6 });

/** The same sums by hand. */
function plainSums(events: readonly UsageEvent[]): Map<string, object> {
  const sums = new Map<string, { tokens: number; cost: bigint; calls: number; rows: number }>();
  for (const { user_id, period, operation, tokens_used, cost_usd, kind } of events) {
    const key = `${user_id} ${period} ${operation}`;
    const sum = sums.get(key) ?? { tokens: 0, cost: 0n, calls: 0, rows: 0 };
    sum.tokens += tokens_used;
    sum.cost += trillionths(cost_usd);
    sum.calls += kind === 'usage' ? 1 : 0;
    sum.rows += 1;
    sums.set(key, sum);
  }
  return sums;
}

function trillionths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * 10n ** 12n + BigInt(fraction.padEnd(12, '0'));
}

async function bookedSums(users: readonly string[]): Promise<Map<string, object>> {
  const sums = new Map<string, object>();
  for (const period of PERIODS) {
    for (const [userId, summary] of await summariesOf(scene.db, period)) {
      if (!users.includes(userId)) continue;
      const parts = Object.entries(summary.operation_breakdown);
      for (const [operation, { tokens_used, cost_usd, calls, rows }] of parts)
        sums.set(`${userId} ${period} ${operation}`, {
          tokens: tokens_used,
          cost: trillionths(cost_usd),
          calls,
          rows,
        });
      const total = parts.reduce((sum, [, part]) => sum + trillionths(part.cost_usd), 0n);
      expect(trillionths(summary.total_cost_usd)).toBe(total);
      expect(summary.total_tokens).toBe(parts.reduce((sum, [, part]) => sum + part.tokens_used, 0));
      expect(summary.rows_counted).toBe(parts.reduce((sum, [, part]) => sum + part.rows, 0));
    }
  }
  return sums;
}

describe('events in the books', () => {
  it('add up to the same whatever their order, batches, doubles and delay, also past the end of their rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(drawn, { minLength: 1, maxLength: 60 }),
        deliveries,
        deliveries,
        async (all, before, after) => {
          const { db, booksAt } = scene;
          const users = [randomUUID(), randomUUID(), randomUUID()];
          const events = all.map((one) => toEvent(one, users));
          const early = events.filter((_, i) => all[i]?.late === false);
          await makeOldMonthAnew();
          await owe(db, early);
          await deliver(before, early);
          // What no delivery has brought is fetched from the outbox.
          await recordUsage(db, early);
          await booksAt(AFTER_THE_DROP).rollUp({ recent: true });
          expect(await db('usage_periods').where({ period: OLD }).select('dropped_at')).toEqual([
            { dropped_at: expect.any(Date) as Date },
          ]);

          await owe(
            db,
            events.filter((event) => !early.includes(event)),
          );
          await deliver(after, events);
          await recordUsage(db, events);
          await recordUsage(db, events.toReversed());
          await booksAt(AFTER_THE_DROP).rollUp({ recent: true });
          expect(await bookedSums(users)).toEqual(plainSums(events));
          expect(await db('usage_events').select('id')).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  async function deliver(batches: readonly number[][], events: readonly UsageEvent[]): Promise<void> {
    for (const picks of batches)
      await recordUsage(
        scene.db,
        picks.map((pick) => events[pick % events.length]).filter((event) => event !== undefined),
      );
  }

  /** As it was before: with a table, and no end yet. */
  async function makeOldMonthAnew(): Promise<void> {
    await owner.raw('drop table if exists llm_usage_2026_05');
    await scene.db('usage_periods').where({ period: OLD }).delete();
    await scene.db('usage_adjustments').where({ period: OLD }).delete();
    await scene.db('usage_summary').where({ year: 2026, month: 5 }).delete();
    await scene.db.raw('select make_usage_partition(?)', [OLD]);
  }
});
