import { z } from 'zod';
import { clarification } from './clarification.ts';
import { contact, draft, event, fact, reminder, task } from './entities.ts';
import { errorCode } from './errors.ts';
import { instant, uuid } from './ids.ts';
import { action, intent, workflowType } from './intents.ts';
import { act, source } from './nlu.ts';
import { dateOrInstant } from './slots.ts';
import { feature, usageStatus } from './usage.ts';

const decision = z.enum(['AUTO', 'CONFIRM', 'CLARIFY', 'REFUSE', 'FALLBACK']);
export type Decision = z.infer<typeof decision>;

const turnStatus = z.enum(['completed', 'clarifying', 'refused', 'failed', 'cancelled']);
export type TurnStatus = z.infer<typeof turnStatus>;

/** One change as a person may read it; `undo` is `until <instant>`, or null where it can't be taken back. */
const receiptEffect = z.object({
  kind: z.string(),
  op: z.enum(['create', 'update', 'delete', 'restore']),
  id: uuid,
  title: z.string(),
  reason: z.string(),
  undo: z.string().nullable(),
});
export const receipt = z.object({ receipt_id: uuid, effects: z.array(receiptEffect) });
export type Receipt = z.infer<typeof receipt>;

/**
 * Offered where a metered feature was refused, or when asked for. `message` has the exact words; what is free stands
 * beside it in `alternatives`, each a choice of the turn's question.
 */
const upgradeOffer = z.object({
  feature: feature.nullable(),
  message: z.string(),
  tokens_needed: z.int(),
  tokens_remaining: z.int(),
  limit: z.int().nullable(),
  resets_at: instant,
  alternatives: z.array(z.object({ choice_id: z.string(), label: z.string() })),
});
export type UpgradeOffer = z.infer<typeof upgradeOffer>;

const change = z.enum(['created', 'updated', 'deleted', 'restored', 'shown']);
const hit = z.object({
  kind: z.enum(['task', 'event', 'draft', 'turn']),
  id: uuid,
  title: z.string(),
  /** The words that were found, with what stands around them. */
  snippet: z.string(),
  /** When it is due, begins, was written or said. */
  at: dateOrInstant.nullable(),
  /** For `turn`, the conversation it stands in. */
  session_id: uuid.nullable(),
  /** From 0 to 1; hits are ordered by it. */
  score: z.number(),
});
export type SearchHit = z.infer<typeof hit>;

/** A block of work in a plan, or an event at a new time with its id in `task_id`; with what it was before where it moves, and why it is there. */
const planBlock = z.object({
  task_id: uuid,
  title: z.string(),
  start: instant,
  end: instant,
  was: z.object({ start: instant, end: instant }).nullable(),
  reason: z.string(),
});
export type PlanBlock = z.infer<typeof planBlock>;
const freeSlot = z.object({ start: instant, end: instant });

