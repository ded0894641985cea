import type { Draft } from '../draft.ts';
import { repetitionIn } from '../repetition.ts';
import { overlaps, type Range } from '../text.ts';

/**
 * How two clauses meet: `end` of a sentence, `break` (a new line, a bullet, a semicolon), `comma`, `and`, `then` (words
 * that announce something further: "also", "and then", "but"), `so` (what follows from what was said) and `colon`.
 */
export type JointKind = 'end' | 'break' | 'comma' | 'and' | 'then' | 'so' | 'colon';

/** A place where a message may fall apart; its own words belong to neither side. */
export interface Joint extends Range {
  kind: JointKind;
  /** A comma stands before the word: ", and". */
  comma: boolean;
  /** The words between the two, such as "and also". */
  words: string;
}

/** Enough for any message that is no note; each costs a look at both sides. */
const MAX_JOINTS = 20;

/** Words that announce one more request wherever they stand. */
const FURTHER = [
  String.raw`(?:and\s+)?(?:also|then|plus)|but(?:\s+(?:before\s+that|first))?|as\s+well\s+as|oh`,
  String.raw`while\s+(?:you(?:'re|\s+are)\s+at\s+(?:it|that)|i(?:'ve)?\s+(?:have|got)\s+you|i'm\s+(?:at\s+it|here))`,
  String.raw`(?:when|once|as\s+soon\s+as)\s+(?:you(?:'re|\s+are)|that(?:'s|\s+is))\s+done`,
].join('|');
/** Words that do so only behind a mark or an "and": alone they are as often part of a request ("next week"). */
const FURTHER_BEHIND = [
  String.raw`after\s+that|next(?=\s*,)|afterwards?|later(?=\s*,)|lastly|finally|besides|in\s+addition|additionally|on\s+top\s+of\s+that|p\.?\s?s\.?:?`,
  String.raw`(?:one\s+more|another|one\s+last)\s+thing:?`,
  String.raw`(?:first|second|third)(?:\s+of\s+all|ly)?(?!\s+(?:one|task|item|thing|is|meeting|event|reminder|on|of|in|week|time|day|half|and|to)\b)`,
  String.raw`if\s+(?:so|not|(?:he|she|they|it)\s+(?:did|didn't|does|doesn't|is|isn't|has|hasn't|are|aren't)|(?:yes|no|i\s+am|i'm\s+not))(?=[\s,]+\S+\s+\S)`,
].join('|');
const AND = String.raw`and|&|\+|n`;
const ENDS_WORD = String.raw`(?![\p{L}\p{N}'-])[\s,]+`;
const NUMBERED = String.raw`\d{1,2}[.)]`;
const BLANK = String.raw`(?:\s|[\u{1F300}-\u{1FAFF}\u2764\uFE0F])*`;

