import { DateTime } from 'luxon';
import { recurrenceParts } from '../../../contracts/recurrence.ts';
import { toLocalInstant } from '../../../db/tasks.ts';

/** In the order of the week, Monday first. */
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** As far ahead as a first time is looked for, in days; a leap year comes within eight. */
const AHEAD_DAYS = 8 * 366;

/** The stretch that a rule of this frequency fills anew each time; "the last" of BYSETPOS counts within it. */
const STRETCHES = { YEARLY: 'year', MONTHLY: 'month', WEEKLY: 'week', DAILY: 'day' } as const;

type Part = (name: string) => readonly string[] | undefined;

/**
 * The first time that an RRULE comes, from the reference on: a day, or an instant where it says the hour.
 *
 * @returns null for a rule that no day fits in the years looked at
 */
export function firstTime(rule: string, zone: string, reference: Date): string | null {
  const parts = recurrenceParts(rule);
  const part: Part = (name) => parts.get(name)?.split(',');
  const now = DateTime.fromJSDate(reference, { zone });
  const hours = part('BYHOUR');
  const clocks = clocksOf(hours ?? ['0'], part('BYMINUTE') ?? ['0']);
  const chosen = part('BYSETPOS') ? placed(part) : () => true;
  for (let ahead = 0; ahead < AHEAD_DAYS; ahead += 1) {
    const day = now.startOf('day').plus({ days: ahead });
    if (!fits(day, part) || !chosen(day)) continue;
    if (hours === undefined) return day.toFormat('yyyy-MM-dd');
    const at = clocks.map((clock) => day.set(clock)).find((time) => time >= now);
    if (at) return toLocalInstant(at);
  }
  return null;
}

/** Every time of day that the rule names, early ones first. */
function clocksOf(hours: readonly string[], minutes: readonly string[]): { hour: number; minute: number }[] {
  return hours
    .flatMap((hour) => minutes.map((minute) => ({ hour: Number(hour), minute: Number(minute) })))
    .toSorted((a, b) => a.hour - b.hour || a.minute - b.minute);
}

function fits(day: DateTime, part: Part): boolean {
  const oneOf = (name: string, test: (value: string) => boolean): boolean => part(name)?.some(test) ?? true;
  // "20MO" alone is a Monday of the year; beside a month, or monthly, one of the month.
  const yearly = part('FREQ')?.[0] === 'YEARLY' && !part('BYMONTH');
  const [at, length] = yearly ? [day.ordinal, day.daysInYear] : [day.day, day.daysInMonth];
  return (
    oneOf('BYMONTH', (month) => Number(month) === day.month) &&
    oneOf('BYWEEKNO', (week) => isNth(Number(week), day.weekNumber, day.weeksInWeekYear)) &&
    oneOf('BYYEARDAY', (date) => isNth(Number(date), day.ordinal, day.daysInYear)) &&
    oneOf('BYMONTHDAY', (date) => isNth(Number(date), day.day, day.daysInMonth ?? 31)) &&
    oneOf('BYDAY', (code) => {
      if (WEEKDAYS.indexOf(code.slice(-2)) + 1 !== day.weekday) return false;
      const place = Number(code.slice(0, -2) || 0);
      const left = (length ?? 31) + 1 - at;
      return place === 0 || Math.ceil((place > 0 ? at : left) / 7) === Math.abs(place);
    })
  );
}

/** Whether something is the nth of so many, counted from the end where n is negative. */
const isNth = (n: number, at: number, count: number): boolean => at === (n < 0 ? count + 1 + n : n);

/** BYSETPOS: of the days that fit in a month (or a year, a week) only the first, the last, the nth. */
function placed(part: Part): (day: DateTime) => boolean {
  const frequency = part('FREQ')?.[0] ?? '';
  const unit = Object.entries(STRETCHES).find(([name]) => name === frequency)?.[1] ?? 'day';
  const known = new Map<number, ReadonlySet<number | undefined>>();
  return (day) => {
    const start = day.startOf(unit);
    let chosen = known.get(start.toMillis());
    if (!chosen) {
      const days: number[] = [];
      for (let at = start; at.hasSame(start, unit); at = at.plus({ days: 1 }))
        if (fits(at, part)) days.push(at.toMillis());
      const places = part('BYSETPOS')?.map(Number) ?? [];
      chosen = new Set(places.map((place) => days.at(place < 0 ? place : place - 1)));
      known.set(start.toMillis(), chosen);
    }
    return chosen.has(day.toMillis());
  };
}
