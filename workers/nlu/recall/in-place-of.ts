import { GIVEN_NAMES } from '../people/given-names.ts';

/** What comes in many kinds and is named by one: "my physics exam", "the quarterly report". */
const KINDS = new Set(
  `exam test quiz class lesson lecture seminar course homework essay report paper presentation project assignment thesis
  meeting review session appointment call lunch dinner breakfast party birthday wedding trip tickets ticket flight invoice bill
  contract form application order delivery game match practice rehearsal training shift interview visit checkup
  results notes slides summary worksheet workbook chapter midterm final finals tutorial lab quiz club league tournament
  subscription insurance policy tax taxes account budget plan schedule list newsletter minutes letter email`.split(
    /\s+/,
  ),
);
const DETERMINER = /^(?:my|our|the|his|her|their|an?|this|that)\s+/i;

/**
 * A title with something else in place of what it is about: "study for my physics exam" for chemistry is "study for my
 * chemistry exam", and for the history essay "study for the history essay".
 *
 * @param preposition that stands before the new words ("for")
 * @returns null where nothing in the title can be meant
 */
export function inPlaceOf(title: string, preposition: string, words: string): string | null {
  if (words === '' || words.split(/\s+/).length > 8) return null;
  const part = partAfter(title, preposition) ?? partAfter(title, '');
  if (part) return title.slice(0, part.start) + other(title.slice(part.start), words);
  const verb = /^(?<verb>\p{L}+(?:\s+(?:up|out|off|in|down|back|for|with|to))?)\s+(?<object>\S.*)$/u.exec(
    title,
  );
  const object = verb?.groups?.['object'];
  // A name that nothing stands before: "physics homework", "milk".
  if (KINDS.has(lastOf(title)) && !verbBefore(title)) return other(title, words);
  return object === undefined ? words : title.slice(0, title.length - object.length) + other(object, words);
}

/** "finish physics homework" begins with something to do; "physics homework" does not. */
const verbBefore = (title: string): boolean => title.split(/\s+/).length > 2;

const lastOf = (words: string): string =>
  /(?<last>[\p{L}'’-]+)\s*$/u.exec(words.toLowerCase())?.groups?.['last'] ?? '';

/** Where what follows a preposition begins; the last one counts. An empty one is any. */
function partAfter(title: string, preposition: string): { start: number } | null {
  const any = preposition === '' ? 'for|with|about|of' : preposition;
  const found = [...title.matchAll(new RegExp(String.raw`\s(?:${any})\s+(?=\S)`, 'gi'))].at(-1);
  return found ? { start: found.index + found[0].length } : null;
}

/** "my physics exam" with "chemistry" is "my chemistry exam"; with "the history essay" it is that. */
function other(old: string, words: string): string {
  const kind = lastOf(old);
  const isPerson = GIVEN_NAMES.has(words.toLowerCase()) || /^\p{Lu}/u.test(words);
  const keepsKind =
    KINDS.has(kind) && !KINDS.has(lastOf(words)) && !DETERMINER.test(words) && old.trim().includes(' ');
  if (!keepsKind) return words;
  const determiner = DETERMINER.exec(old)?.[0] ?? '';
  const owner = /^(?<who>\p{L}+)['’]s\s/u.exec(old);
  if (owner) return `${words}${isPerson ? "'s" : ''}${old.slice(owner[0].length - 1)}`;
  return `${determiner}${words} ${old.slice(old.length - kind.length)}`;
}