/** A mark with the words after it, or words alone. */
const JOINT = new RegExp(
  [
    String.raw`(?:\s*(?<mark>[.!?\u2026]+["')\]]*(?=[\s\u{1F300}-\u{1FAFF}])|;+|,+|:(?=\s)|\n|\s-{1,2}(?=\s))${BLANK}`,
    String.raw`(?<bullet>(?<=\n\s*)(?:[-*\u2022\u00b7]|${NUMBERED})\s+|${NUMBERED}\s+)?`,
    String.raw`(?<after>(?:(?:${FURTHER}|${FURTHER_BEHIND}|${AND})${ENDS_WORD})*)`,
    String.raw`|\s+(?:(?<inline>${NUMBERED})\s+|(?<words>(?:${FURTHER}|${AND})${ENDS_WORD}(?:(?:${FURTHER}|${FURTHER_BEHIND}|${AND})${ENDS_WORD})*)|(?=so\s)))`,
    String.raw`(?<so>so(?:\s+then)?[\s,]+(?!(?:that|far|much|many|on|i\s+can)\b))?`,
  ].join(''),
  'gu',
);
/** What a point belongs to rather than ends a sentence. */
const ABBREVIATED = /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|approx|appt|no|nr|e\.g|i\.e|jr|sr|p\.?s)$/;
/** What a point belongs to, and may end a sentence as well. */
const OFTEN_ABBREVIATED =
  /(?:^|[\s(\d])(?:etc|a\.m|p\.m|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun)$/;

const BETWEEN =
  /\bbetween\s+(?:(?:\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm|a\.m\.?|p\.m\.?|o'clock)?)|noon|midday|now|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;
const TIMELY =
  /^(?:\d{1,2}(?!\d)|noon|midday|midnight|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)/;

/** Every place where the message may fall apart, in order. Quotes have none. */
export function findJoints(draft: Draft): Joint[] {
  const text = linesOf(draft);
  const found: Joint[] = [];
  let number = /^\s*1[.)]\s/.test(text) ? 1 : 0;
  const pattern = new RegExp(JOINT);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex += 1;
    const { mark = '', bullet = '', inline = '', after = '', words = '', so } = match.groups ?? {};
    if (match[0].trim() === '' && mark === '') continue;
    const counted = Number.parseInt(bullet || inline, 10);
    // "2." counts on; any other number before a point is a value.
    const counts = counted === number + 1 && (number > 0 || mark === ':' || mark === '\n');
    if (counts) number = counted;
    else if (inline !== '') {
      // The point may still end a sentence: "from 7 to 3. Also …".
      pattern.lastIndex = match.index + match[0].search(/[.)]/);
      continue;
    }
    const at: Range = { start: match.index, end: match.index + match[0].length };
    if (!counts && counted > 0) {
      at.end -= bullet.length + after.length + (so?.length ?? 0);
      pattern.lastIndex = at.end;
    }
    if (at.start === 0 || at.end >= text.length) continue;
    if (draft.quotes.some((quote) => overlaps(quote, at))) continue;
    if (mark.trim().startsWith('-') && /\d$/.test(text.slice(0, at.start)) && /^\d/.test(text.slice(at.end)))
      continue;
    const before = text.slice(Math.max(0, at.start - 12), at.start);
    if (mark === '.' && ABBREVIATED.test(before)) continue;
    // "Between 1pm and 5pm" is one stretch, whatever comes behind it.
    if (words.trim() === 'and' && BETWEEN.test(text.slice(0, at.start)) && TIMELY.test(text.slice(at.end)))
      continue;
    const soft = mark === '.' && OFTEN_ABBREVIATED.test(before) && after === '';
    const listed = counts || /^\D/.test(bullet);
    const kind = soft ? 'comma' : so === undefined ? kindOf(mark, listed, (after || words).trim()) : 'so';
    found.push({ ...at, kind, comma: mark.startsWith(','), words: (after || words).trim() });
    if (found.length >= MAX_JOINTS) break;
  }
  // "daily at 8am and 8pm" is one repetition.
  const repeats = found.length > 0 ? repetitionIn(draft, { start: 0, end: text.length }) : null;
  return repeats === null
    ? found
    : found.filter(({ start, end }) => end <= repeats.start || repeats.end <= start);
}

/** Where the first item of a bulleted or counted list begins. */
export function afterBullet(draft: Draft): number {
  return /^\s*(?:[-*\u2022\u00b7]|1[.)])\s+(?=\S)/.exec(draft.folded)?.[0].length ?? 0;
}

/** The folded text with its line ends, which folding turns into blanks. */
function linesOf({ folded, text }: Draft): string {
  return /[\n\r]/.test(text) ? folded.replace(/ /g, (unit, at: number) => lineEnd(text[at]) ?? unit) : folded;
}

const lineEnd = (unit: string | undefined): string | undefined =>
  unit === '\n' || unit === '\r' ? '\n' : undefined;

const PLAIN_AND = new RegExp(`^(?:${AND}),?$`);

function kindOf(mark: string, listed: boolean, words: string): JointKind {
  if (mark.startsWith(';') || mark === '\n' || listed) return 'break';
  if (/[.!?\u2026]/.test(mark)) return 'end';
  if (words !== '') return PLAIN_AND.test(words) ? 'and' : 'then';
  return mark === ':' ? 'colon' : 'comma';
}
