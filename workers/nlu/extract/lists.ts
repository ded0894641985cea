import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { startsWithVerb } from '../rules/statement-rules.ts';
import type { Range } from '../text.ts';
import { blank, trimRange } from '../text.ts';
import type { Found } from './attributes.ts';

/** Names that people give to lists, taken as such where "list" is not said. */
const KNOWN =
  'groceries|grocery|grocries|shopping|shoping|errands|errand|chores|work|home|personal|school|packing|wishlist|wish ?list|bucket|reading|watchlist|christmas|xmas|party|travel|garden|hardware|hardwear|pharmacy|movies|books|gifts|presents|birthday|camping|costco|lidl|aldi|tesco|target|walmart|ikea';
/** Those that name nothing one goes to. */
const CLEAR =
  'groceries|grocery|grocries|groceris|shopping|errands|chores|wishlist|wish ?list|watchlist|bucket';
const GENERIC =
  /^(?:to-?\s?dos?|to do|todo|task|tasks|my|the|whole|full|entire|complete|current|new|general|main|same|a|this|that|long|short|it|them|me|list|price|guest's|mailing|waiting|lists|what|which|any|all|your|done|open|up|personal to-?do)$|^(?:today|tonight|tomorrow|(?:this|next|last)(?:\s+\S+)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/;
const GENERIC_TAIL = /\s+(?:to-?\s?do|todo|to do|task|check)$/;
const NAME = String.raw`[\p{L}\p{N}][\p{L}\p{N}&'’.-]*(?:\s+[\p{L}\p{N}&'’-]+){0,3}?`;
const END = String.raw`(?=\s*(?:$|[,.!?;:)]|\s{2,})|\s+(?:please|pls|would|for|by|with|before|due|tomorrow|today|tonight|too|lol|and|this|next|on|at|in|from|would|will|thanks|asap)\b)`;
const INTO = String.raw`(?:in|to|too|on|into|onto|under|for)`;
const FROM = String.raw`(?:from|off(?:\s+of)?|on|in|of)`;

interface Form {
  pattern: RegExp;
  /** Only where something is put on a list or looked up on one. */
  loose?: true;
}

const form = (source: string, loose?: true): Form => ({
  pattern: new RegExp(source, 'dgu'),
  ...(loose && { loose }),
});

const FORMS: readonly Form[] = [
  form(
    String.raw`(?<cut>\b(?:${INTO}|${FROM})\s+(?:(?:a|the|my|our)\s+)?(?:new\s+)?list\s+(?:called|named|titled|with (?:the )?name|of|for)\s+(?<name>${NAME}))${END}`,
  ),
  form(
    String.raw`(?<cut>\b(?:${INTO}|${FROM})\s+(?:(?:my|the|our|a|teh|that)\s+)?(?:whole\s+|old\s+|new\s+|entire\s+)?(?<name>${NAME})\s+(?:lists?|lsit|checklist)\b)`,
  ),
  form(String.raw`(?<cut>,\s*(?:my\s+|the\s+)?(?<name>${NAME})\s+list\b)(?=\s*(?:$|[.!?]))`),
  form(
    String.raw`(?<cut>\b(?:in|to|too|on|into|onto|from|off)\s+(?:(?:my|the|our)\s+)?(?:daily\s+|weekly\s+)?(?<name>${CLEAR}))${END}`,
  ),
  form(String.raw`(?<cut>\b(?:off(?:\s+of)?|under)\s+(?:(?:my|the|our)\s+)?(?<name>${KNOWN}))${END}`),
  form(String.raw`(?<cut>\bunder\s+(?<name>${NAME}))${END}`, true),
];
const NEW_LIST =
  /^(?:(?:make|mkae|create|creat|start|open|set up|begin|add|need|want|i need|give me|new)\s+(?:me\s+|up\s+)?)?(?:an?\s+|the\s+|another\s+|my\s+)?(?:new\s+)?(?:(?<plain>(?:lists?|lsit|checklist)(?:\s+(?:called|named|titled|with (?:the )?name|for(?: the)?|of)|\s*:)\s*(?:the\s+)?(?<name>[\p{L}\p{N}].{0,80}))|(?<before>[\p{L}\p{N}][\p{L}\p{N}'&’ -]{0,60}?)\s+(?:list|checklist|lsit))\s*$/du;
const SHOWN =
  /^(?:(?:show|open|read|give|list|display|check|see|pull up|bring up|what'?s|whats|what is|what was|what did i put|how many things are|is there anything|anything|tell me what'?s|let me see|view)\s+(?:me\s+|out\s+)?)?(?:what'?s\s+|what\s+|still\s+|left\s+|is\s+|was\s+)*(?:on\s+|in\s+)?(?:my\s+|the\s+|our\s+|teh\s+)?(?<name>[\p{L}\p{N}][\p{L}\p{N}&'’ -]{0,60}?)\s+(?:list|lsit)(?:\s+(?:please|pls))?$/du;
const ON_NAME =
  /\b(?:on|in|off|of|from)\s+(?:my\s+|the\s+)?(?<name>[\p{L}][\p{L}\p{N}&'’-]*(?:\s+[\p{Lu}][\p{L}\p{N}&'’-]*)?)\s*[?.!]*$/du;
const READ_OUT =
  /^(?:read(?:\s+(?:out|me))?|open|show(?:\s+me)?)\s+(?:my\s+|the\s+)?(?<name>[\p{L}][\p{L}\p{N}&'’-]*)$/du;
const PUT_ON =
  /^(?<item>.+?)\s+(?:to|on|onto|under|into)\s+(?:my\s+|the\s+|our\s+)?(?<name>[\p{L}][\p{L}\p{N}&'’-]*(?:\s+(?:stuff|things|repairs|ideas|supplies|prep|list))?)\s*$/du;
const OWN_NAME = String.raw`(?!(?:add|put|on|to|in|new|make|start|create|show|the|my|our|that|this|to-?do)\b)[\p{L}\p{N}][\p{L}\p{N}&'’-]*(?:\s+[\p{L}\p{N}&'’-]+)?`;
const HEADED = new RegExp(
  String.raw`^(?<cut>(?:(?:for\s+)?(?:my|the|our)\s+)?(?<name>${OWN_NAME}(?=\s+list(?:\s*:|\s+-\s))|${KNOWN})(?:\s+list)?(?:\s*:|(?<=list)\s+-)\s*(?:(?:an?|some)\s+)?)`,
  'du',
);
const THESE = String.raw`(?:(?:all\s+)?(?:of\s+)?(?:these|this|the\s+following|following|a\s+few|some|several)(?:\s+(?:new|more|other))?(?:\s+(?:things?|items?|stuff|stuffs|articles|products|groceries|ones|tasks|to-?dos))?)`;
const SAID_LIST = String.raw`(?:(?:my|the|our|a|an)\s+)?(?:new\s+)?(?:(?<name>${OWN_NAME})\s+(?:list|checklist|lsit)|(?<name2>${KNOWN}))`;
const MAKES = String.raw`(?:(?:(?:i|we)\s+(?:need|want)|make|mkae|create|creat|start|open|set\s+up|begin|add|need|want|give\s+me)\s+(?:me\s+|us\s+|up\s+)?(?:an?\s+|the\s+|another\s+|my\s+|our\s+)?(?:new\s+)?|(?:another|new)\s+)`;
const COLON = String.raw`(?:\s*:|\s+-)\s+`;
/** Other words before what is put on a list, all of which say only that. */
const HEADS: readonly RegExp[] = [
  // "add these to the shopping list: …", "put on the packing list: …"
  new RegExp(
    String.raw`^(?<cut>(?:add|put|write|note|jot|get|stick|pop|throw)\s+(?:down\s+)?(?:${THESE}\s+)?(?:to|on|onto|in|into)\s+${SAID_LIST}${COLON})`,
    'du',
  ),
  // "these go on the shopping list: …"
  new RegExp(
    String.raw`^(?<cut>(?:${THESE}\s+)?(?:(?:should|must|have\s+to|need\s+to|can|are\s+to)\s+)?(?:be\s+added|be\s+put|go(?:es)?|belongs?)\s+(?:to|on|onto|in|into)\s+${SAID_LIST}${COLON})`,
    'du',
  ),
  // "make a list for the party: …", "new list camping: …"
  new RegExp(
    String.raw`^(?<cut>${MAKES}(?:list|checklist|lsit)\s+(?:(?:called|named|titled|with\s+the\s+name|for|of)\s+)?(?:(?:the|my|our)\s+)?(?<name>[\p{L}\p{N}][\p{L}\p{N}&'’-]*(?:\s+[\p{L}\p{N}&'’-]+){0,2}?)${COLON})`,
    'du',
  ),
  // "make a packing list: …", "start a camping list with …"
  new RegExp(
    String.raw`^(?<cut>${MAKES}(?<name>${OWN_NAME})\s+(?:list|checklist|lsit)(?:${COLON}|\s+with(?:\s+${THESE})?(?::)?\s+(?=[^,]+,)))`,
    'du',
  ),
];
/** They may as well be what happens: "party: saturday at 8". */
const OCCASIONS = /^(?:party|birthday|christmas|xmas|travel|target)\s*:/;

/** The list that the words name; what names none ("my to-do list") is left alone. */
export function findListName(draft: Draft, range: Range, masked: readonly Range[] = []): Found | null {
  const headed = headingList(draft, range, masked);
  if (headed) return headed;
  const region = regionOf(draft, range, masked);
  for (const { pattern, loose } of FORMS)
    for (const match of region.matchAll(pattern)) {
      const hit = found(draft, range.start, match);
      if (
        hit &&
        (!loose ||
          /^\p{Lu}/u.test(hit.entity.text) ||
          new RegExp(`^(?:${KNOWN})$`).test(hit.entity.text.toLowerCase()) ||
          match.index + match[0].length >= region.trimEnd().length)
      )
        return hit;
    }
  return null;
}

/** The list that the words begin with: "groceries: milk". */
export function headingList(draft: Draft, range: Range, masked: readonly Range[] = []): Found | null {
  const region = regionOf(draft, range, masked);
  const words = region.trimStart();
  const head = HEADED.exec(words) ?? headOf(words);
  return head && found(draft, range.start + region.length - words.length, head);
}

/** Where what is put on a list begins behind such words: "make a packing list with | socks". */
export const headEnd = (folded: string): number => headOf(folded)?.[0].length ?? 0;

const headOf = (words: string): RegExpExecArray | null =>
  HEADS.map((pattern) => pattern.exec(words)).find((match) => match !== null) ?? null;

/** "groceries:", "packing list:": all that follows is put on it. */
export const headsList = (folded: string): boolean =>
  (HEADED.test(folded) && !OCCASIONS.test(folded)) || headOf(folded) !== null;

/** "start a hospital bag list", "new list: Baby stuff" */
export function newListName(draft: Draft, range: Range): Found | null {
  const words = draft.folded.slice(range.start, range.end).replace(/[.!?\s]+$/, '');
  if (words.length > 160) return null;
  const match = NEW_LIST.exec(words);
  const at = match?.indices?.groups?.['name'] ?? match?.indices?.groups?.['before'];
  if (!match || !at) return null;
  const name = words.slice(at[0], at[1]);
  if (
    GENERIC.test(name) ||
    (match.groups?.['before'] !== undefined &&
      (/\b(?:to|on|in|for|the|my)\b/.test(name) ||
        !/^(?:make|mkae|create|creat|start|open|set up|begin|add|need|want|new|give|i)\b/.test(words)))
  )
    return null;
  const span = { start: range.start + at[0], end: range.start + at[1] };
  return {
    entity: entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'a new list'),
    cut: range,
  };
}

/** "what's on Brico", "show me the Home Depot list", "read out packing" */
export function shownListName(draft: Draft, range: Range, masked: readonly Range[]): Found | null {
  const words = regionOf(draft, range, masked).replace(/[.!?\s]+$/, '');
  for (const pattern of [SHOWN, READ_OUT, ON_NAME]) {
    const match = pattern.exec(words.slice(0, 200));
    const at = match?.indices?.groups?.['name'];
    if (!match || !at) continue;
    const name = words.slice(at[0], at[1]).trim();
    const capital = /^\p{Lu}/u.test(draft.text.slice(range.start + at[0]));
    const known = new RegExp(`^(?:${KNOWN})$`).test(name);
    if (
      GENERIC.test(name) ||
      /\b(?:the|my|on|to)$/.test(name) ||
      /\b(?:tasks?|to-?dos?|todo|reminders?|alarms?|everything|all|what|due|left|plate|agenda|calendar|mind)\b/.test(
        name,
      ) ||
      (pattern !== SHOWN && !capital && !known)
    )
      continue;
    const span = { start: range.start + at[0], end: range.start + at[0] + name.length };
    return {
      entity: entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'as said'),
      cut: { start: range.start + (match.index ?? 0), end: span.end },
    };
  }
  return null;
}

/** "brioche buns to barbecue": what is put on something that can only be a list, since the thing is nothing to do. */
export function putOnList(draft: Draft, range: Range, masked: readonly Range[]): Found | null {
  const region = regionOf(draft, range, masked).trimEnd();
  const match = PUT_ON.exec(region);
  const [item, at] = [match?.groups?.['item'], match?.indices?.groups?.['name']];
  if (
    item === undefined ||
    !at ||
    startsWithVerb(item.trim()) ||
    GENERIC.test(region.slice(at[0], at[1])) ||
    item.length > 80
  )
    return null;
  const itemEnd = match?.indices?.groups?.['item']?.[1] ?? at[0];
  const span = { start: range.start + at[0], end: range.start + at[1] };
  return {
    entity: entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'what it is put on'),
    cut: { start: range.start + itemEnd, end: span.end },
  };
}

function found(draft: Draft, from: number, match: RegExpExecArray): Found | null {
  const groups = match.indices?.groups;
  const [cut, name] = [groups?.['cut'], groups?.['name'] ?? groups?.['name2']];
  if (!cut || !name) return null;
  // "for the trip to the packing list": the innermost preposition is the one that names the list.
  const inner = [
    ...draft.folded
      .slice(from + name[0], from + name[1])
      .matchAll(/(?:^|\s)(?:in|to|on|into|onto|from|under|off|of|for)\s+(?:(?:the|my|our)\s+)?/g),
  ].at(-1);
  let span = trimRange(draft.folded, {
    start: from + name[0] + (inner ? inner.index + inner[0].length : 0),
    end: from + name[1],
  });
  const cutStart = inner ? from + name[0] + inner.index : from + cut[0];
  const article = /^(?:the|my|our|a)\s+/.exec(draft.folded.slice(span.start, span.end));
  if (article) span = { start: span.start + article[0].length, end: span.end };
  const tail = GENERIC_TAIL.exec(draft.folded.slice(span.start, span.end));
  if (tail) span = { start: span.start, end: span.start + tail.index };
  const words = draft.folded.slice(span.start, span.end);
  if (words === '' || GENERIC.test(words)) return null;
  return {
    entity: entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'as said'),
    cut: { start: cutStart, end: from + cut[1] },
  };
}

function regionOf(draft: Draft, range: Range, masked: readonly Range[]): string {
  const end = Math.min(range.end, range.start + 1_000);
  const within = [...draft.quotes, ...masked].map((mask) => ({
    start: Math.min(mask.start, end),
    end: Math.min(mask.end, end),
  }));
  return blank(draft.folded.slice(0, end), within).slice(range.start);
}
