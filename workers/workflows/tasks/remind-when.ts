import { DateTime } from 'luxon';
import { recurrenceParts, WEEKDAY_CODES } from '../../../contracts/recurrence.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import type { Work } from '../outcome.ts';
import { firstTime } from './repetition.ts';
import type { Thing } from './reminded-item.ts';

/** Where only a day is said, this is when it is told: in the morning, and today in the evening. */
export const MORNING = 9;
const AFTERNOON = 14;
const EVENING = 18;
/** More often than this nobody is reminded. */
export const OFTEN_MIN_MINUTES = 5;

type Clock = Pick<Work, 'timezone' | 'reference'>;

/** The moment that a stretch of time stands for: its beginning, in the morning where it is of whole days. */
export function momentIn({ start, end }: DateRange, { timezone: zone, reference }: Clock): Date | null {
  const now = DateTime.fromJSDate(reference, { zone });
  const from = start === undefined ? now : DateTime.fromISO(start, { zone });
  const timed = (start?.length ?? 0) > 10;
  const until = end === undefined ? null : DateTime.fromISO(end, { zone });
  const first = timed ? (until === null ? from : inPart(from, until)) : from.set({ hour: MORNING });
  if (first > now) return first.toJSDate();
  const evening = now.startOf('day').set({ hour: EVENING });
  const tomorrow = now.startOf('day').plus({ days: 1 }).set({ hour: MORNING });
  const later = [tomorrow, evening, now.plus({ hours: 1 }).startOf('minute')];
  // Of more days than today it is one that is still whole; what is left of today is told in its evening.
  const fitting = until === null ? [tomorrow] : later.filter((at) => at > now && at < until);
  const sameDay = until !== null && until <= now.startOf('day').plus({ days: 1 });
  const best = sameDay ? (fitting.find((at) => +at === +evening) ?? fitting.at(-1)) : fitting[0];
  return best?.toJSDate() ?? null;
}

/** In the morning and in the afternoon nobody means their first minute. */
const inPart = (from: DateTime, until: DateTime): DateTime =>
  from.hour === 6 && until.hour === 12
    ? from.set({ hour: MORNING })
    : from.hour === 12 && until.hour === 18
      ? from.set({ hour: AFTERNOON })
      : from;

/** That much before a thing; null where it has no hour to count from. Whole days count from its day, in the morning. */
export function momentBefore(thing: Thing, minutes: number, { timezone: zone }: Clock): Date | null {
  if (thing.at) return new Date(thing.at.getTime() - minutes * 60_000);
  if (!thing.day || minutes % 1_440 !== 0) return null;
  return DateTime.fromISO(thing.day, { zone })
    .minus({ days: minutes / 1_440 })
    .set({ hour: MORNING })
    .toJSDate();
}

/** "The day before at 6pm": that many days before, at the hour that was said; null for what has no day. */
export function daysBeforeAt(
  { at, day }: Thing,
  minutes: number,
  clock: string,
  { timezone: zone }: Clock,
): Date | null {
  const of = at ? DateTime.fromJSDate(at, { zone }) : day === null ? null : DateTime.fromISO(day, { zone });
  const { hour, minute } = DateTime.fromISO(clock, { zone });
  return (
    of
      ?.minus({ days: minutes / 1_440 })
      .set({ hour, minute, second: 0, millisecond: 0 })
      .toJSDate() ?? null
  );
}

/** "Every tuesday evening" */
function hourOf(words: string): number {
  const part = /\b(?:morning|noon|lunchtime|afternoon|evening|night|bedtime)s?\b/i
    .exec(words)?.[0]
    .toLowerCase();
  return PARTS[part?.replace(/s$/, '') ?? ''] ?? MORNING;
}
const PARTS: Readonly<Record<string, number>> = {
  morning: MORNING,
  noon: 12,
  lunchtime: 12,
  afternoon: AFTERNOON,
  evening: EVENING,
  night: 21,
  bedtime: 22,
};

const SHORT: Readonly<Record<string, 'hours' | 'minutes'>> = { HOURLY: 'hours', MINUTELY: 'minutes' };

/** In the evening of the day before; null for what has no day. */
export function eveningBefore({ at, day }: Thing, { timezone: zone }: Clock): Date | null {
  const of = at ? DateTime.fromJSDate(at, { zone }) : day === null ? null : DateTime.fromISO(day, { zone });
  return of?.startOf('day').minus({ days: 1 }).set({ hour: EVENING }).toJSDate() ?? null;
}

/** The first time that a repetition comes, in the morning where it says no hour; null where it never does. */
export function firstOf(rule: string, { timezone: zone, reference, words }: Work): Date | null {
  const hour = hourOf(words);
  const parts = recurrenceParts(rule);
  const unit = SHORT[parts.get('FREQ') ?? ''];
  const now = DateTime.fromJSDate(reference, { zone });
  if (unit !== undefined) return now.plus({ [unit]: Number(parts.get('INTERVAL') ?? 1) }).toJSDate();
  const first = firstTime(rule, zone, reference);
  if (first === null) return null;
  if (first.length > 10) return new Date(first);
  const morning = DateTime.fromISO(first, { zone }).set({ hour });
  if (morning > now) return morning.toJSDate();
  // Today's hour is over: the rule is asked again from tomorrow on.
  const next = firstTime(rule, zone, now.plus({ days: 1 }).startOf('day').toJSDate());
  return next === null ? null : DateTime.fromISO(next, { zone }).set({ hour }).toJSDate();
}

/** Whether a rule comes more often than anybody wants to be told. */
export function tooOften(rule: string): boolean {
  const parts = recurrenceParts(rule);
  const minutes = (parts.get('BYMINUTE') ?? '0').split(',').length;
  const frequency = parts.get('FREQ');
  if (frequency === 'SECONDLY' || parts.has('BYSECOND')) return true;
  if (frequency === 'MINUTELY') return Number(parts.get('INTERVAL') ?? 1) < OFTEN_MIN_MINUTES;
  return minutes > 60 / OFTEN_MIN_MINUTES;
}

/** A repetition with the last day that was said beside it: "every weekday at 8 until december 1". */
export function withEnd(rule: string, range: DateRange | undefined, zone: string): string {
  if (range?.end === undefined || range.start !== undefined || /(?:^|;)(?:UNTIL|COUNT)=/.test(rule))
    return rule;
  const last = DateTime.fromISO(range.end, { zone }).minus({ milliseconds: 1 });
  return `${rule};UNTIL=${last.toFormat('yyyyMMdd')}`;
}

/** A rule that comes at another hour of the day, and on another day of the week where it comes on one. */
export function asFrom(rule: string, at: DateTime): string {
  return rule
    .replace(/(^|;)BYHOUR=[^;]*/, `$1BYHOUR=${at.hour}`)
    .replace(/(^|;)BYMINUTE=[^;]*/, `$1BYMINUTE=${at.minute}`)
    .replace(/(^|;)BYDAY=[A-Z]{2}(?=;|$)/, `$1BYDAY=${WEEKDAY_CODES[at.weekday - 1] ?? ''}`);
}
