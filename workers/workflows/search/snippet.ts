import { fitOf } from './rank.ts';

const AROUND = 60;
const LENGTH_MAX = 160;

/** The words that were found, with what stands around them, in one line. */
export function snippetOf(text: string, terms: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const place = placeOf(line, terms);
  if (line.length <= LENGTH_MAX) return line;
  const from = Math.max(0, place - AROUND);
  const begin = from === 0 ? 0 : wordStart(line, from);
  const end = Math.min(line.length, begin + LENGTH_MAX);
  const until = end === line.length ? end : wordEnd(line, end);
  return `${begin > 0 ? '…' : ''}${line.slice(begin, until).trim()}${until < line.length ? '…' : ''}`;
}

/** Where the first of the words stands; 0 where none does. */
function placeOf(line: string, terms: readonly string[]): number {
  for (const match of line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = match[0].toLowerCase();
    if (terms.some((term) => fitOf(term, word) > 0)) return match.index;
  }
  return 0;
}

/** A long text without blanks is cut anywhere but inside a character. */
function wordStart(line: string, from: number): number {
  const blank = line.indexOf(' ', from);
  return blank === -1 || blank > from + AROUND / 2 ? whole(line, from) : blank + 1;
}
function wordEnd(line: string, end: number): number {
  const blank = line.lastIndexOf(' ', end);
  return blank < end - AROUND / 2 ? whole(line, end) : blank;
}
const whole = (line: string, at: number): number => (/[\uDC00-\uDFFF]/.test(line[at] ?? '') ? at - 1 : at);
