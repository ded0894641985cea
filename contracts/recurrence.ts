import { z } from 'zod';

const FREQUENCIES = 'SECONDLY MINUTELY HOURLY DAILY WEEKLY MONTHLY YEARLY'.split(' ');
const WEEKDAY = 'MO|TU|WE|TH|FR|SA|SU';
/** As long as a month can be; the last of February comes once in four years. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const REPEATS_MAX = 9_999;

const number = (from: number, to: number) => (text: string) =>
  /^\d{1,4}$/.test(text) && Number(text) >= from && Number(text) <= to;
/** Counted from the beginning, or with a minus from the end. */
const place = (to: number) => (text: string) => number(1, to)(text.replace(/^[+-]/, ''));
const weekday = (text: string): boolean => {
  const [, ordinal] = new RegExp(`^([+-]?\\d{1,2})?(?:${WEEKDAY})$`).exec(text) ?? [text, '0'];
  return ordinal === undefined || place(53)(ordinal);
};
const list = (item: (text: string) => boolean) => (text: string) => text.split(',').every(item);

/** The parts of RFC 5545, 3.3.10, each with what its value must be. */
const PARTS: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => FREQUENCIES.includes(value),
  UNTIL: isUntil,
  COUNT: number(1, REPEATS_MAX),
  INTERVAL: number(1, REPEATS_MAX),
  BYSECOND: list(number(0, 60)),
  BYMINUTE: list(number(0, 59)),
  BYHOUR: list(number(0, 23)),
  BYDAY: list(weekday),
  BYMONTHDAY: list(place(31)),
  BYYEARDAY: list(place(366)),
  BYWEEKNO: list(place(53)),
  BYMONTH: list(number(1, 12)),
  BYSETPOS: list(place(366)),
  WKST: (value) => new RegExp(`^(?:${WEEKDAY})$`).test(value),
};

/**
 * A repetition as an RRULE of RFC 5545, without the words "RRULE:": `FREQ=WEEKLY;BYDAY=MO,TH`. Read in any case of
 * letters and kept in capitals, so that one rule has one spelling.
 */
export const recurrenceRule = z
  .string()
  .trim()
  .max(500)
  .toUpperCase()
  .superRefine((rule, context) => {
    const message = faultOf(rule);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

/** @returns what is wrong with a rule in capitals, in words for a person; null where nothing is */
function faultOf(rule: string): string | null {
  const parts = new Map<string, string>();
  for (const text of rule.split(';')) {
    const [, name = '', value = ''] = /^([A-Z]+)=(.+)$/.exec(text) ?? [];
    if (!Object.hasOwn(PARTS, name)) return 'must be an RRULE such as FREQ=WEEKLY;BYDAY=MO,TH';
    if (parts.has(name)) return `says ${name} twice`;
    if (!PARTS[name]?.(value)) return `has a ${name} that no RRULE may have`;
    parts.set(name, value);
  }
  return parts.has('FREQ') ? contradictionIn(parts) : 'needs a FREQ, such as FREQ=WEEKLY';
}

/** Parts that RFC 5545 forbids beside each other, and days that never come. */
function contradictionIn(parts: ReadonlyMap<string, string>): string | null {
  const frequency = parts.get('FREQ') ?? '';
  const not = (name: string, ...frequencies: string[]): boolean =>
    parts.has(name) && frequencies.includes(frequency);
  const ordinal = /\d/.test(parts.get('BYDAY') ?? '');
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'may end by COUNT or by UNTIL, not by both';
  if (ordinal && frequency !== 'MONTHLY' && frequency !== 'YEARLY')
    return 'may number its weekdays only where it is monthly or yearly';
  if (ordinal && parts.has('BYWEEKNO')) return 'may not number its weekdays beside BYWEEKNO';
  if (not('BYMONTHDAY', 'WEEKLY')) return 'may not have a BYMONTHDAY where it is weekly';
  if (not('BYYEARDAY', 'DAILY', 'WEEKLY', 'MONTHLY'))
    return 'may not have a BYYEARDAY where it is daily, weekly or monthly';
  if (parts.has('BYWEEKNO') && frequency !== 'YEARLY') return 'may have a BYWEEKNO only where it is yearly';
  if (parts.has('BYSETPOS') && ![...parts.keys()].some((name) => /^BY(?!SETPOS)/.test(name)))
    return 'may have a BYSETPOS only beside another BY part';
  return comesNever(parts) ? 'names a day that no calendar has' : null;
}

/** The 30th of February, say. */
function comesNever(parts: ReadonlyMap<string, string>): boolean {
  const [months, days] = [parts.get('BYMONTH'), parts.get('BYMONTHDAY')];
  if (months === undefined || days === undefined) return false;
  const longest = Math.max(...months.split(',').map((month) => MONTH_DAYS[Number(month) - 1] ?? 0));
  return days.split(',').every((day) => Math.abs(Number(day)) > longest);
}

/** `20261130` or `20261130T150000`, with a Z or without: a day and a time that exist. */
function isUntil(value: string): boolean {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(value);
  if (!match) return false;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = new Date(iso);
  // A day beyond its month would have become one of the next.
  return !Number.isNaN(at.getTime()) && at.toISOString() === iso;
}

const UNITS: Readonly<Record<string, string>> = {
  HOURLY: 'hour',
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};
const DAY_NAMES: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const PLACES = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
/** Parts that the words below say; a rule with others is only said to repeat. */
const SAID = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYHOUR', 'BYMINUTE', 'WKST']);

/** The parts of an RRULE by their names. */
export function recurrenceParts(rule: string): ReadonlyMap<string, string> {
  return new Map(
    rule.split(';').map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=');
      return [name, value];
    }),
  );
}

