import type { OperationUsage, UsageItem, UsageSummary } from '../../contracts/usage.ts';
import { todayOf } from './format-value.ts';

/** A calendar month as `2026-11`. */
export type MonthLabel = string;

/** What a month's tokens went to. */
export interface MonthUsage {
  readonly month: MonthLabel;
  readonly total: number;
  /** Operations that had any call, the greatest first. */
  readonly operations: readonly (OperationUsage & { operation: string })[];
  /** Days that had any tokens, in order. */
  readonly days: readonly { date: string; operations: Readonly<Record<string, number>> }[];
}

/** The month before one: `2026-01` to `2025-12`. */
export function monthBefore(month: MonthLabel): MonthLabel {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

export function daysIn(month: MonthLabel): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** First and last day of a month. */
export const daysOf = (month: MonthLabel): { start: string; end: string } => ({
  start: `${month}-01`,
  end: `${month}-${String(daysIn(month)).padStart(2, '0')}`,
});

/** `November 2026` */
export const sayMonth = (month: MonthLabel): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T12:00:00Z`),
  );

/** The running month, as the server adds it up. */
export const monthOfSummary = (summary: UsageSummary): MonthUsage => ({
  month: summary.period,
  total: totalOf(summary.operation_breakdown),
  operations: byTokens(summary.operation_breakdown),
  days: summary.days.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
});

/**
 * A month that is over, added up from its lines; days on this device's clock, which may have another midnight than the
 * month: what falls outside of it counts on its first or last day.
 */
export function monthOfItems(month: MonthLabel, items: readonly UsageItem[]): MonthUsage {
  const breakdown: Record<string, OperationUsage> = {};
  const days = new Map<string, Record<string, number>>();
  const { start, end } = daysOf(month);
  for (const { operation, tokens_used, cost_usd, timestamp, reason } of items) {
    const sum = (breakdown[operation] ??= { tokens_used: 0, cost_usd: 0, calls: 0 });
    sum.tokens_used += tokens_used;
    sum.cost_usd += cost_usd;
    sum.calls += reason === null ? 1 : 0;
    const local = todayOf(new Date(timestamp));
    const date = local < start ? start : local > end ? end : local;
    const day = days.get(date) ?? {};
    days.set(date, { ...day, [operation]: (day[operation] ?? 0) + tokens_used });
  }
  return {
    month,
    total: totalOf(breakdown),
    operations: byTokens(breakdown),
    days: [...days]
      .map(([date, operations]) => ({ date, operations }))
      .toSorted((a, b) => (a.date < b.date ? -1 : 1)),
  };
}

const byTokens = (breakdown: Readonly<Record<string, OperationUsage>>): MonthUsage['operations'] =>
  Object.entries(breakdown)
    .map(([operation, usage]) => ({ operation, ...usage }))
    .toSorted((a, b) => b.tokens_used - a.tokens_used || b.calls - a.calls);

const totalOf = (breakdown: Readonly<Record<string, OperationUsage>>): number =>
  Object.values(breakdown).reduce((sum, { tokens_used: tokens }) => sum + tokens, 0);
