import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Event } from '../contracts/entities.ts';
import type { Db } from './connect.ts';
import { occurrencesOf } from './occurrences.ts';
import { beginning, matching, toLocalInstant, type MatchGrade } from './tasks.ts';

const eventRow = z.object({
  id: z.string(),
  user_id: z.string(),
  title: z.string(),
  start_at: z.coerce.date(),
  end_at: z.coerce.date(),
  all_day: z.boolean(),
  timezone: z.string(),
  recurrence: z.string().nullable(),
  exceptions: z.array(z.coerce.date()),
  series_id: z.string().nullable(),
  original_start: z.coerce.date().nullable(),
  participants: z.array(z.string()),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  calendar: z.string(),
  task_id: z.string().nullable(),
  version: z.int(),
  created_at: z.coerce.date(),
});

/** An instant with the offset of a zone. */
export const inZone = (at: Date, zone: string): string => toLocalInstant(DateTime.fromJSDate(at, { zone }));

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toEvent(row: unknown): Event {
  const { user_id: _user, start_at, end_at, ...rest } = eventRow.parse(row);
  const local = (at: Date): string => inZone(at, rest.timezone);
  return {
    ...rest,
    start: local(start_at),
    end: local(end_at),
    exceptions: rest.exceptions.map(local),
    original_start: rest.original_start && local(rest.original_start),
    created_at: rest.created_at.toISOString(),
  };
}

export interface EventFilter {
  /** Instants; what overlaps them counts, `to` is exclusive. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** Every word of it begins a word of the title, the place, the notes or a participant. */
  text?: string | undefined;
  /** Each of them begins a word of a participant or of the title. */
  participants?: readonly string[] | undefined;
  calendar?: string | undefined;
}

const owned = (db: Db, userId: string) => db('events').where({ user_id: userId }).whereNull('deleted_at');
const wordsOf = (text: string | undefined): string[] => text?.split(/\s+/).filter(Boolean).slice(0, 20) ?? [];

function filtered(db: Db, userId: string, filter: EventFilter) {
  const query = owned(db, userId);
  if (filter.calendar) query.where({ calendar: filter.calendar });
  for (const word of wordsOf(filter.text))
    query.whereRaw(
      `(title ~* ? or location ~* ? or notes ~* ? or array_to_string(participants, ' ') ~* ?)`,
      Array<string>(4).fill(beginning(word)),
    );
  for (const name of filter.participants ?? [])
    query.whereRaw(`(array_to_string(participants, ' ') ~* ? or title ~* ?)`, [
      beginning(name),
      beginning(name),
    ]);
  return query;
}

/** Days of a long time in which somebody may have hundreds of series: one more shows that there are more, others are not made. */
export const LISTED_MAX = 1_000;
/** As far as an open range goes. */
const FAR_MS = 366 * 24 * 3_600_000;

/** A calendar as it stood at one moment: what is in a time, and the version that plans made around it hold for. */
export interface CalendarPart {
  events: Event[];
  version: number;
}

type TimeFilter = EventFilter & ({ from: Date } | { to: Date });

/**
 * Events that overlap a time, in order of their start, of a series each day by itself, with the version of the calendar.
 * An open range ends a year after its start, or begins a year before its end. One statement, so that events and version
 * are of one moment.
 */
export async function calendarWithin(db: Db, userId: string, filter: TimeFilter): Promise<CalendarPart> {
  const from = filter.from ?? new Date((filter.to?.getTime() ?? 0) - FAR_MS);
  const to = filter.to ?? new Date(from.getTime() + FAR_MS);
  const single = filtered(db, userId, filter)
    .whereNull('recurrence')
    .where('start_at', '<', to)
    // What has no length takes place at its moment.
    .whereRaw('(end_at > ? or (start_at = end_at and start_at >= ?))', [from, from])
    .orderBy(['start_at', 'id'])
    .limit(LISTED_MAX + 1);
  const series = filtered(db, userId, filter).whereNotNull('recurrence').where('start_at', '<', to);
  const user = db('users').where({ id: userId }).select('calendar_version');
  const rows = await db
    .from(
      db.raw('(select ? as calendar_version) of_user left join ? e on true', [
        user,
        db.unionAll([single, series], true),
      ]),
    )
    .select<(Versioned & { id: string | null; recurrence: string | null })[]>('*');
  const events = rows
    .filter(({ id }) => id !== null)
    .flatMap((row) =>
      row.recurrence === null ? toEvent(row) : daysOf(eventRow.parse(row), { from, to }).map(toEvent),
    )
    .map((event) => ({ event, at: Date.parse(event.start) }))
    .sort((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1))
    .slice(0, LISTED_MAX + 1)
    .map(({ event }) => event);
  return { events, version: versionIn(rows[0]) };
}

/** The same without the version. */
export const eventsWithin = async (db: Db, userId: string, filter: TimeFilter): Promise<Event[]> =>
  (await calendarWithin(db, userId, filter)).events;

interface Versioned {
  calendar_version: number | null;
}

/** A user nobody has seen yet is at the first. */
const versionIn = (user: Versioned | undefined): number => user?.calendar_version ?? 1;

