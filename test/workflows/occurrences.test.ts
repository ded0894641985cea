import { describe, expect, it } from 'vitest';
import { nextOccurrence, occurrencesOf, OCCURRENCES_MAX } from '../../db/occurrences.ts';

const series = (start: string, recurrence: string) => ({
  start: new Date(start),
  timezone: 'Europe/Vienna',
  recurrence,
});
const range = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });
const isoOf = (days: readonly Date[]): string[] => days.map((day) => day.toISOString());

describe('the days of a series', () => {
  it.each([
    'FREQ=DAILY',
    'FREQ=HOURLY',
    'FREQ=MINUTELY;INTERVAL=30',
    'FREQ=MINUTELY',
    'FREQ=DAILY;BYHOUR=7,8,9',
  ])('%s: over decades as many as are looked at, each once and in order', (rule) => {
    const found = occurrencesOf(series('1990-01-01T09:00:00Z', rule), range('2000-01-01', '2060-01-01'));
    expect(found).toHaveLength(OCCURRENCES_MAX);
    expect(new Set(isoOf(found)).size).toBe(OCCURRENCES_MAX);
    expect(isoOf(found)).toEqual(isoOf(found).toSorted());
    expect(found[0]!.getTime()).toBeGreaterThanOrEqual(Date.parse('2000-01-01'));
    expect(found[0]!.getTime()).toBeLessThan(Date.parse('2000-01-02'));
  });

  it.each([
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 24],
    ['FREQ=MONTHLY;BYDAY=-1FR', 1_200],
    ['FREQ=DAILY;COUNT=3', 3],
    ['FREQ=WEEKLY;UNTIL=20260201', 5],
    ['FREQ=YEARLY;INTERVAL=9999', 1],
  ])('%s: %d of them within a hundred years, the first among them', (rule, count) => {
    const found = occurrencesOf(series('2026-01-01T09:00:00Z', rule), range('2026-01-01', '2126-01-01'));
    // The first of a series takes place whether its rule has that day or not.
    expect(rule.includes('BY') ? found.slice(1) : found).toHaveLength(count);
    expect(found[0]).toEqual(new Date('2026-01-01T09:00:00Z'));
  });

  it('are at the same hour on the wall on both sides of a change of clocks, none missing and none twice', () => {
    const nightly = series('2027-03-26T01:30:00Z', 'FREQ=DAILY');
    expect(isoOf(occurrencesOf(nightly, range('2027-03-26', '2027-03-30')))).toEqual([
      '2027-03-26T01:30:00.000Z',
      '2027-03-27T01:30:00.000Z',
      // Half past two does not come on that day: as late as it would have been.
      '2027-03-28T01:30:00.000Z',
      '2027-03-29T00:30:00.000Z',
    ]);
  });

  it.each([
    ['FREQ=MINUTELY', '2026-11-18T10:01:00.000Z'],
    ['FREQ=DAILY', '2026-11-19T09:00:00.000Z'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2028-02-29T09:00:00.000Z'],
    ['FREQ=DAILY;COUNT=3', undefined],
  ])('%s: the next one, however long ago it began', (rule, next) => {
    const at = nextOccurrence(series('1990-01-01T09:00:00Z', rule), new Date('2026-11-18T10:00:30Z'));
    expect(at?.toISOString()).toBe(next);
  });
});
