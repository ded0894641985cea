import type { Event } from '../../contracts/entities.ts';
import { dayNumber, formatDate, formatMinutes, todayOf } from './format-value.ts';
import { offsetAt, readingOf } from './zone.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Days are `2026-11-30` and times `09:30`, both in the zone of `zoneNow`, unless something else is said. */

/** The first moment of a day. */
export const dayStart = (day: string): Date => new Date(instantAt(day, '00:00'));
export const dayOf = (instant: string): string => todayOf(new Date(instant));

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Sunday is 0. */
export const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay();

export const timeOf = (instant: string): string => readingOf(new Date(instant)).time;

export function minutesOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

export function timeAt(minutes: number): string {
  const hour = Math.floor(minutes / 60) % 24;
  return `${String(hour).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** A time on a day as an instant, with the offset that holds then. */
export function instantAt(day: string, time: string): string {
  const offset = offsetAt(day, time);
  return `${day}T${time}:00${offset < 0 ? '-' : '+'}${timeAt(Math.abs(offset))}`;
}

/** From one time to another; what ends before it begins ends on the next day. */
export const spanAt = (day: string, from: string, to: string): { start: string; end: string } => ({
  start: instantAt(day, from),
  end: instantAt(to <= from ? addDays(day, 1) : day, to),
});

/** An instant as it is written here. */
export const toLocal = (instant: string): string => instantAt(dayOf(instant), timeOf(instant));

export const shifted = (instant: string, minutes: number): string =>
  new Date(Date.parse(instant) + minutes * MINUTE_MS).toISOString();

export const minutesBetween = (start: string, end: string): number =>
  Math.round((Date.parse(end) - Date.parse(start)) / MINUTE_MS);

/** First and last day of an event. Whole days are those of its own calendar, wherever the reader is. */
export function daysOfEvent({ start, end, all_day }: Pick<Event, 'start' | 'end' | 'all_day'>): {
  first: string;
  last: string;
} {
  if (all_day) {
    const first = start.slice(0, 10);
    const before = addDays(end.slice(0, 10), -1);
    return { first, last: before < first ? first : before };
  }
  const first = dayOf(start);
  // Midnight is the end of the day before.
  const last = dayOf(new Date(Math.max(Date.parse(start), Date.parse(end) - 1)).toISOString());
  return { first, last };
}

/** Which minutes of a day an event takes up, by the clock; null where it has no part in the day. */
export function minutesOn(
  day: string,
  event: { start: string; end: string },
): { from: number; to: number } | null {
  const { first, last } = daysOfEvent({ ...event, all_day: false });
  if (day < first || day > last) return null;
  const from = day === first ? minutesOfDay(timeOf(event.start)) : 0;
  const endsHere = dayOf(event.end) === day;
  return { from, to: endsHere ? Math.max(from, minutesOfDay(timeOf(event.end))) : DAY_MINUTES };
}

/** `today, 15:00 – 16:00`, `Mon 30 Nov – Tue 1 Dec`. */
export function sayWhen(event: Pick<Event, 'start' | 'end' | 'all_day'>, now: Date): string {
  const { first, last } = daysOfEvent(event);
  if (event.all_day)
    return first === last
      ? `${formatDate(first, now)}, all day`
      : `${formatDate(first, now)} – ${formatDate(last, now)}`;
  if (first !== last && dayOf(event.end) !== addDays(first, 1))
    return `${formatDate(toLocal(event.start), now)} – ${formatDate(toLocal(event.end), now)}`;
  return `${formatDate(first, now)}, ${sayTimes(event)}`;
}

/** `15:00 – 16:00`; of something without length its moment. */
export function sayTimes({ start, end }: { start: string; end: string }): string {
  const [from, to] = [timeOf(start), timeOf(end)];
  return Date.parse(start) === Date.parse(end) ? from : `${from} – ${to}`;
}

/** How long it lasts; empty for whole days. */
export function sayLength({ start, end, all_day }: Pick<Event, 'start' | 'end' | 'all_day'>): string {
  const minutes = minutesBetween(start, end);
  return all_day || minutes <= 0 ? '' : formatMinutes(minutes);
}

/** The hour of an event where it was made, if the reader's clock says another; null where both agree. */
export function sayElsewhere(event: Pick<Event, 'start' | 'all_day' | 'timezone'>): string | null {
  const time = event.start.slice(11, 16);
  if (event.all_day || event.timezone === 'UTC' || time === timeOf(event.start)) return null;
  return `${time} in ${event.timezone.split('/').at(-1)?.replaceAll('_', ' ') ?? event.timezone}`;
}

export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
