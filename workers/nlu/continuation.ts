import { DROP_CHOICE, SKIP_CHOICE, type OpenQuestion } from '../../contracts/clarification.ts';
import type { Continuation, Entity } from '../../contracts/nlu.ts';
import type { Answer } from './answer.ts';
import { readAnswer } from './answers.ts';
import { readBesides, readCorrection } from './corrections.ts';
import type { Draft } from './draft.ts';
import { isImperative } from './imperatives.ts';
import { readNamed, readResumed } from './named-question.ts';
import type { NluInput } from './nlu-input.ts';
import { recogniseByRules } from './recognise.ts';
import { isAboutIt, outweighs, requestConfidence } from './rivals.ts';

/** What the input is to a conversation that waits, and the entities it adds. Null: a request of its own. */
export interface Continued {
  continuation: Continuation;
  entities: Entity[];
  question: OpenQuestion | null;
}

/** Commands that mean the same whatever was asked. */
const GLOBAL = new Set(['undo', 'help', 'repeat']);
const SMALL_TALK = new Set(['thanks', 'greeting', 'goodbye']);
const SKIP =
  /^[\s,.!]*(?:(?:please\s+|just\s+)*(?:skip(?:\s+(?:it|this|that|the question))?|pass|next)|(?:no\s+)?(?:you\s+(?:choose|decide|pick)|your\s+(?:choice|call))|(?:it\s+)?(?:doesn't|does not|dont)\s+matter|(?:i\s+)?(?:don't|do not|dont)\s+(?:care|know|mind)|idk|whatever(?:\s+you\s+(?:think|want|like))?|any(?:thing)?(?:\s+(?:is fine|works|will do|you like))?|either(?:\s+(?:is fine|one))?|no\s+preference|up\s+to\s+you|surprise\s+me|(?:just\s+)?(?:save|keep|leave|add|create)\s+(?:it\s+)?(?:as\s+(?:it\s+)?is|like\s+(?:that|this)|without)|not\s+(?:sure|important)|no\s+idea|default|none|nothing|later)(?:\s+(?:please|for me|thanks))?[\s.!?]*$/;

/** A request this sure is one, when the text answers nothing. */
const SURE_REQUEST = 0.9;
/** Requests less sure than this count only where nothing else fits. */
const LIKELY_REQUEST = 0.7;
/** An open question is gone this long after it was parked at the latest. */
const KEPT_MS = 24 * 3_600_000;

/** Tries the readings of an input in a waiting state in their fixed order. */
export function readContinuation(draft: Draft, input: NluInput): Continued | null {
  const explicit =
    input.answering &&
    input.questions.find(({ clarification_id: id }) => id === input.answering?.clarification_id);
  if (explicit && input.answering?.choice_id !== undefined)
    return byButton(explicit, input.answering.choice_id);
  const open = input.questions.filter(({ active_until: until }) => ageOf(input, until) < KEPT_MS);
  const parked = open.filter(({ active_until: until }) => ageOf(input, until) >= 0);
  const active = open.find((question) => !parked.includes(question));
  const action = draft.recognition?.action;
  // The innermost open thing, also when it is parked: a "never mind" needs no name.
  const innermost = explicit ?? active ?? open[0];
  if (innermost && action === 'cancel') return continued(innermost, 'drop');
  const question = explicit ?? active ?? null;
  if (question && action && GLOBAL.has(action)) return null;
  const named = explicit ? null : byName(draft, open, parked);
  if (named) return named;
  const correction = readCorrection(draft, input, question);
  if (correction)
    return {
      continuation: { kind: 'correction', slots: correction.slots },
      entities: correction.entities,
      question: null,
    };
  return question && readReply(draft, question, explicit !== null && explicit !== undefined);
}

/** What the text is to the question that is being asked. */
function readReply(draft: Draft, question: OpenQuestion, explicit: boolean): Continued | null {
  const action = draft.recognition?.action;
  if (question.kind !== 'confirm' && action && SMALL_TALK.has(action)) return null;
  const labelledSo = labelled(question, draft.folded);
  if (question.slot === 'title' && !labelledSo) {
    // What is to be done has no default: not to know it leaves the question open, to want none drops it.
    if (action === 'deny' || NONE.test(draft.folded)) return continued(question, 'drop');
    if (UNSURE.test(draft.folded)) return continued(question, 'reask');
  }
  if (question.slot === 'recipient' && NOBODY.test(draft.folded)) return continued(question, 'skip');
  // There is no e-mail to nobody, and who wants no offer wants no draft.
  if (
    isEmails(question) &&
    !labelledSo &&
    (action === 'deny' || (question.kind === 'choice' && NONE.test(draft.folded)))
  )
    return continued(question, 'drop');
  const picks = question.kind === 'choice' && question.slot === 'target';
  if (SKIP.test(draft.folded) && question.kind !== 'confirm' && !picks && !labelledSo)
    return continued(question, 'skip');
  const answer = readAnswer(draft, question, explicit);
  // Whoever is told to do something is not named by that; "use a template" says how.
  const named = explicit || answer?.choiceId !== undefined;
  if (question.slot === 'recipient' && !named && isImperative(draft)) return null;
  // "No due date" is about what is being asked, which has none yet.
  if (draft.recognition?.params?.clear && isAboutIt(draft)) return continued(question, 'reask');
  if (answer) return explicit || !outweighs(draft, question, answer) ? answered(question, answer) : null;
  if (action === 'affirm' && question.kind !== 'confirm') return continued(question, 'return');
  if (NEGATED.test(draft.folded) && question.kind === 'confirm') return continued(question, 'drop');
  const request = requestConfidence(draft);
  if (request >= SURE_REQUEST || (request > LIKELY_REQUEST && question.slot !== 'title')) return null;
  if (action && SMALL_TALK.has(action)) return null;
  const besides = question.kind === 'slot' ? readBesides(draft, question) : null;
  if (besides)
    return {
      continuation: { kind: 'correction', slots: besides.slots },
      entities: besides.entities,
      question: null,
    };
  // Who asks us something does not answer.
  return ASKING.test(draft.folded) && question.kind !== 'confirm' ? null : continued(question, 'reask');
}