/**
 * An RRULE as people say it: `every Monday and Thursday at 07:00`, `every 2 weeks on Tuesday`, `every month on the first
 * Monday`, `every year on 3 March`; `on a schedule of its own` for one that has no plain words.
 */
export function sayRecurrence(rule: string): string {
  const parts = recurrenceParts(rule);
  const unit = UNITS[parts.get('FREQ') ?? ''];
  const hour = parts.get('BYHOUR') ?? '';
  const minute = parts.get('BYMINUTE') ?? '0';
  // Several hours a day, or days counted from the end but for the last, would take a sentence.
  const spoken = unit !== undefined && !`${hour}${minute}`.includes(',') && !/-(?:[2-9]|\d\d)/.test(rule);
  if (!spoken || [...parts.keys()].some((name) => !SAID.has(name))) return 'on a schedule of its own';
  const at = hour === '' ? '' : ` at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return `${sayDays(parts, unit, Number(parts.get('INTERVAL') ?? '1'))}${at}`;
}

function sayDays(parts: ReadonlyMap<string, string>, unit: string, interval: number): string {
  const days = itemsOf(parts, 'BYDAY');
  const names = and(days.map(sayDay));
  const plain = days.every((day) => day.length === 2);
  if (interval === 1 && plain && unit === 'week' && days.length > 0)
    return days.join() === 'MO,TU,WE,TH,FR' ? 'every weekday' : `every ${names}`;
  const dates = itemsOf(parts, 'BYMONTHDAY').map((date) => (date === '-1' ? 'the last day' : `day ${date}`));
  const months = itemsOf(parts, 'BYMONTH').map((month) => MONTHS[Number(month) - 1] ?? month);
  const base = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
  const [date] = itemsOf(parts, 'BYMONTHDAY');
  if (date !== undefined && Number(date) > 0 && dates.length === 1 && months.length === 1)
    return `${base} on ${date} ${months.join('')}`;
  const on = [names, and(dates)].filter(Boolean).join(', ');
  return `${base}${on ? ` on ${on}` : ''}${months.length > 0 ? ` in ${and(months)}` : ''}`;
}

const itemsOf = (parts: ReadonlyMap<string, string>, name: string): string[] =>
  (parts.get(name) ?? '').split(',').filter(Boolean);
const and = (items: readonly string[]): string => items.join(', ').replace(/, (?=[^,]*$)/, ' and ');

/** `Monday`, or with its place within the month `the first Monday`, `the last Friday`. */
function sayDay(code: string): string {
  const name = DAY_NAMES[code.slice(-2)] ?? code;
  const place = Number(code.slice(0, -2) || 0);
  if (place === 0) return name;
  return `the ${place === -1 ? 'last' : (PLACES[place] ?? `${place}.`)} ${name}`;
}
