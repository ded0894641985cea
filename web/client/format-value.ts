import { z } from 'zod';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import { BACK_NAME, dateRange, target, UNDO_NAME } from '../../contracts/slots.ts';
import { readingOf } from './zone.ts';

const LOCALE = 'en-GB';
const DAY_MS = 86_400_000;

const dated = z.string().regex(/^\d{4}-\d\d-\d\d/);

/** The day of a day or an instant, read on the clock it was said on, as a number that counts days. */
export function dayNumber(value: string): number {
  return Math.round(Date.parse(`${value.slice(0, 10)}T00:00:00Z`) / DAY_MS);
}

/** The day that it is at an instant, as `2026-11-30`. */
export const todayOf = (now: Date): string => readingOf(now).day;

/** `short` is for a chip, `long` for a sentence that is read again: `Monday 30 November at 09:00`. */
type Style = 'short' | 'long';

/** `today`, `tomorrow`, `Mon 30 Nov`, with the time if there is one. */
export function formatDate(value: string, now: Date, style: Style = 'short'): string {
  const ahead = dayNumber(value) - dayNumber(todayOf(now));
  const near = new Map([
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ]).get(ahead);
  const time = value.length > 10 ? value.slice(11, 16) : null;
  const day = near !== undefined && style === 'short' ? near : calendarDay(value, now, style);
  return time === null ? day : `${day}${style === 'short' ? ', ' : ' at '}${time}`;
}

function calendarDay(value: string, now: Date, style: Style): string {
  const date = new Date(`${value.slice(0, 10)}T12:00:00Z`);
  // Without its year a day that is past would be read as the one to come.
  const past = style === 'long' && dayNumber(value) < dayNumber(todayOf(now));
  const otherYear = past || date.getUTCFullYear() !== Number(todayOf(now).slice(0, 4));
  return new Intl.DateTimeFormat(LOCALE, {
    weekday: style,
    day: 'numeric',
    month: style,
    ...(otherYear && { year: 'numeric' }),
    timeZone: 'UTC',
  })
    .format(date)
    .replace(',', '');
}

export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

function formatRange(range: z.infer<typeof dateRange>, now: Date, style: Style): string {
  const { start, end } = range;
  const say = (value: string): string => formatDate(value, now, style);
  const to = style === 'short' ? ' – ' : ' to ';
  // A side that is open has no date.
  if (end === undefined) return start === undefined ? '' : `from ${say(start)}`;
  if (start === undefined) return `before ${say(end)}`;
  // The end is exclusive: a range of whole days reads to the day before it.
  if (start.length > 10 || end.length > 10) {
    const sameDay = dayNumber(start) === dayNumber(end) && end.length > 10;
    return `${say(start)}${to}${sameDay ? end.slice(11, 16) : say(end)}`;
  }
  const last = new Date((dayNumber(end) - 1) * DAY_MS).toISOString().slice(0, 10);
  return last <= start ? say(start) : `${say(start)}${to}${say(last)}`;
}

function formatTarget(meant: z.infer<typeof target>): string {
  const isNamed =
    meant.query !== undefined && meant.query !== '' && meant.query !== UNDO_NAME && meant.query !== BACK_NAME;
  if (isNamed) return meant.query ?? '';
  if (meant.reference === 'last') return 'the last one';
  if (meant.reference === 'all') return 'all of them';
  if (meant.ordinal !== undefined)
    return meant.ordinal === -1 ? 'the last of the list' : `no. ${meant.ordinal}`;
  // "Redo" and the like name nothing that a person would read.
  return meant.kind === 'receipt' ? '' : meant.kind;
}

/** A slot's normal form in words; null where there is nothing a person would read. */
export function formatValue(slot: string, value: unknown, now: Date, style: Style = 'short'): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (slot === 'duration_minutes' && typeof value === 'number') return formatMinutes(value);
  if (slot === 'recurrence' && typeof value === 'string') return sayRecurrence(value);
  if (slot === 'all_day') return value === true ? 'all day' : null;
  if (typeof value === 'string')
    return dated.safeParse(value).success ? formatDate(value, now, style) : value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).join(', ') : null;
  const range = dateRange.safeParse(value);
  if (range.success) return formatRange(range.data, now, style);
  const meant = target.safeParse(value);
  return (meant.success && formatTarget(meant.data)) || null;
}
