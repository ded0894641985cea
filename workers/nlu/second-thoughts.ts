import { newDraft } from './draft.ts';
import { timesIn } from './extract/times.ts';
import type { NluInput } from './nlu-input.ts';
import { withWords, type PlainText } from './plain-text.ts';
import { startsWithVerb } from './rules/statement-rules.ts';
import { foldText } from './text.ts';

const LEAD = String.raw`(?:(?:please|pls|ok|okay|so|and|also|(?:can|could)\s+you|(?:i|we)\s+(?:need|have|want)\s+to)[\s,]+)*`;
const THING = String.raw`[^,.;:?!]{2,40}?`;
const INSTEAD = String.raw`\s*(?:,|\s[-–—])\s*(?:no+(?:\s+(?:wait|sorry))?\s*,|no\s+wait\s|(?:wait|sorry)\s*,|(?:no,?\s+)?(?:i\s+(?:mean|meant)|or\s+rather|rather|make\s+that|scratch\s+that)\s*,?\s)\s*`;
/** "add milk, no, oat milk" */
const THOUGHT_AGAIN = new RegExp(
  String.raw`^\s*${LEAD}(?<verb>(?:add\s+)?\p{L}+(?:\s+(?:up|down|off|out|in))?)\s+(?<first>${THING}${INSTEAD})(?<second>${THING})\s*[.!]*$`,
  'du',
);
/** What was said before, or a sentence of its own. */
const NO_THING =
  /^(?:\d|(?:it|that|this|them|those|these|him|her|i|we|you|he|she|they|not|no|don't|only|just|never|forget|wait|cancel|undo|stop|leave|please)\b)/;

/** A text in which somebody thinks again about what they add or do, with the last words alone: times are read elsewhere. */
export function withSecondThought(
  plain: PlainText,
  { timezone, now }: Pick<NluInput, 'timezone' | 'now'>,
): PlainText {
  const folded = foldText(plain.text);
  const match = THOUGHT_AGAIN.exec(folded);
  const [first, second] = [match?.indices?.groups?.['first'], match?.indices?.groups?.['second']];
  const verb = match?.groups?.['verb'] ?? '';
  if (!first || !second || (!startsWithVerb(verb.replace(/^add\s+/, '')) && !/^(?:add|put|need)$/.test(verb)))
    return plain;
  const words = folded.slice(...second);
  if (NO_THING.test(words) || (startsWithVerb(words) && words.includes(' '))) return plain;
  const draft = newDraft(plain.text, timezone, now);
  if (timesIn(draft, { start: first[0], end: second[1] }).length > 0) return plain;
  return withWords(plain, { start: first[0], end: first[1] }, '');
}
