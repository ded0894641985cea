import type { Range } from '../text.ts';
import { overlaps } from '../text.ts';
import { respell } from './typos.ts';
import { CARDINALS, ORDINALS, TENS } from './words.ts';

/** A word, a run of digits or one other character of the folded text; slips in words of time are put right. */
export interface Token extends Range {
  kind: 'word' | 'number' | 'other' | 'masked';
  text: string;
}

/** A value read from tokens, and the index of the token after it. */
export interface Read<T> {
  value: T;
  next: number;
}

/** "2moro" and its like are one word, though they begin with a digit. */
const TOKEN =
  /2mor(?:o|ow|row)(?![\p{L}\p{M}])|2m[or]w(?![\p{L}\p{M}])|2day(?![\p{L}\p{M}])|2nite(?![\p{L}\p{M}])|[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*'?|[0-9]+|[^\s]/gu;
const DIGIT_WORDS: ReadonlyMap<string, string> = new Map([
  ['2day', 'today'],
  ['2nite', 'tonight'],
]);

/** Tokens of the folded text; stretches in `masked` (quotes, hash tags) become opaque. */
export function tokenize(folded: string, masked: readonly Range[] = []): Token[] {
  const tokens: Token[] = [];
  for (const match of folded.matchAll(TOKEN)) {
    const range = { start: match.index, end: match.index + match[0].length };
    const joined = match[0].startsWith('2') && match[0].length > 1 && /[a-z]/.test(match[0]);
    const text = joined ? (DIGIT_WORDS.get(match[0]) ?? 'tomorrow') : match[0];
    const isWord = joined || /^[\p{L}\p{M}]/u.test(text);
    const kind = masked.some((other) => overlaps(other, range))
      ? 'masked'
      : isWord
        ? 'word'
        : /^[0-9]/.test(text)
          ? 'number'
          : 'other';
    tokens.push({ kind, text: isWord ? respell(text) : text, ...range });
  }
  return tokens;
}

/** Looks into a token list without ever running off its ends. */
export class TokenView {
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }
  readonly tokens: readonly Token[];

  get length(): number {
    return this.tokens.length;
  }

  word(index: number): string {
    const token = this.tokens[index];
    return token?.kind === 'word' ? token.text : '';
  }

  /** The word or the single character at the index; empty when masked, a number or past the end. */
  mark(index: number): string {
    const token = this.tokens[index];
    return token && token.kind !== 'masked' && token.kind !== 'number' ? token.text : '';
  }

  private written(index: number): string {
    const token = this.tokens[index];
    return token && token.kind !== 'masked' ? token.text : '';
  }

  digits(index: number): string {
    const token = this.tokens[index];
    return token?.kind === 'number' ? token.text : '';
  }

  /** Whether the token follows the one before it without a blank. */
  glued(index: number): boolean {
    const here = this.tokens[index];
    const before = this.tokens[index - 1];
    return here !== undefined && before !== undefined && before.end === here.start;
  }

  is(index: number, ...words: string[]): boolean {
    return words.includes(this.mark(index));
  }

  /** The index after the words when they all follow one another here. Asked most of all, so it makes nothing new. */
  phrase(index: number, text: string): number | null {
    let at = 0;
    for (let next = index; ; next += 1) {
      const word = this.written(next);
      if (word === '' || !text.startsWith(word, at)) return null;
      at += word.length;
      if (at === text.length) return next + 1;
      if (text[at] !== ' ') return null;
      at += 1;
    }
  }

  /** The index after the first of the wordings that stands here; list the longer ones first. */
  anyPhrase(index: number, texts: readonly string[]): number | null {
    for (const text of texts) {
      const next = this.phrase(index, text);
      if (next !== null) return next;
    }
    return null;
  }

  /** Digits or number words up to 999 ("twenty-five", "a hundred and ten"). */
  cardinal(index: number): Read<number> | null {
    const digits = this.digits(index);
    if (digits !== '') return digits.length <= 6 ? { value: Number(digits), next: index + 1 } : null;
    const hundredAt = this.is(index, 'a', 'one') && this.is(index + 1, 'hundred') ? index + 1 : index;
    if (this.is(hundredAt, 'hundred') && hundredAt > index) {
      const rest = this.below100(this.is(hundredAt + 1, 'and') ? hundredAt + 2 : hundredAt + 1);
      return rest ? { value: 100 + rest.value, next: rest.next } : { value: 100, next: hundredAt + 1 };
    }
    return this.below100(index);
  }

  private below100(index: number): Read<number> | null {
    const word = this.word(index);
    const small = CARDINALS.get(word);
    if (small !== undefined) return { value: small, next: index + 1 };
    const tens = TENS.get(word);
    if (tens === undefined) return null;
    const unitAt = this.mark(index + 1) === '-' ? index + 2 : index + 1;
    const unit = CARDINALS.get(this.word(unitAt));
    return unit !== undefined && unit >= 1 && unit <= 9
      ? { value: tens + unit, next: unitAt + 1 }
      : { value: tens, next: index + 1 };
  }

  /** "6th", "sixth", "twenty-first". */
  ordinal(index: number): Read<number> | null {
    const digits = this.digits(index);
    if (digits !== '') {
      const suffixed = this.glued(index + 1) && ['st', 'nd', 'rd', 'th'].includes(this.word(index + 1));
      return suffixed && digits.length <= 3 ? { value: Number(digits), next: index + 2 } : null;
    }
    const word = this.word(index);
    const plain = ORDINALS.get(word);
    if (plain !== undefined) return { value: plain, next: index + 1 };
    const tens = TENS.get(word);
    if (tens === undefined) return null;
    const unitAt = this.mark(index + 1) === '-' ? index + 2 : index + 1;
    const unit = ORDINALS.get(this.word(unitAt));
    return unit !== undefined && unit <= 9 ? { value: tens + unit, next: unitAt + 1 } : null;
  }
}
