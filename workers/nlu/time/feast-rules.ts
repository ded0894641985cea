import type { Civil } from './civil.ts';
import { DAY, civil, civilParts, isRealDate } from './civil.ts';
import { daysInCalendar, onam, tithiDay } from './lunar-calendars.ts';
import { easter, nthWeekday } from './periods.ts';
import { WEEKDAYS } from './words.ts';

/** The days in a year on which a rule puts its feast; none in a year without it, two where a lunar year ends early. */
export type DayRule = (year: number) => Civil[];

/**
 * Reads a rule: "12-25", "4 thu 11" (of a month; -1 is the last), "easter+1", "orthodox-2", "islamic 9/1", "hebrew Kislev/25",
 * "chinese 1/1", "tithi 7/30 19" (lunar month of India, tithi and hour), "onam"; each may end with a number of days
 * to add ("4 thu 11 +1").
 */
export function dayRule(text: string): DayRule {
  const shifted = /^(?<base>.*\S)\s+(?<days>[+-]\d+)$/.exec(text);
  if (shifted) {
    const base = dayRule(shifted.groups?.['base'] ?? '');
    const days = Number(shifted.groups?.['days'] ?? 0);
    return (year) => base(year).map((day) => day + days * DAY);
  }
  const fixed = /^(?<month>\d+)-(?<day>\d+)$/.exec(text)?.groups;
  if (fixed) {
    const [month, day] = [Number(fixed['month']), Number(fixed['day'])];
    return (year) => (isRealDate(year, month, day) ? [civil(year, month, day)] : []);
  }
  const nth = /^(?<nth>-?\d) (?<weekday>[a-z]{3}) (?<month>\d+)$/.exec(text)?.groups;
  if (nth) {
    const weekday = WEEKDAYS.get(nth['weekday'] ?? '') ?? 1;
    return (year) => some(nthWeekday(civil(year, Number(nth['month']), 1), weekday, Number(nth['nth'])));
  }
  const moved = /^(?<church>easter|orthodox)(?<days>[+-]\d+)?$/.exec(text)?.groups;
  if (moved) {
    const sunday = moved['church'] === 'easter' ? easter : orthodoxEaster;
    return (year) => [sunday(year) + Number(moved['days'] ?? 0) * DAY];
  }
  const lunar = /^(?<calendar>islamic|hebrew|chinese) (?<month>[^/]+)\/(?<day>\d+)$/.exec(text)?.groups;
  if (lunar) {
    const calendar =
      lunar['calendar'] === 'islamic'
        ? 'islamic-umalqura'
        : lunar['calendar'] === 'hebrew'
          ? 'hebrew'
          : 'chinese';
    const names = (lunar['month'] ?? '').split('|');
    return (year) => names.flatMap((month) => daysInCalendar(calendar, month, Number(lunar['day']), year));
  }
  const tithi = /^tithi (?<month>\d+)\/(?<day>\d+) (?<hour>[\d.]+)$/.exec(text)?.groups;
  if (tithi) {
    const [month, day, hour] = [Number(tithi['month']), Number(tithi['day']), Number(tithi['hour'])];
    return (year) => some(tithiDay(month, day, hour, year));
  }
  if (text === 'onam') return (year) => some(onam(year));
  const before = /^(?<weekday>[a-z]{3}) before (?<month>\d+)-(?<day>\d+)$/.exec(text)?.groups;
  if (before) {
    const weekday = WEEKDAYS.get(before['weekday'] ?? '') ?? 1;
    return (year) => {
      const day = civil(year, Number(before['month']), Number(before['day'])) - DAY;
      return [day - ((civilParts(day).weekday - weekday + 7) % 7) * DAY];
    };
  }
  throw new Error(`No rule for a feast: ${text}`);
}

/** Easter of the eastern churches: by the Julian computus, on our calendar. */
function orthodoxEaster(year: number): Civil {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const month = Math.floor((d + e + 114) / 31);
  const julian = civil(year, month, ((d + e + 114) % 31) + 1);
  return julian + (year >= 2100 ? 14 : 13) * DAY;
}

function some(day: Civil | null): Civil[] {
  return day === null ? [] : [day];
}
