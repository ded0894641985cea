import { z } from 'zod';
import { ENTITIES, settings, WEEKDAYS } from './entities.ts';
import { errorCode } from './errors.ts';
import { instant, timezone, uuid } from './ids.ts';
import { parseRequest, parseResponse } from './nlu.ts';
import { EVENT_GAP_MINUTES, leastMinutesBetween, recurrenceRule } from './recurrence.ts';
import { receipt } from './result.ts';
import { dateOrInstant, priority } from './slots.ts';

/** One line: breaks within it become blanks. */
const text = (maxChars: number) =>
  z
    .string()
    .overwrite((given) => given.replace(/\s*[\r\n\u0085\u2028\u2029]\s*/g, ' ').trim())
    .min(1)
    .max(maxChars);
const title = text(4000);

/** A plan for other years is a slip of the hand, and some that stores hold no zone can tell. */
const YEARS = { first: 1900, last: 2999 };
const within = <T extends z.ZodType<string>>(date: T) =>
  date.refine(
    (given) => Number(given.slice(0, 4)) >= YEARS.first && Number(given.slice(0, 4)) <= YEARS.last,
    { message: `must lie in the years ${YEARS.first} to ${YEARS.last}` },
  );
const moment = within(instant);

/** Fields of a task that can be written without words. Null empties a field. */
export const taskPatch = z.strictObject({
  title: title.optional(),
  status: z.enum(['open', 'done']).optional(),
  due_date: within(dateOrInstant).nullable().optional(),
  priority: priority.optional(),
  duration_minutes: z.int().positive().max(527_040).nullable().optional(),
  list: text(200).nullable().optional(),
  tags: z.array(text(200)).max(50).optional(),
  recurrence: recurrenceRule.nullable().optional(),
  repeats_from_completion: z.boolean().optional(),
  location: z.string().max(4000).nullable().optional(),
  notes: z.string().max(20_000).nullable().optional(),
  parent_id: uuid.nullable().optional(),
});
export type TaskPatch = z.infer<typeof taskPatch>;
export const taskCreate = taskPatch.extend({ title });

/**
 * Fields of an event that can be written without words. Without an `end` it lasts as long as before, or as events of
 * the user usually do. An event of whole days begins and ends at midnight of its zone.
 */
export const eventPatch = z.strictObject({
  title: title.optional(),
  start: moment.optional(),
  end: moment.optional(),
  all_day: z.boolean().optional(),
  timezone: timezone.optional(),
  recurrence: recurrenceRule
    .refine((rule) => leastMinutesBetween(rule) >= EVENT_GAP_MINUTES, {
      message: `comes too often for a calendar: every ${EVENT_GAP_MINUTES} minutes at most`,
    })
    .nullable()
    .optional(),
  participants: z.array(text(320)).max(200).optional(),
  location: z.string().max(4000).nullable().optional(),
  notes: z.string().max(20_000).nullable().optional(),
});
export type EventPatch = z.infer<typeof eventPatch>;
export const eventCreate = eventPatch.extend({ title, start: moment });
export type EventCreate = z.infer<typeof eventCreate>;

/** A reminder is put off to another moment, or is over. */
export const reminderPatch = z.strictObject({
  title: title.optional(),
  remind_at: moment.optional(),
  status: z.literal('done').optional(),
});
export type ReminderPatch = z.infer<typeof reminderPatch>;

export const contactPatch = z.strictObject({
  name: text(320).optional(),
  address: z.email().max(320).nullable().optional(),
});
export type ContactPatch = z.infer<typeof contactPatch>;
export const contactCreate = contactPatch.extend({ name: text(320) });
export type ContactCreate = z.infer<typeof contactCreate>;

/** What a fact says; that it ends is told by `valid_until`. */
export const factPatch = z.strictObject({
  value: text(4000).optional(),
  valid_until: moment.nullable().optional(),
});
export type FactPatch = z.infer<typeof factPatch>;

/** An email that was not sent yet. */
export const draftPatch = z.strictObject({
  recipients: z.array(text(320)).max(200).optional(),
  subject: text(4000).or(z.literal('')).optional(),
  body: z.string().max(50_000).optional(),
});
export type DraftPatch = z.infer<typeof draftPatch>;

const hours = settings.shape.working_hours.strict();
const daytime = hours.refine(({ start, end }) => start < end, { message: 'must end after they start' });
/** In whatever order they are given, each once. */
const workDays = settings.shape.work_days.overwrite((days) => WEEKDAYS.filter((day) => days.includes(day)));
/** Only what is given changes. */
export const settingsPatch = settings
  .extend({ working_hours: daytime, work_days: workDays, quiet_hours: hours.nullable() })
  .partial()
  .strict();
export type SettingsPatch = z.infer<typeof settingsPatch>;

/** What its user calls a conversation. */
export const SESSION_TITLE_MAX = 120;
export const sessionPatch = z.strictObject({ title: text(SESSION_TITLE_MAX) });

