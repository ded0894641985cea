import { DateTime } from 'luxon';
import type { Db } from '../../db/connect.ts';
import { usageByDay } from '../../db/usage-records.ts';
import { limitsOf } from '../../usage/accounts.ts';
import { modelFor } from '../../usage/gates.ts';
import type { UsageParts } from '../../usage/open-usage.ts';
import type { MonthInBooks, UsageReader } from './ports.ts';

/** What one user may ask about the own usage, as of an instant. */
export function usageReader(
  { db, accounts, settings }: UsageParts & { db: Db },
  userId: string,
  now: Date,
): UsageReader {
  return {
    status: () => accounts.status(userId, now),
    terms: async () => {
      const current = await settings.at(now);
      return { limits: limitsOf(current), draftModel: modelFor(current, 'draft') };
    },
    month: async () => {
      const [{ period }, named] = await Promise.all([
        accounts.periodOf(userId, now),
        accounts.zoneOf(userId),
      ]);
      const local = DateTime.fromJSDate(now, { zone: named });
      const zone = local.isValid ? named : 'UTC';
      const today = (local.isValid ? local : DateTime.fromJSDate(now, { zone })).toISODate();
      const days = await usageByDay(db, userId, { period, zone });
      return {
        today: sumOf(days.filter(({ date }) => date === today)),
        total: sumOf(days),
        operations: byOperation(days),
      };
    },
  };
}

const sumOf = (days: readonly { tokens_used: number }[]): number =>
  days.reduce((sum, { tokens_used }) => sum + tokens_used, 0);

function byOperation(days: MonthInBooks['operations']): MonthInBooks['operations'] {
  const sums = new Map<string, number>();
  for (const { operation, tokens_used } of days)
    sums.set(operation, (sums.get(operation) ?? 0) + tokens_used);
  return [...sums]
    .map(([operation, tokens_used]) => ({ operation, tokens_used }))
    .sort((a, b) => b.tokens_used - a.tokens_used);
}
