import type { Civil } from './civil.ts';
import { DAY, HOUR, civil, civilParts } from './civil.ts';
import { newMoonBefore, newMoonNear, skyAt } from './moon.ts';

type Calendar = 'islamic-umalqura' | 'hebrew' | 'chinese';

const FORMATS: Record<Calendar, Intl.DateTimeFormat> = {
  'islamic-umalqura': format('islamic-umalqura'),
  hebrew: format('hebrew'),
  chinese: format('chinese'),
};

function format(calendar: Calendar): Intl.DateTimeFormat {
  const month = calendar === 'hebrew' ? 'long' : 'numeric';
  return new Intl.DateTimeFormat(`en-u-ca-${calendar}`, { timeZone: 'UTC', month, day: 'numeric' });
}

/** The days of a year of our calendar that are the day of the month in another; an Islamic one may come twice. */
export function daysInCalendar(calendar: Calendar, month: string, day: number, year: number): Civil[] {
  const found: Civil[] = [];
  const last = civil(year, 12, 31);
  for (let start = monthStart(calendar, civil(year, 1, 1) - 30 * DAY); start <= last;) {
    const parts = partsOf(calendar, start);
    const date = (calendar === 'chinese' ? newMoonDay(start) : start) + (day - 1) * DAY;
    if (parts.month === month && civilParts(date).year === year) found.push(date);
    start = monthStart(calendar, start + 31 * DAY);
  }
  return found;
}

/**
 * The day in Beijing of the new moon that begins the month. The engine's own reckoning is off by minutes and so, near
 * midnight, by a day: it has the year 2027 begin on 7 February instead of the 6th.
 */
function newMoonDay(start: Civil): Civil {
  const day = Math.floor((newMoonNear(start) + 8 * HOUR) / DAY) * DAY;
  return Math.abs(day - start) <= 2 * DAY ? day : start;
}

/** The first day of the other calendar's month that holds the day. */
function monthStart(calendar: Calendar, day: Civil): Civil {
  return day - (partsOf(calendar, day).day - 1) * DAY;
}

function partsOf(calendar: Calendar, day: Civil): { month: string; day: number } {
  const parts = FORMATS[calendar].formatToParts(new Date(day * 1000));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { month: of('month'), day: Number(of('day')) };
}

/** India's clocks are five and a half hours ahead of universal time. */
const INDIA = 5.5;

/**
 * The day in India on which a tithi (1 to 30, the thirtieth ends with new moon) of a lunar month (1 is Chaitra, counted from
 * new moon) holds at an hour of the day; where none does, the day it passed. Leap months have no feasts.
 */
export function tithiDay(month: number, tithi: number, hour: number, year: number): Civil | null {
  for (let day = civil(year, 1, 1) - 40 * DAY; day <= civil(year, 12, 31); day += DAY) {
    const moment = day + (hour - INDIA) * HOUR;
    const { elongation } = skyAt(moment);
    if (elongation < (tithi - 1) * 12 || elongation >= (tithi + 1) * 12) continue;
    if (lunarMonth(moment) !== month) continue;
    if (civilParts(day).year === year) return day;
    // Only the rest of that month can be left over from the year before.
    day += 20 * DAY;
  }
  return null;
}

/** The month by the sign the sun is in when it begins; null for a leap month, in which the sun changes none. */
function lunarMonth(moment: Civil): number | null {
  const begins = newMoonBefore(moment);
  const sign = (at: Civil): number => Math.floor(skyAt(at).sun / 30);
  const ends = newMoonBefore(begins + 31 * DAY);
  if (sign(begins) === sign(ends)) return null;
  return ((sign(begins) + 1) % 12) + 1;
}

/** The day on which the moon stands in the 22nd house while the sun is in Leo: Onam. */
export function onam(year: number): Civil | null {
  const days = Array.from({ length: 40 }, (_, index) => civil(year, 8, 12) + index * DAY);
  return (
    days.findLast((day) => {
      const { sun, moon } = skyAt(day + (11 - INDIA) * HOUR);
      return Math.floor(sun / 30) === 4 && Math.floor(moon / (360 / 27)) === 21;
    }) ?? null
  );
}
