import { recurrenceParts } from '../../../../contracts/recurrence.ts';
import type { Civil } from '../civil.ts';
import { DAY, HOUR, addMonths, civilParts, daysInMonth, startOfDay, startOfMonth } from '../civil.ts';

/** In the order of the week, Monday first. */
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** As far ahead as a first time is looked for, in days; a leap year comes within eight. */
const AHEAD_DAYS = 8 * 366;

type Part = (name: string) => string | undefined;

/**
 * The first time that an RRULE comes, from a moment on: a day's beginning, or the moment where it says the hour.
 *
 * @returns null for rules that count days or weeks of a year
 */
export function firstTimeOf(rule: string, from: Civil): Civil | null {
  const parts = recurrenceParts(rule);
  const part: Part = (name) => parts.get(name);
  if (part('BYYEARDAY') !== undefined || part('BYWEEKNO') !== undefined) return null;
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

/** Whether the rule comes on the day, and is the one that is meant of all such days of the month ("the last workday"). */
function isAmong(day: Civil, part: Part): boolean {
  if (!fits(day, part)) return false;
  const places = part('BYSETPOS')?.split(',').map(Number);
  if (!places) return true;
  const month = startOfMonth(day);
  const days: Civil[] = [];
  for (let other = month; other < addMonths(month, 1); other += DAY) if (fits(other, part)) days.push(other);
  return places.some((place) => days.at(place > 0 ? place - 1 : place) === day);
}

function fits(moment: Civil, part: Part): boolean {
  const { year, month, day, weekday } = civilParts(moment);
  const oneOf = (name: string, test: (value: string) => boolean): boolean =>
    part(name)?.split(',').some(test) ?? true;
  const length = daysInMonth(year, month);
  return (
    oneOf('BYMONTH', (number) => Number(number) === month) &&
    oneOf('BYMONTHDAY', (date) => (Number(date) < 0 ? length + 1 + Number(date) : Number(date)) === day) &&
    oneOf('BYDAY', (code) => {
      if (WEEKDAYS.indexOf(code.slice(-2)) + 1 !== weekday) return false;
      const place = Number(code.slice(0, -2) || 0);
      if (place === 0) return true;
      return place > 0 ? Math.ceil(day / 7) === place : Math.ceil((length + 1 - day) / 7) === -place;
    })
  );
}
