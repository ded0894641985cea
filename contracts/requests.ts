import { z } from 'zod';
import { draft, task } from './entities.ts';
import { errorCode } from './errors.ts';
import { instant, uuid } from './ids.ts';
import { parseRequest, parseResponse } from './nlu.ts';
import { recurrenceRule } from './recurrence.ts';
import { receipt } from './result.ts';
import { dateOrInstant, priority } from './slots.ts';

const title = z.string().trim().min(1).max(4000);

/** Fields of a task that can be written without words. Null empties a field. */
export const taskPatch = z.strictObject({
  title: title.optional(),
  status: z.enum(['open', 'done']).optional(),
  due_date: dateOrInstant.nullable().optional(),
  priority: priority.optional(),
  duration_minutes: z.int().positive().max(527_040).nullable().optional(),
  list: z.string().trim().min(1).max(200).nullable().optional(),
  tags: z.array(z.string().trim().min(1).max(200)).max(50).optional(),
  recurrence: recurrenceRule.nullable().optional(),
  location: z.string().max(4000).nullable().optional(),
  notes: z.string().max(20_000).nullable().optional(),
});
export type TaskPatch = z.infer<typeof taskPatch>;
export const taskCreate = taskPatch.extend({ title });

/** Whose change it is; `change_id` becomes the id of its receipt, so that the same change is carried out once. */
const change = { change_id: uuid, user_id: uuid };

/** A change without words, as REST makes it; `effects.apply` carries it out. */
const effectsRequest = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('create_task'), ...change, item_id: uuid, fields: taskCreate }),
  z.strictObject({
    op: z.literal('update_task'),
    ...change,
    item_id: uuid,
    if_version: z.int().optional(),
    fields: taskPatch,
  }),
  z.strictObject({
    op: z.literal('delete_task'),
    ...change,
    item_id: uuid,
    if_version: z.int().optional(),
  }),
  z.strictObject({ op: z.literal('undo'), ...change, receipt_id: uuid }),
]);
export type EffectsRequest = z.infer<typeof effectsRequest>;
/** `item` is what was changed last, as it then was; null when it is gone. */
export const effectsResponse = z.object({ item: z.union([task, draft]).nullable(), receipt });
export type EffectsResponse = z.infer<typeof effectsResponse>;
/** The same where it can only be a task. */
export const taskResponse = effectsResponse.extend({ item: task.nullable() });

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
