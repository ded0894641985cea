import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { slots as slotsSchema } from '../../contracts/slots.ts';
import { matchChoice, matchConfirm } from './choices.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { readSlot } from './parse-slot.ts';
import { readTitleAnswer } from './title-answer.ts';

/** A text read as the answer to a question. */
export interface Answer {
  confidence: number;
  slots: Record<string, unknown>;
  entities: Entity[];
  choiceId?: string;
  /** "No" to a question that offers no such choice. */
  declined?: boolean;
}

/** The text as an answer that type-checks against what was asked, or null. */
export function readAnswer(draft: Draft, question: OpenQuestion, explicit: boolean): Answer | null {
  if (draft.text.trim() === '') return null;
  if (question.kind === 'confirm') return confirmed(draft, question);
  const choice = question.choices.length > 0 ? matchChoice(draft, question) : null;
  if (choice !== null)
    return {
      confidence: 0.97,
      slots: { ...question.choice_slots[choice] },
      entities: choiceEntities(draft, question, choice),
      choiceId: choice,
    };
  if (question.slot === 'title') return readTitleAnswer(draft, question, explicit);
  const entities = readSlot(draft, question.slot);
  const values = valuesOf(entities);
  return entities.length > 0 && values !== null ? { confidence: 0.95, slots: values, entities } : null;
}

function confirmed(draft: Draft, question: OpenQuestion): Answer | null {
  const byLabel = matchChoice(draft, question);
  if (byLabel !== null)
    return {
      confidence: 0.97,
      slots: { ...question.choice_slots[byLabel] },
      entities: [],
      choiceId: byLabel,
    };
  const action = draft.recognition?.action;
  const yes = action === 'affirm' || action === 'thanks';
  if (action !== 'affirm' && action !== 'deny') return null;
  const choiceId = matchConfirm(question, yes);
  if (choiceId !== null)
    return { confidence: 0.98, slots: { ...question.choice_slots[choiceId] }, entities: [], choiceId };
  return yes
    ? { confidence: 0.98, slots: {}, entities: [], choiceId: 'yes' }
    : { confidence: 0.98, slots: {}, entities: [], declined: true };
}

/** What a chosen label stands for, as entities over the words that chose it. */
function choiceEntities(draft: Draft, question: OpenQuestion, choiceId: string): Entity[] {
  const span = { start: 0, end: draft.text.length };
  const values: Slots = question.choice_slots[choiceId] ?? {};
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined || !isSlot(name)
      ? []
      : [entityAt(draft, name, span, value, 'the choice that was named')],
  );
}

function isSlot(name: string): name is Slot {
  return name in slotsSchema.shape;
}

/** Entity values by slot, or null when one does not fit the slot's shape. */
export function valuesOf(entities: readonly Entity[]): Slots | null {
  const parsed = slotsSchema.safeParse(Object.fromEntries(entities.map(({ slot, value }) => [slot, value])));
  return parsed.success ? parsed.data : null;
}
