import { z } from 'zod';
import { fact } from './entities.ts';
import { uuid, instant, timezone } from './ids.ts';
import { flags } from './flags.ts';
import { action, intent } from './intents.ts';
import { recalledTurn } from './memory.ts';
import { dateRange, slot, slots, slotValues } from './slots.ts';

/** How much of the time line a value covers. */
const grain = z.enum(['minute', 'hour', 'part_of_day', 'day', 'weekend', 'week', 'month', 'quarter', 'year']);
export type Grain = z.infer<typeof grain>;

/** One way to read a phrase, with the reason in plain words ("the coming Friday"). */
const reading = z.object({ value: z.unknown(), grain: grain.optional(), reason: z.string() });
export type Reading = z.infer<typeof reading>;

/**
 * A value found in the user's text. `start` and `end` are UTF-16 offsets of `text` in it; the first reading is the
 * one taken. `slot` may also be `when` or `recurrence`'s own when a text was read as the answer to that slot.
 */
const entity = z.object({
  slot: z.union([slot, z.literal('when')]),
  value: z.unknown(),
  grain: grain.optional(),
  text: z.string(),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  readings: z.array(reading),
});
export type Entity = z.infer<typeof entity>;

export const source = z.enum(['rule', 'classifier', 'continuation', 'llm']);
export type Source = z.infer<typeof source>;

/** Whether an act may be carried out as understood, and if not, what stands in the way. */
const gate = z.object({
  verdict: z.enum(['pass', 'incomplete', 'ambiguous', 'unsure', 'out_of_scope']),
  missing: z.array(slot),
  /** Other intents within the margin, offered as choices when the verdict is `ambiguous`. */
  alternatives: z.array(
    /** With the slots that the same words have for it. */
    z.object({ action, confidence: z.number(), slots: slots.optional() }),
  ),
});
export type Gate = z.infer<typeof gate>;

/**
 * What an act says beyond its slots, whose names and shapes are fixed: which tasks a list or a bulk change is about,
 * fields to be emptied, tags to be taken off, whether it is to be open again, and how far a due date or an event moves (negative is earlier; from its present
 * value, which the understanding does not know).
 */
export const actParams = z.object({
  status: z.enum(['open', 'done', 'all']).optional(),
  /** Only tasks without a due date. */
  undated: z.boolean().optional(),
  clear: z
    .array(z.enum(['due_date', 'priority', 'duration_minutes', 'recurrence', 'list', 'tags', 'location']))
    .optional(),
  /** What selects the items of a bulk change, whose slots are the new values. */
  where: slotValues.pick({ date_range: true, list: true, tags: true, priority: true }).partial().optional(),
  /** Of all that are meant, those that have these names, or those that have not. */
  among: z
    .object({ only: z.array(z.string().max(4000)), except: z.array(z.string().max(4000)) })
    .partial()
    .optional(),
  /** What the words before "it" are about: what is meant, where something has that name. */
  subject: z.string().max(4000).optional(),
  /** Where the event that is to be changed is now: "tomorrow's standup". */
  was: dateRange.optional(),
  untag: z.array(z.string()).optional(),
  /** Those of `participants` who are to be taken off an event. */
  uninvite: z.array(z.string()).optional(),
  /** Levels that the priority goes up, or down when negative, from its present one. */
  step: z.int().min(-3).max(3).optional(),
  /** Words that look like a date or an hour and are none, such as "february 30". */
  unread: z.array(z.string()).optional(),
  reopen: z.boolean().optional(),
  /** Words that go to the notes of an item, behind those that stand there. */
  note: z.string().max(4000).optional(),
  /** Days on which something that repeats does not take place. */
  without: z.array(dateRange).max(50).optional(),
  /** Steps to be added, none where they were not said yet, and the words for their task where it is not the one spoken of. */
  steps: z.object({ of: z.string().optional(), titles: z.array(z.string().max(4000)).max(50) }).optional(),
  /** Who is to write the e-mail, and in what tone. */
  method: z.enum(['template', 'llm']).optional(),
  tone: z.enum(['neutral', 'formal', 'friendly']).optional(),
  /**
   * What is changed of an email that is kept, beside tone and method. Subject and body of the act are new ones, and
   * `to` says what its recipients are to those there are; `about` has the subject stand for what it is about.
   */
  edit: z
    .object({
      length: z.enum(['shorter', 'longer']).optional(),
      /** What it is to say besides. */
      add: z.string().max(4000).optional(),
      to: z.enum(['set', 'add', 'remove']).optional(),
      about: z.boolean().optional(),
      sign: z.string().max(320).optional(),
      cut: z
        .union([
          z.object({
            place: z.enum(['first', 'second', 'third', 'last']),
            unit: z.enum(['sentence', 'paragraph']),
          }),
          z.object({ about: z.string().max(4000) }),
        ])
        .optional(),
      replace: z.object({ from: z.string().max(4000), to: z.string().max(4000) }).optional(),
      /** In other words altogether. */
      reword: z.boolean().optional(),
      /** It is not wanted any more. */
      discard: z.boolean().optional(),
    })
    .optional(),
  /** Somebody's address is told, asked for or to be forgotten, or all are asked for. */
  contact: z
    .object({
      move: z.enum(['save', 'find', 'list', 'forget']),
      name: z.string().max(320).optional(),
      address: z.string().max(320).optional(),
    })
    .optional(),
  /**
   * Something is told about the user or somebody else, asked for, or to be forgotten. Without an attribute all that is
   * known of the subject is meant, without a subject all there is. `value` may be missing where only its end is told.
   */
  fact: z
    .object({
      move: z.enum(['save', 'find', 'list', 'forget']),
      subject: z.string().max(320).optional(),
      attribute: z.string().max(320).optional(),
      value: z.string().max(4000).optional(),
      value_kind: fact.shape.value_kind.optional(),
      /** The words say that it has changed: "is now", "my new dentist". */
      is_change: z.boolean().optional(),
      /** It does not hold any more, and nothing takes its place; of a question: what it was before. */
      is_over: z.boolean().optional(),
      /** What was told before and was wrong: "no, Tim" puts another value in its place. */
      was: z.string().max(4000).optional(),
      from: instant.optional(),
      until: instant.optional(),
    })
    .optional(),
  /** One more of the kind that was made last: "draft another email". */
  another: z.boolean().optional(),
  /** Which side of usage a question is on; what is left when missing. */
  about: z
    .enum(['left', 'price', 'plan', 'today', 'reset', 'meaning', 'spent', 'refund', 'cancel', 'model'])
    .optional(),
  /** What is asked of the changes that were made: why one was, or which there were; or of all that is kept. */
  tell: z.enum(['why', 'changes', 'erasure', 'export', 'kept', 'conversations']).optional(),
  /**
   * What has been is asked for: all that was said in a time, what was said last or took place last, the places of what was
   * spoken of, or how something usually is.
   */
  looks_back: z.enum(['then', 'last', 'place', 'usual']).optional(),
  /** What is asked of one event. */
  asks: z.enum(['place', 'people', 'length', 'time']).optional(),
  /** Said in another language than English; nothing else was read. */
  foreign: z.boolean().optional(),
  /** The repetition counts from when the task was done last, not by the calendar: "every 3 days after completion". */
  from_completion: z.boolean().optional(),
  shift: z
    .object({
      unit: z.enum(['minute', 'hour', 'day', 'workday', 'week', 'month', 'year']),
      count: z.number(),
    })
    .optional(),
  /** The time that was said as an hour alone: its day is that of the item, which only its finder knows. */
  day_kept: instant.optional(),
  /** Two events change places: each begins when the other did. */
  swap: z.boolean().optional(),
  /** A day of the month was said alone: its month is the one in which it is nearest to where the item is. */
  month_kept: z.boolean().optional(),
  /** The `start` that was said without its half of the day: it is of the half that the event was in. */
  half_open: instant.optional(),
  /** "The same time": of `start` only the day was said. */
  hour_kept: z.boolean().optional(),
  /** Minutes that an event gets longer, or shorter when negative; `duration_minutes` is how long it is to be. */
  lengthen: z.int().optional(),
  /** What was said in an earlier conversation and is taken up here; `title` is what was made then. */
  recalled: z.object({ turn_id: uuid, at: instant, title: z.string().max(4000).optional() }).optional(),
  /** It was to be like something that nobody remembers. */
  unremembered: z.boolean().optional(),
  /** Minutes that a reminder comes before its `target` is due or begins. */
  before: z.int().nonnegative().optional(),
});
export type ActParams = z.infer<typeof actParams>;

