import { z } from 'zod';
import { instant, uuid } from './ids.ts';
import { action, ACTIONS, intent } from './intents.ts';
import { actParams } from './nlu.ts';
import { slot, slots } from './slots.ts';

const choice = z.object({ choice_id: z.string().max(64), label: z.string() });
export type Choice = z.infer<typeof choice>;

/**
 * Choices that every open question takes, active or parked, whether or not it lists them: leave it to the default, and
 * give the whole thing up.
 */
export const SKIP_CHOICE = 'skip';
export const DROP_CHOICE = 'drop';

/** Those two as buttons, in this order. */
export const WAYS_OUT: readonly Choice[] = [
  { choice_id: SKIP_CHOICE, label: 'Skip this' },
  { choice_id: DROP_CHOICE, label: 'Never mind' },
];

/** A question as a client sees it. */
export const clarification = z.object({
  clarification_id: uuid,
  slot,
  kind: z.enum(['slot', 'choice', 'confirm']),
  question: z.string(),
  choices: z.array(choice),
  expires_at: instant,
});
export type Clarification = z.infer<typeof clarification>;

/** Whether a question asks which of several actions was meant; the ids of its choices are their names. */
export function offersActions({ kind, choices }: Pick<Clarification, 'kind' | 'choices'>): boolean {
  const offered = choices.filter(({ choice_id: id }) => id !== SKIP_CHOICE && id !== DROP_CHOICE);
  return kind === 'choice' && offered.length > 0 && offered.every(({ choice_id: id }) => ACTIONS.has(id));
}

/** Why a question is no longer open. */
export const closeReason = z.enum(['answered', 'skipped', 'dropped', 'replaced', 'expired']);
export type CloseReason = z.infer<typeof closeReason>;

/**
 * A question as the stages see it: the act it belongs to with what is known of it, and what each choice stands for.
 * It is active until `active_until`; after that it is parked and a bare answer no longer binds to it.
 */
export const openQuestion = clarification.extend({
  asked_at: instant,
  active_until: instant,
  asked_count: z.int().positive(),
  intent,
  action,
  slots,
  params: actParams.optional(),
  /** Slot values that each choice stands for. */
  choice_slots: z.record(z.string(), slots),
  /** Acts of one message that are carried out together when this is confirmed; the first is the question's own. */
  plan: z
    .array(z.object({ intent, action, slots, params: actParams.optional(), words: z.string() }))
    .optional(),
});
/** An act that waits to be carried out together with others. */
export type PlannedAct = NonNullable<z.infer<typeof openQuestion>['plan']>[number];
export type OpenQuestion = z.infer<typeof openQuestion>;

/** How a client sees a question: without what only the stages need. */
export function publicQuestion(question: OpenQuestion): Clarification {
  const { clarification_id, slot, kind, question: words, choices, expires_at } = question;
  return { clarification_id, slot, kind, question: words, choices, expires_at };
}
