import type { Draft } from '../draft.ts';
import { overlaps, type Range } from '../text.ts';
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
  `${BEGIN}(?<verb>delete|remove|tick\\s+off|cross\\s+off|check\\s+off|complete)\\s+${ITEMS}${TASKS}(?<tail>(?:\\s+(?:from|off|out\\s+of)\\s+(?:my|the|our)\\s+(?:\\S+\\s+){0,2}(?:list|calendar|diary|agenda|schedule|planner))?)${END}`,
  'dgu',
);

const LIST = String.raw`(?:to|on|onto|in|into)\s+(?:(?:my|the|our)\s+(?:[\p{L}\p{N}&'’-]+\s+){0,3}?list|(?:(?:my|the)\s+)?(?:groceries|shopping|errands|chores))(?:\s+(?:for|by|before|today|tomorrow|tonight|this|next)\b[^,;.!?]*?)?`;
const COMMAED = String.raw`(?<items>${ITEM}(?:\s*,\s*(?:(?:and|&)\s+)?${ITEM})+(?:\s+(?:and|&)\s+${ITEM})?)`;
/** "add milk, eggs and bread to the shopping list" */
const PUT_ON = new RegExp(
  `${BEGIN}(?<verb>(?:add|put|write|stick|pop|throw|chuck|note|(?:i\\s+|we\\s+)?need)(?:\\s+down)?)\\s+${COMMAED}\\s+(?<tail>${LIST})${END}`,
  'dgu',
);
const NAMED_LIST = String.raw`(?:to|on|onto|in|into)\s+(?:(?:my|the|our)\s+(?!to-?do\b)[\p{L}\p{N}&'-]+\s+list|(?:(?:my|the|our)\s+)?(?:groceries|shopping))`;
/** "add milk and eggs to the groceries": an "and" alone parts words only on a list that has a name */
const PUT_TWO = new RegExp(
  `${BEGIN}(?<verb>add|put|write|stick|pop|throw|chuck|note)\\s+(?<items>[\\p{L}'’-]+\\s+(?:and|&)\\s+(?!(?:and|the|my|our|rest|other|others|it|them|that|all)\\b)[\\p{L}'’-]+)\\s+(?<tail>${NAMED_LIST})${END}`,
  'dgu',
);
const FOOD_LIST = String.raw`(?:to|on|onto|in|into)\s+(?:(?:my|the|our)\s+)?(?:groceries|(?:shopping|grocery|market|supermarket|food)\s+list)`;
const WORD = String.raw`(?!(?:and|the|my|our|rest|other|others|it|them|that|all|for|with|from|to)\b)[\p{L}'’-]+`;
/** "put olive oil and tomatoes on my shopping list": what is bought has a name of two words, and no verb */
const PUT_FOODS = new RegExp(
  `${BEGIN}(?<verb>add|put|write|stick|pop|throw|chuck|note)\\s+(?<items>${WORD}\\s+${WORD}\\s+(?:and|&)\\s+${WORD}(?:\\s+${WORD})?)\\s+(?<tail>${FOOD_LIST})${END}`,
  'dgu',
);
/** "on the shopping list put milk, eggs and bread" */
const ON_PUT = new RegExp(
  `${BEGIN}(?<verb>(?:on|to)\\s+(?:my|the|our)\\s+(?:\\S+\\s+){0,3}?list,?\\s+(?:put|add|write)|(?:add|put)\\s+(?:(?:these|the\\s+following)(?:\\s+(?:things|items|stuff))?\\s+)?(?:to|on)\\s+(?:my|the|our)\\s+(?:\\S+\\s+){0,3}?list:?)\\s+${COMMAED}(?<tail>)${END}`,
  'dgu',
);
/** "cancel lunch, dinner and gym": an "and" alone may be within a name */
const CALLED_OFF = new RegExp(
  `${BEGIN}(?<verb>cancel|call\\s+off|scrap)\\s+${COMMAED}(?<tail>(?:\\s+(?:from|off)\\s+(?:my|the|our)\\s+(?:calendar|diary|agenda|schedule|planner))?)${END}`,
  'dgu',
);
/** "I bought milk, eggs and bread" */
const BOUGHT = new RegExp(
  `${BEGIN}(?<verb>(?:(?:i|we)(?:'ve|\\s+have)?\\s+(?:(?:just|already|also|finally)\\s+)*)?(?:got|bought|picked\\s+up))\\s+${COMMAED}(?<tail>)${END}`,
  'dgu',
);
/** "got the milk and the eggs", "done with bread and the vet": an article before the second tells it from one title */
const ACHIEVED = new RegExp(
  `${BEGIN}(?<verb>(?:(?:i|we)(?:'ve|\\s+have)?\\s+(?:(?:just|already|also|finally)\\s+)*)?(?:got|bought|picked\\s+up|did|finished(?:\\s+with)?|completed|done\\s+with|handled)|(?:i'm\\s+|all\\s+)?done\\s+with)\\s+(?=.*?(?:,|\\band)\\s+(?:the|my|our)\\s)${ITEMS}(?<tail>)${END}`,
  'dgu',
);

