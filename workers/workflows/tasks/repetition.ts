import { DateTime } from 'luxon';
import { recurrenceParts } from '../../../contracts/recurrence.ts';
import { toLocalInstant } from '../../../db/tasks.ts';

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
  if (['BYSETPOS', 'BYYEARDAY', 'BYWEEKNO'].some((name) => part(name) !== undefined)) return null;
  const now = DateTime.fromJSDate(reference, { zone });
  const hour = part('BYHOUR')?.split(',')[0];
  const clock = { hour: Number(hour ?? 0), minute: Number(part('BYMINUTE')?.split(',')[0] ?? 0) };
  for (let ahead = 0; ahead < AHEAD_DAYS; ahead += 1) {
    const day = now.startOf('day').plus({ days: ahead });
    const at = day.set(clock);
    if (!fits(day, part) || (hour !== undefined && at < now)) continue;
    return hour === undefined ? day.toFormat('yyyy-MM-dd') : toLocalInstant(at);
  }
  return null;
}

function fits(day: DateTime, part: (name: string) => string | undefined): boolean {
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
