import type { DateTime } from 'luxon';
import { WEEKDAYS, type Settings, type Weekday } from '../../contracts/entities.ts';
import { DEFAULT_SETTINGS } from '../../db/users.ts';
import { capital } from './sentences.ts';

/** Of Monday, which is 1, to Sunday, which is 7. */
export type DayNumbers = ReadonlySet<number>;
export const ALL_DAYS: DayNumbers = new Set([1, 2, 3, 4, 5, 6, 7]);

const numberOf = (day: Weekday): number => WEEKDAYS.indexOf(day) + 1;

/** The days on which a user works. */
export const workDaysOf = ({ work_days: days }: Pick<Settings, 'work_days'>): DayNumbers =>
  new Set(days.map(numberOf));

/** Whether it is a day on which most people work and this one does not. */
export const isDayOff = ({ weekday }: DateTime, settings: Pick<Settings, 'work_days'>): boolean =>
  workDaysOf(DEFAULT_SETTINGS).has(weekday) && !workDaysOf(settings).has(weekday);

/** "from Monday to Friday", "on Monday and Thursday", "every day" */
export function sayDays(days: readonly Weekday[]): string {
  const numbers = days.map(numberOf).toSorted((a, b) => a - b);
  const [first, last] = [numbers[0], numbers.at(-1)];
  const name = (number: number): string => capital(WEEKDAYS[number - 1] ?? '');
  if (numbers.length === 7) return 'every day';
  if (first !== undefined && last !== undefined && numbers.length > 2 && last - first === numbers.length - 1)
    return `from ${name(first)} to ${name(last)}`;
  const names = numbers.map(name);
  return `on ${names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('')}`;
}

/**
 * What is to be told of a stretch of days of which some are left out that most people work on: "Friday is left out, since
 * you don't work then." Empty where none is.
 */
export function sayLeftOut(
  { from, to }: { from: DateTime; to: DateTime },
  looked: DayNumbers,
  settings: Pick<Settings, 'work_days'>,
): string {
  const own = workDaysOf(settings);
  const off = [...workDaysOf(DEFAULT_SETTINGS)].filter((day) => !own.has(day));
  const there = new Set<number>();
  for (let day = from.startOf('day'); day < to && there.size < 7; day = day.plus({ days: 1 }))
    there.add(day.weekday);
  const named = (numbers: readonly number[]): string =>
    numbers.map((day) => capital(WEEKDAYS[day - 1] ?? '')).join(' and ');
  const left = off.filter((day) => there.has(day) && !looked.has(day));
  if (left.length > 0)
    return `${named(left)} ${left.length > 1 ? 'are' : 'is'} left out, since you don't work then.`;
  const asked = off.filter((day) => there.has(day) && there.size <= 2);
  return asked.length > 0 ? `You don't work on ${named(asked)}, but you asked for it.` : '';
}