/** One thing a message asks for, as understood. */
export const act = z.object({
  intent,
  action,
  confidence: z.number().min(0).max(1),
  source,
  span: z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }),
  entities: z.array(entity),
  params: actParams.optional(),
  /** What the same words ask for where their item is of another kind; only whoever finds it knows which it is. */
  otherwise: z.object({ action, slots, params: actParams.optional() }).optional(),
  gate,
});
export type Act = z.infer<typeof act>;

/** What an input in a waiting state turned out to be. `none` is a request of its own. */
const continuation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('answer'), clarification_id: uuid, slots, choice_id: z.string().optional() }),
  z.object({ kind: z.literal('skip'), clarification_id: uuid }),
  z.object({ kind: z.literal('drop'), clarification_id: uuid }),
  /** Nothing fits: the question is asked once more in other words. */
  z.object({ kind: z.literal('reask'), clarification_id: uuid }),
  /** A parked question was named without an answer: it is put again as it was. */
  z.object({ kind: z.literal('return'), clarification_id: uuid }),
  /** A changed slot of the receipt that came last, or of the turn that is still running. */
  z.object({ kind: z.literal('correction'), slots }),
]);
export type Continuation = z.infer<typeof continuation>;

/** What a text was understood as. */
export const understanding = z.object({
  acts: z.array(act).min(1),
  continuation,
  /** Hash of rules, model and configuration, kept on the turn for replay. */
  nlu_version: z.string(),
  nlu_ms: z.number(),
});
export type Understanding = z.infer<typeof understanding>;

/** What the understanding stage hands on, with the flags that hold for the whole turn from here. */
export const turnPlan = understanding.extend({
  flags,
  /** Earlier turns that what is asked for may be about, the likest first; missing where nothing asks for any. */
  recalled: z.array(recalledTurn).optional(),
});
export type TurnPlan = z.infer<typeof turnPlan>;
/** `POST /nlu/parse` and one line of `npm run parse`. */
export const parseRequest = z.strictObject({
  text: z.string().max(20_000),
  timezone: timezone.optional(),
  reference_time: instant.optional(),
  slot: z.union([slot, z.literal('when')]).optional(),
});
export type ParseRequest = z.infer<typeof parseRequest>;

export const parseResponse = z.object({
  acts: z.array(act.omit({ gate: true, otherwise: true })),
  timings_ms: z.object({ classify: z.number(), extract: z.number(), total: z.number() }),
});
export type ParseResponse = z.infer<typeof parseResponse>;

/** The values of an act's entities by slot; the last entity of a slot wins. */
export function slotsOf(entities: readonly Entity[]): z.infer<typeof slots> {
  const values = Object.fromEntries(entities.filter((e) => e.slot !== 'when').map((e) => [e.slot, e.value]));
  return slots.parse(values);
}
