import { DateTime } from 'luxon';
import { recurrenceParts } from '../contracts/recurrence.ts';

/** In the order of the week, Monday first. */
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** As far ahead as a first time is looked for, in days; a leap year comes within eight. */
const AHEAD_DAYS = 8 * 366;

/**
 * The first time that an RRULE comes, from the reference on: a day, or an instant where it says the hour.
 *
 * @returns null for rules with parts that are not days, months or an hour
 */
export function firstTime(rule: string, zone: string, reference: Date): string | null {
  const parts = recurrenceParts(rule);
  const part = (name: string): string | undefined => parts.get(name);
  if (['BYYEARDAY', 'BYWEEKNO'].some((name) => part(name) !== undefined)) return null;
  if (part('BYSETPOS') !== undefined && part('FREQ') !== 'MONTHLY') return null;
  const now = DateTime.fromJSDate(reference, { zone });
  const clocks = clocksOf(part);
  for (let ahead = 0; ahead < AHEAD_DAYS; ahead += 1) {
    const day = now.startOf('day').plus({ days: ahead });
    if (!fits(day, part) || !isPlaced(day, part)) continue;
    if (clocks.length === 0) return day.toFormat('yyyy-MM-dd');
    const at = clocks.map((clock) => day.set(clock)).find((moment) => moment >= now);
    if (at) return at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
  }
  return null;
}

type Part = (name: string) => string | undefined;

/** The hours of a day that a rule names, in order. */
function clocksOf(part: Part): { hour: number; minute: number }[] {
  const numbers = (name: string): number[] =>
    (part(name) ?? '')
      .split(',')
      .filter(Boolean)
      .map(Number)
      .toSorted((a, b) => a - b);
  const minutes = numbers('BYMINUTE');
  return numbers('BYHOUR').flatMap((hour) =>
    (minutes.length > 0 ? minutes : [0]).map((minute) => ({ hour, minute })),
  );
}

/** "The last workday of the month": the place of a day among those of its month that the rule names. */
function isPlaced(day: DateTime, part: Part): boolean {
  const places = part('BYSETPOS')?.split(',').map(Number);
  if (!places) return true;
  const named = Array.from({ length: day.daysInMonth ?? 31 }, (_, index) => index + 1).filter((date) =>
    fits(day.set({ day: date }), part),
  );
  const index = named.indexOf(day.day);
  return places.some((place) => index === (place > 0 ? place - 1 : named.length + place));
}

function fits(day: DateTime, part: Part): boolean {
  const oneOf = (name: string, test: (value: string) => boolean): boolean =>
    part(name)?.split(',').some(test) ?? true;
  const length = day.daysInMonth ?? 31;
  return (
    oneOf('BYMONTH', (month) => Number(month) === day.month) &&
    oneOf(
      'BYMONTHDAY',
      (date) => (Number(date) < 0 ? length + 1 + Number(date) : Number(date)) === day.day,
    ) &&
    oneOf('BYDAY', (code) => {
      if (WEEKDAYS.indexOf(code.slice(-2)) + 1 !== day.weekday) return false;
      const place = Number(code.slice(0, -2) || 0);
      if (place === 0) return true;
      return place > 0 ? Math.ceil(day.day / 7) === place : Math.ceil((length + 1 - day.day) / 7) === -place;
    })
  );
}
