import type { UsageEvent } from '../../contracts/usage.ts';
import type { Db } from '../../db/connect.ts';
import { recordUsage } from '../../db/usage-records.ts';
import type { Period } from '../../usage/periods.ts';
import { usageOf } from '../metering/usage-events.ts';

const DAY_MS = 86_400_000;
const SMALL = { model: 'gpt-3.5-turbo' };
const FAILED = { ...usageOf().metadata, success: false, error_type: 'timeout' };

/** Days of a month and what was used on them: four kinds of calls, one given back and one that failed. */
const ROWS: readonly [day: number, more: Partial<UsageEvent>][] = [
  [2, {}],
  [2, { ...SMALL, operation: 'advanced_search', tokens_used: 400 }],
  [5, {}],
  [9, {}],
  [9, { ...SMALL, operation: 'conversation_turn', tokens_used: 237 }],
  [14, {}],
  [14, { kind: 'refund', reason: 'cancelled', tokens_used: -500, cost_usd: '0' }],
  [21, {}],
  [21, { ...SMALL, operation: 'title_enrichment', tokens_used: 150 }],
  [31, { tokens_used: 0, metadata: FAILED }],
  [31, { ...SMALL, operation: 'conversation_turn', tokens_used: 613 }],
];
export const ROWS_TOTAL = 3_400;

/**
 * Somebody's month up to now, in the books and in the counter of the quota.
 *
 * @param person.used what the counter says
 */
export async function writeUsage(
  db: Db,
  person: { userId: string; used: number; month: Period; now: Date },
): Promise<void> {
  const { userId, used, month, now } = person;
  const rows = ROWS.map(([day, more]) => {
    const at = new Date(month.startsAt.getTime() + (Math.min(day, now.getUTCDate()) - 1) * DAY_MS + 60_000);
    return usageOf({ user_id: userId, period: month.period, at: at.toISOString(), ...more });
  });
  await recordUsage(db, rows);
  await db('usage_quotas').insert({
    user_id: userId,
    period: month.period,
    monthly_token_limit: 10_000,
    tokens_used_this_month: used,
    last_reset_at: month.startsAt,
    subscription_tier: 'free',
    updated_at: now,
  });
}
