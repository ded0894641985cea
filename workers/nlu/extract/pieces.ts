import type { Entity } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { isChatter } from './frames.ts';

/** What is left of a range once the cuts are out, clause by clause, in order. */
export function piecesOf(draft: Draft, range: Range, cuts: readonly Range[]): Range[] {
  return allPieces(draft, range, cuts).filter(({ start, end }) => !isChatter(draft.folded.slice(start, end)));
}

function allPieces(draft: Draft, range: Range, cuts: readonly Range[]): Range[] {
  const pieces: Range[] = [];
  let at = range.start;
  const add = (end: number): void => {
    for (const piece of byClause(draft, { start: at, end })) if (piece.end > piece.start) pieces.push(piece);
  };
  // What looks like a time and is none is told back, and is no part of a name.
  for (const cut of [...cuts, ...draft.impossible].toSorted((a, b) => a.start - b.start)) {
    if (cut.end <= range.start || cut.start >= range.end) continue;
    if (cut.start > at) add(cut.start);
    at = Math.max(at, cut.end);
  }
  if (at < range.end) add(range.end);
  return pieces;
}

function byClause(draft: Draft, range: Range): Range[] {
  const found: Range[] = [];
  let start = range.start;
  for (const mark of draft.folded
    .slice(0, range.end)
    .matchAll(/,(?=\s)|[!?;]+(?=\s|$)|\s-+\s|\n|:(?=\s)|(?<!\b(?:dr|mr|mrs|ms|st|prof|vs))\.(?=\s|$)/g)) {
    if (mark.index < start) continue;
    if (draft.quotes.some((quote) => quote.start < mark.index && mark.index < quote.end)) continue;
    found.push(trimmed(draft, { start, end: mark.index }));
    start = mark.index + mark[0].length;
  }
  found.push(trimmed(draft, { start, end: range.end }));
  return found;
}

/** Without the marks around it; a bracket that opens inside keeps its end. */
function trimmed(draft: Draft, range: Range): Range {
  const { start, end } = trimRange(draft.folded, range, ',;:.!?()-');
  const words = draft.folded.slice(start, end);
  const opens = words.lastIndexOf('(') > words.lastIndexOf(')') && draft.folded[end] === ')';
  return opens && end < range.end ? { start, end: end + 1 } : { start, end };
}

/** Words of a range as they stand, without the quotes around them. */
export function wordsEntity(
  draft: Draft,
  slot: Extract<Slot, 'title' | 'query'>,
  ranges: readonly Range[],
  reason: string,
): Entity | null {
  const [first] = ranges;
  const last = ranges.at(-1);
  if (!first || !last) return null;
  const words = ranges
    .map(({ start, end }) => draft.text.slice(start, end).trim())
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  const value =
    /^["'`\u2018\u201c\u201e\u00ab](?<inner>[^"\u201c\u201d]+)["'`\u2019\u201d\u00bb]$/.exec(words)?.groups?.[
      'inner'
    ] ?? words;
  if (!/[\p{L}\p{N}\p{S}]/u.test(value)) return null;
  return entityAt(draft, slot, { start: first.start, end: last.end }, value.slice(0, 4000), reason);
}

/** The range without what the patterns match at its beginning and its end. */
export function stripped(draft: Draft, range: Range, lead: RegExp | null, tail: RegExp | null): Range {
  let { start, end } = trimmed(draft, range);
  for (let turn = 0; turn < 4; turn += 1) {
    const inQuote = draft.quotes.some((quote) => quote.start === start);
    const head = lead && !inQuote ? lead.exec(draft.folded.slice(start, Math.min(end, start + 120))) : null;
    if (head && head.index === 0 && head[0].length > 0 && head[0].length < end - start)
      start += head[0].length;
    const found = tail?.exec(draft.folded.slice(Math.max(start, end - 120), end));
    // "Meeting A" is called so.
    const foot =
      found && isLetter(draft.text.slice(Math.max(start, end - 120) + found.index, end)) ? null : found;
    if (foot && foot[0].length > 0) end = Math.max(start, end - 120) + foot.index;
    if (!head && !foot) break;
  }
  return trimmed(draft, { start, end });
}

const isLetter = (words: string): boolean => /^\s+[A-Z]$/.test(words);
