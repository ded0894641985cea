import { DateTime } from 'luxon';

/**
 * A wall-clock moment without a zone, as seconds on a time line where every day has 86,400 of them. Calendar work is
 * done here and the zone comes in only at the edges, so neither DST nor the zone of the process can bend a day.
 */
export type Civil = number;

export const DAY = 86_400;
export const HOUR = 3_600;

export function civil(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): Civil {
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

export interface CivilParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 1 is Monday, 7 is Sunday. */
  weekday: number;
}

export function civilParts(moment: Civil): CivilParts {
  const date = new Date(moment * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: ((date.getUTCDay() + 6) % 7) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function isRealDate(year: number, month: number, day: number): boolean {
  return (
    year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

export function startOfDay(moment: Civil): Civil {
  return Math.floor(moment / DAY) * DAY;
}

/** @param firstDay the day that weeks begin with: 1 is Monday, 7 Sunday */
export function startOfWeek(moment: Civil, firstDay: 1 | 7 = 1): Civil {
  return startOfDay(moment) - ((civilParts(moment).weekday - firstDay + 7) % 7) * DAY;
}

export function startOfMonth(moment: Civil): Civil {
  const { year, month } = civilParts(moment);
  return civil(year, month, 1);
}

export function startOfQuarter(moment: Civil): Civil {
  const { year, month } = civilParts(moment);
  return civil(year, month - ((month - 1) % 3), 1);
}

/** The same day of a later month, or that month's last day. */
export function addMonths(moment: Civil, months: number): Civil {
  const { year, month, day, hour, minute, second } = civilParts(moment);
  const index = year * 12 + month - 1 + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  return civil(
    targetYear,
    targetMonth,
    Math.min(day, daysInMonth(targetYear, targetMonth)),
    hour,
    minute,
    second,
  );
}

export function addWorkdays(moment: Civil, count: number): Civil {
  let result = moment;
  const step = count < 0 ? -DAY : DAY;
  for (let left = Math.min(Math.abs(count), 2_000); left > 0;) {
    result += step;
    if (civilParts(result).weekday <= 5) left -= 1;
  }
  return result;
}

/** One message is read against one moment, by many readers. */
let lastAsked: { at: number; timezone: string; civil: Civil } | null = null;

/** What the clocks of the zone show at the instant. */
export function civilInZone(instant: Date, timezone: string): Civil {
  const at = instant.getTime();
  if (lastAsked?.at === at && lastAsked.timezone === timezone) return lastAsked.civil;
  const civil = Math.floor(at / 1000) + DateTime.fromMillis(at, { zone: timezone }).offset * 60;
  lastAsked = { at, timezone, civil };
  return civil;
}

/** `2026-11-30` */
export function formatDay(moment: Civil): string {
  return new Date(moment * 1000).toISOString().slice(0, 10);
}

/**
 * `2026-11-30T15:00:00-05:00`. A time that the zone skips moves on by the length of the gap; of a time that happens
 * twice the first is taken.
 */
export function formatInstant(moment: Civil, timezone: string): string {
  const { year, month, day, hour, minute, second } = civilParts(moment);
  const local = DateTime.fromObject({ year, month, day, hour, minute, second }, { zone: timezone });
  const [first = local] = local.getPossibleOffsets().toSorted((a, b) => a.toMillis() - b.toMillis());
  return first.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

export function formatEpoch(epochSeconds: number, timezone: string): string {
  return DateTime.fromSeconds(epochSeconds, { zone: timezone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

/** The wall-clock moment of an ISO text in the zone; a bare day is its midnight. Null when it is neither. */
export function civilFromIso(iso: string, timezone: string): { moment: Civil; hasTime: boolean } | null {
  const parsed = DateTime.fromISO(iso, { zone: timezone });
  if (!parsed.isValid) return null;
  const { year, month, day, hour, minute, second } = parsed;
  return { moment: civil(year, month, day, hour, minute, second), hasTime: iso.includes('T') };
}
