import { z } from 'zod';
import { openQuestion } from './clarification.ts';
import { fact } from './entities.ts';
import { instant, uuid } from './ids.ts';
import { action } from './intents.ts';
import { LOOKS } from './looks.ts';
import { actParams } from './nlu.ts';
import { dateRange, slots } from './slots.ts';

/** One thing of a list; `start` is of a day of a series. */
const spokenItem = z.object({ kind: z.string(), id: uuid, title: z.string(), start: instant.optional() });

const lastFact = fact
  .pick({ subject: true, attribute: true, value: true, value_kind: true })
  .extend({ at: instant });
export type LastFact = z.infer<typeof lastFact>;

/**
 * What a session remembers between turns, kept with the session in Postgres and mirrored in Redis. `v` is the shape's
 * version; another one is read as an empty context, since everything here can be asked for again.
 */
export const sessionContext = z.object({
  v: z.literal(1),
  /** Open questions, newest first: at most one active and three parked. */
  questions: z.array(openQuestion),
  /** The receipt that came last, for "undo", "actually 4pm" and "it". */
  last_receipt: z
    .object({
      receipt_id: uuid,
      action,
      slots,
      kind: z.string(),
      item_id: uuid,
      title: z.string(),
      /** Of a day of a series. */
      start: instant.optional(),
      /** What a reminder hangs on: "move it" is about that. */
      about: z.object({ kind: z.enum(['task', 'event']), id: uuid }).optional(),
      /** What was asked for as it was said, to be done with another item instead. */
      said: z.object({ slots, params: actParams.optional() }).optional(),
      at: instant,
    })
    .nullable(),
  /** What was asked for last and named nothing that there is, for "I meant the report"; gone after one more turn. */
  last_refused: z.object({ action, slots, params: actParams.optional(), at: instant }).optional(),
  /** The question that was dropped last, for "actually do remind me"; gone after one more turn. */
  last_dropped: z.object({ action, slots, at: instant }).optional(),
  /** Who was spoken of last, for "write her an email" and "her address is …". */
  last_people: z.object({ names: z.array(z.string()), at: instant }).optional(),
  /** The free time that was told last, for "book a call with Jan then". */
  last_free: z.object({ range: dateRange, starts: z.array(instant), at: instant }).optional(),
  /** The days that were looked at last, for "and on thursday?". */
  last_days: z.object({ action: z.enum(LOOKS), range: dateRange, at: instant }).optional(),
  /** The list shown last, for "the second one". */
  shown: z.array(spokenItem),
  /** The one of them that the last reply was about, which "it" is; gone after one more turn. */
  opened: spokenItem.optional(),
  /** The fact that was told or shown last, with nothing done since, for "no, Tim". */
  last_fact: lastFact.optional(),
  /** What was made last, one after the other and with no list shown since, for "both" and "the first one". */
  made: z.array(spokenItem).optional(),
  /** The reply that came last, for "repeat". */
  last_reply: z.string(),
});
export type SessionContext = z.infer<typeof sessionContext>;

export const EMPTY_CONTEXT: SessionContext = {
  v: 1,
  questions: [],
  last_receipt: null,
  shown: [],
  last_reply: '',
};

/** What a turn asks, as admitted. */
export const turnRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('answer'), clarification_id: uuid, choice_id: z.string().optional() }),
  z.object({ kind: z.literal('undo'), receipt_id: uuid }),
]);
export type TurnRequest = z.infer<typeof turnRequest>;

/** A correction that reached a turn while it ran. */
export const amendment = z.object({ turn_id: uuid, text: z.string(), slots });
export type Amendment = z.infer<typeof amendment>;

/** A turn as the stages need it; Postgres is the record, Redis has a copy while the turn is open. */
export const turnBody = z.object({
  v: z.literal(1),
  user_id: uuid,
  session_id: uuid,
  turn_id: uuid,
  turn_seq: z.int().positive(),
  text: z.string(),
  request: turnRequest,
  timezone: z.string(),
  /** The instant that words like "tomorrow" count from. */
  reference: instant,
  received_at: instant,
  channel: z.enum(['socket', 'rest']),
  fence: z.int().positive(),
  attempt: z.int().positive(),
  amendments: z.array(amendment),
});
export type TurnBody = z.infer<typeof turnBody>;
