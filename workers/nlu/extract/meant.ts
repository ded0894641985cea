import { literally } from '../../../core/literally.ts';
import type { Entity } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import type { Content } from './frames.ts';
import type { Moment } from './moments.ts';
import { piecesOf, stripped } from './pieces.ts';
import { readTarget } from './target.ts';

/** What is done to an item that is named behind it or before it: "I paid the bill", "milk's bought". */
const DID = String.raw`(?!(?:feed|need|weed|seed|shed|bed|red|speed|embed|sled)\b)(?:\p{L}+ed|paid|bought|sent|done|made|took|taken|got|gotten|fed|cut|read|wrote|written|rang|put|swept|hung|built|sold|gave|given|brought|picked|went|held|found|met|did|ran|ate|eaten|drove|sorted)`;
const DID_IT = new RegExp(
  String.raw`^(?:(?:i|we)(?:'ve|\s+have)?\s+)?(?:(?:just|already|finally|also|now)\s+)*${DID}(?:\s+(?:off|up|out|in|back|through|to|with))?\s+(?=(?:the|my|our|an?|all|some|his|her|their|it|that|this|\p{L}+'s)\s)`,
  'u',
);
/** Said of oneself, what follows needs no article: "i called mum". */
const I_DID = new RegExp(
  String.raw`^(?:i|we)(?:'ve|\s+have)?\s+(?:(?:just|already|finally|also|now)\s+)*${DID}(?:\s+(?:off|up|out|in|back|through|to|with))?\s+(?=\p{L})`,
  'u',
);
const IS_DONE = new RegExp(
  String.raw`(?:['’]s|\s+(?:is|are|was|were|has|have))?\s+(?:been\s+|all\s+|already\s+|now\s+|finally\s+)*${DID}(?:\s+(?:off|up|out|in))?\s*[.!]*$`,
  'u',
);

