import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import { withWords, type PlainText } from '../plain-text.ts';
import { foldText, quotedRanges } from '../text.ts';
import { groupAt } from './act-on.ts';

const WHO = String.raw`(?:him|her|them|(?!(?:me|us|you|it|everyone|everybody)\b)\p{L}[\p{L}'’-]+)`;
const TELL = new RegExp(
  String.raw`^(?<before>\S.*?)(?<tell>(?:\s*[.;,!?]+\s*(?:(?:and|also|then|please)[\s,]+)*|\s+(?:and|also|then)\s+(?:(?:also|then|please)\s+)*)(?:(?:tell|inform|notify)\s+(?<who>${WHO})(?:\s+(?:about\s+(?:it|that|this)|so|please))*|let\s+(?<who2>${WHO})\s+know(?:\s+(?:about\s+(?:it|that|this)|please))*))[\s.!?]*$`,
  'dsu',
);
/** What is changed and by whom: to move the car is to be done, and so is what one is reminded of. */
const CHANGES =
  /^[\s,.!]*(?:(?:ok|okay|oh|no|please|actually|so|and|then|(?:can|could|would)\s+(?:we|you)|let's)[\s,]+)*(?:(?:move|push|shift|postpone|delay|reschedule|bring|make|put|change|cancel|call\s+off|drop)\s+(?:it|that|this|the|my|our)\b|(?:do|have|say|make)\s+(?:it|that)\b)/;
const ENDS = /\b(?:cancel|call\s+off|drop)\b/;
const PERSON = /\bwith\s+(?<name>\p{Lu}[\p{L}'’-]+)/u;
const MOST_CHARS = 160;

/** "Can we do it at 11 instead? Also tell her": who is told of a change gets an email about it. */
export function withToldToo(
  plain: PlainText,
  { lastPeople, now }: Pick<NluInput, 'lastPeople' | 'now'>,
): PlainText {
  const folded = foldText(plain.text);
  if (folded.length > MOST_CHARS || quotedRanges(folded).length > 0) return plain;
  const match = TELL.exec(folded);
  const at = match && groupAt(match, 'tell');
  const before = match?.groups?.['before'] ?? '';
  const named = match && (groupAt(match, 'who') ?? groupAt(match, 'who2'));
  if (!at || !named || !CHANGES.test(before)) return plain;
  const said = plain.text.slice(named.start, named.end);
  const isPronoun = /^(?:him|her|them)$/i.test(said);
  if (!isPronoun && !/^\p{Lu}/u.test(said)) return plain;
  const fresh = lastPeople && now.getTime() - Date.parse(lastPeople.at) < FRESH_MS ? lastPeople.names : [];
  const own = PERSON.exec(plain.text.slice(0, at.start))?.groups?.['name'];
  const people = own === undefined ? fresh : [own];
  if (isPronoun && (people.length === 0 || (people.length > 1 && !/^them$/i.test(said)))) return plain;
  const whom = isPronoun ? new Intl.ListFormat('en').format(people) : said;
  const about = ENDS.test(before) ? 'the cancellation' : 'the new time';
  return withWords(plain, at, `. Write an email to ${whom} about ${about}`);
}
