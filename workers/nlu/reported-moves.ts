import { withWords, type PlainText } from './plain-text.ts';
import { startsWithVerb } from './rules/statement-rules.ts';
import { foldText, quotedRanges } from './text.ts';

/** What was done to something, and the order that says the same. */
const ORDERS: Readonly<Record<string, string>> = {
  moved: 'move',
  pushed: 'push',
  shifted: 'shift',
  postponed: 'postpone',
  delayed: 'delay',
  rescheduled: 'move',
  changed: 'move',
  'put off': 'postpone',
};
const DONE = String.raw`(?<done>${Object.keys(ORDERS)
  .join('|')
  .replaceAll(' ', String.raw`\s+`)})`;
const NAMED = String.raw`(?<named>(?:(?:the|my|our|his|her|their)\s+)?(?!(?:it|that|this|they|he|she|we|i|you|what|when|why|who|where|how|which|was|is|has|were|are|have|did|does|if|because|since|no|not|the|my|our)\b)[\p{L}\d'’-]+?(?:\s+[\p{L}\d'’-]+?){0,3}?)`;
const HOW_FAR = String.raw`(?=\s+(?:(?:back|forward|up|out|ahead|down)\s+)?(?:to|by|until|till|for|an?|half|\d)\b)`;
/** "The flight's been pushed back an hour", "dentist got moved to thursday" */
const PASSIVE = new RegExp(
  String.raw`^[\s,.!]*${NAMED}(?<between>(?:['’]s|\s+(?:is|was|has|had|got|gets|were|are|have))(?:\s+(?:been|be|being|now|just|got|also|already))*\s+${DONE})${HOW_FAR}`,
  'du',
);
/** "They've moved the dentist to thursday" */
const ACTIVE = new RegExp(
  String.raw`^[\s,.!]*(?<who>(?:they|he|she|we|someone|somebody|(?:the|my|our)\s+\p{L}+)(?:['’](?:ve|s|d)|\s+(?:have|has|had))?(?:\s+(?:just|now|already|also))*\s+${DONE})\s+(?:the|my|our|his|her)\s+\S`,
  'du',
);
/** "Make the meeting 11 instead" says an hour without saying so. */
const BARE_HOUR =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|and|so|actually|sorry|please)[\s,.!]+)*(?:make|set)\s+(?:the|my|our)\s+(?:\p{L}+\s+){0,2}?(?:meeting|event|appointment|call|lunch|dinner|stand-?up|sync|interview|class|lesson)\s+(?<hour>\d{1,2}(?::\d\d)?\s*(?:[ap]m)?)(?:\s+(?:instead|please|rather))*[\s.!]*$/du;
const MOST_CHARS = 160;

/** A text that tells how something was moved, or gives its new hour alone, as the order to move it. */
export function withReportedMove(plain: PlainText): PlainText {
  const folded = foldText(plain.text);
  if (folded.length > MOST_CHARS || /\?\s*$/.test(folded) || quotedRanges(folded).length > 0) return plain;
  const hour = BARE_HOUR.exec(folded)?.indices?.groups?.['hour'];
  if (hour) return withWords(plain, { start: hour[0], end: hour[0] }, 'at ');
  const active = ACTIVE.exec(folded);
  const who = active?.indices?.groups?.['who'];
  if (active && who) return withWords(plain, { start: who[0], end: who[1] }, orderOf(active));
  const passive = PASSIVE.exec(folded);
  const [named, between] = [passive?.indices?.groups?.['named'], passive?.indices?.groups?.['between']];
  if (!passive || !named || !between || startsWithVerb(folded.slice(named[0]))) return plain;
  const said = withWords(plain, { start: between[0], end: between[1] }, '');
  return withWords(said, { start: named[0], end: named[0] }, `${orderOf(passive)} `);
}

const orderOf = ({ groups }: RegExpExecArray): string =>
  ORDERS[groups?.['done']?.replace(/\s+/g, ' ') ?? ''] ?? 'move';
