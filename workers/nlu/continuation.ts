import { DROP_CHOICE, offersActions, SKIP_CHOICE, type OpenQuestion } from '../../contracts/clarification.ts';
import { actionEntry } from '../../contracts/intents.ts';
import type { Continuation, Entity } from '../../contracts/nlu.ts';
import { valuesOf, type Answer } from './answer.ts';
import { readAnswer } from './answers.ts';
import { isAside } from './asides.ts';
import { dayKept, readBesides, readCorrection, type Correction } from './corrections.ts';
import { matchKeep } from './choices.ts';
import { declines } from './agreement.ts';
import type { Draft } from './draft.ts';
import { isImperative } from './imperatives.ts';
import { readNamed, readResumed } from './named-question.ts';
import { readNarrowing } from './narrowing.ts';
import type { NluInput } from './nlu-input.ts';
import { readOtherTimes } from './other-times.ts';
import { isEventOfItsOwn } from './own-event.ts';
import { recogniseByRules } from './recognise.ts';
import { isAboutIt, outweighs, requestConfidence } from './rivals.ts';
import { isTimeSlot } from './said-times.ts';
import { scopeAsked } from './scope-of-other.ts';
import {
  asksItself,
  mayBeElsewhere,
  picksNothing,
  saysSomething,
  settleDoubt,
  type Doubt,
} from './topic-switch.ts';
import { bareActivity } from './title-answer.ts';
import { wayOut } from './ways-out.ts';
import { withinAsked } from './within-asked.ts';
import type { Guess } from './intent-classifier.ts';

/** What the input is to a conversation that waits, and the entities it adds. Null: a request of its own. */
export interface Continued {
  continuation: Continuation;
  entities: Entity[];
  question: OpenQuestion | null;
  /** What a correction changes. */
  corrects?: Pick<Correction, 'action' | 'known' | 'params'>;
  /** The rules took the likelier reading; a clear request outweighs it. */
  doubt?: Doubt;
}

/** Commands that mean the same whatever was asked. */
const GLOBAL = new Set(['undo', 'help', 'repeat']);
const SMALL_TALK = new Set(['thanks', 'greeting', 'goodbye']);
/** A request this sure is one, when the text answers nothing. */
const SURE_REQUEST = 0.9;
/** Requests less sure than this count only where nothing else fits. */
const LIKELY_REQUEST = 0.7;
/** What names a choice by its place, or several of them, is this sure. */
const PICKED = 0.97;
/** An open question is gone this long after it was parked at the latest. */
const KEPT_MS = 24 * 3_600_000;

/** Tries the readings of an input in a waiting state in their fixed order. */
export function readContinuation(draft: Draft, input: NluInput): Continued | null {
  const read = readInOrder(draft, input);
  return read && withinAsked(read, draft);
}

function readInOrder(draft: Draft, input: NluInput): Continued | null {
  const explicit =
    input.answering &&
    input.questions.find(({ clarification_id: id }) => id === input.answering?.clarification_id);
  if (explicit && input.answering?.choice_id !== undefined)
    return byButton(explicit, input.answering.choice_id);
  const open = input.questions.filter(({ active_until: until }) => ageOf(input, until) < KEPT_MS);
  const parked = open.filter(({ active_until: until }) => ageOf(input, until) >= 0);
  const active = scopeAsked(
    draft,
    open.filter((question) => !parked.includes(question)),
  );
  const action = draft.recognition?.action;
  // The innermost open thing, also when it is parked: a "never mind" needs no name.
  const innermost = explicit ?? active ?? open[0];
  // "Doesn't matter, add it anyway" keeps what was asked for.
  const keeps = active && action === 'cancel' ? matchKeep(draft, active) : null;
  if (active && keeps) return answered(active, keeps);
  if (innermost && action === 'cancel') return continuedBy(innermost, 'drop');
  const question = explicit ?? active ?? null;
  if (question && action && GLOBAL.has(action)) return null;
  const named = explicit ? null : byName(draft, open, parked);
  if (named) return named;
  if (question && !explicit && isEventOfItsOwn(draft, question)) return null;
  const others = question && !explicit ? readOtherTimes(draft, question) : null;
  if (others) return corrected(others);
  if (question && leftOut(draft, question)) return continuedBy(question, 'skip');
  if (question && !explicit && isAnotherSearch(draft, question)) return null;
  const fewer = question && !explicit ? readNarrowing(draft, question) : null;
  if (fewer === 'unclear') return question && continuedBy(question, 'drop');
  const correction = fewer ?? readCorrection(draft, input, question);
  if (correction) return corrected(correction);
  return (
    question && readReply(ungreeted(draft, question), question, explicit !== null && explicit !== undefined)
  );
}