/** A day of a series, by when it begins, and how much of the series changes with it. */
const seriesDay = z.strictObject({ start: instant, scope: z.enum(['this', 'following', 'all']) });
export type SeriesDay = z.infer<typeof seriesDay>;

/** Whose change it is; `change_id` becomes the id of its receipt, so that the same change is carried out once. */
const change = { change_id: uuid, user_id: uuid };
const existing = { ...change, item_id: uuid, if_version: z.int().optional() };

/** A change without words, as REST makes it; `effects.apply` carries it out. */
const effectsRequest = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('create_task'), ...change, item_id: uuid, fields: taskCreate }),
  z.strictObject({ op: z.literal('update_task'), ...existing, fields: taskPatch }),
  z.strictObject({ op: z.literal('delete_task'), ...existing }),
  z.strictObject({ op: z.literal('create_event'), ...change, item_id: uuid, fields: eventCreate }),
  z.strictObject({
    op: z.literal('update_event'),
    ...existing,
    fields: eventPatch,
    of_day: seriesDay.optional(),
  }),
  z.strictObject({ op: z.literal('delete_event'), ...existing, of_day: seriesDay.optional() }),
  z.strictObject({ op: z.literal('update_reminder'), ...existing, fields: reminderPatch }),
  z.strictObject({ op: z.literal('delete_reminder'), ...existing }),
  z.strictObject({ op: z.literal('create_contact'), ...change, item_id: uuid, fields: contactCreate }),
  z.strictObject({ op: z.literal('update_contact'), ...existing, fields: contactPatch }),
  z.strictObject({ op: z.literal('delete_contact'), ...existing }),
  z.strictObject({ op: z.literal('update_fact'), ...existing, fields: factPatch }),
  z.strictObject({ op: z.literal('delete_fact'), ...existing }),
  /** Everything that was told, with what does not hold any more. */
  z.strictObject({ op: z.literal('delete_all_facts'), ...change }),
  z.strictObject({ op: z.literal('update_draft'), ...existing, fields: draftPatch }),
  z.strictObject({ op: z.literal('delete_draft'), ...existing }),
  /** Counts as the confirmation: whoever calls it has shown what goes to whom. */
  z.strictObject({ op: z.literal('send_draft'), ...existing }),
  z.strictObject({ op: z.literal('update_setting'), ...existing, fields: settingsPatch }),
  z.strictObject({ op: z.literal('undo'), ...change, receipt_id: uuid }),
]);
export type EffectsRequest = z.infer<typeof effectsRequest>;
/** `item` is what was changed last, as it then was; null when it is gone. */
export const effectsResponse = z.object({ item: z.union(Object.values(ENTITIES)).nullable(), receipt });
export type EffectsResponse = z.infer<typeof effectsResponse>;
/** The same where it can be of one kind only. */
export const responseOf = <T extends z.ZodType>(item: T) => effectsResponse.extend({ item: item.nullable() });

/** A side-effect-free look at a message that came while a turn runs. */
const peekRequest = z.strictObject({
  user_id: uuid,
  session_id: uuid,
  running_turn_id: uuid,
  text: z.string(),
  timezone: z.string(),
  reference: instant,
});
const peekResponse = z.object({
  verdict: z.enum(['cancel', 'correction', 'answer', 'queue']),
  slots: z.record(z.string(), z.unknown()),
});
export type PeekResponse = z.infer<typeof peekResponse>;

/** Conversations that are about something like a text, the likest first; `turn_id` is where. */
const alikeRequest = z.strictObject({ user_id: uuid, text: z.string() });
const alikeResponse = z.object({
  conversations: z.array(z.object({ session_id: uuid, turn_id: uuid.nullable() })),
});

const LATE_LOOK = 'No worker answered in time. Try again in a moment.';

/** Jobs that answer: what is asked, what comes back, and what a caller is told when nothing does. */
export const REQUESTS = {
  'nlu.parse': {
    queue: 'nlu',
    request: parseRequest.extend({ user_id: uuid, received_at: instant }),
    response: parseResponse,
    late: LATE_LOOK,
  },
  'nlu.peek': { queue: 'nlu', request: peekRequest, response: peekResponse, late: LATE_LOOK },
  'nlu.alike': { queue: 'nlu', request: alikeRequest, response: alikeResponse, late: LATE_LOOK },
  'effects.apply': {
    queue: 'workflows',
    request: effectsRequest,
    response: effectsResponse,
    late:
      'No worker answered in time, and it may still be done. Sent with an Idempotency-Key, the same request can be ' +
      'repeated and is done once; without one, look first whether it was done.',
  },
} as const;
export type RequestName = keyof typeof REQUESTS;
export type RequestBody<R extends RequestName> = z.output<(typeof REQUESTS)[R]['request']>;
export type ResponseBody<R extends RequestName> = z.output<(typeof REQUESTS)[R]['response']>;

/** How an answer travels back: the body, or a typed error. */
export const answerEnvelope = z.union([
  z.object({ ok: z.literal(true), body: z.unknown() }),
  z.object({ ok: z.literal(false), code: errorCode, message: z.string() }),
]);
