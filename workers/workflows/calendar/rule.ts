import { WEEKDAY_CODES } from '../../../contracts/recurrence.ts';
import { DateTime } from 'luxon';
import { nextOccurrence, occurrencesOf, type Series } from '../../../db/occurrences.ts';

/** Parts of an RRULE as they are written, in their order. */
type Parts = [name: string, value: string][];

const partsOf = (rule: string): Parts =>
  rule.split(';').map((part): [string, string] => {
    const at = part.indexOf('=');
    return [part.slice(0, at), part.slice(at + 1)];
  });
const ruleOf = (parts: Parts): string => parts.map(([name, value]) => `${name}=${value}`).join(';');
const without = (rule: string, ...names: readonly string[]): string =>
  ruleOf(partsOf(rule).filter(([name]) => !names.includes(name)));
const partOf = (rule: string, name: string): string | undefined =>
  partsOf(rule).find(([other]) => other === name)?.[1];

/** The rule without its hour, which the start of the series says: a series that is moved would come at both. */
export function withoutHour(rule: string): string {
  const several = [partOf(rule, 'BYHOUR'), partOf(rule, 'BYMINUTE')].some((value) => value?.includes(','));
  const small = /FREQ=(?:SECONDLY|MINUTELY|HOURLY)/.test(rule);
  return several || small ? rule : without(rule, 'BYHOUR', 'BYMINUTE', 'BYSECOND');
}

/** The first start of a series on or after a wanted one: "every tuesday", begun on a Wednesday, begins on the next Tuesday. */
export function firstStart(rule: string, wanted: Date, timezone: string): Date {
  if (!/(?:^|;)BY(?:DAY|MONTHDAY|MONTH|YEARDAY|WEEKNO|SETPOS)=/.test(rule)) return wanted;
  const day = DateTime.fromJSDate(wanted, { zone: timezone });
  // Which of every second weeks it is, is said by the first.
  const plain = without(rule, 'INTERVAL', 'COUNT', 'UNTIL');
  const before = day.minus({ days: 1 }).toJSDate();
  return (
    nextOccurrence({ start: before, timezone, recurrence: plain }, new Date(wanted.getTime() - 1)) ?? wanted
  );
}

/** A series that ends before one of its days; what repeats so many times ends with as many as there are until then. */
export function endedBefore(rule: string, start: Date, timezone: string): string {
  const day = DateTime.fromJSDate(start, { zone: timezone });
  const several = /FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BYHOUR=[^;]*,/.test(rule);
  const until = several
    ? day.minus({ seconds: 1 }).toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'")
    : day.minus({ days: 1 }).toFormat('yyyyMMdd');
  return `${without(rule, 'COUNT', 'UNTIL')};UNTIL=${until}`;
}

/** What is left of a rule from one of its days on. */
export function restFrom(series: Series, from: Date): string {
  const count = Number(partOf(series.recurrence, 'COUNT'));
  if (!(count > 0)) return series.recurrence;
  const before = occurrencesOf(series, { from: series.start, to: from }).length;
  return `${without(series.recurrence, 'COUNT')};COUNT=${Math.max(1, count - before)}`;
}

/** The weekday of what comes on one day of each week, or of every so many weeks; null for any other rule. */
export function weekdayOf(rule: string | null): string | null {
  if (rule === null || partOf(rule, 'FREQ') !== 'WEEKLY') return null;
  const day = partOf(rule, 'BYDAY');
  return day !== undefined && WEEKDAY_CODES.includes(day) ? day : null;
}

/** The days of the week of a rule that comes every day or on days of the week; none of any other. */
export function weekdaysOf(rule: string | null): readonly string[] {
  if (rule === null) return [];
  if (EVERY_DAY.test(rule)) return WEEKDAY_CODES;
  return partOf(rule, 'FREQ') === 'WEEKLY' ? (partOf(rule, 'BYDAY')?.split(',') ?? []) : [];
}
const EVERY_DAY = /^FREQ=DAILY(?=;(?:UNTIL|COUNT)=|$)/;

