import { DateTime } from 'luxon';
import type { Settings } from '../../../contracts/entities.ts';
import { isInTheEvening } from '../../../contracts/occasions.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import { freeSlots, type FreeTimeSearch, type Stretch } from '../free-time.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { sayDate } from '../sentences.ts';
import { ALL_DAYS, workDaysOf, type DayNumbers } from '../work-days.ts';

/** More days than these are never planned in one go. */
const DAYS_MAX = 35;
const DAYS_USUAL = 7;

/** The time that is looked at, from now on at the earliest. */
export interface Range {
  from: DateTime;
  /** Exclusive. */
  to: DateTime;
  /** Hours of one day were said, such as "tomorrow morning". */
  hoursSaid: boolean;
  /** It was cut, since nobody plans that much at once. */
  cut: boolean;
}

/** The range of some words; null when it is over. Open ends and no words at all mean a week. */
export function rangeOf(
  range: DateRange | undefined,
  { timezone: zone, reference }: Pick<Work, 'timezone' | 'reference'>,
  usualDays = DAYS_USUAL,
): Range | null {
  const now = DateTime.fromJSDate(reference, { zone });
  const start = range?.start === undefined ? now : DateTime.fromISO(range.start, { zone });
  const begin = start < now ? now : start;
  const end =
    range?.end === undefined
      ? begin.startOf('day').plus({ days: usualDays })
      : DateTime.fromISO(range.end, { zone });
  if (end <= begin) return null;
  const most = begin.startOf('day').plus({ days: DAYS_MAX });
  const timed = (range?.start?.length ?? 0) > 10 || (range?.end?.length ?? 0) > 10;
  const to = end > most ? most : end;
  return { from: begin, to, hoursSaid: timed && to.diff(begin, 'hours').hours <= 24, cut: end > most };
}

/**
 * Whoever plans the week on a Sunday means the one that begins: where less than a working day of a week is left, the next
 * one is planned with what is left, or alone.
 */
export function weekToPlan(range: Range, settings: Settings, words: string): Range {
  const { from, to } = range;
  const isWeek = /\bweek\b/i.test(words) && !/\bweek\s?end|\b(?:this|rest\s+of)\b/i.test(words);
  const endsWeek = to.equals(from.startOf('week').plus({ weeks: 1 }));
  if (!isWeek || !endsWeek) return range;
  const { start, end } = settings.working_hours;
  const workday = (clockMinutes(end) - clockMinutes(start) + 24 * 60) % (24 * 60) || 24 * 60;
  const left = gapsIn(range, { hours: settings.working_hours, days: workDaysOf(settings) }, [], 1).reduce(
    (sum, gap) => sum + (gap.end.getTime() - gap.start.getTime()) / 60_000,
    0,
  );
  if (left >= workday) return range;
  return { ...range, from: left > 0 ? from : to, to: to.plus({ weeks: 1 }) };
}

const clockMinutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Nothing is planned in the past. */
export function isOver(help = ''): Step {
  const reply = ['That time is over already.', help].filter(Boolean).join(' ');
  return done({ reply, decision: 'REFUSE', refused: { code: 'validation_error', message: reply } });
}

type Hours = FreeTimeSearch['hours'];
type Part = 'morning' | 'lunch' | 'afternoon' | 'evening' | 'after work';

const PARTS: Record<Part, Hours> = {
  morning: { start: '08:00', end: '12:00' },
  lunch: { start: '11:30', end: '14:00' },
  afternoon: { start: '12:00', end: '18:00' },
  evening: { start: '18:00', end: '22:00' },
  'after work': { start: '17:00', end: '22:00' },
};
const EARLIEST = '07:00';
const PART = /\b(?<part>morning|lunch|afternoon|evening|night|after work|before noon)s?\b/i;
const SAME: Readonly<Record<string, Part>> = {
  night: 'evening',
  'before noon': 'morning',
};
const isPart = (name: string): name is Part => name in PARTS;

/** The hours of a day that are looked at, and on which days of the week. */
export interface Frame {
  hours: Hours;
  /** All of the part of the day that was said, where `hours` are those of it within the working day. */
  wide?: Hours;
  days: DayNumbers;
}