/** A series as rows of single days. */
function daysOf(row: z.infer<typeof eventRow>, { from, to }: { from: Date; to: Date }): object[] {
  const zone = row.timezone;
  const lengthMs = row.end_at.getTime() - row.start_at.getTime();
  const gone = new Set(row.exceptions.map((at) => at.getTime()));
  const series = { start: row.start_at, timezone: zone, recurrence: row.recurrence ?? '' };
  return occurrencesOf(series, { from: new Date(from.getTime() - lengthMs), to })
    .filter((start) => !gone.has(start.getTime()))
    .map((start) => ({ ...row, start_at: start, end_at: endOf(row, start) }))
    .filter(({ end_at }) => end_at > from || lengthMs === 0);
}

/** When a day of a series ends: after the same time by the clock, whole days at midnight. */
export function endOf(
  row: { start_at: Date; end_at: Date; all_day: boolean; timezone: string },
  start: Date,
): Date {
  if (!row.all_day) return new Date(start.getTime() + row.end_at.getTime() - row.start_at.getTime());
  const zone = row.timezone;
  const days = Math.round(
    DateTime.fromJSDate(row.end_at, { zone })
      .startOf('day')
      .diff(DateTime.fromJSDate(row.start_at, { zone }).startOf('day'), 'days').days,
  );
  return DateTime.fromJSDate(start, { zone }).plus({ days }).toJSDate();
}

/** An event or a whole series. @returns null when the user has no such event */
export async function findEvent(db: Db, userId: string, id: string): Promise<Event | null> {
  const row: unknown = await owned(db, userId).where({ id }).first();
  return row === undefined ? null : toEvent(row);
}

/**
 * Everything that belongs to a series by its id or by that of its first part: its rows, and days that were changed by
 * themselves.
 */
export async function eventsOfSeries(db: Db, userId: string, id: string): Promise<Event[]> {
  const rows: unknown[] = await owned(db, userId)
    .where((of) => void of.where({ id }).orWhere({ series_id: id }))
    .orderBy(['start_at', 'id']);
  return rows.map(toEvent);
}

const blocks = (db: Db, userId: string, from: Date) =>
  db('events')
    .where({ user_id: userId, calendar: 'plan' })
    .where('start_at', '>=', from)
    .orderBy(['start_at', 'id']);

/** Time that is planned for tasks and begins at an instant or later, in order. */
export async function blocksOfTasks(
  db: Db,
  userId: string,
  taskIds: readonly string[],
  from: Date,
): Promise<Event[]> {
  const rows: unknown[] = await blocks(db, userId, from).whereIn('task_id', taskIds).whereNull('deleted_at');
  return rows.map(toEvent);
}

/** The same of one task, as far as it was taken away at just that moment. */
export async function blocksGoneWith(
  db: Db,
  userId: string,
  taskId: string,
  { at, from }: { at: Date; from: Date },
): Promise<Event[]> {
  const rows: unknown[] = await blocks(db, userId, from).where({ task_id: taskId, deleted_at: at });
  return rows.map(toEvent);
}

/** The event made or changed last. */
export async function lastEvent(db: Db, userId: string): Promise<Event | null> {
  const row: unknown = await owned(db, userId).orderBy('updated_at', 'desc').first();
  return row === undefined ? null : toEvent(row);
}

/**
 * Events whose title, participants or place have the words, best first; as with tasks. Series come once, as they are
 * stored. What is over comes after what is still to come.
 */
export async function matchEvents(
  db: Db,
  userId: string,
  words: string,
  now: Date,
  limit: number,
): Promise<{ events: Event[]; grade: MatchGrade }> {
  const { rows, grade } = await matching(db, owned(db, userId), {
    words,
    text: `title || ' ' || array_to_string(participants, ' ') || ' ' || coalesce(location, '')`,
    title: 'title',
    order: '(recurrence is not null or end_at > ?) desc, updated_at desc',
    bindings: [now],
    limit,
  });
  return { events: rows.map(toEvent), grade };
}

/** Events of just this name, the latest made first; a series is one. */
export async function eventsNamed(db: Db, userId: string, title: string, limit: number): Promise<Event[]> {
  const rows = await owned(db, userId)
    .whereRaw('lower(title) = lower(?)', [title])
    .orderBy('created_at', 'desc')
    .limit(limit)
    .select<unknown[]>('*');
  return rows.map(toEvent);
}

/** Rows as they are stored, newest first; the cursor is the last id seen. */
export async function pageEvents(
  db: Db,
  userId: string,
  filter: Pick<EventFilter, 'text'>,
  page: { after?: string | undefined; limit: number },
): Promise<Event[]> {
  const query = filtered(db, userId, filter).select<unknown[]>('*').orderBy('id', 'desc').limit(page.limit);
  if (page.after) query.where('id', '<', page.after);
  return (await query).map(toEvent);
}

/** What plans are made around; raised with every change of an event. */
export async function calendarVersion(db: Db, userId: string): Promise<number> {
  return versionIn(await db('users').where({ id: userId }).first<Versioned | undefined>('calendar_version'));
}
