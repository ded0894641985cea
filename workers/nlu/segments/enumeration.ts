import type { Draft } from '../draft.ts';
import { overlaps } from '../text.ts';
import type { Joint } from './joints.ts';
import { shares, type Shares } from './sides.ts';
import { bareClause, openingOf } from './wording.ts';

/** What several targets of one verb share: the joints between them part the message, the last one has it all itself. */
export interface Enumeration {
  /** By where the joint begins: what the target behind it shares. */
  shares: ReadonlyMap<number, Shares>;
  /** Where the first target's words end, and what is read behind them. */
  first: { end: number; after: string };
}

const ITEM = String.raw`(?:(?:the|my|our)\s+)?(?!(?:and|the|my|our|rest|other|others|it|them|that|all)\b)[\p{L}\p{N}'’-]+(?:\s+(?!(?:and|is|are|was|were|has|have|as|to|tasks|items|to-?dos|done|off|with|from|on|at)\b)[\p{L}\p{N}'’-]+){0,3}`;
const ITEMS = String.raw`(?<items>${ITEM}(?:\s*,\s*${ITEM})*(?:\s*,)?\s+(?:and|&)\s+${ITEM})`;
const TASKS = String.raw`(?:\s+(?:tasks|items|to-?dos))?`;
const BEGIN = String.raw`(?<=^|[.!?;,]\s+|\b(?:and|then|also|please|pls|you)\s+)`;
const END = String.raw`(?=\s*(?:$|[.!?;,]|\s(?:and|then|also|please|pls|thanks)\b))`;
const STATE = String.raw`(?:as\s+)?(?:done|completed?|finished|bought|paid)`;

/** "mark the milk, the eggs and the bread done" */
const MARKED = new RegExp(
  `${BEGIN}(?<verb>mark|tick|check|cross|set)\\s+(?:off\\s+)?${ITEMS}${TASKS}\\s+(?<tail>${STATE}|off)${END}`,
  'dgu',
);
/** "the bike and the car are done" */
const STATED = new RegExp(
  `${BEGIN}(?<verb>)${ITEMS}\\s+(?<tail>are\\s+(?:(?:all|both|now)\\s+)?(?:done|completed?|finished))${END}`,
  'dgu',
);
/** "delete bob and bread" */
const ENDED = new RegExp(
  `${BEGIN}(?<verb>delete|remove|tick\\s+off|cross\\s+off|check\\s+off|complete)\\s+${ITEMS}${TASKS}(?<tail>(?:\\s+(?:from|off)\\s+(?:my|the|our)\\s+(?:\\S+\\s+){0,2}list)?)${END}`,
  'dgu',
);

/** "add milk, eggs and bread to the shopping list" */
const PUT_ON = new RegExp(
  `${BEGIN}(?<verb>(?:add|put|stick|pop|throw|chuck|write|note|(?:i\\s+|we\\s+)?need)(?:\\s+down)?)\\s+(?<items>${ITEM}(?:\\s*,\\s*${ITEM})*(?:\\s*,?\\s+(?:and|&)\\s+|\\s*,\\s*)${ITEM})\\s+(?<tail>(?:to|on|onto|in|into)\\s+(?:(?:my|the|our)\\s+(?:(?!to-?do\\b)(?<list>[\\p{L}\\p{N}&'-]+)\\s+|\\S+\\s+){0,2}?list|(?:(?:my|the|our)\\s+)?(?<list2>groceries|shopping))(?:\\s+(?:for|by|before)\\s+[^,.;!?]{2,30})?)${END}`,
  'dgu',
);

/** What belongs together and is one thing. */
const PAIR =
  /^(?:mac(?:aroni)? and cheese|bread and butter|salt and (?:pepper|vinegar)|gin and tonic|fish and chips|rock and roll|bed and breakfast|peanut butter and jelly|ham and eggs|bacon and eggs|research and development|arts and crafts|terms and conditions|pros and cons|black and white|nuts and bolts|odds and ends|oil and vinegar|drum and bass|rum and coke|pen and paper|track and field|salt and lime|meet and greet|q and a|r and d|trial and error|lost and found|cream and sugar|milk and sugar|rice and beans)$/;
