import type { TokenView } from '../tokens.ts';

/** A wording found in the text. */
export interface Worded<T> {
  value: T;
  /** As listed. */
  phrase: string;
  next: number;
}

/** Looks for the listed wordings that stand at an index, in their order. */
export type Wordings<T> = (view: TokenView, index: number) => Worded<T>[];

/** Wordings kept by their first word, so that a word that begins none costs nothing. */
export function wordings<T>(entries: readonly (readonly [string, T])[]): Wordings<T> {
  const byFirst = new Map<string, { phrase: string; words: string[]; value: T }[]>();
  for (const [phrase, value] of entries) {
    const words = phrase.split(' ');
    const [first = ''] = words;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { phrase, words, value }]);
  }
  return (view, index) => {
    const known = byFirst.get(view.mark(index));
    if (!known) return [];
    return known
      .filter(({ words }) => words.every((word, offset) => view.mark(index + offset) === word))
      .map(({ phrase, words, value }) => ({ value, phrase, next: index + words.length }));
  };
}

/** Wordings that mean nothing but themselves. */
export function phrases(...texts: readonly string[]): Wordings<string> {
  return wordings(texts.map((text): [string, string] => [text, text]));
}