/** When somebody is looking for time: as said, else in the working hours of a working day. */
export function frameOf(range: Range, settings: Settings, words: string): Frame {
  const { working_hours: working } = settings;
  const said = hoursSaid(range, words);
  const hours = said ? (common(said, working) ?? said) : working;
  const lastDay = range.to.minus({ milliseconds: 1 });
  const isShort = lastDay.startOf('day').diff(range.from.startOf('day'), 'days').days < 2;
  const own = workDaysOf(settings);
  // Who asks for a day off means it.
  const isOff = !own.has(range.from.weekday) && !own.has(lastDay.weekday) && isShort;
  const isWeekend = /\b(?:weekends?|saturdays?|sundays?)\b/i.test(words);
  return {
    hours,
    ...(said && { wide: said }),
    days: isOff ? ALL_DAYS : isWeekend ? new Set([...own, ...WEEKEND]) : own,
  };
}

const WEEKEND = [6, 7];

/** The hours of a day that the words name; null where they name none. */
function hoursSaid(range: Range, words: string): Hours | null {
  if (range.hoursSaid) {
    const start = range.from.toFormat('HH:mm');
    // Nobody gets up at six because it is morning.
    return { start: start < EARLIEST ? EARLIEST : start, end: clockAtEnd(range) };
  }
  const said = PART.exec(words)?.groups?.['part']?.toLowerCase() ?? '';
  const part = SAME[said] ?? said;
  if (isPart(part)) return PARTS[part];
  return isInTheEvening(words) ? PARTS.evening : null;
}

const clockAtEnd = ({ from, to }: Range): string =>
  to.hasSame(from, 'day')
    ? to.toFormat('HH:mm')
    : to.equals(to.startOf('day'))
      ? '24:00'
      : to.toFormat('HH:mm');

/** The hours that two have in common, if they are two at least. */
function common(a: Hours, b: Hours): Hours | null {
  if (a.end <= a.start || b.end <= b.start) return null;
  const start = a.start > b.start ? a.start : b.start;
  const end = a.end < b.end ? a.end : b.end;
  return end > start && clockMinutes(end) - clockMinutes(start) >= 120 ? { start, end } : null;
}

/** The free gaps of a range within the hours of its days that count. */
export function gapsIn(
  { from, to }: Pick<Range, 'from' | 'to'>,
  { hours, days }: Frame,
  busy: readonly Stretch[],
  minutes: number,
): Stretch[] {
  const timezone = from.zoneName ?? 'utc';
  const search = { busy, from: from.toJSDate(), to: to.toJSDate(), minutes, hours, timezone };
  return freeSlots(search).filter(({ start }) =>
    days.has(DateTime.fromJSDate(start, { zone: timezone }).weekday),
  );
}

/** "today", "tomorrow morning", "Thursday 19 November", "Wednesday 18 to Sunday 22 November" */
export function sayRange({ from, to, hoursSaid }: Range, { timezone: zone, reference }: Work): string {
  const last = to.minus({ milliseconds: 1 });
  const today = DateTime.fromJSDate(reference, { zone }).startOf('day');
  const day = sayDay(from.toJSDate(), zone, reference);
  if (hoursSaid) return `${day} from ${from.toFormat('HH:mm')} to ${to.toFormat('HH:mm')}`;
  if (from.hasSame(last, 'day')) return day;
  const sameMonth = from.hasSame(last, 'month');
  const first = from.hasSame(today, 'day')
    ? 'today'
    : from.toFormat(sameMonth ? 'cccc d' : 'cccc d LLLL', { locale: 'en' });
  return `${first} to ${sayDate(last.toFormat('yyyy-MM-dd'), zone, reference)}`;
}

/** "today", "tomorrow", "Thursday 19 November" */
export function sayDay(at: Date, zone: string, reference: Date): string {
  const day = DateTime.fromJSDate(at, { zone });
  const today = DateTime.fromJSDate(reference, { zone }).startOf('day');
  if (day.hasSame(today, 'day')) return 'today';
  if (day.hasSame(today.plus({ days: 1 }), 'day')) return 'tomorrow';
  return sayDate(day.toFormat('yyyy-MM-dd'), zone, reference);
}

/** "Thursday 19 November, 09:00 to 10:00" */
export function sayTimes({ start, end }: Stretch, zone: string, reference: Date): string {
  const [from, to] = [start, end].map((at) => DateTime.fromJSDate(at, { zone }));
  if (!from || !to) return '';
  const date = (at: DateTime): string => sayDate(at.toFormat('yyyy-MM-dd'), zone, reference);
  const until = from.hasSame(to, 'day') || to.toMillis() - from.toMillis() < 24 * 3_600_000;
  return `${date(from)}, ${from.toFormat('HH:mm')} to ${until ? '' : `${date(to)} `}${to.toFormat('HH:mm')}`;
}
