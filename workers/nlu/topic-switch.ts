import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Action } from '../../contracts/intents.ts';
import type { Slot } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { extractFor } from './extract/extract-for.ts';
import { timesIn } from './extract/times.ts';
import { repetitionIn } from './repetition.ts';
import { isTimeSlot } from './said-times.ts';
import type { Guess } from './intent-classifier.ts';

/** Why the rules are not sure that a text belongs to the question. */
export type Doubt = 'fits nothing' | 'free words' | 'none of the choices';

/** A request that answers nothing is one from here on. */
const CLEAR = 0.75;
/** So little is enough where one of a few things has to be picked: who picks names one of them. */
const PICKING = 0.5;
/** Words that fit a free answer have to be clearer. */
const CLEARER = 0.85;
/** What has nothing to do with planning is rarely an answer of a type. */
const ELSEWHERE = 0.6;

/** Moves that ask for nothing. */
const MOVES = new Set<Action>(['affirm', 'deny']);

/** Slots that any words fit. */
const FREE_WORDS = new Set<Slot>([
  'title',
  'subject',
  'body',
  'location',
  'query',
  'target',
  'list',
  'participants',
  'recipient',
]);

const ASKS =
  /^[\s,.!]*(?:(?:and|so|but|ok|okay|hey|oh|wait|btw|by the way|um+|uh+)[\s,]+)*(?:(?:what|who|whom|whose|why|when|where|which|how)(?:'s|'re|'d|s)?\s+(?!to\b)|(?:is|are|was|were|do|does|did|can|could|will|would|should|am|have|has)\s+(?:i|you|we|he|she|it|they|there|this|that|the|my|your|our|any|\p{L}+day)\b|any\s+(?:new|more|other)\b)/u;
const TELLS_US =
  /^[\s,.!]*(?:(?:and|so|but|ok|okay|hey|oh|wait|btw|by the way|um+|uh+|first|actually|please|pls|can you|could you|would you|also|no)[\s,]+)*(?:remind me|(?:show|tell|give|read|play|sing)\s+me\b|show\s+(?:my|all|the|today)|list\s+(?:my|all|the)|(?:create|add|make|set|schedule|start|draft|write|compose)\s+(?:me\s+)?(?:an?|another|the|some|my)\s|(?:add|put|stick|throw)\s.+\s(?:to|on|in|onto)\s+(?:my|the|our)\s|(?:delete|remove|complete|cancel|move|rename|reschedule|postpone|mark|tick off)\s+(?:the|my|all|that)\s|plan my|brief me|wake me|search\s+(?:for|my)|find\s+(?:me|my|a)|undo|upgrade|turn (?:on|off)|translate|play\s)/;
const REMARK =
  /^[\s,.!]*(?:lol|lmao|rofl|haha+|hehe|ha|omg|wow|btw|fyi|ugh|damn|argh|yay|guess what|by the way)(?:[\s,.!]|$)/;

/** A question of their own rather than a value with a question mark ("what about friday?", "when I am home?"). */
const ASKS_ITSELF =
  /^[\s,.!]*(?:(?:and|so|but|ok|okay|hey|oh|wait|btw|by the way|um+|uh+)[\s,]+)*(?:what's|what're|who's|(?:what|who|when|where|which|how|why)(?:\s+\p{L}+)?\s+(?:is|are|was|were|do|does|did|have|has|can|could|will|should|am)\b)/u;

/** A change of something that is named ("move the second one to 1pm"), rather than of what is asked about ("move it to 1pm"). */
const CHANGES_ANOTHER =
  /^[\s,.!]*(?:(?:and|so|but|ok|okay|hey|oh|wait|btw|um+|uh+|first|actually|please|pls|can you|could you|also)[\s,]+)*(?:move|reschedule|postpone|cancel|delete|remove|complete|mark|tick off|check off|rename|skip|push|shift)\s+(?:the|my|our|all|every|both|today's|tomorrow's)\s/;

/** Whether a text asks us for something while a value of a fixed type is asked for. */
export function asksItself({ folded }: Draft, { slot, kind }: OpenQuestion): boolean {
  if (kind !== 'slot' || FREE_WORDS.has(slot)) return false;
  return (ASKS_ITSELF.test(folded) && !SUGGESTS.test(folded)) || changesAnother(folded, slot);
}

/** "move the deadline to friday" goes on with the task whose day is asked for. */
const changesAnother = (folded: string, slot: Slot): boolean =>
  CHANGES_ANOTHER.test(folded) && !(slot === 'due_date' && /\b(?:deadline|due date)\b/.test(folded));

/** Whether words that could be a free answer begin like something said to us; only then the classifier is asked. */
export function mayBeElsewhere(draft: Draft, { slot, kind }: OpenQuestion): boolean {
  const { folded } = draft;
  if (kind === 'confirm' || folded.length > 400) return false;
  if (!FREE_WORDS.has(slot)) return ASKS.test(folded) && !SUGGESTS.test(folded);
  // "Week starts on sunday" is nobody's address.
  if (slot === 'recipient' && extractFor(draft, 'set_preference').entities.length > 0) return true;
  return ASKS.test(folded) || TELLS_US.test(folded) || REMARK.test(folded);
}

/** Whether a text that fits nothing says enough for the classifier. */
export function saysSomething({ folded }: Pick<Draft, 'folded'>, least = 2): boolean {
  return folded.length <= 400 && (folded.match(/\p{L}{2,}/gu)?.length ?? 0) >= least;
}

/** Whether words name none of the things that were offered and say enough to be a request of their own. */
export function picksNothing({ folded }: Draft, { kind, choices }: OpenQuestion): boolean {
  if (kind !== 'choice' || !saysSomething({ folded })) return false;
  const said = new Set(folded.match(/\p{L}{4,}/gu));
  return !choices.some(({ label }) =>
    label
      .toLowerCase()
      .match(/\p{L}{4,}/gu)
      ?.some((word) => said.has(word)),
  );
}

/** What the classifier makes of a text that the rules left open; null keeps what the rules say. */
export function settleDoubt(
  doubt: Doubt,
  draft: Draft,
  question: OpenQuestion,
  guesses: readonly Guess[],
): 'elsewhere' | 'drop' | null {
  const [best] = guesses;
  if (!best) return null;
  // "haha, nice one" agrees with something else.
  if (MOVES.has(best.action)) return REMARK.test(draft.folded) ? 'elsewhere' : null;
  const { action, confidence } = best;
  if (doubt === 'fits nothing') {
    // "same time as last week" is about the time that was asked for, though it can't be read.
    if (isTimeSlot(question.slot) && /\bsame (?:time|day|hour)\b/.test(draft.folded)) return null;
    if (action === 'cancel') return confidence >= CLEARER ? 'drop' : null;
    if (action === 'out_of_scope') return confidence >= ELSEWHERE && words(draft) >= 3 ? 'elsewhere' : null;
    const limit = question.kind === 'choice' && words(draft) >= 2 ? PICKING : CLEAR;
    return confidence >= limit && action !== question.action ? 'elsewhere' : null;
  }
  // Something to do may be the name of a task that was not offered; with a time of its own it is a new one.
  if (doubt === 'none of the choices') {
    const whole = { start: 0, end: draft.folded.length };
    const timed = timesIn(draft, whole).length > 0 || repetitionIn(draft, whole) !== null;
    const isNew = action !== 'create_task' || timed;
    return isNew && action !== 'out_of_scope' && action !== question.action && confidence >= PICKING
      ? 'elsewhere'
      : null;
  }
  if (action === 'out_of_scope') {
    const talks = ASKS.test(draft.folded) || REMARK.test(draft.folded);
    // Mails ask and tell whatever they like.
    return talks && !OTHERS_WORDS.has(question.slot) && confidence >= ELSEWHERE ? 'elsewhere' : null;
  }
  if (OTHERS_WORDS.has(question.slot) && !FOR_ME.test(draft.folded)) return null;
  if (!FREE_WORDS.has(question.slot)) return confidence >= CLEAR && LOOKS.test(action) ? 'elsewhere' : null;
  // "schedule a meeting with Anna" is a name for a task, and can't be done otherwise by asking for its name.
  if (
    question.slot === 'title' &&
    action !== question.action &&
    TITLES.has(action) &&
    !FOR_ME.test(draft.folded)
  )
    return null;
  const limit = ASKS.test(draft.folded) ? CLEAR : CLEARER;
  return confidence >= limit && action !== question.action && action !== 'create_task' ? 'elsewhere' : null;
}

/** Words that are said to somebody else. */
const OTHERS_WORDS = new Set<Slot>(['body', 'subject']);
/** What these ask for can be something to do as well. */
const TITLES = new Set<Action>([
  'create_event',
  'update_event',
  'cancel_event',
  'draft_email',
  'send_email',
  'plan_schedule',
  'complete_task',
  'update_task',
  'reschedule',
  'find_time',
  'search',
  'search_email',
  'upgrade',
]);
const FOR_ME = /\b(?:remind|show|tell|give|brief|wake)\s+me\b|\bmy\s+(?:tasks|calendar|list|to-?dos)\b/;

/** "how about friday?" is an answer. */
const SUGGESTS =
  /\b(?:(?:how|what)\s+about|(?:can|could|shall|should)\s+(?:we|you|it|i)\s+(?:do|make|say|be|take|have)|would\s+.{1,40}\s(?:work|do|be\s+(?:ok|okay|fine|good))|(?:is|are)\s+.{1,40}\s(?:ok|okay|fine|good|alright))\b/;
/** Nothing is changed by these. */
const LOOKS = /^(?:list_|find_time|search|daily_|weekly_|show_)/;

const words = ({ folded }: Draft): number => folded.match(/[\p{L}\p{N}']+/gu)?.length ?? 0;
