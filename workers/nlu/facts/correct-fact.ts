import type { LastFact } from '../../../contracts/context.ts';
import { ME } from '../../../contracts/entities.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import { readContrast } from '../contrast.ts';
import { newDraft, partOf, type Draft } from '../draft.ts';
import { FRESH_MS } from '../fresh.ts';
import { isImperative } from '../imperatives.ts';
import type { NluInput } from '../nlu-input.ts';
import { peel } from '../peel.ts';
import type { Range } from '../text.ts';
import { foldText } from '../text.ts';
import { DIET } from './attributes.ts';
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
  if (!last || draft.text.length > MOST_CHARS || /\?\s*$/.test(draft.folded)) return null;
  const isAsked = questions.some(({ active_until: until }) => Date.parse(until) > now.getTime());
  if (answering || isAsked || now.getTime() - Date.parse(last.at) >= FRESH_MS) return null;
  const { subject, attribute, value: was } = last;
  if (GONE.test(draft.folded)) return { move: 'forget', subject, attribute, value: was };
  if (DENIED.test(draft.folded)) return { move: 'save', subject, attribute, was };
  const at = insteadOf(draft, last);
  const told = at && valueIn(draft, at, last);
  return told && { move: 'save', subject, attribute, ...told, was };
}

/** Where the new value stands; null where the words say nothing of another one. */
function insteadOf(draft: Draft, { value }: LastFact): Range | null {
  const said = peel(draft);
  if (said.start >= said.end) return null;
  const contrast = readContrast(draft, said);
  if (!contrast) return said.marked ? said : null;
  const wrong = draft.folded.slice(contrast.wrong.start, contrast.wrong.end);
  const old = foldText(value);
  return old === wrong || old.split(/\s+/).includes(wrong) ? contrast.right : null;
}

/** A value that such a fact can have: what would be understood if all of it were said. */
export function valueIn(draft: Draft, range: Range, about: About): Value | null {
  const words = draft.folded.slice(range.start, range.end);
  if (words.split(/\s+/).length > MOST_WORDS || isImperative(partOf(draft, range))) return null;
  const said = draft.text.slice(range.start, range.end).trim();
  for (const sentence of sentencesOf(said, about)) {
    const whole = newDraft(sentence, draft.timezone, draft.now, draft.preferences);
    const all = { start: 0, end: sentence.length };
    const told = readStatement(whole, all, true) ?? dateFact(whole, all);
    if (told?.value !== undefined && told.attribute === about.attribute)
      return { value: told.value, value_kind: told.value_kind ?? 'text' };
  }
  return null;
}

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
