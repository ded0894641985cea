import { eld } from 'eld/extrasmall';
import { blank, foldText, quotedRanges } from '../text.ts';
import { ENGLISH_AS_WELL, ENGLISH_ONLY } from './english-words.ts';
import { FOREIGN_WORDS } from './foreign-words.ts';

/** Scripts that English is not written in. */
const OTHER_SCRIPT =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Armenian}\p{Script=Georgian}]/gu;
const LATIN = /\p{Script=Latin}/gu;
/** "I've", "mom's": the rest of an English word, and a word of its own elsewhere. */
const ENGLISH_ENDING = /(?<=\p{L})'(?:s|ve|ll|re|d|m|t)(?!\p{L})/gu;

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
const ENGLISH = setOf(ENGLISH_ONLY);
const ALSO_ENGLISH = setOf(ENGLISH_AS_WELL);
const LANGUAGES = Object.values(FOREIGN_WORDS).map(setOf);

/** Nobody changes the language after that much. */
const LOOKED_AT_CHARS = 400;
/** Dishes, places and titles have up to three words, all of them of one language. */
const FEWEST_WORDS = 3;
const SENTENCE_WORDS = 4;
const LEAST_SHARE = 0.4;
/** By how much another language has to be likelier than English where letters alone decide. */
const CLEAR_LEAD = 0.2;

/**
 * Whether a text is a sentence of another language than English. A foreign name in an English request is none, and what
 * stands in quotes is a name whatever it says: one plainly English word outweighs all.
 */
export function isForeign(text: string): boolean {
  const folded = foldText(text.slice(0, LOOKED_AT_CHARS).normalize('NFC'));
  const said = blank(folded, quotedRanges(folded)).replace(ENGLISH_ENDING, '');
  const others = said.match(OTHER_SCRIPT)?.length ?? 0;
  if (others > 0) return others > (said.match(LATIN)?.length ?? 0);
  const words = [...new Set(said.match(/[\p{L}\p{M}]+/gu))];
  if (words.length < FEWEST_WORDS || words.some((word) => ENGLISH.has(word))) return false;
  const count = (known: ReadonlySet<string>): number => words.filter((word) => known.has(word)).length;
  const known = Math.max(...LANGUAGES.map(count));
  const english = count(ALSO_ENGLISH);
  const enough = words.length > SENTENCE_WORDS ? 2 : 3;
  if (known >= enough && known >= words.length * LEAST_SHARE && known > english) return true;
  return words.length >= SENTENCE_WORDS && known >= english && isLikelyForeign(said);
}

/** What the frequencies of letters say; it knows words that no list has, and mistakes names and typos for a language. */
function isLikelyForeign(said: string): boolean {
  const guess = eld.detect(said);
  const scores = guess.getScores();
  const { language } = guess;
  return language !== '' && language !== 'en' && (scores[language] ?? 0) - (scores['en'] ?? 0) > CLEAR_LEAD;
}
