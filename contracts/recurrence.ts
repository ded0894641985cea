import { z } from 'zod';

const FREQUENCIES = 'SECONDLY MINUTELY HOURLY DAILY WEEKLY MONTHLY YEARLY'.split(' ');
/** The days of a week as RRULE names them, from Monday on. */
export const WEEKDAY_CODES: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const WEEKDAY = WEEKDAY_CODES.join('|');
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
  if (gapOf(parts) < 1) return 'comes more often than every minute; take a longer FREQ, such as FREQ=DAILY';
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
  MINUTELY: 'minute',
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
const WEEKDAYS = 'MO,TU,WE,TH,FR';
/** What one of several days is called, of which a rule takes the first or the last. */
const DAY_KINDS: Readonly<Record<string, string>> = {
  [WEEKDAYS]: 'weekday',
  'SA,SU': 'weekend day',
  [`${WEEKDAYS},SA,SU`]: 'day',
};
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const PLACES = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
/** More times of one day than this are no words any more. */
const TIMES_MAX = 6;
/** Parts that the words below say; a rule with others is only said to repeat. */
const SAID = new Set(
  'FREQ INTERVAL BYDAY BYMONTHDAY BYMONTH BYHOUR BYMINUTE BYSETPOS WKST COUNT UNTIL'.split(' '),
);
const UNSAID = 'on a schedule of its own';

/** The parts of an RRULE by their names. */
export function recurrenceParts(rule: string): ReadonlyMap<string, string> {
  return new Map(
    rule.split(';').map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=');
      return [name, value];
    }),
  );
}

/** Events take their time, and every day of a series is one. */
export const EVENT_GAP_MINUTES = 30;

/** How many minutes lie between two times of a rule, by what it says of hours and minutes: 0 where it is less than one. */
export const leastMinutesBetween = (rule: string): number => gapOf(recurrenceParts(rule));

function gapOf(parts: ReadonlyMap<string, string>): number {
  const frequency = parts.get('FREQ');
  const interval = Number(parts.get('INTERVAL') ?? '1');
  const several = (name: string): number => itemsOf(parts, name).length;
  if (frequency === 'SECONDLY' || several('BYSECOND') > 1) return 0;
  if (several('BYMINUTE') > 1) return 60 / several('BYMINUTE');
  if (frequency === 'MINUTELY') return parts.has('BYMINUTE') ? 60 : interval;
  if (frequency === 'HOURLY') return 60 * interval;
  return DAY_MINUTES / Math.max(1, several('BYHOUR'));
}
const DAY_MINUTES = 24 * 60;

/**
 * An RRULE as people say it: `every Monday and Thursday at 07:00`, `every 2 weeks on Tuesday`, `every month on the last
 * weekday`, `every day at 09:00 and 18:00 until 28 February 2027`; `on a schedule of its own` for one that has no plain
 * words.
 */
export function sayRecurrence(rule: string): string {
  const parts = recurrenceParts(rule);
  const unit = UNITS[parts.get('FREQ') ?? ''];
  if (unit === undefined || [...parts.keys()].some((name) => !SAID.has(name))) return UNSAID;
  const [days, times] = [sayDays(parts, unit), sayTimes(parts, unit)];
  return days === null || times === null ? UNSAID : `${days}${times}${sayEnd(parts)}`;
}

/** The days of a rule; null where they have no plain words. */
function sayDays(parts: ReadonlyMap<string, string>, unit: string): string | null {
  const interval = Number(parts.get('INTERVAL') ?? '1');
  const base = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
  const days = itemsOf(parts, 'BYDAY');
  const dates = itemsOf(parts, 'BYMONTHDAY').map(Number);
  const months = itemsOf(parts, 'BYMONTH').map((month) => MONTHS[Number(month) - 1] ?? month);
  const within = months.length > 0 ? ` in ${and(months)}` : '';
  if (parts.has('BYSETPOS')) {
    const chosen = sayChosen(parts, unit);
    return chosen && `${base} on ${chosen}${within}`;
  }
  const [day, date] = [days[0], dates[0]];
  if (day !== undefined && date !== undefined) {
    // Only days that are both: "Friday the 13th". Several of either would take a sentence.
    const both = days.length === 1 && day.length === 2 && dates.length === 1 && date > 0;
    return both ? `${base} on ${sayDay(day)} the ${ordinal(date)}${within}` : null;
  }
  if (day !== undefined) {
    const all = days.join() === WEEKDAYS;
    // Whatever it counts in, a rule that takes each Monday comes every week.
    const weekly = interval === 1 && days.every((one) => one.length === 2) && !/^(?:hour|minute)$/.test(unit);
    if (weekly) return `every ${all ? 'weekday' : and(days.map(sayDay))}${within}`;
    return `${base} on ${all ? 'weekdays' : and(days.map(sayDay))}${within}`;
  }
  if (date === undefined) return `${base}${within}`;
  if (date > 0 && dates.length === 1 && months.length === 1) return `${base} on ${date} ${months.join('')}`;
  return `${base} on ${and(dates.map((one) => (one > 0 ? `day ${one}` : `the ${placed(one)} day`)))}${within}`;
}

