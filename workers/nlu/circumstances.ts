import type { Act } from '../../contracts/nlu.ts';
import { readOnly, withWords, type PlainText } from './plain-text.ts';
import { foldText, quotedRanges } from './text.ts';

const POLITE = String.raw`(?:(?:so|then|please|pls|(?:can|could|would|will) you|just|let's|and|can we|i(?:'d| would) like (?:you )?to|i want (?:you )?to|ok|okay|but|anyway|better|rather)[\s,]+)*`;
/** Changes of what is there already. */
const CHANGES = String.raw`(?:move|push|shift|postpone|reschedule|cancel|delete|remove|skip|change|delay|discard|snooze|call\s+off|bring\s+forward|clear|drop)\s+\S|(?:book|make|set|put|take|mark|tick|do|complete)\s+(?:it|that|this|them)\b|(?:make|put)\s+(?:everything|all)\b`;
const TAKES_BACK = String.raw`(?:undo|revert|un-?delete)\b`;
const REQUEST = new RegExp(`^${POLITE}(?:${CHANGES}|${TAKES_BACK})`);
const UNDOING = new RegExp(`^${POLITE}${TAKES_BACK}`);
const GIVES_UP = new RegExp(
  String.raw`^${POLITE}(?:delete|discard|remove|trash|throw\s+(?:it|that)\s+(?:away|out)|scrap|cancel|${TAKES_BACK})`,
);

