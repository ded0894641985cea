import type { LastFact } from '../../../contracts/context.ts';
import { ME } from '../../../contracts/entities.ts';
import type { OpenQuestion } from '../../../contracts/clarification.ts';
import { holdsMany } from '../../../contracts/fact-words.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import { readContrast } from '../contrast.ts';
import { newDraft, partOf, type Draft } from '../draft.ts';
import { FRESH_MS } from '../fresh.ts';
import { isImperative } from '../imperatives.ts';
import type { NluInput } from '../nlu-input.ts';
import { peel } from '../peel.ts';
import type { Range } from '../text.ts';
import { foldText } from '../text.ts';
import { timesIn } from '../extract/times.ts';
import { ATTRIBUTE, DIET } from './attributes.ts';
import { dateFact, readStatement } from './statements.ts';

type Fact = NonNullable<ActParams['fact']>;
type About = Pick<LastFact, 'subject' | 'attribute'>;
type Value = Required<Pick<Fact, 'value' | 'value_kind'>>;

const MOST_CHARS = 120;
const MOST_WORDS = 8;
/** What was kept is said to be wrong, and nothing is said to be right. */
const DENIED =
  /^(?:(?:no+|nope|nah|wait|oh|hm+|sorry|but)[\s,.!-]+)*(?:(?:that|this|it)(?:'s|\s+is|\s+was)\s+(?:not\s+(?:true|right|correct|so)|wrong|incorrect|false|a\s+mistake|not\s+what\s+i\s+(?:said|meant))|(?:that|this|it|he|she)\s+(?:isn't|is\s+not|wasn't|was\s+not)(?:\s+(?:true|right|correct))?|not\s+(?:true|right|correct)|you\s+(?:got|have)\s+(?:it|that)\s+wrong)(?:\s+any\s?more)?[\s.!]*$/;
/** What was told a moment ago is to go again. */
const GONE =
  /^(?:(?:no+|oh|please|just|sorry|actually|ok|okay|can\s+you|could\s+you)[\s,]+)*(?:delete|remove|erase|drop|forget\s+about)\s+(?:it|that|this)(?:\s+(?:again|please|fact|from\s+(?:your|the)\s+memory))*[\s.!]*$/;

/**
 * "No, Tim" behind "my boss is Tom", "not Tom, Tim", "that's not true", "delete that": said of the fact that was told or
 * shown last. What could not be a value of it is said of something else.
 */
export function readFactCorrection(draft: Draft, input: NluInput): Fact | null {
  const { lastFact: last, now, questions, answering } = input;
  if (answering || draft.text.length > MOST_CHARS || /\?\s*$/.test(draft.folded)) return null;
  const isFresh = last !== undefined && now.getTime() - Date.parse(last.at) < FRESH_MS;
  const asked = questions.find(({ active_until: until }) => Date.parse(until) > now.getTime());
  const about = asked ? otherThanAsked(draft, asked) : null;
  // What was told behind a question that is still open is what was said last.
  const isLast = isFresh && (!asked || Date.parse(last.at) > Date.parse(asked.asked_at));
  if (about || !isLast) return about;
  const { subject, attribute, value: was } = last;
  if (!asked && GONE.test(draft.folded)) return { move: 'forget', subject, attribute, value: was };
  if (!asked && DENIED.test(draft.folded)) return { move: 'save', subject, attribute, was };
  const told = otherValue(draft, last);
  return told && { move: 'save', subject, attribute, ...told, was };
}

/** Another value in the words of a correction. */
function otherValue(draft: Draft, last: About & Value): Value | null {
  const at = insteadOf(draft, last);
  return at && isLike(draft, at, last) ? valueIn(draft, at, last) : null;
}

/** "No, it's 7 May", asked whether it is 6 May now: another one is told. */
function otherThanAsked(draft: Draft, { action, params, choice_slots: stands }: OpenQuestion): Fact | null {
  const { subject = ME, attribute, value, value_kind = 'text', ...told } = params?.fact ?? { move: 'find' };
  if (action !== 'set_preference' || told.move !== 'save' || attribute === undefined || value === undefined)
    return null;
  const read = otherValue(draft, { subject, attribute, value, value_kind });
  const isKnown = [value, stands['leave']?.preference?.value].some(
    (one) => typeof one === 'string' && read && foldText(one) === foldText(read.value),
  );
  return read && !isKnown ? { move: 'save', subject, attribute, ...read, is_change: true } : null;
}

/** What people say behind "no" that is no value of anything that is told in words. */
const NO_VALUE =
  /^(?:i|i'm|we|you|he|she|they|it|that|this|those|these|them|my|our|your|all|none|nothing|something|anything|yes|yeah|no|nope|not|ok|okay|thanks|thank|please|cancel|stop|later|never|problem|wait|hold|hang|shorter|longer|earlier|sooner|bigger|smaller|urgent|important|(?:high|low|normal|medium)(?:\s+priority)?|better|worse|fine|good|right|wrong|true|false|sorry|really|maybe|sure|(?:done|off|on|back)$)(?=$|[\s,.!])/;
const AT_A_PLACE =
  /^(?:on|in|at|near|behind|under|above|below|inside|beside|opposite|next\s+to|between|for)\s/;
const LEADS =
  /^(?:with|without|by|until|till|from|to|before|after|for|about|on|in|at|near|behind|under|above|below|inside|beside|opposite|next\s+to|between)\s/;
const MEAL = /^(?:breakfast|lunch|dinner|supper)$/;

/** Whether a stretch is a value of the kind that there was, rather than another time, guest or place of something else. */
function isLike(
  draft: Draft,
  { start, end }: Range,
  { attribute, value, value_kind: kind }: About & Value,
): boolean {
  const words = draft.folded.slice(start, end);
  const isPlaced = kind === 'place' || AT_A_PLACE.test(foldText(value));
  if (MEAL.test(attribute)) return true;
  if (kind === 'date') return !/day\b|\b(?:tomorrow|tonight|today|week|month)\b/.test(words);
  if (LEADS.test(words) && !(isPlaced && AT_A_PLACE.test(words))) return false;
  if (kind === 'person') return !/['’]s$/.test(words);
  if (NO_VALUE.test(words)) return false;
  return /^[\d\s+()/-]+$/.test(words) || timesIn(draft, { start, end }).length === 0;
}

/** Where the new value stands; null where the words say nothing of another one. */
function insteadOf(draft: Draft, { value, attribute }: About & Value): Range | null {
  const said = peel(draft);
  if (said.start >= said.end || MOVES.test(draft.folded)) return null;
  const contrast = readContrast(draft, withoutIs(draft, said));
  // "Make it urgent" and "wrong list" are said of something that was made.
  const isOfMade =
    (said.becomes !== null && holdsMany(attribute)) || /\b(?:list|task|event|time|hour)\b/.test(said.wrong);
  if (!contrast) return said.marked && !isOfMade ? said : null;
  const wrong = draft.folded.slice(contrast.wrong.start, contrast.wrong.end);
  const old = foldText(value);
  return old === wrong || old.split(/\s+/).includes(wrong) ? withoutIs(draft, contrast.right) : null;
}

/** What is moved has a time or is on a list. */
const MOVES = /\b(?:move|push|put|reschedule|postpone|shift)\s+(?:it|that|this)\b/;

/** "It's not Tom, it's Tim" */
function withoutIs({ folded }: Draft, { start, end }: Range): Range {
  const is = /^(?:(?:it|he|she|that)(?:'s|\s+is)|his\s+name\s+is|her\s+name\s+is)\s+/.exec(
    folded.slice(start, end),
  );
  return { start: start + (is?.[0].length ?? 0), end };
}

/** A value that such a fact can have: what would be understood if all of it were said. */
export function valueIn(draft: Draft, range: Range, about: About): Value | null {
  const words = draft.folded.slice(range.start, range.end);
  if (words.split(/\s+/).length > MOST_WORDS || isImperative(partOf(draft, range))) return null;
  const said = draft.text.slice(range.start, range.end).trim();
  // What has no form of its own was told to be remembered.
  const isFree = holdsMany(about.attribute) || !KNOWN.test(about.attribute);
  for (const sentence of sentencesOf(said, about)) {
    const whole = newDraft(sentence, draft.timezone, draft.now, draft.preferences);
    const all = { start: 0, end: sentence.length };
    const told = readStatement(whole, all, isFree) ?? dateFact(whole, all);
    if (told?.value !== undefined && told.attribute === about.attribute)
      return { value: told.value, value_kind: told.value_kind ?? 'text' };
  }
  return null;
}

const KNOWN = new RegExp(`^(?:${ATTRIBUTE})$`, 'u');

/** All of it as it would be said. */
function sentencesOf(value: string, { subject, attribute }: About): string[] {
  const isOwn = subject === ME;
  const verb = (own: string, theirs: string): string[] => [
    `${isOwn ? 'I' : subject} ${isOwn ? own : theirs} ${value}`,
  ];
  switch (attribute) {
    case 'allergy':
      return verb('am allergic to', 'is allergic to');
    case 'diet':
      return new RegExp(`^${DIET}$`).test(foldText(value)) ? verb('am', 'is') : [];
    case 'not eaten':
      return verb("don't eat", "doesn't eat");
    case 'not drunk':
      return verb("don't drink", "doesn't drink");
    case 'likes':
      return verb('like', 'likes');
    case 'dislikes':
      return verb("don't like", "doesn't like");
    case 'name':
      return isOwn ? [`call me ${value}`] : [];
    case 'home':
      return ['', 'in ', 'at '].flatMap((lead) => `${isOwn ? 'I live' : `${subject} lives`} ${lead}${value}`);
    case 'work':
      return ['', 'at '].flatMap((lead) => `${isOwn ? 'I work' : `${subject} works`} ${lead}${value}`);
    case 'lunch':
    case 'dinner':
    case 'breakfast':
    case 'supper':
      return ['', 'at '].map((lead) => `I usually have ${attribute} ${lead}${value}`);
    default: {
      const whose = isOwn ? 'my' : /s$/i.test(subject) ? `${subject}'` : `${subject}'s`;
      return [`${whose} ${attribute} is ${value}`];
    }
  }
}
