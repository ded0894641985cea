import { daysIn, operationName, type MonthUsage } from '../client/index.ts';

/** More than this many colours can't be told apart; what is left is added up as the last of them. */
const SERIES_MAX = 5;
const OTHER = 'other';

/** One colour of the chart. */
export interface Series {
  readonly key: string;
  readonly name: string;
  readonly colour: string;
}

/** One day of the month with the tokens of each series. */
export interface ChartDay {
  readonly day: number;
  readonly tokens: Readonly<Record<string, number>>;
}

/** The colours of a month's operations, the greatest first. */
export function seriesOf({ operations }: MonthUsage): readonly Series[] {
  const metered = operations.filter(({ tokens_used }) => tokens_used !== 0);
  const shown = metered.length > SERIES_MAX ? metered.slice(0, SERIES_MAX - 1) : metered;
  const named = shown.map(({ operation }) => ({ key: operation, name: operationName(operation) }));
  const all = shown.length < metered.length ? [...named, { key: OTHER, name: 'Other' }] : named;
  return all.map((one, index) => ({ ...one, colour: `var(--series-${index + 1})` }));
}

/** The days that are named below a chart: each fifth, the first and the last. */
export function dayTicks(days: number): number[] {
  return [1, 5, 10, 15, 20, 25, days];
}

/** Every day of the month, also those without tokens. */
export function chartDays({ month, days }: MonthUsage, series: readonly Series[]): readonly ChartDay[] {
  const keys = new Set(series.map(({ key }) => key));
  const byDay = new Map(days.map(({ date, operations }) => [Number(date.slice(8, 10)), operations]));
  return Array.from({ length: daysIn(month) }, (_, index) => {
    const tokens: Record<string, number> = {};
    for (const [operation, count] of Object.entries(byDay.get(index + 1) ?? {})) {
      const key = keys.has(operation) ? operation : OTHER;
      tokens[key] = (tokens[key] ?? 0) + count;
    }
    return { day: index + 1, tokens };
  });
}