const ARTICLE = /^(?:the|my|our)\s+/;
/** The noun at the end names the kind of all that stands before it. */
const KIND = /\b(?:tasks?|to-?dos?|items?|lists?|reminders?|alarms?|events?|meetings?|appointments?|ones?)$/;

/** Targets that share one verb or one state, each an act of its own. */
export function enumerationIn(draft: Draft, joints: readonly Joint[]): Enumeration | null {
  for (const pattern of [MARKED, STATED, ENDED])
    for (const match of draft.folded.matchAll(pattern)) {
      const { verb = '', items = '', tail = '' } = match.groups ?? {};
      const at = match.indices?.groups?.['items'];
      if (!at) continue;
      const [start, end] = at;
      if (draft.quotes.some((quote) => overlaps(quote, { start, end }))) continue;
      const inside = joints.filter((joint) => joint.start > start && joint.end < end);
      const [first] = inside;
      if (!first || !areTargets(items)) continue;
      const after = /^are\b/.test(tail.trim()) ? 'is done' : tail.trim();
      const isLast = (joint: Joint): boolean => joint === inside.at(-1);
      return {
        first: { end: first.start, after },
        shares: new Map(inside.map((joint) => [joint.start, shares(verb, 0, isLast(joint) ? '' : after)])),
      };
    }
  return entriesIn(draft, joints);
}

/** Things that are put on a list in one breath, each an entry of its own; what belongs together stays one. */
function entriesIn(draft: Draft, joints: readonly Joint[]): Enumeration | null {
  for (const match of draft.folded.matchAll(PUT_ON)) {
    const { verb = '', items = '', tail = '', list, list2 } = match.groups ?? {};
    const at = match.indices?.groups?.['items'];
    if (!at) continue;
    const [start, end] = at;
    if (draft.quotes.some((quote) => overlaps(quote, { start, end }))) continue;
    const between = joints.filter((joint) => joint.start > start && joint.end < end);
    const apart = between.filter((joint, index) => {
      const from = between[index - 1]?.end ?? start;
      const to = between[index + 1]?.start ?? end;
      const pair = `${draft.folded.slice(from, joint.start)} and ${draft.folded.slice(joint.end, to)}`;
      return joint.kind !== 'and' || !PAIR.test(pair.replace(ARTICLE, '').trim());
    });
    const [first] = apart;
    if (!first || !areEntries(items, list ?? list2)) continue;
    return {
      first: { end: first.start, after: tail },
      shares: new Map(
        apart.map((joint) => [joint.start, shares(verb, 0, joint === apart.at(-1) ? '' : tail)]),
      ),
    };
  }
  return null;
}

/** Two words joined by "and" are several things only on a list that has a name: "add milk and eggs to the groceries". */
function areEntries(words: string, list: string | undefined): boolean {
  const items = itemsIn(words);
  const openings = items.map((item) => openingOf(bareClause(`${item} x`)));
  const deeds = openings.filter((opening) => opening === 'activity').length;
  if (openings.some((opening) => opening !== 'other' && opening !== 'activity')) return false;
  if (items.length > 2) return words.includes(',') && (deeds === 0 || deeds === items.length);
  return list !== undefined && deeds === 0 && items.every((item) => !item.includes(' '));
}

const itemsIn = (words: string): string[] =>
  words.split(/\s*,\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+/).filter((item) => item !== '');

function areTargets(words: string): boolean {
  const items = itemsIn(words);
  if (items.some((item) => openingOf(bareClause(`${item} x`)) !== 'other' || KIND.test(item))) return false;
  const plain = words.replace(ARTICLE, '').replace(/&/g, 'and');
  if (items.length === 2 && PAIR.test(plain)) return false;
  const articles = items.filter((item) => ARTICLE.test(item)).length;
  // Two names of several words are as often one: "delete dinner with Ann and Bo".
  return (
    articles === items.length ||
    items.length > 2 ||
    items.every((item) => !item.replace(ARTICLE, '').includes(' '))
  );
}
