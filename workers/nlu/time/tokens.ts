import type { Range } from '../text.ts';
import { overlaps } from '../text.ts';
import { CARDINALS, ORDINALS, TENS } from './words.ts';

/** A word, a run of digits or one other character of the folded text. */
export interface Token extends Range {
  kind: 'word' | 'number' | 'other' | 'masked';
  text: string;
}

/** A value read from tokens, and the index of the token after it. */
export interface Read<T> {
  value: T;
  next: number;
}

/** Tokens of the folded text; stretches in `masked` (quotes, hash tags) become opaque. */
export function tokenize(folded: string, masked: readonly Range[] = []): Token[] {
  const tokens: Token[] = [];
  for (const match of folded.matchAll(/[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*'?|[0-9]+|[^\s]/gu)) {
    const text = match[0];
    const range = { start: match.index, end: match.index + text.length };
    const kind = masked.some((other) => overlaps(other, range))
      ? 'masked'
      : /^[0-9]/.test(text)
        ? 'number'
        : /^[\p{L}\p{M}]/u.test(text)
          ? 'word'
          : 'other';
    tokens.push({ kind, text, ...range });
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

  /** The index after the words when they all follow one another here. */
  phrase(index: number, text: string): number | null {
    const words = text.split(' ');
    return words.every((word, offset) => this.mark(index + offset) === word) ? index + words.length : null;
  }

  /** Digits or number words up to 99 ("twenty-five"). */
  cardinal(index: number): Read<number> | null {
    const digits = this.digits(index);
    if (digits !== '') return digits.length <= 6 ? { value: Number(digits), next: index + 1 } : null;
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
