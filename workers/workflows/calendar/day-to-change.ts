import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { Work } from '../outcome.ts';
import { dateIn, nextDay, onDay, type Meant } from './meant.ts';

/** The day of a series that is spoken of: as named, that on which it is to be, or the next. */
export function dayToChange(
  { slots, params, reference, timezone: zone }: Work,
  { event, day }: Meant,
): Event {
  const next = nextDay(event, reference) ?? onDay(event, new Date(event.start));
  if (day) return day;
  const to = slots.start !== undefined && params?.day_kept !== slots.start ? slots.start : undefined;
  if (to === undefined) return next;
  const begin = DateTime.fromISO(to, { zone }).startOf('day');
  const there = nextDay(event, begin.toJSDate());
  const named =
    there && (dateIn(there.start, zone) === dateIn(to, zone) || slots.target?.scope === 'following');
  return named ? there : next;
}