/** Whether both come in every week, or in every so many. */
export const areAsOften = (one: string, other: string): boolean =>
  (partOf(one, 'INTERVAL') ?? '1') === (partOf(other, 'INTERVAL') ?? '1');

/** Such a rule on only some of its days. */
export const onWeekdays = (rule: string, days: readonly string[]): string =>
  EVERY_DAY.test(rule)
    ? rule.replace(EVERY_DAY, `FREQ=WEEKLY;BYDAY=${days.join(',')}`)
    : ruleOf(partsOf(rule).map(([name, value]) => [name, name === 'BYDAY' ? days.join(',') : value]));

/** The day of the week of an instant, as rules name it. */
export const weekdayAt = (at: string, zone: string): string =>
  WEEKDAY_CODES[DateTime.fromISO(at, { zone }).weekday - 1] ?? '';

/** Whether a rule says itself when it ends. */
export const hasEnd = (rule: string): boolean => /(?:^|;)(?:UNTIL|COUNT)=/.test(rule);

/** The rule with a day as its end instead of so many times: where its days are parted, each comes as often as it did. */
export function endedByDay(series: Series): string {
  const { recurrence, timezone } = series;
  if (partOf(recurrence, 'COUNT') === undefined) return recurrence;
  const last = occurrencesOf(series, { from: series.start, to: FAR }).at(-1) ?? series.start;
  const until = DateTime.fromJSDate(last, { zone: timezone }).toFormat('yyyyMMdd');
  return `${without(recurrence, 'COUNT')};UNTIL=${until}`;
}

/** A new rule for a series in parts: without an end of its own it ends when they do, or after as many times as are left. */
export function endingAlike(rule: string, parts: readonly Series[], from: Date): string {
  if (hasEnd(rule) || !parts.every(({ recurrence }) => hasEnd(recurrence))) return rule;
  if (parts.some(({ recurrence }) => partOf(recurrence, 'COUNT') !== undefined)) {
    const left = parts.map((part) => occurrencesOf(part, { from, to: FAR }).length);
    return `${rule};COUNT=${Math.max(
      1,
      left.reduce((sum, count) => sum + count, 0),
    )}`;
  }
  const ends = parts.map(({ recurrence }) => partOf(recurrence, 'UNTIL') ?? '');
  return `${rule};UNTIL=${ends.toSorted().at(-1) ?? ''}`;
}

const FAR = new Date('9999-01-01T00:00:00Z');

/** A rule whose days move along, when its first day moves from one day to another. */
export function movedDays(rule: string, from: DateTime, to: DateTime): string {
  const days = Math.round(to.startOf('day').diff(from.startOf('day'), 'days').days);
  if (days === 0) return rule;
  return ruleOf(
    partsOf(rule).map(([name, value]): [string, string] => {
      if (name === 'UNTIL') return [name, movedUntil(value, days)];
      if (name === 'BYDAY')
        return [
          name,
          value
            .split(',')
            .map((one) => movedWeekday(one, days, to))
            .join(','),
        ];
      if (name === 'BYMONTHDAY' && /^\d+$/.test(value)) return [name, String(to.day)];
      if (name === 'BYMONTH' && /^\d+$/.test(value)) return [name, String(to.month)];
      return [name, value];
    }),
  );
}

function movedWeekday(one: string, days: number, to: DateTime): string {
  const [, place = '', weekday = ''] = /^([+-]?\d*)([A-Z]{2})$/.exec(one) ?? [];
  const index = WEEKDAY_CODES.indexOf(weekday);
  const moved = WEEKDAY_CODES[(((index + days) % 7) + 7) % 7] ?? weekday;
  // "The first monday" becomes what its new day is in its month.
  const newPlace = place === '' ? '' : place.startsWith('-') ? place : String(Math.ceil(to.day / 7));
  return `${newPlace}${moved}`;
}

/** The last one moves with the others, so that there are as many. */
function movedUntil(value: string, days: number): string {
  const at = DateTime.fromFormat(value.slice(0, 8), 'yyyyMMdd', { zone: 'utc' }).plus({ days });
  return `${at.toFormat('yyyyMMdd')}${value.slice(8)}`;
}