const PATTERNS = [MARKED, STATED, ENDED, CALLED_OFF, PUT_ON, PUT_TWO, PUT_FOODS, ON_PUT, ACHIEVED, BOUGHT];

/** What belongs together and is one thing. */
const PAIRS =
  'mac(?:aroni)? and cheese|bread and butter|salt and (?:pepper|vinegar)|gin and tonic|fish and chips|rock and roll|bed and breakfast|peanut butter and jelly|ham and eggs|bacon and eggs|research and development|arts and crafts|terms and conditions|pros and cons|black and white|nuts and bolts|odds and ends|oil and vinegar|drum and bass|rum and coke|pen and paper|track and field|salt and lime|meet and greet|q and a|r and d|trial and error|lost and found|cream and sugar|milk and sugar|rice and beans|war and peace|pride and prejudice|crime and punishment';
const PAIR = new RegExp(String.raw`\b(?:${PAIRS.replaceAll(' and ', String.raw`\s+(?:and|&)\s+`)})\b`, 'g');
const ARTICLE = /^(?:the|my|our)\s+/;
/** The noun at the end names the kind of all that stands before it. */
const KIND = /\b(?:tasks?|to-?dos?|items?|lists?|reminders?|alarms?|events?|meetings?|appointments?|ones?)$/;

/** Targets that share one verb or one state, each an act of its own. */
export function enumerationIn(draft: Draft, joints: readonly Joint[]): Enumeration | null {
  for (const pattern of PATTERNS)
    for (const match of draft.folded.matchAll(pattern)) {
      const { verb = '', items = '', tail = '' } = match.groups ?? {};
      const at = match.indices?.groups?.['items'];
      if (!at) continue;
      const [start, end] = at;
      if (draft.quotes.some((quote) => overlaps(quote, { start, end }))) continue;
      const pairs = [...items.matchAll(PAIR)].map(({ index, 0: { length } }) => ({
        start: start + index,
        end: start + index + length,
      }));
      const inside = joints.filter(
        (joint) => joint.start > start && joint.end < end && !pairs.some((pair) => overlaps(pair, joint)),
      );
      const [first] = inside;
      // "Mark buy milk and call mum as done": tasks are called so.
      const made = pattern === PUT_ON || pattern === ON_PUT || pattern === MARKED;
      if (!first || !areTargets(itemsOf(draft, { start, end }, inside), made, pattern === PUT_FOODS))
        continue;
      const after = /^are\b/.test(tail.trim()) ? 'is done' : tail.trim();
      const isLast = (joint: Joint): boolean => joint === inside.at(-1);
      return {
        first: { end: first.start, after },
        shares: new Map(inside.map((joint) => [joint.start, shares(verb, 0, isLast(joint) ? '' : after)])),
      };
    }
  return null;
}

const itemsOf = ({ folded }: Draft, { start, end }: Range, inside: readonly Joint[]): string[] =>
  [...inside, { start: end }].map((next, index) =>
    folded.slice(inside[index - 1]?.end ?? start, next.start).trim(),
  );

/** @param short no name among them has more than two words, or tells anything else */
function areTargets(items: readonly string[], made: boolean, short: boolean): boolean {
  const named = (item: string): boolean => {
    const opening = openingOf(bareClause(`${item} x`));
    return (opening === 'other' || (made && opening === 'activity')) && !KIND.test(item);
  };
  if (!items.every(named)) return false;
  const articles = items.filter((item) => ARTICLE.test(item)).length;
  // Two names of several words are as often one: "delete dinner with Ann and Bo".
  return (
    made ||
    short ||
    articles === items.length ||
    items.length > 2 ||
    items.every((item) => !item.replace(ARTICLE, '').includes(' '))
  );
}
