import type { FoundItem } from '../ports.ts';

type Kind = FoundItem['kind'];

/** Words that say that something is looked for, and not what. */
const EMPTY = new Set(
  `a about all also am an and any anything are as at be been but by can could did do does done ever every everything
  find for from get give had has have having he her here him his how i if in into is it its last like look looking me
  mention mentioned mentions my no not of on or our out please regarding related said say says search see she show so
  some something stuff talk talked tell that the their them then there these they thing things this those to told up us
  was we were what when where which who will with would write writing written wrote you your`.split(/\s+/),
);

/** Words that name a kind of thing; what they name may still have them in its title. */
const KIND_WORDS: readonly [RegExp, Kind][] = [
  [/^(?:tasks?|to-?dos?|todos?|chores?)$/, 'task'],
  [/^(?:events?|meetings?|appointments?|calendar)$/, 'event'],
  [/^(?:e-?mails?|mails?|drafts?|letters?)$/, 'draft'],
  [/^(?:notes?|messages?|conversations?|chats?|entry|entries|item|items)$/, 'turn'],
];
/** What somebody said is looked for first where they ask what they said. */
const SAID =
  /\b(?:did|have|had|do|where|what|when)\b.*\bi\b.*\b(?:say|said|mention\w*|talk\w*|tell|told|ask\w*)\b/i;
const WROTE = /\bi\b.*\b(?:write|wrote|written)\b/i;

/** What a search is about. */
export interface Terms {
  /** What is looked for, each word once. */
  core: string[];
  /** Counts for more where it is found, and is not missed. */
  extra: string[];
  /** Where any of these are found, nothing else is shown. */
  only: Kind[];
  /** These come first. */
  first: Kind[];
}

/** Words that ask for a search and leave open of what. */
const ASKING = new Set(
  'search find look for up something anything everything things stuff me my please can you could i want to'.split(
    ' ',
  ),
);
/** Whether words only ask for a search. */
export const asksOnly = (query: string): boolean => split(query).every((word) => ASKING.has(word));

/** The words without those at their beginning that say nothing: "did I mention the milk" is about "milk". */
export function aboutWhat(query: string): string {
  const rest = query.replace(/^[\s\p{P}]+/u, '');
  const [first] = /^[\p{L}\p{N}\p{M}'’]+\s+(?=\S)/u.exec(rest) ?? [];
  return first !== undefined && EMPTY.has(first.trim().toLowerCase())
    ? aboutWhat(rest.slice(first.length))
    : rest;
}

const MAX = 12;

/** @param people who has to be in it */
export function termsOf(query: string, people: readonly string[], words: string): Terms {
  const said = split(query);
  const telling = said.filter((word) => !EMPTY.has(word));
  const kinds = split(words).flatMap((word) => kindsNamed(word));
  const extra = telling.filter((word) => kindsNamed(word).length > 0);
  const core = telling.filter((word) => !extra.includes(word));
  const named = people.flatMap(split).filter((word) => !core.includes(word));
  const all = [...core, ...named];
  return {
    // What is nothing but such words is looked for as it stands: "the note", "meetings".
    core: unique(all.length > 0 ? all : extra.length > 0 ? extra : said).slice(0, MAX),
    extra: all.length > 0 ? unique(extra).slice(0, MAX) : [],
    only: unique(kinds.filter((kind) => kind !== 'turn')),
    first: SAID.test(words) ? ['turn'] : WROTE.test(words) ? ['turn', 'draft'] : [],
  };
}

const kindsNamed = (word: string): Kind[] =>
  KIND_WORDS.filter(([pattern]) => pattern.test(word)).map(([, kind]) => kind);

/** Words in small letters, without what belongs to no word. */
export const split = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}]+)?/gu) ?? []).map((word) =>
    word.replace(/['’].*$/, ''),
  );

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
