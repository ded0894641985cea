import type { Slots } from '../../contracts/slots.ts';
import { GIVEN_NAMES } from './people/given-names.ts';
import { withWords, type PlainText } from './plain-text.ts';
import { foldText, quotedRanges } from './text.ts';

const LEAD = String.raw`(?:(?:oh|no|ok|okay|sorry|hm+|so|but|and|well|unfortunately|actually|damn|ah)[\s,.!]+)*`;
const WEEKDAY = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)day`;
const DAY = String.raw`(?:today|tonight|tomorrow|(?:this\s+|next\s+)?${WEEKDAY}|the\s+(?:day\s+after|\d{1,2}(?:st|nd|rd|th)))`;
const HOUR = String.raw`(?:(?:at\s+)?(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]m)?|noon)|morning|afternoon|evening)`;
const WHEN = String.raw`(?<when>${DAY}(?:\s+${HOUR})?|(?:at\s+)?\d{1,2}(?:[:.]\d\d|\s*[ap]m)(?:\s+(?:on\s+)?${DAY})?)`;
const WHO = String.raw`(?:i|we|he|she|they|(?:the|my|our)\s+[\p{L}-]+|(?!(?:it|that|this|what|who)\b)[\p{L}-]+)`;
const TAIL = String.raw`(?:,?\s+(?:(?:at\s+)?(?:the\s+)?same\s+(?:time|hour)|instead|rather|please|then|ok(?:ay)?|possible|work(?:s|\s+better)?))*[\s.!?]*$`;
const FORMS: readonly RegExp[] = [
  // "I can't make it tomorrow, can we do friday?"
  String.raw`(?<who>${WHO})\s+(?:can't|cant|cannot|can\s+not|couldn't|won't|am\s+not\s+able\s+to)(?:\s+(?:do|make|come|be\s+there)(?:\s+(?:it|that))?)?(?:\s+(?:on\s+)?${DAY})?\s*[,.;!-]+\s+(?:(?:so|but|maybe|perhaps|please)[\s,]+)*(?:(?:can|could|shall)\s+(?:we|you|i)\s+(?:do|say|make\s+(?:it|that)|have\s+(?:it|that)|try|meet)\s+|(?:how|what)\s+about\s+|let's\s+(?:do|say|make\s+it)\s+|is\s+|does\s+)?(?:on\s+)?${WHEN}${TAIL}`,
  // "she's asking for saturday instead"
  String.raw`(?!(?:i|we)\b)(?<who>${WHO})(?:'s|'re|'d|\s+(?:is|are|would|has|have))?\s+(?:just\s+)?(?:ask(?:ing|ed|s)|wants?|prefers?|prefer|rather|would\s+like|suggest(?:s|ed|ing)|propos(?:es|ed|ing))\s+(?:for\s+|(?:if|whether)\s+we\s+(?:can|could)\s+(?:do|make\s+it)\s+|to\s+(?:do|make\s+it|come|meet|have\s+it|move\s+(?:it\s+)?to)\s+)?(?:on\s+)?${WHEN}${TAIL}`,
  // "Sara asked if we could do 4 instead"
  String.raw`(?!(?:i|we)\b)(?<who>${WHO})(?:'s|'re|\s+(?:is|are|has|have))?\s+(?:just\s+)?(?:ask(?:ing|ed|s)|wondered|wonders|wondering)\s+(?:me\s+|us\s+)?(?:if|whether)\s+(?:we|i)\s+(?:can|could|might)\s+(?:maybe\s+)?(?:do(?:\s+it)?|make\s+it|meet|have\s+it|come|move\s+(?:it\s+)?to)\s+(?:on\s+|at\s+)?(?<when>${DAY}(?:\s+${HOUR}|\s+at\s+\d{1,2})?|\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]m)?(?:\s+(?:on\s+)?${DAY})?|half\s+past\s+\p{L}+|noon)${TAIL}`,
].map((form) => new RegExp(`^[\\s,.!]*${LEAD}${form}`, 'du'));
const MOST_CHARS = 160;

/**
 * What says that the time of an event does not suit and names another, as the order to move it there. Somebody who has
 * no part in what was spoken of last speaks of something else.
 */
export function withWishedTime(plain: PlainText, spoken: Pick<Slots, 'title' | 'participants'>): PlainText {
  const folded = foldText(plain.text);
  if (folded.length > MOST_CHARS || quotedRanges(folded).length > 0) return plain;
  for (const form of FORMS) {
    const at = form.exec(folded)?.indices?.groups;
    const [when, who] = [at?.['when'], at?.['who']];
    if (!when || !who) continue;
    const told = withWords(plain, { start: when[1], end: folded.length }, '');
    const name = plain.text.slice(...who);
    const it = takesPart(name, spoken) ? 'it' : `the one with ${name}`;
    return withWords(told, { start: 0, end: when[0] }, `move ${it} to `);
  }
  return plain;
}

function takesPart(
  name: string,
  { title = '', participants = [] }: Pick<Slots, 'title' | 'participants'>,
): boolean {
  const isName = /^\p{Lu}/u.test(name) && GIVEN_NAMES.has(foldText(name));
  const known = [title, ...participants]
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}'’-]+/u);
  return !isName || known.includes(name.toLowerCase());
}
