import { DROP_CHOICE, offersActions, SKIP_CHOICE, type OpenQuestion } from '../../contracts/clarification.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import { slots as slotsSchema } from '../../contracts/slots.ts';
import { agrees, declines } from './agreement.ts';
import type { Answer } from './answer.ts';
import { valuesOf } from './answer.ts';
import { trimChatter } from './chatter.ts';
import { matchChoice, matchConfirm } from './choices.ts';
import { correctionValues } from './corrections.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { readFactAnswer } from './facts/fact-answer.ts';
import { readEmailReply } from './email/request.ts';
import { readPick } from './picks.ts';
import { readTitleAnswer } from './title-answer.ts';
import { readTypedAnswer } from './typed-answer.ts';

/** The text as an answer that type-checks against what was asked, or null. */
export function readAnswer(draft: Draft, question: OpenQuestion, explicit: boolean): Answer | null {
  if (draft.text.trim() === '') return null;
  if (question.kind === 'confirm') return confirmed(draft, question);
  const changed = readFactAnswer(draft, question);
  if (changed) return changed;
  if (question.kind === 'choice' && question.slot === 'target') {
    const picked = readPick(draft, question);
    if (picked !== 'a name') return picked;
  }
  const choice =
    question.choices.length > 0 ? (matchChoice(draft, question) ?? accepted(draft, question)) : null;
  if (choice !== null)
    return {
      confidence: 0.97,
      slots: { ...question.choice_slots[choice] },
      // The kind of email comes with the way it is made: the words named the way.
      entities: question.slot === 'email_type' ? [] : choiceEntities(draft, question, choice),
      choiceId: choice,
    };
  // Which action was meant can't be said in words of a value.
  if (offersActions(question)) return null;
  if (question.slot === 'title') return readTitleAnswer(draft, question, explicit);
  const entities = readTypedAnswer(draft, question);
  const values = valuesOf(entities);
  const way = question.slot === 'recipient' && readEmailReply(draft).params.method === 'template';
  // The wish for the free way is kept, also where nobody is named yet.
  if (way) return { confidence: 0.95, slots: values ?? {}, entities, choiceId: FREE_WAY };
  if (entities.length > 0 && values !== null)
    return {
      confidence: isWhole(draft, entities) && !FREE_TEXT.has(question.slot) ? 0.95 : 0.8,
      slots: values,
      entities,
    };
  // "make it high", asked for the priority.
  const introduced = correctionValues(draft);
  return introduced && question.slot in introduced.slots
    ? { confidence: 0.95, slots: introduced.slots, entities: introduced.entities }
    : null;
}

/** The choice of a draft that is never charged. */
const FREE_WAY = 'template';

/** Yes, where only one thing is offered; "book it" takes the first of several times. */
function accepted(draft: Draft, { kind, choices, action, slot }: OpenQuestion): string | null {
  const [first, ...others] = choices.filter(({ choice_id: id }) => id !== DROP_CHOICE && id !== SKIP_CHOICE);
  const isYes = kind === 'choice' && (draft.recognition?.action === 'affirm' || agrees(draft.folded, action));
  if (!first || !isYes) return null;
  const takesIt = action === 'find_time' && slot === 'start' && TAKES_IT.test(draft.folded);
  return others.length === 0 || takesIt ? first.choice_id : null;
}
const TAKES_IT = /\b(?:book|take|reserve|schedule)\s+(?:it|that|this)\b/;

/** Slots that any text fits, so that fitting says little. */
const FREE_TEXT = new Set<Slot>([
  'target',
  'query',
  'list',
  'tags',
  'location',
  'subject',
  'body',
  'email_type',
  'participants',
  'recipient',
]);

/** The values make up nearly all of the text, so it can hardly ask for something else. */
function isWhole(draft: Draft, entities: readonly Entity[]): boolean {
  const covered = entities.reduce((sum, { start, end }) => sum + end - start, 0);
  const said = trimChatter(draft.folded, { start: 0, end: draft.folded.length });
  return covered + 10 >= said.end - said.start;
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
  const yes = action === 'affirm' || agrees(draft.folded, question.action);
  if (!yes && action !== 'deny' && !declines(draft.folded)) return null;
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