const NONE =
  /^[\s,.!]*(?:no[\s,]+)?(?:neither|none|nothing)(?:\s+(?:of\s+(?:them|these|those)|thanks|thank you|at all))*[\s.!]*$/;
const NOBODY =
  /^[\s,.!]*(?:(?:for|to)\s+)?(?:nobody|no\s?-?one|(?:i\s+)?(?:don't|do not|dont)\s+(?:have|know)\s+(?:one|anyone|who|it|the name)|leave\s+(?:it|that)\s+(?:blank|empty|open)|without(?:\s+(?:one|a recipient|a name))?)(?:\s+(?:yet|now|for now))*[\s.!]*$/;
const isEmails = ({ slot, kind }: OpenQuestion): boolean =>
  slot === 'recipient' || (slot === 'email_type' && kind !== 'confirm');
const UNSURE =
  /^[\s,.!]*(?:idk|dunno|(?:i\s+)?(?:don't|do not|dont)\s+know(?:\s+yet)?|(?:i'm\s+|i am\s+)?not sure(?:\s+yet)?|no idea|h+m+|u+m+|let me think)[\s.!?]*$/;
const NEGATED = /^[\s,.!]*(?:(?:no|oh|wait|please)[\s,]+)*(?:don't|do not|dont|never)\s/;
const ASKING =
  /^[\s,.!]*(?:what|who|whom|whose|why|when|where|which|how|is|are|do|does|did|can|could|will|would|should)\b.*\?\s*$/s;

/** A question that the text names, or whose activity it goes on with. */
function byName(
  draft: Draft,
  open: readonly OpenQuestion[],
  parked: readonly OpenQuestion[],
): Continued | null {
  const named = readNamed(draft, open);
  if (named && named.move !== 'answer') return continued(named.question, named.move);
  if (named) {
    const rest = recogniseByRules(named.rest);
    if (SKIP.test(rest.folded)) return continued(named.question, 'skip');
    if (rest.recognition?.action === 'cancel') return continued(named.question, 'drop');
    const answer = readAnswer(rest, named.question, true);
    if (answer) return answered(named.question, answer);
    // "the anna one, please" names a choice of what is being asked; for a parked question the answer is missing.
    return parked.includes(named.question) ? continued(named.question, 'reask') : null;
  }
  const resumed = requestConfidence(draft) < SURE_REQUEST ? readResumed(draft, parked) : null;
  const answer = resumed && readAnswer(draft, resumed, false);
  return resumed && answer ? answered(resumed, answer) : null;
}

/** Milliseconds since the instant, negative before it; by the clock that the turn's words are read from. */
function ageOf({ now }: NluInput, at: string): number {
  return now.getTime() - Date.parse(at);
}

function labelled(question: OpenQuestion, folded: string): boolean {
  return question.choices.some(({ label }) => label.toLowerCase() === folded.trim());
}

function byButton(question: OpenQuestion, choiceId: string): Continued {
  const known = question.choices.some(({ choice_id: id }) => id === choiceId);
  const slots = question.choice_slots[choiceId];
  // A button that the question never had tells nothing; asking again shows the real ones.
  if (!known && !slots)
    return continued(
      question,
      choiceId === DROP_CHOICE ? 'drop' : choiceId === SKIP_CHOICE ? 'skip' : 'reask',
    );
  const { clarification_id } = question;
  return {
    continuation: { kind: 'answer', clarification_id, slots: slots ?? {}, choice_id: choiceId },
    entities: [],
    question,
  };
}

function answered(question: OpenQuestion, answer: Answer): Continued {
  const id = question.clarification_id;
  if (answer.declined) return continued(question, 'drop');
  const continuation: Continuation = {
    kind: 'answer',
    clarification_id: id,
    slots: answer.slots,
    ...(answer.choiceId !== undefined && { choice_id: answer.choiceId }),
  };
  return { continuation, entities: answer.entities, question };
}

function continued(question: OpenQuestion, kind: 'skip' | 'drop' | 'reask' | 'return'): Continued {
  return {
    continuation: { kind, clarification_id: question.clarification_id },
    entities: [],
    question,
  };
}