/** What follows an item and says something about it: "isn't happening", "should be at noon", "can wait". */
const SAID_OF_IT =
  /\s+(?:(?:is|are|was|were|isn't|isnt|aren't|wasn't|has|have|had|hasn't|can't|cannot|cant|can|could|should|shall|must|needs?|wants?|would|will|won't|wont|may|might|ought|starts?|ends?|begins?|got|gets|moved|doesn't|doesnt|don't|didn't|comes?|takes?|clashes|repeats?|repeat|overlaps?|no longer|not|fell through|falls through|to be|ran|now|done|completed|finished|✔|gone|scheduled|planned|booked|actually|as i|to (?:whenever|some|other|another|somewhere|when)\b)\b|✔|->|→|=>)[\s\S]*$/u;
const NO_LONGER =
  /^(?:(?:[\p{L}'’]+\s+){0,3}?(?:i|we|he|she|they|[\p{L}]+)(?:'ve|'m|'ll|\s+have|\s+am|\s+will)?\s+)?(?:(?:can't|cannot|can not|cant|couldn't|won't|wont|don't|dont|do not|will not|not|no longer)\s+(?:going to\s+)?(?:make(?:\s+it(?:\s+to)?)?|do|want|need|come(?:\s+to)?|go(?:\s+to)?|attend|see|have|manage|get)(?:\s+(?:to|it to))?|(?:'d\s+)?(?:need|want|would like|look for|find)\s+(?:me\s+|us\s+)?(?:an?\s+)?(?:new|other|another|different)\s+(?:time|date|day|slot|evening)\s+(?:for|to))\s+(?=\S)/u;
const FIELD =
  /^(?:(?:the|its|an?)\s+)?(?:due\s+date|deadline|due\s+time|start(?:\s+time)?|end(?:\s+time)?|time|date|day|hour|priority|importance|length|duration|location|venue|place|address|room|name|title|tags?)\s+(?:of|for|on)\s+/;
const FIELD_TAIL =
  /(?:'s|’s)?\s+(?:due\s+date|deadline|start time|end time|time|date|priority|venue|location|length|duration)$/;
const LEAD =
  /^(?:(?:and|to|that(?!\s+one\b)|for|of|on|is|please|me|us|so|then|just|off|out|from|with|about|make|set|give|put|have|actually|but|well|the time of|there's|it's that|(?:i|we)(?:'ve|'m|\s+have|\s+am)\s+(?:just\s+|already\s+)?|i\s+)\s+|(?:i|we)(?:'ve|'m|\s+have|\s+am)\s+(?:just\s+|already\s+|finally\s+)*)/;
const TAIL =
  /(?:[\s,]+(?:on|at|to|for|by|until|till|in|from|be|is|and|or|the|with|as|due|back|forward|out|up|over|off|away|earlier|later|instead|now|anymore|any more|please|come|end|begin|start|it|of|into|onto|so|end at|to be|task to|around|somewhere|elsewhere|too|also|again|some other time|another time|another day|some other day|actually|apparently|scheduled|(?:(?:an?|half an?|\d+|two|three)\s+)?(?:hours?|hrs?|minutes?|mins?|days?|weeks?)\s+(?:later|earlier|sooner|longer|shorter)|longer|shorter|thing lol|lol|starting|happen|repeat|make it|today|[:,-]|->|→)|[\s,]*(?:->|→|✔|=>)|['’]s)$/;
const CONTAINERS =
  /\s+(?:(?:off|off of|from|out of|on|in|to)\s+)(?:my|the|our|teh)\s+(?:google\s+|work\s+)?(?:calendar|diary|schedule|agenda|cal|calender|planner|(?:to-?\s?do\s+|task\s+|todo\s+)?lists?|tasks|to-?dos|todos|chores)\b/g;
const NOTHING =
  /^(?:i|we|me|us|it in|to|the|an?|and|or|is|everything off|please|that i|there|make it|be|do|off|out|so|then|on|in|for|of|new times?|another|find|some|other|some other|time|day|date|new|new time|update|fix|with|my|our|not happening|called off|cancell?ed|gone|over|no need|something else|something|else|nothing|nope|not|could|would|it's|i'd|that)$/;

/** The calendar or list that something is taken from or moved on; it tells nothing of the item. */
export function containersIn(draft: Draft, region: Range): Range[] {
  return [...draft.folded.slice(region.start, region.end).matchAll(CONTAINERS)].slice(0, 5).map((match) => ({
    start: region.start + match.index,
    end: region.start + match.index + match[0].length,
  }));
}

/**
 * The words that name the item of an order, once its new values, its list and its day are cut.
 * What is said of it ("isn't happening") stands behind them.
 */
export function meantIn(
  draft: Draft,
  content: Content,
  cuts: readonly Range[],
  kind: Target['kind'],
  values: readonly Range[] = [],
  { attributes = [], done = false }: { attributes?: readonly Range[]; done?: boolean } = {},
): Entity | null {
  const itemsIn = (range: Range): Range[] =>
    piecesOf(draft, range, [...cuts, ...content.idle])
      .flatMap((piece) => itemIn(draft, piece, done) ?? [])
      .filter(({ start, end }) => !NOTHING.test(draft.folded.slice(start, end)));
  const own = itemsIn(content.body);
  // "I can't do book club, find another evening": the order names nothing, what was said before it does.
  const usable = own.length > 0 ? own : itemsIn(content.before);
  const [first] = usable;
  const last = usable.at(-1);
  if (!first || !last) return null;
  // An order comes first; where words only point back, what they point to is what was said last.
  if (content.commanded && own.length > 0) return itemEntity(draft, first, kind, attributes);
  const beside = values
    .map((value) => usable.findLast(({ end }) => end <= value.start))
    .find(
      (item) =>
        item &&
        values.some(
          (value) => item.end <= value.start && !/[,.!?;\n]/.test(draft.folded.slice(item.end, value.start)),
        ),
    );
  return itemEntity(draft, beside ?? (content.pointed ? last : first), kind, attributes);
}

function itemIn(draft: Draft, piece: Range, done: boolean): Range | null {
  let { start, end } = stripped(draft, piece, LEAD, null);
  const lost = NO_LONGER.exec(draft.folded.slice(start, Math.min(end, start + 120)));
  if (lost) start += lost[0].length;
  const field = FIELD.exec(draft.folded.slice(start, end));
  if (field) start += field[0].length;
  if (done) {
    const said = draft.folded.slice(start, end);
    start += (I_DID.exec(said) ?? DID_IT.exec(said))?.[0].length ?? 0;
    end -= IS_DONE.exec(draft.folded.slice(start, end))?.[0].length ?? 0;
  }
  const quote = draft.quotes.find((one) => one.start === start);
  const said = SAID_OF_IT.exec(draft.folded.slice(quote ? quote.end : start, end));
  if (said && (quote || said.index > 0)) end = (quote ? quote.end : start) + said.index;
  ({ start, end } = stripped(draft, { start, end }, null, TAIL));
  const tail = FIELD_TAIL.exec(draft.folded.slice(start, end));
  if (tail) end = start + tail.index;
  const range = stripped(draft, { start, end }, null, TAIL);
  return range.end > range.start ? range : null;
}

export function itemEntity(
  draft: Draft,
  range: Range,
  kind: Target['kind'],
  attributes: readonly Range[] = [],
): Entity | null {
  const span = trimRange(draft.folded, range, ',.!?:;');
  if (span.start >= span.end) return null;
  const target = readTarget(draft.folded.slice(span.start, span.end), draft.text.slice(span.start, span.end));
  if (!target) return null;
  const value: Target = {
    ...(kind === 'event' && EVERY.test(draft.folded.slice(span.start, span.end))
      ? { reference: 'all' }
      : withoutDays(draft, target, span, attributes)),
    kind,
  };
  const reason =
    target.reference === 'last'
      ? 'the item spoken of last'
      : target.reference === 'all'
        ? 'everything that the filters select'
        : target.reference === 'ordinal'
          ? 'its place in the list just shown'
          : 'words of its title';
  return entityAt(draft, 'target', span, value, reason);
}

const EVERY =
  /^(?:(?:all|every|each)(?:\s+(?:of|my|the|our|single|\S+'s))*\s+(?:meetings?|events?|appointments?|entry|entries|things?)|(?:(?:my|the|our|today's|tomorrow's|(?:(?:this|next)\s+)?(?:week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)'s)\s+)?(?:whole\s+|entire\s+)?(?:meetings|events|appointments|calendar|schedule|everything|plans))$/;

/** "tomorrow's standup" is looked for as "standup", on that day. */
function withoutDays(draft: Draft, target: Target, span: Range, attributes: readonly Range[]): Target {
  let { query } = target;
  if (query === undefined) return target;
  for (const attribute of attributes) {
    if (attribute.start < span.start || attribute.end > span.end) continue;
    const words = draft.text.slice(attribute.start, attribute.end);
    // The "this" of "this week's choir" is gone already.
    const rest = query
      .replace(words, '')
      .replace(new RegExp(`^${literally(words.replace(/^(?:this|that)\s+/i, ''))}(?=['’]s)`, 'i'), '')
      .replace(/^\s*(?:'s|’s)?\s*/, '')
      .replace(/\s+/g, ' ')
      .trim();
    if (/\p{L}{2,}/u.test(rest.replace(/^(?:the|my|our)\b/i, ''))) query = rest;
  }
  // "My 10am tomorrow" is named by its hour alone, as "my 10am" is.
  const hour =
    /^(?<hour>\d{1,2}(?::\d\d)?\s*(?:[ap]m)?)\s+(?:today|tomorrow|tonight|(?:(?:on|this|next)\s+)?\p{L}+day)$/iu;
  return { ...target, query: hour.exec(query)?.groups?.['hour'] ?? query };
}

/** An hour behind "my" or "the" names what is then: "my 3 o'clock". */
export function namedMoments(draft: Draft, moments: readonly Moment[]): Moment[] {
  return moments.map((moment) => {
    const named =
      (moment.time?.clockOnly === true ||
        (moment.time?.hasClock === true && /^\d/.test(draft.folded.slice(moment.start, moment.end)))) &&
      /(?:^|\s)(?:the|my|our|that|this|your|\S+'s)\s+$/.test(draft.folded.slice(0, moment.start)) &&
      !/\b(?:to|until|at|by|from)\s+the\s+$/.test(draft.folded.slice(0, moment.start));
    return named ? { ...moment, attribute: true } : moment;
  });
}

/** Moments that say where an item is now, apart from those that say where it is to be. */
export function splitMoments(draft: Draft, moments: readonly Moment[]): { old: Moment[]; next: Moment[] } {
  const old = moments.filter(
    (moment) => moment.attribute || /\b(?:from|not)\s+(?:the\s+)?$/.test(draft.folded.slice(0, moment.start)),
  );
  const free = moments.filter((moment) => !old.includes(moment));
  const moved = free.filter((moment) =>
    /(?:\b(?:to|until|till|for|now|is|at|be|by|it)|->|→)\s+(?:the\s+)?$/.test(
      draft.folded.slice(0, moment.start),
    ),
  );
  const next = free.length > 1 && moved.length > 0 && moved.length < free.length ? moved : free;
  return { old: [...old, ...free.filter((moment) => !next.includes(moment))], next };
}
