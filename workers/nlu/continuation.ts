import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Continuation, Entity } from '../../contracts/nlu.ts';
import type { Answer } from './answer.ts';
import { readAnswer } from './answers.ts';
import { readBesides, readCorrection } from './corrections.ts';
import type { Draft } from './draft.ts';
import type { NluInput } from './nlu-input.ts';

/** What the input is to a conversation that waits, and the entities it adds. Null: a request of its own. */
export interface Continued {
  continuation: Continuation;
  entities: Entity[];
  question: OpenQuestion | null;
}

/** Commands that mean the same whatever was asked. */
const GLOBAL = new Set(['cancel', 'undo', 'help', 'repeat']);
const SMALL_TALK = new Set(['thanks', 'greeting', 'goodbye']);
const SKIP =
  /^[\s,.!]*(?:(?:please\s+|just\s+)*(?:skip(?:\s+(?:it|this|that|the question))?|pass|next)|(?:no\s+)?(?:you\s+(?:choose|decide|pick)|your\s+(?:choice|call))|(?:it\s+)?(?:doesn't|does not|dont)\s+matter|(?:i\s+)?(?:don't|do not|dont)\s+(?:care|know|mind)|idk|whatever(?:\s+you\s+(?:think|want|like))?|any(?:thing)?(?:\s+(?:is fine|works|will do|you like))?|either(?:\s+(?:is fine|one))?|no\s+preference|up\s+to\s+you|surprise\s+me|(?:just\s+)?(?:save|keep|leave|add|create)\s+(?:it\s+)?(?:as\s+(?:it\s+)?is|like\s+(?:that|this)|without)|not\s+(?:sure|important)|no\s+idea|default|none|nothing|later)(?:\s+(?:please|for me|thanks))?[\s.!?]*$/;

/** Confidence of a free-text answer; a new request has to beat it by the margin. */
const ANSWER_CONFIDENCE = 0.8;
const MARGIN = 0.1;

/** Tries the readings of an input in a waiting state in their fixed order. */
export function readContinuation(draft: Draft, input: NluInput): Continued | null {
  const explicit =
    input.answering &&
    input.questions.find(({ clarification_id: id }) => id === input.answering?.clarification_id);
  const active = input.questions.find(({ active_until: until }) => input.now.getTime() < Date.parse(until));
  const question = explicit ?? active ?? null;
  const action = draft.recognition?.action;
  if (explicit && input.answering?.choice_id !== undefined)
    return byButton(explicit, input.answering.choice_id);
  if (question && action && GLOBAL.has(action)) {
    if (action === 'cancel')
      return continued({ kind: 'drop', clarification_id: question.clarification_id }, question);
    return null;
  }
  const correction = readCorrection(draft, input, question);
  if (correction)
    return {
      continuation: { kind: 'correction', slots: correction.slots },
      entities: correction.entities,
      question: null,
    };
  if (!question) return null;
  if (question.kind !== 'confirm' && action && SMALL_TALK.has(action)) return null;
  if (SKIP.test(draft.folded) && question.kind !== 'confirm' && !labelled(question, draft.folded))
    return continued({ kind: 'skip', clarification_id: question.clarification_id }, question);
  const answer = readAnswer(draft, question, explicit !== null && explicit !== undefined);
  const request = requestConfidence(draft);
  if (answer && (explicit || answer.confidence + MARGIN >= request)) return answered(question, answer);
  if (request >= ANSWER_CONFIDENCE + MARGIN || (request > 0.7 && !answer && question.slot !== 'title'))
    return null;
  if (action && SMALL_TALK.has(action)) return null;
  const besides = question.kind === 'slot' ? readBesides(draft, question) : null;
  if (besides)
    return {
      continuation: { kind: 'correction', slots: besides.slots },
      entities: besides.entities,
      question: null,
    };
  return continued({ kind: 'reask', clarification_id: question.clarification_id }, question);
}

function requestConfidence(draft: Draft): number {
  const action = draft.recognition?.action;
  if (!action || action === 'out_of_scope' || action === 'affirm' || action === 'deny') return 0;
  return draft.recognition?.confidence ?? 0;
}

function labelled(question: OpenQuestion, folded: string): boolean {
  return question.choices.some(({ label }) => label.toLowerCase() === folded.trim());
}

function byButton(question: OpenQuestion, choiceId: string): Continued {
  const known = question.choices.some(({ choice_id: id }) => id === choiceId);
  const slots = question.choice_slots[choiceId];
  // A button that the question never had tells nothing; asking again shows the real ones.
  if (!known && !slots)
    return continued({ kind: 'reask', clarification_id: question.clarification_id }, question);
  return continued(
    { kind: 'answer', clarification_id: question.clarification_id, slots: slots ?? {}, choice_id: choiceId },
    question,
  );
}

function answered(question: OpenQuestion, answer: Answer): Continued {
  const id = question.clarification_id;
  if (answer.declined) return continued({ kind: 'drop', clarification_id: id }, question);
  const continuation: Continuation = {
    kind: 'answer',
    clarification_id: id,
    slots: answer.slots,
    ...(answer.choiceId !== undefined && { choice_id: answer.choiceId }),
  };
  return { continuation, entities: answer.entities, question };
}

function continued(continuation: Continuation, question: OpenQuestion): Continued {
  return { continuation, entities: [], question };
}
