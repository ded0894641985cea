import { z } from 'zod';
import { instant, timezone, uuid } from './ids.ts';
import { dateOrInstant, priority } from './slots.ts';

const taskStatus = z.enum(['open', 'done']);

/** A task as clients see it. `due_date` is a day, or an instant with offset when a time was given. */
export const task = z.object({
  id: uuid,
  title: z.string(),
  status: taskStatus,
  due_date: dateOrInstant.nullable(),
  priority,
  duration_minutes: z.int().nullable(),
  list: z.string().nullable(),
  tags: z.array(z.string()),
  recurrence: z.string().nullable(),
  /** The next time counts from when it was done last, not by the calendar. */
  repeats_from_completion: z.boolean(),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  /** The task that this one is a step of. */
  parent_id: uuid.nullable(),
  version: z.int(),
  created_at: instant,
  completed_at: instant.nullable(),
});
export type Task = z.infer<typeof task>;

/**
 * An event as clients see it. `start` and `end` (exclusive) have the offset of `timezone`; an event of whole days begins
 * and ends at midnight there. One that repeats is a series; a listed day of it has the series' id, with `start` and
 * `end` of that day. A day that was moved or changed by itself is an event of its own, with its series in `series_id`. A
 * series that was changed from a day on is several, one after the other: each later one has the first in `series_id`.
 */
export const event = z.object({
  id: uuid,
  title: z.string(),
  start: instant,
  end: instant,
  all_day: z.boolean(),
  timezone: z.string(),
  recurrence: z.string().nullable(),
  /** Starts of the series that do not take place, or were given an event of their own. */
  exceptions: z.array(instant),
  series_id: uuid.nullable(),
  /** When a changed day of a series would have begun. */
  original_start: instant.nullable(),
  participants: z.array(z.string()),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  /** `personal`, or `plan` for a block of work on the task `task_id`. */
  calendar: z.string(),
  task_id: uuid.nullable(),
  version: z.int(),
  created_at: instant,
});
export type Event = z.infer<typeof event>;

/**
 * Something to be told at a moment. `before_minutes` counts from when its item is due or begins, and moves with it.
 * `scheduled` waits for `remind_at`; `fired` was told and waits for "done" or "later"; `done` is over.
 */
export const reminder = z.object({
  id: uuid,
  title: z.string(),
  remind_at: instant,
  timezone: z.string(),
  status: z.enum(['scheduled', 'fired', 'done']),
  recurrence: z.string().nullable(),
  item_kind: z.enum(['task', 'event']).nullable(),
  item_id: uuid.nullable(),
  before_minutes: z.int().nullable(),
  fired_at: instant.nullable(),
  version: z.int(),
  created_at: instant,
});
export type Reminder = z.infer<typeof reminder>;

/** Somebody whom emails go to; the address may still be missing. */
export const contact = z.object({
  id: uuid,
  name: z.string(),
  address: z.string().nullable(),
  version: z.int(),
  created_at: instant,
});
export type Contact = z.infer<typeof contact>;

/**
 * An email. `method` says who worded it: a template, or a language model. `sending` waits for `send_at`, and can be
 * stopped until then; `addresses` are those it goes to.
 */
export const draft = z.object({
  id: uuid,
  recipients: z.array(z.string()),
  subject: z.string(),
  body: z.string(),
  email_type: z.string(),
  tone: z.enum(['neutral', 'formal', 'friendly']),
  method: z.enum(['template', 'llm']),
  status: z.enum(['draft', 'sending', 'sent']),
  addresses: z.array(z.string()),
  send_at: instant.nullable(),
  sent_at: instant.nullable(),
  version: z.int(),
  created_at: instant,
  updated_at: instant,
});
export type Draft = z.infer<typeof draft>;

/**
 * A call to the outside world that a change has ordered: one email to be handed to the mail server. Its id is the key by
 * which a repeated call is known. `planned` waits for `not_before`; `calling` may have reached the other side.
 */
export const delivery = z.object({
  id: uuid,
  draft_id: uuid,
  state: z.enum(['planned', 'calling', 'done', 'failed']),
  not_before: instant,
  error: z.string().nullable(),
  version: z.int(),
  created_at: instant,
});
export type Delivery = z.infer<typeof delivery>;

/** An email that has gone out, by the id of its delivery. */
export const outgoing = z.object({
  id: uuid,
  message_id: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  sent_at: instant,
});
export type Outgoing = z.infer<typeof outgoing>;

/** Whose a fact is where it is the user's own. */
export const ME = 'me';

/**
 * Something that was told about the user (`me`) or about somebody else: `attribute` says what of theirs it is ("dentist",
 * "birthday"), `value` what it is. It holds from `valid_from` until `valid_until`, for good where that is null; `said` are
 * the words, in the turn that they were said in, both null where it was written by hand.
 */
export const fact = z.object({
  id: uuid,
  subject: z.string(),
  attribute: z.string(),
  value: z.string(),
  value_kind: z.enum(['text', 'person', 'place', 'date']),
  said: z.string().nullable(),
  turn_id: uuid.nullable(),
  session_id: uuid.nullable(),
  valid_from: instant,
  valid_until: instant.nullable(),
  version: z.int(),
  created_at: instant,
});
export type Fact = z.infer<typeof fact>;

/** `00:00` to `23:59`. */
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30');
const hours = z.object({ start: timeOfDay, end: timeOfDay });
const minutes = z
  .int()
  .min(5)
  .max(24 * 60);

/** Days of the week, in its order. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export const weekday = z.enum(WEEKDAYS);
export type Weekday = z.infer<typeof weekday>;

/**
 * What a user has set. `next_weekday` is the reading of "next friday" said before one: the coming one, or that of next
 * week. Nothing is told within `quiet_hours`, but kept until they end.
 */
export const settings = z.object({
  timezone,
  week_start: z.enum(['monday', 'sunday']),
  working_hours: hours,
  /** On which days work is planned and free time looked for; in the order of the week. */
  work_days: z.array(weekday).min(1).max(7),
  briefing_time: timeOfDay.nullable(),
  email_style: z.enum(['neutral', 'formal', 'friendly']),
  quiet_hours: hours.nullable(),
  /** How long an event, and the work on a task, is taken to last where nothing is said. */
  event_minutes: minutes,
  task_minutes: minutes,
  next_weekday: z.enum(['coming', 'next_week']),
  /** Whether earlier conversations are remembered; facts that were told are kept either way. */
  memory: z.enum(['on', 'off']),
});
export type Settings = z.infer<typeof settings>;

/** All of a user's settings as one thing that is changed and taken back; its id is the user's. */
export const setting = z.object({ id: uuid, settings, version: z.int() });
export type Setting = z.infer<typeof setting>;

/** What a user owns and effects can change, by the name of its kind. */
export const ENTITIES = { task, event, reminder, draft, contact, fact, delivery, setting } as const;
export type EntityKind = keyof typeof ENTITIES;
export const entityKind = z.enum(Object.keys(ENTITIES) as [EntityKind, ...EntityKind[]]);
/** A thing with its kind. */
export type Item = { [K in EntityKind]: { kind: K; item: z.infer<(typeof ENTITIES)[K]> } }[EntityKind];
