import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Db } from '../../db/connect.ts';
import { rowsOfUser } from '../../db/user-tables.ts';
import { seriesZones } from '../../db/events.ts';
import { USER_TABLES } from '../../sessions/erasure/manifest.ts';
import { zoneComponent } from './zone-component.ts';

const CRLF = '\r\n';
const kept = z.object({ deleted_at: z.null() });

const base = { id: z.string(), title: z.string(), created_at: z.string(), updated_at: z.string() };
const eventRow = z.object({
  ...base,
  start_at: z.string(),
  end_at: z.string(),
  all_day: z.boolean(),
  timezone: z.string(),
  recurrence: z.string().nullable(),
  exceptions: z.array(z.string()),
  participants: z.array(z.string()),
  location: z.string().nullable(),
  notes: z.string().nullable(),
});
const taskRow = z.object({
  ...base,
  status: z.enum(['open', 'done']),
  due_on: z.string().nullable(),
  due_at: z.string().nullable(),
  priority: z.enum(['low', 'medium', 'high', 'urgent']),
  tags: z.array(z.string()),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  completed_at: z.string().nullable(),
});
const reminderRow = z.object({
  ...base,
  remind_at: z.string(),
  status: z.enum(['scheduled', 'fired', 'done']),
});

/** Of RFC 5545: 1 is the highest. */
const PRIORITIES = { urgent: 1, high: 3, medium: 5, low: 9 };

export interface CalendarOf {
  db: Db;
  userId: string;
  now: Date;
  /** Throws when the account is erased meanwhile. */
  check(): Promise<void>;
}

/**
 * A user's events, tasks and reminders as iCalendar (RFC 5545). A day of a series that was changed is an event of its own,
 * and an exception of its series.
 */
export async function* calendarText(of: CalendarOf): AsyncGenerator<string> {
  yield ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//PulsePlan//Export//EN', ''].join(CRLF);
  for (const { timezone, from } of await seriesZones(of.db, of.userId))
    yield `${zoneComponent(timezone, from, of.now).toString()}${CRLF}`;
  yield* components(of, 'events', eventRow, toEvent);
  yield* components(of, 'tasks', taskRow, toTodo);
  yield* components(of, 'reminders', reminderRow, toAlarm);
  yield `END:VCALENDAR${CRLF}`;
}

async function* components<T>(
  { db, userId, check }: CalendarOf,
  name: string,
  schema: z.ZodType<T>,
  make: (row: T) => ICAL.Component,
): AsyncGenerator<string> {
  const table = USER_TABLES.find((one) => one.table === name);
  if (!table || 'no' in table.export) throw new Error(`The manifest exports no ${name}`);
  for await (const rows of rowsOfUser(db, table, table.export, userId)) {
    await check();
    const made = rows
      .filter((row) => kept.safeParse(row).success)
      .map((row) => make(schema.parse(row)).toString() + CRLF);
    if (made.length > 0) yield made.join('');
  }
}

type Base = Pick<z.infer<typeof taskRow>, keyof typeof base>;

function component(name: string, { id, title, created_at, updated_at }: Base): ICAL.Component {
  const made = new ICAL.Component(name);
  made.addPropertyWithValue('uid', id);
  made.addPropertyWithValue('dtstamp', inUtc(updated_at));
  made.addPropertyWithValue('created', inUtc(created_at));
  made.addPropertyWithValue('last-modified', inUtc(updated_at));
  made.addPropertyWithValue('summary', title);
  return made;
}

function addText(made: ICAL.Component, name: string, text: string | null): void {
  if (text !== null && text !== '') made.addPropertyWithValue(name, text);
}

function toEvent(row: z.infer<typeof eventRow>): ICAL.Component {
  const made = component('vevent', row);
  const add = (name: string, instant: string): void => addTime(made, name, instant, row);
  add('dtstart', row.start_at);
  add('dtend', row.end_at);
  if (row.recurrence !== null) {
    made.addPropertyWithValue('rrule', ICAL.Recur.fromString(row.recurrence));
    for (const start of row.exceptions) add('exdate', start);
  }
  addText(made, 'location', row.location);
  addText(made, 'description', row.notes);
  for (const who of row.participants) {
    const isAddress = /^\S+@\S+$/.test(who);
    const attendee = made.addPropertyWithValue(
      'attendee',
      isAddress ? `mailto:${who}` : 'mailto:unknown@invalid',
    );
    if (!isAddress) attendee.setParameter('cn', who);
  }
  return made;
}

/** A series counts in its own zone; a single event is an instant, and a whole day is a day. */
function addTime(
  made: ICAL.Component,
  name: string,
  instant: string,
  { all_day, timezone, recurrence }: Pick<z.infer<typeof eventRow>, 'all_day' | 'timezone' | 'recurrence'>,
): void {
  const local = DateTime.fromISO(instant, { zone: timezone });
  if (all_day) {
    made.addPropertyWithValue(name, ICAL.Time.fromDateString(local.toISODate() ?? ''));
  } else if (recurrence === null || timezone === 'UTC') {
    made.addPropertyWithValue(name, inUtc(instant));
  } else {
    const time = ICAL.Time.fromDateTimeString(local.toFormat("yyyy-MM-dd'T'HH:mm:ss"));
    made.addPropertyWithValue(name, time).setParameter('tzid', timezone);
  }
}

function toTodo(row: z.infer<typeof taskRow>): ICAL.Component {
  const made = component('vtodo', row);
  if (row.due_at !== null) made.addPropertyWithValue('due', inUtc(row.due_at));
  else if (row.due_on !== null) made.addPropertyWithValue('due', ICAL.Time.fromDateString(row.due_on));
  made.addPropertyWithValue('status', row.status === 'done' ? 'COMPLETED' : 'NEEDS-ACTION');
  if (row.completed_at !== null) made.addPropertyWithValue('completed', inUtc(row.completed_at));
  made.addPropertyWithValue('priority', PRIORITIES[row.priority]);
  if (row.tags.length > 0) {
    const categories = new ICAL.Property('categories', made);
    categories.setValues(row.tags);
    made.addProperty(categories);
  }
  addText(made, 'location', row.location);
  addText(made, 'description', row.notes);
  return made;
}

function toAlarm(row: z.infer<typeof reminderRow>): ICAL.Component {
  const made = component('vtodo', row);
  made.addPropertyWithValue('due', inUtc(row.remind_at));
  made.addPropertyWithValue('status', row.status === 'done' ? 'COMPLETED' : 'NEEDS-ACTION');
  made.addPropertyWithValue('categories', 'Reminder');
  const alarm = new ICAL.Component('valarm');
  alarm.addPropertyWithValue('action', 'DISPLAY');
  alarm.addPropertyWithValue('description', row.title);
  alarm.addPropertyWithValue('trigger', inUtc(row.remind_at)).setParameter('value', 'DATE-TIME');
  made.addSubcomponent(alarm);
  return made;
}

function inUtc(instant: string): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(instant), true);
}
