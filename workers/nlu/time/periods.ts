import type { Civil } from './civil.ts';
import {
  DAY,
  HOUR,
  addMonths,
  addWorkdays,
  civil,
  civilParts,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
} from './civil.ts';
import type { Span, TimeContext } from './pieces.ts';
import type { TimeUnit } from './words.ts';

export function daySpan(day: Civil, reason: string): Span {
  return { start: day, end: day + DAY, grain: 'day', reason };
}

export function weekSpan(day: Civil, reason: string, { firstDay }: Partial<TimeContext> = {}): Span {
  const start = startOfWeek(day, firstDay);
  return { start, end: start + 7 * DAY, grain: 'week', reason };
}

/** Saturday and Sunday of the week that holds the day. */
export function weekendSpan(day: Civil, reason: string): Span {
  const start = startOfWeek(day) + 5 * DAY;
  return { start, end: start + 2 * DAY, grain: 'weekend', reason };
}

export function monthSpan(day: Civil, reason: string): Span {
  const start = startOfMonth(day);
  return { start, end: addMonths(start, 1), grain: 'month', reason };
}

export function quarterSpan(day: Civil, reason: string): Span {
  const start = startOfQuarter(day);
  return { start, end: addMonths(start, 3), grain: 'quarter', reason };
}

export function yearSpan(year: number, reason = `the year ${year}`): Span {
  return { start: civil(year, 1, 1), end: civil(year + 1, 1, 1), grain: 'year', reason };
}

/** Ten or a hundred years from the one that is a round number. */
export function yearsSpan(year: number, count: number, reason: string): Span {
  return { start: civil(year, 1, 1), end: civil(year + count, 1, 1), grain: 'year', reason };
}

/** The calendar unit that lies `offset` units from the current one. Null for units without a calendar extent. */
export function calendarUnit(unit: TimeUnit, offset: number, context: TimeContext): Span | null {
  const { today } = context;
  const reason =
    offset === 0 ? `this ${unit}` : offset === 1 ? `next ${unit}` : `${offset} ${unit}s from this one`;
  switch (unit) {
    case 'day':
      return daySpan(today + offset * DAY, reason);
    case 'week':
      return weekSpan(today + offset * 7 * DAY, reason, context);
    case 'weekend':
      return weekendSpan(today + offset * 7 * DAY, reason);
    case 'month':
      return monthSpan(addMonths(startOfMonth(today), offset), reason);
    case 'quarter':
      return quarterSpan(addMonths(startOfQuarter(today), 3 * offset), reason);
    case 'year':
      return yearSpan(civilParts(today).year + offset, reason);
    case 'decade':
      return yearsSpan((Math.floor(civilParts(today).year / 10) + offset) * 10, 10, reason);
    case 'century':
      return yearsSpan((Math.floor(civilParts(today).year / 100) + offset) * 100, 100, reason);
    case 'workday': {
      if (offset !== 0) return daySpan(addWorkdays(today, offset), reason);
      return civilParts(today).weekday <= 5 ? daySpan(today, reason) : null;
    }
    default:
      return null;
  }
}

/** A count of days or longer units from a day on; null for hours and shorter. */
export function shiftDay(day: Civil, unit: TimeUnit, count: number): Civil | null {
  switch (unit) {
    case 'day':
      return day + Math.round(count) * DAY;
    case 'workday':
      return addWorkdays(day, Math.round(count));
    case 'week':
    case 'weekend':
      return day + Math.round(count * 7) * DAY;
    case 'month':
      return addMonths(day, Math.trunc(count)) + Math.round((count % 1) * 30) * DAY;
    case 'quarter':
      return addMonths(day, Math.round(count * 3));
    case 'year':
      return addMonths(day, Math.round(count * 12));
    default:
      return null;
  }
}

export function unitSeconds(unit: TimeUnit): number | null {
  return unit === 'second' ? 1 : unit === 'minute' ? 60 : unit === 'hour' ? HOUR : null;
}

/** The nth (or with -1 the last) weekday of the month that begins at `month`; null when it has no such day. */
export function nthWeekday(month: Civil, weekday: number, nth: number): Civil | null {
  const end = addMonths(month, 1);
  if (nth === -1) {
    const last = end - DAY;
    return last - ((civilParts(last).weekday - weekday + 7) % 7) * DAY;
  }
  const first = month + ((weekday - civilParts(month).weekday + 7) % 7) * DAY;
  const day = first + (nth - 1) * 7 * DAY;
  return day < end && nth >= 1 ? day : null;
}

/** The month as it comes next, today's included. */
export function comingMonth(month: number, context: TimeContext): Civil {
  const { year, month: current } = civilParts(context.today);
  return civil(month < current ? year + 1 : year, month, 1);
}

/** Easter Sunday by the anonymous Gregorian computus. */
export function easter(year: number): Civil {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return civil(year, Math.floor(sum / 31), (sum % 31) + 1);
}