/** "Morning", said when asked when, is no greeting. */
const ungreeted = (draft: Draft, { slot }: OpenQuestion): Draft =>
  isTimeSlot(slot) && /^[\s,.!]*morning[\s,.!]*$/.test(draft.folded)
    ? { ...draft, recognition: null }
    : draft;

/** A reading that the rules were not sure of, by what the classifier says of the text. Null: a request of its own. */
export function settleContinuation(
  continued: Continued,
  draft: Draft,
  guesses: readonly Guess[],
): Continued | null {
  const { doubt, question } = continued;
  const settled = doubt && question ? settleDoubt(doubt, draft, question, guesses) : null;
  if (settled === 'drop' && question) return continuedBy(question, 'drop');
  return settled === 'elsewhere' ? null : continued;
}

/** "No subject" is no correction. */
const leftOut = (draft: Draft, question: OpenQuestion): boolean =>
  question.kind === 'slot' &&
  question.slot !== 'title' &&
  !labelled(question, draft.folded) &&
  wayOut(draft, question) === 'skip';

/** What the text is to the question that is being asked. */
function readReply(draft: Draft, question: OpenQuestion, explicit: boolean): Continued | null {
  const action = draft.recognition?.action;
  const way = wayOut(draft, question);
  if (question.kind !== 'confirm' && way !== 'skip' && action && SMALL_TALK.has(action)) return null;
  const labelledSo = labelled(question, draft.folded);
  const kept = matchKeep(draft, question);
  if (kept !== null) return answered(question, kept);
  if (question.slot === 'title' && !labelledSo) {
    // What is to be done has no default: not to know it leaves the question open, to want none drops it.
    if (action === 'deny' || NONE.test(draft.folded)) return continuedBy(question, 'drop');
    if (UNSURE.test(draft.folded)) return continuedBy(question, 'reask');
  }
  if (question.slot === 'recipient' && NOBODY.test(draft.folded)) return continuedBy(question, 'skip');
  // There is no e-mail to nobody, and who wants no offer wants no draft.
  if (
    isEmails(question) &&
    !labelledSo &&
    (action === 'deny' || (question.kind === 'choice' && NONE.test(draft.folded)))
  )
    return continuedBy(question, 'drop');
  if (offersActions(question) && !labelledSo && (action === 'deny' || NONE.test(draft.folded)))
    return continuedBy(question, 'drop');
  const picks = question.kind === 'choice' && question.slot === 'target';
  if (way !== null && !labelledSo && !(way === 'skip' && (question.kind === 'confirm' || picks)))
    return continuedBy(question, way);
  // Nobody else, no place: what is not needed is left out.
  if (action === 'deny' && question.kind === 'slot' && isOptional(question))
    return continuedBy(question, 'skip');
  // There is no 31st of June, whatever else it says.
  if (isTimeSlot(question.slot) && draft.impossible.length > 0) return continuedBy(question, 'reask');
  // "what's on friday?" has a day in it, and asks for something.
  if (!explicit && asksItself(draft, question)) return null;
  // "oh, and lunch with Tom on friday at 1" has nothing to do with it.
  if (!explicit && isAside(draft)) return null;
  const answer = readAnswer(draft, question, explicit);
  const bare = answer ? [] : bareActivity(draft, question);
  if (bare.length > 0)
    return corrected({
      slots: valuesOf(bare) ?? {},
      entities: bare,
      action: question.action,
      known: question.slots,
    });
  // Whoever is told to do something is not named by that; "use a template" says how.
  const named = explicit || answer?.choiceId !== undefined;
  if (question.slot === 'recipient' && !named && isImperative(draft)) return null;
  // "No due date" is about what is being asked, which has none yet; "not that urgent" is a priority.
  const fits = answer !== null && answer.confidence >= 0.95;
  if (!fits && draft.recognition?.params?.clear && isAboutIt(draft)) return continuedBy(question, 'reask');
  if (answer) {
    const declined = question.kind === 'confirm' && declines(draft.folded);
    if (!explicit && !declined && outweighs(draft, question, answer)) return null;
    const kept = question.action === 'update_event' && dayKept(draft, answer.slots, question.slots);
    if (kept)
      return corrected({
        slots: answer.slots,
        entities: answer.entities,
        action: question.action,
        known: question.slots,
        params: kept,
      });
    const open = !explicit && answer.choiceId === undefined;
    // A time that was not offered is one all the same.
    const isTime = isTimeSlot(question.slot) && fits;
    const doubt: Doubt | null =
      open && mayBeElsewhere(draft, question)
        ? 'free words'
        : open && !isTime && answer.confidence < PICKED && picksNothing(draft, question)
          ? 'none of the choices'
          : null;
    return { ...answered(question, answer), ...(doubt && { doubt }) };
  }
  if (action === 'affirm' && question.kind !== 'confirm') return continuedBy(question, 'return');
  if (NEGATED.test(draft.folded) && question.kind === 'confirm') return continuedBy(question, 'drop');
  const request = requestConfidence(draft);
  if (request >= SURE_REQUEST || (request > LIKELY_REQUEST && question.slot !== 'title')) return null;
  if (action && SMALL_TALK.has(action)) return null;
  const besides = question.kind === 'slot' ? readBesides(draft, question) : null;
  if (besides) return corrected(besides);
  // Who asks us something does not answer.
  if (ASKING.test(draft.folded) && question.kind !== 'confirm') return null;
  // "list" is enough to ask for it where nothing of that name was offered.
  const open = !explicit && saysSomething(draft, question.kind === 'choice' ? 1 : 2);
  return { ...continuedBy(question, 'reask'), ...(open && { doubt: 'fits nothing' as const }) };
}