/** `the last weekday`: one of the days that the rule names; null where it chooses otherwise. */
function sayChosen(parts: ReadonlyMap<string, string>, unit: string): string | null {
  const days = itemsOf(parts, 'BYDAY');
  const places = itemsOf(parts, 'BYSETPOS').map(Number);
  const plain = days.length > 0 && days.every((day) => day.length === 2);
  // With several times a day it is times that it chooses, and among other parts no days alone.
  const daysAlone =
    !parts.has('BYMONTHDAY') && !`${parts.get('BYHOUR')}${parts.get('BYMINUTE')}`.includes(',');
  if (!plain || !daysAlone || !/^(?:month|year)$/.test(unit)) return null;
  const kind = DAY_KINDS[days.join()] ?? days.map(sayDay).join(' or ');
  return and(places.map((place) => `the ${placed(place)} ${kind}`));
}

/** ` at 09:00 and 18:00`; null where the times of a day have no plain words. */
function sayTimes(parts: ReadonlyMap<string, string>, unit: string): string | null {
  const hours = itemsOf(parts, 'BYHOUR');
  const minutes = itemsOf(parts, 'BYMINUTE');
  if (hours.length === 0) {
    // Full hours go without saying.
    if (minutes.length === 0 || minutes.join() === '0') return '';
    return unit === 'hour' && minutes.length === 1 ? ` at ${minutes.join('')} minutes past` : null;
  }
  if (unit === 'hour' || unit === 'minute') return null;
  const times = hours.flatMap((hour) =>
    (minutes.length > 0 ? minutes : ['0']).map(
      (minute) => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`,
    ),
  );
  return times.length > TIMES_MAX ? null : ` at ${and(times)}`;
}

/** ` until 28 February 2027`, `, 5 times`; nothing for a rule without an end. */
function sayEnd(parts: ReadonlyMap<string, string>): string {
  const count = parts.get('COUNT');
  if (count !== undefined) return count === '1' ? ', once' : `, ${count} times`;
  const [, year, month, day, hour, minute, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(parts.get('UNTIL') ?? '') ?? [];
  if (year === undefined) return '';
  const time = hour === undefined ? '' : ` at ${hour}:${minute}${utc === 'Z' ? ' UTC' : ''}`;
  return ` until ${Number(day)} ${MONTHS[Number(month) - 1]} ${year}${time}`;
}

const itemsOf = (parts: ReadonlyMap<string, string>, name: string): string[] =>
  (parts.get(name) ?? '').split(',').filter(Boolean);
const and = (items: readonly string[]): string => items.join(', ').replace(/, (?=[^,]*$)/, ' and ');

/** `Monday`, or with its place within the month `the first Monday`, `the last Friday`. */
function sayDay(code: string): string {
  const name = DAY_NAMES[code.slice(-2)] ?? code;
  const place = Number(code.slice(0, -2) || 0);
  return place === 0 ? name : `the ${placed(place)} ${name}`;
}

/** `second`, or counted from the end `last`, `second to last`. */
function placed(place: number): string {
  if (place === -1) return 'last';
  const name = PLACES[Math.abs(place)] ?? ordinal(Math.abs(place));
  return place < 0 ? `${name} to last` : name;
}

/** `13th`, `22nd`. */
function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? undefined : ['th', 'st', 'nd', 'rd'][n % 10];
  return `${n}${ending ?? 'th'}`;
}
