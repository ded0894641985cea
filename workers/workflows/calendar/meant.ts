import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { inZone } from '../../../db/events.ts';
import { endOf } from '../../../db/events.ts';
import { nextOccurrence, occurrencesOf } from '../../../db/occurrences.ts';

/** An event that is meant: as it is stored, and of a series the day, where one is. */
export interface Meant {
  event: Event;
  /** The series on that day: its `start` and `end` are those of the day. */
  day: Event | null;
}

export const seriesOf = (event: Event): { start: Date; timezone: string; recurrence: string } => ({
  start: new Date(event.start),
  timezone: event.timezone,
  recurrence: event.recurrence ?? '',
});

/** The id by which the parts of a series belong together: that of the first. */
export const originOf = ({ id, series_id, recurrence }: Event): string =>
  recurrence === null ? id : (series_id ?? id);

/** A series as it is on the day that begins then. */
export function onDay(event: Event, start: Date): Event {
  const row = {
    start_at: new Date(event.start),
    end_at: new Date(event.end),
    all_day: event.all_day,
    timezone: event.timezone,
  };
  return { ...event, start: inZone(start, event.timezone), end: inZone(endOf(row, start), event.timezone) };
}

/** The day of a series that comes next, or is going on; null when it is over. */
export function nextDay(event: Event, now: Date): Event | null {
  const lengthMs = Date.parse(event.end) - Date.parse(event.start);
  const gone = new Set(event.exceptions.map((at) => Date.parse(at)));
  const series = seriesOf(event);
  let after = new Date(now.getTime() - lengthMs);
  // The first time is the start, whatever the rule says.
  if (series.start > after && !gone.has(series.start.getTime())) return onDay(event, series.start);
  for (;;) {
    const next = nextOccurrence(series, after);
    if (next === null) return null;
    if (!gone.has(next.getTime())) return onDay(event, next);
    after = next;
  }
}

/** What is told of an event: of a series, which may have begun long ago, the day that comes next. */
export const asItComes = (event: Event, reference: Date): Event =>
  event.recurrence === null ? event : (nextDay(event, reference) ?? event);

/** Starts of a series within a time, without those that do not take place. */
export function startsWithin(event: Event, from: Date, to: Date, limit: number): Date[] {
  const gone = new Set(event.exceptions.map((at) => Date.parse(at)));
  return occurrencesOf(seriesOf(event), { from, to }, limit + gone.size)
    .filter((start) => !gone.has(start.getTime()))
    .slice(0, limit);
}

/** What is changed or told of: the day of a series where one is meant, else the event. */
export const shownOf = ({ event, day }: Meant): Event => day ?? event;

/** What tells it from all others: a day of a series by its start, too. */
export const keyOf = ({ event, day }: Meant): string => (day ? `${event.id} ${day.start}` : event.id);

/** Whether it is over, as words count time. */
export const isOver = (event: Event, reference: Date): boolean =>
  event.recurrence !== null ? nextDay(event, reference) === null : new Date(event.end) <= reference;

/** The local date of an instant. */
export const dateIn = (at: Date | string, zone: string): string =>
  (typeof at === 'string' ? DateTime.fromISO(at, { zone }) : DateTime.fromJSDate(at, { zone })).toFormat(
    'yyyy-MM-dd',
  );