/** "Find 15 minutes today" has a time in it, and looks for one anew; it picks none of those that were found. */
const isAnotherSearch = ({ folded }: Draft, { action, slot }: OpenQuestion): boolean =>
  action === 'find_time' && slot === 'start' && SEARCH.test(folded);
const SEARCH =
  /^[\s,.!]*(?:(?:please|can you|could you|now|and|ok)[\s,]+)*(?:find|look for|search|get) (?:me |us )?(?:an?|some|another|\d+|half|one|two|three|time)\b|^[\s,.!]*(?:when|what time|which time|is there|do i have) /;

/** Whether a new thing can do without what is asked. */
const isOptional = ({ action, slot }: OpenQuestion): boolean =>
  /^(?:create|set)_/.test(action) && !actionEntry(action).required.includes(slot);

const corrected = ({ slots, entities, action, known, params }: Correction): Continued => ({
  continuation: { kind: 'correction', slots },
  entities,
  question: null,
  corrects: { action, known, params },
});

const NONE =
  /^[\s,.!]*(?:no[\s,]+)?(?:neither|none|nothing)(?:\s+(?:of\s+(?:them|these|those)|thanks|thank you|at all))*[\s.!]*$/;
const NOBODY =
  /^[\s,.!]*(?:(?:for|to)\s+)?(?:nobody|no\s?-?one|(?:i\s+)?(?:don't|do not|dont)\s+(?:have|know)\s+(?:one|anyone|who|it|the name)|leave\s+(?:it|that)\s+(?:blank|empty|open)|without(?:\s+(?:one|a recipient|a name))?)(?:\s+(?:yet|now|for now))*[\s.!]*$/;
const isEmails = ({ slot, kind }: OpenQuestion): boolean =>
  slot === 'recipient' || (slot === 'email_type' && kind !== 'confirm');
const UNSURE =
  /^[\s,.!]*(?:idk|dunno|(?:i\s+)?(?:don't|do not|dont)\s+know(?:\s+yet)?|(?:i'm\s+|i am\s+)?not sure(?:\s+yet)?|no idea|h+m+|u+m+|let me think)[\s.!?]*$/;
const NEGATED = /^[\s,.!]*(?:(?:no|oh|wait|please)[\s,]+)*(?:don't|do not|dont|never)(?:[\s.!,]|$)/;
const ASKING =
  /^[\s,.!]*(?:what|who|whom|whose|why|when|where|which|how|is|are|do|does|did|can|could|will|would|should)\b.*\?\s*$/s;

/** A question that the text names, or whose activity it goes on with. */
function byName(
  draft: Draft,
  open: readonly OpenQuestion[],
  parked: readonly OpenQuestion[],
): Continued | null {
  const named = readNamed(draft, open);
  if (named && named.move !== 'answer') return continuedBy(named.question, named.move);
  if (named) {
    const rest = recogniseByRules(named.rest);
    if (wayOut(rest, named.question) === 'skip') return continuedBy(named.question, 'skip');
    if (rest.recognition?.action === 'cancel') return continuedBy(named.question, 'drop');
    const answer = readAnswer(rest, named.question, true);
    if (answer) return answered(named.question, answer);
    // "the anna one, please" names a choice of what is being asked; for a parked question the answer is missing.
    return parked.includes(named.question) ? continuedBy(named.question, 'reask') : null;
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
    return continuedBy(
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
  if (answer.declined) return continuedBy(question, 'drop');
  const continuation: Continuation = {
    kind: 'answer',
    clarification_id: id,
    slots: answer.slots,
    ...(answer.choiceId !== undefined && { choice_id: answer.choiceId }),
  };
  return { continuation, entities: answer.entities, question };
}

function continuedBy(question: OpenQuestion, kind: 'skip' | 'drop' | 'reask' | 'return'): Continued {
  return {
    continuation: { kind, clarification_id: question.clarification_id },
    entities: [],
    question,
  };
}
