import type { Token } from './tokens.ts';
import { MONTHS, ORDINALS, unitOf } from './words.ts';

/** What points at something, so that the "one" after it stands for the thing. */
const POINTING: ReadonlySet<string> = new Set(
  'the this that these those which each another other others last latest next previous final right wrong same only old new'.split(
    ' ',
  ),
);
const SUFFIXES: ReadonlySet<string> = new Set(['st', 'nd', 'rd', 'th']);
/** After these "one" is a number: "the one o'clock call", "the next one hundred days", "this one-thirty". */
const NUMBERED: ReadonlySet<string> = new Set(
  "o'clock oclock o am pm a.m p.m hundred fifteen thirty ten twenty forty fifty fifteen sharp ish - : business working".split(
    ' ',
  ),
);

/**
 * "the second one tomorrow", "move this one to friday": "one" stands for a thing and is neither an hour nor a count, and
 * the ordinal before it is no day of the month.
 */
export function withoutPronouns(tokens: readonly Token[]): readonly Token[] {
  const pronouns = [...tokens.keys()].filter((index) => isPronoun(tokens, index));
  if (pronouns.length === 0) return tokens;
  const closed = new Set(pronouns);
  for (const index of pronouns) {
    const before = tokens[index - 1]?.text ?? '';
    if (ORDINALS.has(before)) closed.add(index - 1);
    if (SUFFIXES.has(before)) closed.add(index - 1).add(index - 2);
  }
  return tokens.map((token, index) => (closed.has(index) ? { ...token, kind: 'masked' } : token));
}

function isPronoun(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!before || (token?.text !== 'one' && token?.text !== 'ones')) return false;
  // "june first one pm" has a day before its hour.
  const dated = ORDINALS.has(before.text) && MONTHS.has(tokens[index - 2]?.text ?? '');
  const points =
    POINTING.has(before.text) || SUFFIXES.has(before.text) || (ORDINALS.has(before.text) && !dated);
  return points && !(after && (NUMBERED.has(after.text) || unitOf(after.text) !== undefined));
}
