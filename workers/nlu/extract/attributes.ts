import type { Entity } from '../../../contracts/nlu.ts';
import type { Priority } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { blank } from '../text.ts';
import { cutText } from '../../../core/cut-text.ts';

/** An entity and the stretch that leaves the title with it (the connecting words included). */
export interface Found {
  entity: Entity;
  cut: Range;
}

const LEVELS: Record<string, Priority> = {
  urgent: 'urgent',
  urgently: 'urgent',
  critical: 'urgent',
  highest: 'urgent',
  top: 'urgent',
  asap: 'urgent',
  high: 'high',
  important: 'high',
  medium: 'medium',
  normal: 'medium',
  mid: 'medium',
  regular: 'medium',
  low: 'low',
  lowest: 'low',
  p0: 'urgent',
  p1: 'urgent',
  p2: 'high',
  p3: 'medium',
  p4: 'low',
  '1': 'urgent',
  '2': 'high',
  '3': 'medium',
  '4': 'low',
  '!!!': 'urgent',
  '!!': 'high',
};

const CONNECT = String.raw`(?<cut>(?:(?:,\s*|and\s+)?(?:with|as|at|of|make it|mark it(?: as)?|set it to|it's|its|it is|this is|that's|is|priority[:=]?)\s+)?(?:an?\s+|the\s+|very\s+|really\s+|super\s+)*`;
const PRIORITY_PATTERNS: readonly RegExp[] = [
  new RegExp(
    `${CONNECT}(?<level>highest|high|top|urgent|critical|medium|normal|regular|lowest|low)[\\s-]+(?:priority|prio|importance)\\b)`,
    'dg',
  ),
  /(?<cut>\b(?:with\s+)?(?:the\s+)?(?:priority|prio)\s*(?:[:=]|is|to|of|level|at)?\s*(?<level>highest|high|top|urgent|critical|medium|normal|lowest|low|p[0-4]|[1-4])(?![\p{L}\p{N}]))/dgu,
  /(?<![\p{L}\p{N}_/-])(?<cut>(?:as\s+|at\s+)?(?<level>p[0-4]))(?![\p{L}\p{N}_/.-])/dgu,
  /(?:^|\s)(?<cut>(?<level>!{2,3}))(?=\s|$)/dg,
  /(?<cut>(?:,\s*|-\s*|\b(?:and|because|since)\s+)?(?:it's|its|it is|this is|that's)\s+(?:very\s+|really\s+|super\s+|quite\s+)*(?<level>urgent|important|critical))\b/dg,
  /^(?<cut>\s*(?<level>urgent|important|asap)\s*[:,!-]+)/dg,
  /(?<cut>[,(-]\s*(?:very\s+)?(?<level>urgent|important|critical)\)?)\s*[.!]*$/dg,
  /(?<cut>,\s*(?<level>highest|high|medium|low|lowest))\s*(?=[.!]*$|,)/dg,
  /(?<cut>(?:,\s*|\band\s+)(?:make|mark|set|flag)\s+(?:it|that|this)\s+(?:as\s+|to\s+)?(?:very\s+|really\s+|super\s+)*(?<level>urgent|important|critical|(?:high|medium|low)(?=[\s.!]*$)))\b/dg,
  /(?<cut>\b(?<level>urgent|urgently|asap))\s*[.!]*$/dg,
  /(?<cut>\b(?<level>asap|urgently))\b/dg,
];

