import { GIVEN_NAMES, WORD_NAMES } from '../people/given-names.ts';
import { BARE_ROLES, KIN_BEFORE_NAME } from '../people/roles.ts';
import type { Range } from '../text.ts';

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
  const somebody =
    isSomebody(words) && /^(?:for|with|to)$/.test(preposition) ? somebodyInPlace(title, words) : null;
  if (somebody !== null) return somebody;
  const before = part && objectBefore(title, part, words);
  if (before) return title.slice(0, before.start) + words + title.slice(before.end);
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

/**
 * What a deed is done to, where that is what another word stands for and not what it is done for: "physics" of "study
 * physics for the exam" for chemistry.
 */
function objectBefore(title: string, part: { start: number }, words: string): Range | null {
  const match =
    /^(?<verb>\p{L}+(?:\s+(?:up|out|off|in|down|back|with|to))?\s+)(?<object>\S.*?)\s+(?:for|with|about|of)\s+$/u.exec(
      title.slice(0, part.start),
    );
  const { verb = '', object = '' } = match?.groups ?? {};
  if (object === '') return null;
  const end = title.slice(part.start);
  // "The exam" is said to be of no kind, and so is "physics".
  const isBare =
    /^(?:the|my|our|an?|this|that)\s+\S+$/i.test(end) &&
    KINDS.has(lastOf(end)) &&
    !KINDS.has(lastOf(object)) &&
    !KINDS.has(lastOf(words)) &&
    !DETERMINER.test(object) &&
    !DETERMINER.test(words) &&
    !isSomebody(words);
  return isBare ? { start: verb.length, end: verb.length + object.length } : null;
}

/** Whose name stands in a title, with another in its place: "buy Eva a present" for Ben. */
export function somebodyInPlace(title: string, words: string): string | null {
  for (const found of title.matchAll(/(?<=\s)(?:(?<of>my|our|the)\s+)?(?<who>\p{L}[\p{L}-]*)/gu)) {
    const { of, who = '' } = found.groups ?? {};
    if (!isSomebody(who) || (of === undefined && KIN_BEFORE_NAME.has(who.toLowerCase()) && !isName(who)))
      continue;
    return title.slice(0, found.index) + words + title.slice(found.index + found[0].length);
  }
  return null;
}

/** A name that is a word as well has a capital. */
const isName = (word: string): boolean => {
  const said = word.toLowerCase();
  return BARE_ROLES.has(said) || GIVEN_NAMES.has(said) || (WORD_NAMES.has(said) && said !== word);
};
const isSomebody = (words: string): boolean => {
  const said = words.replace(DETERMINER, '');
  return isName(said) || KIN_BEFORE_NAME.has(said.toLowerCase()) || WORKS.has(said.toLowerCase());
};
/** Who comes, or is called, for their work. */
const WORKS = new Set(
  'dentist doctor plumber electrician landlord landlady therapist accountant gardener cleaner hairdresser vet'.split(
    ' ',
  ),
);

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
