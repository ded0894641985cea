import { DateTime } from 'luxon';
import type { Event } from '../../contracts/entities.ts';
import { PulseError } from '../../contracts/errors.ts';
import type { EventPatch } from '../../contracts/requests.ts';
import { toEvent } from '../../db/events.ts';

/** Columns of the table `events`. */
type Columns = Record<string, unknown>;

/**
 * A patch as columns, with what follows from it: without an end, an event keeps its length; one of whole days begins and
 * ends at midnight of its zone.
 *
 * @throws PulseError `validation_error` for an end before the start, or more than a year after it
 */
export function columnsOf(patch: EventPatch, event: Event, now: Date): Columns {
  const { start, end, timezone = event.timezone, all_day = event.all_day, ...rest } = patch;
  const moved = start !== undefined || end !== undefined || patch.timezone || patch.all_day !== undefined;
  // A day of a series that begins to repeat is a series of its own.
  const isApart = patch.recurrence != null && event.recurrence === null && event.series_id !== null;
  return {
    ...rest,
    ...(isApart && { series_id: null, original_start: null }),
    ...(moved ? timesOf({ start, end, timezone, all_day }, event) : {}),
    updated_at: now.toISOString(),
  };
}

function timesOf(
  { start, end, timezone, all_day }: { start?: string; end?: string; timezone: string; all_day: boolean },
  event: Event,
): Columns {
  const said = DateTime.fromISO(start ?? event.start, { zone: timezone });
  // Whole days are counted from midnight.
  const begin = all_day ? said.startOf('day') : said;
  const finish =
    end === undefined ? endAfter(begin, event, all_day) : DateTime.fromISO(end, { zone: timezone });
  if (finish < begin) throw new PulseError('validation_error', 'The end is before the start.');
  if (finish > begin.plus({ years: 1 }))
    throw new PulseError('validation_error', 'An event lasts a year at most: give an earlier end.');
  const [from, to] = all_day ? wholeDays(begin, finish) : [begin, finish];
  return {
    start_at: from.toUTC().toISO(),
    end_at: to.toUTC().toISO(),
    all_day,
    timezone,
  };
}

/** As long as before: by the clock, or in days. */
function endAfter(begin: DateTime, event: Event, allDay: boolean): DateTime {
  const zone = event.timezone;
  const [start, end] = [event.start, event.end].map((at) => DateTime.fromISO(at, { zone }));
  if (!start || !end) return begin;
  if (allDay || event.all_day) {
    const days = Math.max(1, Math.round(end.startOf('day').diff(start.startOf('day'), 'days').days));
    return allDay ? begin.plus({ days }) : begin.plus({ hours: 1 });
  }
  return begin.plus(end.toMillis() - start.toMillis());
}

/** From midnight to midnight, a day at least. */
function wholeDays(begin: DateTime, finish: DateTime): [DateTime, DateTime] {
  const from = begin.startOf('day');
  const last = finish.startOf('day');
  const to = last < finish ? last.plus({ days: 1 }) : last;
  return [from, to > from ? to : from.plus({ days: 1 })];
}

/** A whole new row; everything not said has its default. */
export function newEventColumns(
  patch: EventPatch & { title: string; start: string },
  defaults: { timezone: string; minutes: number },
  now: Date,
): Columns {
  const { timezone = defaults.timezone, all_day = false } = patch;
  const blank: Event = {
    id: '',
    title: patch.title,
    start: patch.start,
    end: DateTime.fromISO(patch.start, { zone: timezone }).plus({ minutes: defaults.minutes }).toISO() ?? '',
    all_day,
    timezone,
    recurrence: null,
    exceptions: [],
    series_id: null,
    original_start: null,
    participants: [],
    location: null,
    notes: null,
    calendar: 'personal',
    task_id: null,
    version: 0,
    created_at: now.toISOString(),
  };
  return { ...rowOf(blank), deleted_at: null, ...columnsOf({ ...patch, timezone }, blank, now) };
}

/** An event as the columns it was read from. */
function rowOf({ id: _id, start, end, version: _version, ...rest }: Event): Columns {
  return { ...rest, start_at: start, end_at: end };
}

/** The event that columns lead to, as clients will see it after the commit. */
export function patched(event: Event, columns: Columns): Event {
  return toEvent({
    ...rowOf(event),
    id: event.id,
    user_id: '',
    ...columns,
    version: event.version + 1,
  });
}

/** A new event, as clients will see it. */
export const newEvent = (id: string, columns: Columns): Event =>
  toEvent({ ...columns, id, user_id: '', version: 1 });
