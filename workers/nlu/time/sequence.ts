import { CLOCK_READERS } from './clock-readers.ts';
import { composePieces } from './compose.ts';
import { DATE_READERS } from './named-dates.ts';
import type { Piece, Span, TimeContext } from './pieces.ts';
import { longestPiece } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';

const READERS = [...DATE_READERS, ...CLOCK_READERS];
const JOINERS = [',', 'at', 'on', 'in', 'of', 'the', 'around', 'about', 'by', '@', 'from', 'for', 'during'];

/** Pieces that follow one another in one phrase. */
export interface Sequence {
  pieces: Piece[];
  /** The index after each piece. */
  ends: number[];
  next: number;
}

export function readSequence(view: TokenView, index: number, context: TimeContext): Sequence | null {
  const pieces: Piece[] = [];
  const ends: number[] = [];
  let at = index;
  let next = index;
  while (pieces.length < 5) {
    const read = pieceThatFits(view, at, context, pieces);
    if (!read) break;
    pieces.push(read.value);
    next = read.next;
    at = read.next;
    ends.push(next);
    if (pieces[0]?.kind === 'moment') break;
  }
  return pieces.length > 0 ? { pieces, ends, next } : null;
}

function pieceThatFits(
  view: TokenView,
  index: number,
  context: TimeContext,
  before: readonly Piece[],
): Read<Piece> | null {
  const beside = before.length > 0;
  const direct = longestPiece(READERS, view, index, beside ? { ...context, lenient: false } : context);
  if (direct && fits(before, direct.value)) return direct;
  if (!beside) return null;
  // The "T" of an ISO moment sticks to both sides.
  if (view.is(index, 't') && view.glued(index) && view.glued(index + 1)) {
    const read = longestPiece(CLOCK_READERS, view, index + 1, context);
    if (read?.value.kind === 'clock' && fits(before, read.value)) return read;
  }
  // Up to two joining words may stand between pieces: "friday, at 5", "on the 6th at around noon".
  for (let step = 1; step <= 2; step += 1) {
    if (!view.is(index + step - 1, ...JOINERS)) return null;
    const read = longestPiece(
      READERS,
      view,
      index + step,
      context.lenient ? { ...context, lenient: before.every((piece) => piece.kind !== 'clock') } : context,
    );
    if (read && fits(before, read.value)) return read;
  }
  return null;
}

/** One time of day at most, and a second date only where one says which the other is ("friday next week"). */
function fits(before: readonly Piece[], piece: Piece): boolean {
  if (before.length === 0) return true;
  if (piece.kind === 'moment' || before.some(({ kind }) => kind === 'moment')) return false;
  const clocks = before.filter(({ kind }) => kind === 'clock' || kind === 'clock_range').length;
  if (piece.kind === 'clock' || piece.kind === 'clock_range') return clocks === 0;
  if (piece.kind === 'part') return !before.some(({ kind }) => kind === 'part');
  const dates = before.filter((other) => other.kind === 'date');
  if (dates.length === 0) return true;
  if (dates.length > 1) return false;
  const [first] = dates;
  if (!first) return true;
  const wide = (span: Span | undefined): boolean =>
    span !== undefined && ['week', 'weekend', 'month', 'year'].includes(span.grain);
  if (first.weekday !== undefined) return piece.weekday === undefined;
  return piece.weekday !== undefined && (wide(first.readings[0]) || first.readings[0]?.grain === 'day');
}

/** As many pieces from the front as go together: "next year 5pm" is next year, and 5pm something else. */
export function composeLongest(
  sequence: Sequence,
  context: TimeContext,
): { sequence: Sequence; spans: Span[] } | null {
  for (let count = sequence.pieces.length; count > 0; count -= 1) {
    const shorter = {
      pieces: sequence.pieces.slice(0, count),
      ends: sequence.ends.slice(0, count),
      next: sequence.ends[count - 1] ?? sequence.next,
    };
    const spans = composePieces(shorter.pieces, context);
    if (spans) return { sequence: shorter, spans };
  }
  return null;
}
