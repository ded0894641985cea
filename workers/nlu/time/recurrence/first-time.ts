import { WEEKDAY_CODES, recurrenceParts } from '../../../../contracts/recurrence.ts';
import type { Civil } from '../civil.ts';
import {
  addMonths,
  civil,
  civilParts,
  DAY,
  daysInMonth,
  HOUR,
  startOfDay,
  startOfMonth,
  startOfWeek,
} from '../civil.ts';

/** In the order of the week, Monday first. */

/** As far ahead as a first time is looked for, in days; a leap year comes within eight. */
const AHEAD_DAYS = 8 * 366;

type Part = (name: string) => string | undefined;

/**
 * The first time that an RRULE comes, from a moment on: a day's beginning, or the moment where it says the hour.
 *
 * @returns null for a rule that no day fits in the years looked at
 */
export function firstTimeOf(rule: string, from: Civil): Civil | null {
  const parts = recurrenceParts(rule);
  const part: Part = (name) => parts.get(name);
  const hours = part('BYHOUR')?.split(',').map(Number);
  const minutes = (part('BYMINUTE') ?? '0').split(',').map(Number);
  const times = hours
    ?.flatMap((hour) => minutes.map((minute) => hour * HOUR + minute * 60))
    .toSorted((a, b) => a - b);
  for (let ahead = 0; ahead < AHEAD_DAYS; ahead += 1) {
    const day = startOfDay(from) + ahead * DAY;
    if (!isAmong(day, part)) continue;
    const first = times ? times.find((time) => day + time >= from) : 0;
    if (first !== undefined) return day + first;
  }
  return null;
}

/** Whether the rule comes on the day, and is the one that is meant of all such days of its stretch ("the last workday"). */
function isAmong(day: Civil, part: Part): boolean {
  if (!fits(day, part)) return false;
  const places = part('BYSETPOS')?.split(',').map(Number);
  if (!places) return true;
  const { start, end } = stretchOf(day, part);
  const days: Civil[] = [];
  for (let other = start; other < end; other += DAY) if (fits(other, part)) days.push(other);
  return places.some((place) => days.at(place > 0 ? place - 1 : place) === day);
}

/** What a rule of this frequency fills anew each time. */
function stretchOf(day: Civil, part: Part): { start: Civil; end: Civil } {
  const year = civil(civilParts(day).year, 1, 1);
  switch (part('FREQ')) {
    case 'YEARLY':
      return { start: year, end: addMonths(year, 12) };
    case 'MONTHLY':
      return { start: startOfMonth(day), end: addMonths(startOfMonth(day), 1) };
    case 'WEEKLY':
      return { start: startOfWeek(day), end: startOfWeek(day) + 7 * DAY };
    default:
      return { start: day, end: day + DAY };
  }
}

function fits(moment: Civil, part: Part): boolean {
  const { year, month, day, weekday } = civilParts(moment);
  const oneOf = (name: string, test: (value: string) => boolean): boolean =>
    part(name)?.split(',').some(test) ?? true;
  const inYear = placeInYear(moment);
  const inMonth = { at: day, count: daysInMonth(year, month) };
  // "20MO" alone is a Monday of the year; beside a month, or monthly, one of the month.
  const { at, count } = part('FREQ') === 'YEARLY' && part('BYMONTH') === undefined ? inYear : inMonth;
  return (
    oneOf('BYMONTH', (number) => Number(number) === month) &&
    oneOf('BYWEEKNO', (week) => isNth(Number(week), weekOf(moment))) &&
    oneOf('BYYEARDAY', (date) => isNth(Number(date), inYear)) &&
    oneOf('BYMONTHDAY', (date) => isNth(Number(date), inMonth)) &&
    oneOf('BYDAY', (code) => {
      if (WEEKDAY_CODES.indexOf(code.slice(-2)) + 1 !== weekday) return false;
      const place = Number(code.slice(0, -2) || 0);
      return place === 0 || Math.ceil((place > 0 ? at : count + 1 - at) / 7) === Math.abs(place);
    })
  );
}

/** The how manieth of how many, from 1 on. */
interface Place {
  at: number;
  count: number;
}

/** Whether something is the nth, counted from the end where n is negative. */
const isNth = (n: number, { at, count }: Place): boolean => at === (n < 0 ? count + 1 + n : n);

function placeInYear(day: Civil): Place {
  const start = civil(civilParts(day).year, 1, 1);
  return { at: Math.floor((day - start) / DAY) + 1, count: (addMonths(start, 12) - start) / DAY };
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function weekOf(day: Civil): Place {
  const thursday = placeInYear(startOfWeek(day) + 3 * DAY);
  const rest = thursday.count - thursday.at;
  const at = Math.ceil(thursday.at / 7);
  return { at, count: at + Math.floor(rest / 7) };
}
