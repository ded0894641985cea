import { timesIn } from '../extract/times.ts';
import { GIVEN_NAMES, WORD_NAMES } from '../people/given-names.ts';
import { HONORIFICS, NO_PERSON } from '../people/roles.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';

const PARTICLES = new Set(
  'van von vom zu zum de del della der den da dos di du la le al el bin ibn of ter ten y e'.split(' '),
);
const LONGEST = 80;
/** Said of somebody, they are no name, whatever their capital. */
const SAYS_HOW =
  /^(?:not|no|very|so|too|really|quite|still|back|here|there|away|out|off|in|on|at|ill|sick|late|busy|angry|happy|sad|great|good|nice|bad|mad|fine|free|home|abroad|retired|dead|right|wrong|the|an?|my|your|his|her|our|their|it|that|this|what|who|coming|going|being|getting|having)$/;

const isCased = (text: string): boolean => /\p{Lu}/u.test(text) && text !== text.toUpperCase();

/**
 * Whether a stretch names somebody: a title with a name, words with capitals, or a given name.
 *
 * @param isCalled the words before it say that it is a name ("is called")
 */
export function isName(draft: Draft, { start, end }: Range, isCalled = false): boolean {
  const text = draft.text.slice(start, end);
  const words = text.split(/\s+/);
  const [first = '', ...others] = words;
  const folded = draft.folded.slice(start, end);
  if (text.length > LONGEST || words.length > 5 || !/^[\p{L}][\p{L}\p{M}\s.'’-]*$/u.test(text)) return false;
  const plain = folded.split(/\s+/).map((word) => word.replace(/\.$/, ''));
  const [lead = ''] = plain;
  if (SAYS_HOW.test(lead)) return false;
  if (HONORIFICS.has(lead) && others.length > 0)
    return plain.slice(1).every((word) => !NO_PERSON.has(word) && !SAYS_HOW.test(word));
  if (plain.some((word) => NO_PERSON.has(word))) return false;
  if (words.length === 1 && IS_FROM.test(first) && !GIVEN_NAMES.has(lead)) return false;
  const isCapital = (word: string): boolean => /^\p{Lu}/u.test(word);
  const capitals = words.every(
    (word, index) => isCapital(word) || (index > 0 && PARTICLES.has(word.toLowerCase())),
  );
  if (capitals && (isCased(draft.text) || draft.text.length < 40) && first !== 'I') return true;
  const given = GIVEN_NAMES.has(lead) || WORD_NAMES.has(lead);
  if (given && words.length === 1) return true;
  if (!isCalled || isCapital(first)) return isCalled && words.length <= 4;
  return words.length <= 3 && !plain.some((word) => SAYS_HOW.test(word));
}

/** Where somebody is from, or what they believe, has a capital as well. */
const IS_FROM =
  /^(?:\p{Lu}\p{L}+(?:ian|ean|ish|ese|can|ist)|French|Dutch|German|Greek|Swiss|Czech|Thai|Turk|Jewish|Muslim|Hindu|Buddhist|Catholic|Protestant|Israeli|Iraqi|Pakistani|Bengali|Filipino|Icelandic|Welsh)$/u;

/** A name as it is written, also where all was typed in small letters. */
export const nameSaid = (words: string): string =>
  /\p{Lu}/u.test(words)
    ? words
    : words.replace(/(?<![\p{L}'’])\p{Ll}[\p{L}]*/gu, (word) =>
        PARTICLES.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
      );

const STREET =
  /\b(?:street|st|road|rd|avenue|ave|square|sq|lane|ln|place|plaza|platz|gasse|drive|boulevard|blvd|alley|court|hill|park|market|station|floor|building|mall|centre|center)\b|\p{L}(?:stra(?:ss|ß)e|str|gasse|platz|allee|weg|ring)\b/u;

/** Whether a stretch names a place rather than a state or a time: "Main Street", "12 oak road", "the third floor". */
export function isPlace(draft: Draft, range: Range): boolean {
  const text = draft.text.slice(range.start, range.end);
  const folded = draft.folded.slice(range.start, range.end);
  if (text.length > LONGEST || text.split(/\s+/).length > 8 || /[?!;:\n]/.test(text)) return false;
  if (NO_PLACE.test(folded)) return false;
  const isTime = timesIn(draft, range).some(({ start, end }) => end - start >= (range.end - range.start) / 2);
  if (isTime && !STREET.test(folded)) return false;
  return STREET.test(folded) || (isCased(draft.text) && /(?:^|\s)\p{Lu}[\p{L}'’.-]/u.test(text));
}
const NO_PLACE =
  /\btime\s?zone\b|^(?:an?\s+(?:mess|state|hurry|row)|(?:my|the|our|your)\s+(?:way|list|calendar|mind|agenda)|holidays?|vacation|strike|sale|fire|lockdown|order|trouble|time)\b/;