/** The thing itself, for a client to draw. */
export const card = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('task'),
    data: z.object({
      task,
      change: z.enum(['created', 'updated', 'completed', 'reopened', 'deleted', 'restored', 'shown']),
    }),
  }),
  z.object({
    kind: z.literal('tasks'),
    data: z.object({ tasks: z.array(task), total: z.int(), title: z.string() }),
  }),
  z.object({
    kind: z.literal('event'),
    /** `beside` are those it overlaps; a client may draw it in its day. */
    data: z.object({ event, change, beside: z.array(event) }),
  }),
  z.object({
    kind: z.literal('events'),
    data: z.object({ events: z.array(event), total: z.int(), title: z.string() }),
  }),
  z.object({ kind: z.literal('reminder'), data: z.object({ reminder, change }) }),
  z.object({
    kind: z.literal('reminders'),
    data: z.object({ reminders: z.array(reminder), total: z.int(), title: z.string() }),
  }),
  /** A plan, proposed or carried out; `slots` where free times were looked for instead. */
  z.object({
    kind: z.literal('schedule'),
    data: z.object({
      title: z.string(),
      timezone: z.string(),
      state: z.enum(['proposed', 'committed']),
      range: z.object({ start: instant, end: instant }),
      blocks: z.array(planBlock),
      slots: z.array(freeSlot),
      /** What stands fast around it. */
      events: z.array(event),
      unscheduled: z.array(z.object({ task_id: uuid, title: z.string(), reason: z.string() })),
    }),
  }),
  z.object({
    kind: z.literal('briefing'),
    data: z.object({
      title: z.string(),
      timezone: z.string(),
      range: z.object({ start: instant, end: instant }),
      events: z.array(event),
      due: z.array(task),
      overdue: z.array(task),
      /** Those that hang on no event or task of their own. None in cards of earlier versions. */
      reminders: z.array(reminder).default([]),
      /** Pairs of events that overlap. */
      conflicts: z.array(z.object({ first: event, second: event })),
      free: z.array(freeSlot),
      /** One sentence for each of the last changes since yesterday. */
      changed: z.array(z.string()),
      /** How many there are besides. */
      changed_more: z.int().default(0),
    }),
  }),
  z.object({
    kind: z.literal('search'),
    data: z.object({ query: z.string(), hits: z.array(hit), total: z.int() }),
  }),
  z.object({ kind: z.literal('email'), data: z.object({ draft, change }) }),
  z.object({ kind: z.literal('contact'), data: z.object({ contact, change }) }),
  z.object({ kind: z.literal('fact'), data: z.object({ fact, change }) }),
  /** Facts that were asked for; `total` counts all there are. */
  z.object({
    kind: z.literal('facts'),
    data: z.object({ facts: z.array(fact), total: z.int(), title: z.string() }),
  }),
  z.object({ kind: z.literal('usage'), data: usageStatus }),
  z.object({ kind: z.literal('upgrade'), data: upgradeOffer }),
]);
export type Card = z.infer<typeof card>;

/** What one call of a language model took; `tokens_used` is the user's charge, `cost_usd` the provider's. */
const usageLine = z.object({
  operation: z.string(),
  model: z.string(),
  tokens_used: z.int(),
  cost_usd: z.number(),
});
export type UsageLine = z.infer<typeof usageLine>;
const turnUsage = z.object({ tokens_used: z.int(), cost_usd: z.number(), lines: z.array(usageLine) });

/** What became of one act of a message. */
const actResult = z.object({
  action_id: uuid.nullable(),
  intent: intent.nullable(),
  action: action.nullable(),
  workflow_type: workflowType.nullable(),
  confidence: z.number(),
  source: source.nullable(),
  /** Slot values in their normal form. */
  entities: z.record(z.string(), z.unknown()),
  decision: decision.nullable(),
  requires_task_card: z.boolean(),
  reply: z.string(),
  clarification: clarification.nullable(),
  execution_result: z.record(z.string(), z.unknown()).nullable(),
  receipt: receipt.nullable(),
});
export type ActResult = z.infer<typeof actResult>;

/**
 * The whole result of a turn; the top level is its first act. It stands in the frame that ends a turn, so a client
 * that missed every delta is still right.
 */
export const turnResult = actResult.extend({
  turn_id: uuid,
  session_id: uuid,
  status: turnStatus,
  acts: z.array(actResult),
  /** Everything to draw, in order. */
  cards: z.array(card),
  usage: turnUsage,
  timings_ms: z.object({ queued: z.number(), nlu: z.number(), workflow: z.number(), total: z.number() }),
  error: z.string().nullable(),
  error_code: errorCode.nullable(),
  /** Set where a metered feature was refused for tokens. */
  tokens_needed: z.int().optional(),
  tokens_remaining: z.int().optional(),
  /** The turn that this one corrected before it was done. */
  amended_turn_id: uuid.nullable(),
  /** The receipt that this turn took back. */
  undone_receipt_id: uuid.nullable(),
});
export type TurnResult = z.infer<typeof turnResult>;

/** A turn in a session's history, in a snapshot and in `GET /sessions/:id/turns`. */
const turnState = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']);
export type TurnState = z.infer<typeof turnState>;
export const turnRecord = z.object({
  turn_id: uuid,
  turn_seq: z.int().positive(),
  text: z.string(),
  state: turnState,
  at: instant,
  attempt: z.int(),
  /** What was understood, with the words it came from; null while the turn is open. */
  understood: z.array(act).nullable(),
  result: turnResult.nullable(),
});
export type TurnRecord = z.infer<typeof turnRecord>;