/** "high priority", "urgent", "p1", "!!" */
export function findPriority(draft: Draft, range: Range, masked: readonly Range[]): Found | null {
  const region = regionOf(draft, range, masked);
  const relaxed =
    /(?<cut>\b(?:(?:it's|it is|but)\s+)?(?:not\s+(?:so\s+|very\s+|that\s+)?urgent|no\s+rush|not\s+(?:so\s+|that\s+)?important))\b/d.exec(
      region,
    );
  const calm = relaxed?.indices?.groups?.['cut'];
  if (calm) {
    const cut = { start: calm[0] + range.start, end: calm[1] + range.start };
    return { entity: entityAt(draft, 'priority', cut, 'low', 'said not to be urgent'), cut };
  }
  for (const pattern of PRIORITY_PATTERNS)
    for (const match of region.matchAll(pattern)) {
      const level = LEVELS[match.groups?.['level'] ?? ''];
      const groups = match.indices?.groups;
      const cut = groups?.['cut'];
      const word = groups?.['level'];
      if (!level || !cut || !word) continue;
      // The span is the words of the priority; the words that tie it to the sentence only leave the title.
      const start = /^(?:with\s+)?(?:the\s+)?(?:priority|prio)/.test(region.slice(cut[0], cut[1]))
        ? cut[0]
        : word[0];
      const span = { start: start + range.start, end: trimEnd(region, cut[1], word[1]) + range.start };
      return {
        entity: entityAt(draft, 'priority', span, level, 'as said'),
        cut: { start: cut[0] + range.start, end: cut[1] + range.start },
      };
    }
  return null;
}

/** The value of a range that is nothing but a priority ("high", "urgent", "top priority"). */
export function readPriority(folded: string): Priority | null {
  const match =
    /^[\s,.]*(?:an?\s+|the\s+|as\s+|with\s+|to\s+|very\s+|really\s+|super\s+|extra\s+|ultra\s+|quite\s+|it's\s+)*(?:priority\s*)?(?<level>highest|high|top|urgent|critical|important|asap|medium|normal|mid|regular|lowest|low|p[0-4]|!{2,3})(?:[\s-]+(?:priority|prio|one))?(?:\s+please)?[\s.!]*$/.exec(
      folded,
    );
  return LEVELS[match?.groups?.['level'] ?? ''] ?? null;
}

function trimEnd(region: string, cutEnd: number, wordEnd: number): number {
  const tail = region.slice(wordEnd, cutEnd);
  const kept = /^[\s-]+(?:priority|prio|importance)/.exec(tail)?.[0].length ?? 0;
  return wordEnd + kept;
}

const HASH_TAG = /(?<![\p{L}\p{N}&#/])#(?<tag>[\p{L}_][\p{L}\p{N}\p{M}_-]*)/dgu;
const WORD_TAGS =
  /(?<cut>\b(?:(?:and\s+)?(?:(?:tagged|labell?ed)(?:\s+(?:as|with))?|(?:tag|label)\s+(?:it|this|that)(?:\s+(?:as|with))?)|with\s+(?:the\s+)?(?:tags?|labels?)|(?:tags?|labels?):)\s+(?<tags>#?[\p{L}\p{N}_-]+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)#?[\p{L}\p{N}_-]+(?=\s*(?:,|and\b|$)))*))/dgu;
/** "buy balloons tag family": the last word; "price tag paper" has its tag in a name. */
const LAST_TAG =
  /(?<=\S\s+)(?<!\b(?:add|put|set|use|remove|take|drop|delete|an?|the|my|price|name|dog|cat|gift|luggage|bag|key|laser|phone|game|of|play)\s+)(?<cut>tags?\s+(?<tags>#?[\p{L}\p{N}_-]+))(?=\s*[.!]*$)/dgu;

/** As many as a task can carry. */
const MAX_TAGS = 50;

/** "#home", "tagged errands and home", "with the tag work" */
export function findTags(draft: Draft, range: Range, masked: readonly Range[]): Found[] {
  const region = regionOf(draft, range, masked);
  const found: Found[] = [];
  const tags: string[] = [];
  const worded: Range[] = [];
  for (const match of [...region.matchAll(WORD_TAGS), ...region.matchAll(LAST_TAG)]) {
    if (found.length >= MAX_TAGS) break;
    const groups = match.indices?.groups;
    const [cut, names] = [groups?.['cut'], groups?.['tags']];
    if (!cut || !names || worded.some(({ end }) => cut[0] < end)) continue;
    tags.push(...splitTags(match.groups?.['tags'] ?? ''));
    worded.push({ start: cut[0], end: cut[1] });
    const span = { start: names[0] + range.start, end: names[1] + range.start };
    found.push({
      entity: entityAt(draft, 'tags', span, [], 'as said'),
      cut: { start: cut[0] + range.start, end: cut[1] + range.start },
    });
  }
  for (const match of region.matchAll(HASH_TAG)) {
    if (found.length >= MAX_TAGS) break;
    const span = { start: match.index + range.start, end: match.index + match[0].length + range.start };
    if (worded.some(({ start, end }) => start + range.start <= span.start && span.end <= end + range.start))
      continue;
    tags.push(match.groups?.['tag'] ?? '');
    found.push({ entity: entityAt(draft, 'tags', span, [], 'hash tag'), cut: span });
  }
  const all = [...new Set(tags.filter((tag) => tag !== '').map((tag) => cutText(tag, 200)))].slice(0, 50);
  // One slot, several places: each place carries the whole list, so that the last entity of the slot has all.
  return found.map((item) => ({
    ...item,
    entity: { ...item.entity, value: all, readings: [{ value: all, reason: 'as said' }] },
  }));
}

export function splitTags(text: string): string[] {
  return text
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s+#/)
    .map((tag) => tag.replace(/^[#\s"']+|["'\s.!]+$/g, ''))
    .filter((tag) => tag !== '');
}

const GENERIC_LISTS =
  /^(?:to-?\s?dos?|to do|task|tasks|my|the|whole|full|entire|complete|current|new)$|^(?:today|tonight|tomorrow|(?:this|next|last)\s+\S+|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;
const LIST_PATTERNS: readonly RegExp[] = [
  /(?<cut>\b(?:in|to|on|into|onto|from|under|for)\s+(?:my\s+|the\s+|our\s+|a\s+)?(?<name>[\p{L}\p{N}&'-]+(?:\s+[\p{L}\p{N}&'-]+){0,2}?)\s+list\b)/dgu,
  /(?<cut>\b(?:in|to|on|into|onto|from|under)\s+(?:my\s+|the\s+)?list\s+(?:called\s+|named\s+|of\s+)?(?<name>(?!(?:for|by|on|at|in|to|due|with|and|or|please|today|tomorrow|tonight)\b)[\p{L}\p{N}&'-]+)(?=\s*(?:$|[,.!]|\b(?:by|on|at|due|tomorrow|today|with|for)\b)))/dgu,
  /(?<cut>\blist:\s*(?<name>[\p{L}\p{N}&'-]+))/dgu,
];
const LIST_CUT = /\b(?:in|to|on|into|onto|from|under|for|the|my|our)\s+/g;

/** "in my groceries list", "to the work list", "list: home". "my to-do list" is the general one and names none. */
export function findList(draft: Draft, range: Range, masked: readonly Range[]): Found | null {
  const region = regionOf(draft, range, masked);
  for (const pattern of LIST_PATTERNS)
    for (const match of region.matchAll(pattern)) {
      const groups = match.indices?.groups;
      const [cut, name] = [groups?.['cut'], groups?.['name']];
      if (!cut || !name) continue;
      // "for the trip to the packing list": the innermost preposition is the one that names the list.
      const inner = [...region.slice(name[0], name[1]).matchAll(LIST_CUT)].at(-1);
      const nameStart = inner ? name[0] + inner.index + inner[0].length : name[0];
      const cutStart =
        inner && /^(?:in|to|on|into|onto|from|under|for)/.test(inner[0]) ? name[0] + inner.index : cut[0];
      const span = { start: nameStart + range.start, end: name[1] + range.start };
      const words = draft.folded.slice(span.start, span.end).replace(/\s+(?:to-?do|todo|to do|task)$/, '');
      const tied = /(?:,|\s+and|,\s*and)\s+(?:put|add|place|stick|file)\s+(?:it|this|that)\s+$/.exec(
        region.slice(0, cutStart),
      );
      const whole = { start: (tied?.index ?? cutStart) + range.start, end: cut[1] + range.start };
      if (GENERIC_LISTS.test(words)) continue;
      return {
        entity: entityAt(
          draft,
          'list',
          { start: span.start, end: span.start + words.length },
          draft.text.slice(span.start, span.start + words.length),
          'as said',
        ),
        cut: whole,
      };
    }
  return null;
}

/** "to my list", "on the to-do list": says where a to-do goes without naming a list. */
export function genericListCut(draft: Draft, range: Range): Range | null {
  const match =
    /\s(?:in|to|on|into|onto|from|off|off of)\s+(?:my\s+|the\s+|our\s+)?(?:(?:to-?\s?dos?|todo|to do|task)\s+)?(?:list|tasks|to-?dos?|todos?|to do's)\s*(?=$|[,.!]|\b(?:by|due|tomorrow|today|for|with|on)\b)/.exec(
      draft.folded.slice(range.start, range.end),
    );
  return match
    ? { start: range.start + match.index, end: range.start + match.index + match[0].length }
    : null;
}

const AMOUNT = String.raw`(?:(?<h>\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|half an|a couple of|a few)\s*-?\s*(?:hours?|hrs?|h)(?:(?<half>\s+and\s+a\s+half)|\s*(?:and\s+)?(?<m2>\d+)\s*(?:minutes?|mins?|m)?)?|(?<m>\d+|fifteen|twenty|thirty|forty|forty-five|ten|five|ninety|sixty)\s*-?\s*(?:minutes?|mins?|m))(?![\p{L}\p{N}])`;
/** "… and it'll probably take me about", "that needs" */
const IT_TAKES = String.raw`(?:(?:[,;]|\s-)\s*|\b)(?:(?:and|but|which)\s+)?(?:(?:it|that|this)(?:'?ll|'d|\s+will|\s+would|\s+should|\s+may|\s+might|\s+could|\s+is\s+going\s+to)?\s+(?:(?:will|should|probably|likely|only|just|usually)\s+)*(?:takes?|needs?|lasts?)|(?:(?:should|will|would|might|may|could|probably|likely|only|usually)\s+)+takes?|(?:it|that|this)(?:'s|\s+is|\s+will\s+be|'?ll\s+be))\s+(?:(?:me|us)\s+)?`;
const ROUGHLY = String.raw`(?:(?:about|around|approximately|roughly|maybe|probably|up\s+to|at\s+least)\s+|~\s*)*`;
const DURATION_PATTERNS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?<cut>${IT_TAKES}${ROUGHLY}(?<amount>${AMOUNT})(?:\s+(?:of\s+work|or\s+so|in\s+total))?)(?!\s+(?:ago|before|after|from|earlier|later|longer|shorter))`,
    'dgu',
  ),
  new RegExp(
    String.raw`(?<cut>(?:[,;(]|\s-)\s*${ROUGHLY}(?<amount>${AMOUNT})\s+(?:of\s+|worth\s+of\s+)?work\)?)(?=\s*(?:$|[.,!;]))`,
    'dgu',
  ),
  new RegExp(
    `(?<cut>(?:,\\s*)?\\b(?:for|takes?|taking|lasting|lasts|(?:that\\s+)?(?:will|should|would)\\s+take|duration(?:\\s+of|\\s+is|:)?|estimated?(?:\\s+at|:)?|time needed:?)\\s+(?:about\\s+|around\\s+|approximately\\s+|roughly\\s+|~\\s*)?(?<amount>${AMOUNT}))(?!\\s+(?:ago|before|after|from|earlier))`,
    'dgu',
  ),
  new RegExp(`(?<=^|[\\s(,])(?<cut>[(,]?\\s*~?(?<amount>${AMOUNT})(?:\\s+long)?\\)?)\\s*[.!]*$`, 'dgu'),
  new RegExp(`(?<cut>\\((?:about\\s+|~\\s*)?(?<amount>${AMOUNT})\\))`, 'dgu'),
];
const NUMBER_WORDS: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  'half an': 0.5,
  'a couple of': 2,
  'a few': 3,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  'forty-five': 45,
  sixty: 60,
  ninety: 90,
};

/** "for 30 minutes", "takes 2h", "an hour and a half" at the end. Not "in 30 minutes", which is a time. */
export function findDuration(draft: Draft, range: Range, masked: readonly Range[]): Found | null {
  const region = regionOf(draft, range, masked);
  for (const pattern of DURATION_PATTERNS)
    for (const match of region.matchAll(pattern)) {
      const groups = match.indices?.groups;
      const [cut, amount] = [groups?.['cut'], groups?.['amount']];
      if (!cut || !amount || /\b(?:in|within|next|last|past|every|of)\s*$/.test(region.slice(0, cut[0])))
        continue;
      const minutes = minutesOf(match.groups ?? {});
      if (minutes === null) continue;
      const span = { start: amount[0] + range.start, end: amount[1] + range.start };
      return {
        entity: entityAt(draft, 'duration_minutes', span, minutes, 'as said'),
        cut: { start: cut[0] + range.start, end: cut[1] + range.start },
      };
    }
  return null;
}

/** A range that is nothing but a length of time, in minutes; a bare number counts as minutes when asked for. */
export function readDuration(folded: string, bareNumber = false): number | null {
  const match = new RegExp(
    `^[\\s,.]*(?:(?:for|about|around|it takes|takes|roughly|maybe|probably|to|approximately)\\s+)*(?:${AMOUNT})(?:\\s+(?:long|please))?[\\s.!]*$`,
    'u',
  ).exec(folded);
  if (match) return minutesOf(match.groups ?? {});
  const number = bareNumber ? /^[\s,.]*(?:about\s+)?(\d{1,4})[\s.!]*$/.exec(folded) : null;
  const minutes = Number(number?.[1] ?? 0);
  return minutes > 0 ? minutes : null;
}

function minutesOf(groups: Record<string, string | undefined>): number | null {
  const value = (text: string | undefined): number =>
    text === undefined ? 0 : (NUMBER_WORDS[text.replace(/\s+/g, ' ')] ?? Number(text.replace(',', '.')));
  const hours = value(groups['h']) + (groups['half'] === undefined ? 0 : 0.5);
  const minutes = Math.round(hours * 60 + value(groups['m2']) + value(groups['m']));
  return minutes >= 1 && minutes <= 60 * 24 * 366 ? minutes : null;
}

/** The folded text of a range with quotes and used stretches blanked out. */
function regionOf(draft: Draft, range: Range, masked: readonly Range[]): string {
  return blank(
    draft.folded.slice(0, range.end),
    [...draft.quotes, ...masked].map(({ start, end }) => ({
      start: Math.min(start, range.end),
      end: Math.min(end, range.end),
    })),
  ).slice(range.start);
}
