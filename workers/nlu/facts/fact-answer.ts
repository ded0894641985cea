import type { OpenQuestion } from '../../../contracts/clarification.ts';
import { ME } from '../../../contracts/entities.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { Answer } from '../answer.ts';
import type { Draft } from '../draft.ts';
import { agrees } from '../agreement.ts';
import { IS, peel } from '../peel.ts';
import { foldText } from '../text.ts';
import { valueIn } from './correct-fact.ts';

type Fact = NonNullable<ActParams['fact']>;

/** "It's Tim", asked what is right. */
function openValue(draft: Draft, { subject = ME, attribute }: Fact): Answer | null {
  if (UNKNOWN.test(draft.folded)) return { confidence: 0.97, slots: {}, entities: [], declined: true };
  const { start, end } = peel(draft);
  const is = IS.exec(draft.folded.slice(start, end))?.[0].length ?? 0;
  const told =
    attribute === undefined ? null : valueIn(draft, { start: start + is, end }, { subject, attribute });
  return (
    told && { confidence: 0.97, slots: { preference: { key: `${attribute}`, value: told } }, entities: [] }
  );
}

const UNKNOWN =
  /^[\s,.!]*(?:nobody|no\s?-?one|none|nothing|(?:i\s+)?(?:don't|do\s+not|dont)\s+know(?:\s+yet)?|no\s+idea|(?:i'm\s+)?not\s+sure(?:\s+yet)?|i\s+don't\s+have\s+(?:one|any))[\s.!]*$/;

const LEAD =
  /^(?:(?:yes|yeah|yep|yup|no+|nope|nah|ok(?:ay)?|well|oh|sorry|actually|just|only|please|it's|it\s+is|that's|it\s+should\s+be|make\s+it|keep|take|use|still|now)[\s,.!]+)*/;
const TAIL = /(?:[\s,.!]+(?:now|please|only|instead|then|still|from\s+now\s+on))*[\s.!]*$/;
/** Why it is so: "Kim, I switched". */
const WHY =
  /[\s,.;-]+(?:because\s+)?(?:i|we|it|that|he|she|they)(?:'ve|'s|\s+have|\s+has)?\s+(?:just\s+)?(?:switched|changed|moved|left|retired|quit|is\s+new|was\s+(?:wrong|a\s+mistake)|made\s+a\s+mistake)(?:\s+.{0,30})?$/;
const NEW =
  /^(?:(?:the|that|my)\s+)?(?:new(?:er)?|latest|second|last|other|current)(?:\s+(?:one|dentist|name|value))?$/;
const OLD = /^(?:(?:the|that|my)\s+)?(?:old(?:er)?|first|former|previous)(?:\s+(?:one|value))?$/;
const CHANGED =
  /\b(?:replace|it\s+(?:has\s+)?changed|(?:it's|that's)\s+(?:new|changed)|change\s+it|overwrite|update\s+it)\b/;
const BOTH = /\b(?:both|the\s+two\s+of\s+them|i\s+have\s+two|as\s+well|too|also)\b/;
const STAYS =
  /^(?:no+|nope|nah|never\s?mind|leave\s+(?:it|that)|no\s+change|(?:it\s+)?stays?|same\s+as\s+before)(?:[\s,.!]+(?:it|as\s+it\s+is|thanks|thank\s+you|please|that\s+was\s+wrong|my\s+mistake))*$/;

/** "It's Dr. Kim now", "no, still Dr. Weber", "yes" to whether a fact has changed; null for anything else. */
export function readFactAnswer(
  draft: Draft,
  { action, params, choices, choice_slots: stands }: OpenQuestion,
): Answer | null {
  const { fact } = params ?? {};
  if (action === 'set_preference' && fact?.move === 'save' && fact.value === undefined)
    return openValue(draft, fact);
  const isAsked =
    action === 'set_preference' &&
    fact?.move === 'save' &&
    choices.some(({ choice_id: id }) => id === 'replace');
  if (!isAsked || draft.folded.length > 80) return null;
  const said = draft.folded
    .replace(/[\s.!]+$/, '')
    .replace(WHY, '')
    .trim();
  const named = said
    .replace(LEAD, '')
    .replace(TAIL, '')
    .replace(/^on\s+(?:the\s+)?|^the\s+(?=\d)/, '')
    .replace(/(?<=\d)(?:st|nd|rd|th)\b/, '')
    .trim();
  const isNamed = (value: unknown): boolean =>
    typeof value === 'string' &&
    named !== '' &&
    (named === foldText(value) || foldText(value).split(/\s+/).includes(named));
  const choice = BOTH.test(said)
    ? 'both'
    : isNamed(fact.value) || NEW.test(named)
      ? 'replace'
      : isNamed(stands['leave']?.preference?.value) || OLD.test(named)
        ? 'leave'
        : CHANGED.test(said) || draft.recognition?.action === 'affirm' || agrees(draft.folded, action)
          ? 'replace'
          : STAYS.test(said) || /^(?:no|nope|nah)\b/.test(said) || /\bstill\b/.test(said)
            ? 'leave'
            : null;
  return choice === null
    ? null
    : { confidence: 0.97, slots: { ...stands[choice] }, entities: [], choiceId: choice };
}