const BY_ITSELF = String.raw`(?:too|so|still|really|very|quite|just|a bit|totally|completely|all)\s+`;
const STATE = String.raw`(?:feeling|running|away|ill|sick|tired|late|busy|out|off|broken|closed|full|cancell?ed|called\s+off|delayed|stuck|on\s+(?:vacation|holiday|leave)|down|gone|swamped|exhausted|unavailable|behind|postponed|dead|hungover|overbooked|snowed|raining|pouring|not\s+(?:feeling|well|there|here|available|able|coming|ready|going\s+to\s+(?:make|manage))|sold\s+out|too\s+(?:much|tired|busy|late|ill|sick|many|early|cold|hot|expensive))\b`;
const NAMED = String.raw`(?:the|my|our|his|her|their)\s+[\p{L}'-]+(?:\s+[\p{L}'-]+)?|[\p{L}-]+`;
const SUBJECT = String.raw`(?:i|we|he|she|they|it|there|something|someone|everyone|nobody|everything|${NAMED})`;
const HAPPENS = [
  String.raw`(?:'m|m|'s|'re|\s+am|\s+is|\s+are|\s+was|\s+were|\s+will\s+be|'ll\s+be)\s+(?:${BY_ITSELF})*${STATE}`,
  String.raw`\s+(?:won't|wont|will\s+not|can't|cant|havent|hasnt|didnt|cannot|can\s+not|couldn't|didn't|don't\s+(?:feel|have)|doesn't\s+(?:feel|have|work|work out)|haven't|hasn't)\b`,
  String.raw`(?:'s|'ve|\s+has|\s+have|\s+had)?\s+(?:got\s+(?:cancell?ed|delayed|sick|ill|stuck|called|moved|too|so|a\s)|been\s+(?:cancell?ed|delayed|moved|called\s+off|postponed)|(?:just\s+)?(?:came|come|comes)\s+(?:up|in|down)|broke\s|broken\s+down|called\s+in\s+sick|changed|hurts?\b|feels?\s|forgot\b|takes?\s+longer|took\s+longer|needs?\s+(?:a\s+(?:break|rest|day\s+off)|more\s+time|rest)\b|(?:(?:still|already)\s+)?(?:have|got)\s+(?:some|enough|plenty|it|them)(?:\s+(?:left|already|at\s+home|here))?$|no\s+(?:time|energy|strength)|too\s+much)`,
].join('|');
const OPENING = String.raw`(?:(?:oh|no|oops|sorry|actually|unfortunately|well|turns\s+out|but|and|because|since|as|look|listen|honestly)[\s,]+)*`;
/** How things are; nothing is asked by it. */
const STATEMENT = new RegExp(
  String.raw`^${OPENING}(?:${SUBJECT}(?:${HAPPENS})|(?:${BY_ITSELF})?(?:not\s+)?(?:feeling|too|cant|can't|won't|wont)\s|no\s+(?:time|energy)\b|change\s+of\s+plans?\b)`,
  'u',
);
/** Of whom or what it is said, by name: "the student is ill". */
const SAID_OF = new RegExp(
  String.raw`^${OPENING}(?!(?:i|we|he|she|they|it|there|this|that|something|someone|everyone|nobody|everything)\b)(?<named>${NAMED})(?:${HAPPENS})`,
  'u',
);
/** "Ann can't make it, cancel" */
const BARE = new RegExp(String.raw`^${POLITE}cancel(?=(?:\s+please)?[\s.!]*$)`);
const IT = /\s(?:it|that|this)\b/;
/** "I can't make it tomorrow, cancel the lesson": the day is that of what is cancelled. */
const CALLS_OFF = new RegExp(
  String.raw`^${POLITE}(?:cancel|delete|remove|skip|call\s+off|drop)\s+(?:the|my|our)\s+[\p{L}-]+(?:\s+[\p{L}-]+){0,2}(?=[\s.!]*$)`,
  'u',
);
const ITS_DAY =
  /\s(?:today|tonight|tomorrow|(?:on\s+|this\s+|next\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;
/** What somebody let us know: "the customer rang", "Ben can only do the afternoon". */
const REPORTED =
  /^(?:(?:oh|no|sorry|actually|so|ok|okay|and|btw)[\s,]+)*(?:(?:the|my|our|his|her)\s+)?(?!(?:i|we|you|it|that|this|what|when|who)\b)\p{L}[\p{L}'-]*\s+(?:just\s+|has\s+|have\s+)?(?:rang|called|phoned|texted|wrote|emailed|messaged|asked|said|says|told\s+me|wants|prefers|can\s+only|cancelled|canceled|moved\s+(?:it|things)|had\s+to)\b[^,;?\d]{0,40}$/u;
const WISHES = /\b(?:need(?:s)?\s+to|have\s+to|has\s+to|want|remind|must|should|would\s+like)\b/;
/** Something that "it" may mean. */
const THING = /\b(?:the|my|our|a|an|his|her|their)\s+\p{L}/u;
const POINTS = /\s(?:it|that|this|them|those|these)\b/;

const JOINT = /\s*(?:[,.;!\u2026]+|\s-)\s+|\s+(?=so\s)/g;
const BECAUSE =
  /[\s,]+(?:because(?!\s+of\b.*\s(?:to|on|by)\s)|(?:cause|cos|coz|cuz)(?=\s+\S+\s+\S)|since(?=\s+(?:i|we|he|she|they|it|the|my|our)\b)|as(?=\s+(?:i|we|he|she|they)\b))\s+\S/;
const GIVEN_UP =
  /^(?:(?:forget|leave|drop|scratch)\s+(?:it|that|this)|never\s?mind(?:\s+(?:it|that))?|nvm|no+|nah|nope|i\s+changed\s+my\s+mind|changed\s+my\s+mind)[\s,.;!-]+/;
const MOST_CHARS = 300;
const MOST_WORDS = 12;

/**
 * The text without a clause that only says how things are, beside a change that is asked for: "i'm too tired, | move the
 * gym to friday", "push it to friday | , the printer is late", "move it | because i'm ill".
 *
 * @param asked a question is open, which "forget it" may mean
 */
export function withoutCircumstances(plain: PlainText, asked: boolean): PlainText {
  const folded = foldText(plain.text);
  if (folded.length > MOST_CHARS || quotedRanges(folded).length > 0) return plain;
  const { start, subject, day } = leadingClause(folded, asked);
  const rest = folded.slice(start);
  const request = readOnly(plain, { start, end: start + trailingClause(rest) });
  const bare = subject === undefined ? null : BARE.exec(rest);
  const ends = day === undefined ? bare?.[0].length : CALLS_OFF.exec(rest)?.[0].length;
  const whole = ends === undefined ? request : withWords(request, { start: ends, end: ends }, day ?? ' it');
  if (subject === undefined) return whole;
  return { ...whole, restore: (act) => saidOf(whole.restore(act), subject) };
}

/** "It" is what was spoken of last, unless something has the name of whom the clause before is about. */
const saidOf = (act: Act, subject: string): Act => ({ ...act, params: { ...act.params, subject } });

interface Leading {
  /** Where the request begins. */
  start: number;
  /** What the clause before says something of, where "it" may be that. */
  subject?: string;
  /** The day in it, which is that of the thing that is called off. */
  day?: string;
}

function leadingClause(folded: string, asked: boolean): Leading {
  const givenUp = asked ? undefined : GIVEN_UP.exec(folded)?.[0].length;
  if (givenUp !== undefined && GIVES_UP.test(folded.slice(givenUp))) return { start: givenUp };
  for (const { index, 0: mark } of folded.matchAll(JOINT)) {
    const [before, from] = [folded.slice(0, index).trim(), index + mark.length];
    const rest = folded.slice(from);
    const isBare = !asked && BARE.test(rest);
    if (!REQUEST.test(rest) && !isBare) continue;
    if (REPORTED.test(before) && POINTS.test(` ${rest}`)) return { start: from };
    if (!isCircumstance(before)) continue;
    const isPointed = isBare || (!UNDOING.test(rest) && IT.test(` ${rest}`));
    const subject = isPointed ? SAID_OF.exec(before)?.groups?.['named'] : undefined;
    if (isBare && subject === undefined) continue;
    // "I can't make it to the dentist, move it to friday" says in the first half what is moved.
    if (subject === undefined && !UNDOING.test(rest) && POINTS.test(rest) && THING.test(before)) continue;
    const day = ITS_DAY.exec(before)?.[0];
    if (saysWhen(before, rest) && !(day !== undefined && CALLS_OFF.test(rest))) continue;
    return {
      start: from,
      ...(subject !== undefined && { subject }),
      ...(day !== undefined && CALLS_OFF.test(rest) && { day }),
    };
  }
  return { start: 0 };
}

/** Where the request ends. */
function trailingClause(folded: string): number {
  if (!REQUEST.test(folded)) return folded.length;
  const because = BECAUSE.exec(folded);
  const apart = (at: number): boolean => !saysWhen(folded.slice(at), folded.slice(0, at));
  if (because && !ORDERS.test(folded.slice(because.index)) && apart(because.index)) return because.index;
  for (const { index, 0: mark } of folded.matchAll(JOINT))
    if (isCircumstance(folded.slice(index + mark.length).replace(/[\s.!]+$/, '')) && apart(index))
      return index;
  return folded.length;
}

/** "I'm sick tomorrow, move everything": only the clause has a day, so that it is part of what is asked for. */
const saysWhen = (aside: string, request: string): boolean => WHEN.test(aside) && !WHEN.test(request);
const WHEN =
  /\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:next|this)\s+(?:week|month|morning|afternoon|evening)|morning|afternoon|evening|noon)\b|\d/;
/** Asks for something more. */
const ORDERS = new RegExp(`\\b(?:and|then|so|also)\\s+${POLITE}(?:${CHANGES}|add|remind|create)`);

const isCircumstance = (words: string): boolean =>
  words.split(/\s+/).length <= MOST_WORDS &&
  STATEMENT.test(words) &&
  !WISHES.test(words) &&
  !/[?,;]/.test(words.replace(/^\w+,/, '')) &&
  !ORDERS.test(words);
