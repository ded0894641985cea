import { DateTime } from 'luxon';
import type { DateRange } from '../../contracts/slots.ts';
import { sayDate } from './sentences.ts';

/** A range in words, to stand behind "nothing": "on Friday 20 November", "from Monday 23 to Sunday 29 November". */
export function sayRange(
  { start, end }: DateRange,
  { timezone: zone, reference }: { timezone: string; reference: Date },
): string {
  const at = (value: string): DateTime => DateTime.fromISO(value, { zone });
  const day = (of: DateTime): string => sayDate(of.toFormat('yyyy-MM-dd'), zone, reference);
  if (start === undefined) return end === undefined ? '' : `before ${day(at(end))}`;
  const from = at(start);
  if (end === undefined) return `from ${day(from)} on`;
  const to = at(end);
  const last = to.minus({ milliseconds: 1 });
  const wholeDays = from.equals(from.startOf('day')) && to.equals(to.startOf('day'));
  if (wholeDays)
    return from.hasSame(last, 'day')
      ? onDay(from, day(from), zone, reference)
      : `from ${day(from)} to ${day(last)}`;
  const clock = (of: DateTime): string => of.toFormat('HH:mm');
  if (from.hasSame(last, 'day'))
    return `${onDay(from, day(from), zone, reference)} from ${clock(from)} to ${clock(to)}`;
  return `from ${day(from)}, ${clock(from)} to ${day(to)}, ${clock(to)}`;
}

function onDay(day: DateTime, words: string, zone: string, reference: Date): string {
  const today = DateTime.fromJSDate(reference, { zone }).startOf('day');
  const days = Math.round(day.startOf('day').diff(today, 'days').days);
  if (days === 0) return `today (${words})`;
  return days === 1 ? `tomorrow (${words})` : `on ${words}`;
}
