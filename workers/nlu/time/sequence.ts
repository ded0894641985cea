import { clockRange } from './clock-range.ts';
import { CLOCKS } from './clock-readers.ts';
import { composePieces } from './compose.ts';
import { DATE_READERS } from './date-readers.ts';
import { halfWord, partOfDay } from './part-of-day.ts';
import type { DatePiece, Piece, PieceReader, Span, TimeContext } from './pieces.ts';
import type { Lead } from './leads.ts';
import { allPieces, longestOf, longestPiece } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import { bareYear } from './year.ts';
import { zone } from './zones.ts';

/** Everything that says when within a day. */
export const CLOCK_READERS: readonly PieceReader[] = [...CLOCKS, partOfDay, clockRange];
const READERS = [...DATE_READERS, ...CLOCK_READERS, halfWord];

/** What may stand between two pieces of one phrase. */
const JOINERS = [',', '@', ...'at on in of the around about by from for during'.split(' ')];
/** The same in a text that is known to be a time. */
const LOOSE_JOINERS = [
  ...JOINERS,
  ...";|-|(|)|'s|/|within|and|circa|approximately|approx|roughly|sometime|some|exactly|sharp|maybe|probably|say".split(
    '|',
  ),
  ...'anytime any point time precisely'.split(' '),
];
/** Joiners that open a side of the hours they introduce: "tomorrow before 11am". */
const INNER_LEADS: ReadonlyMap<string, Lead> = new Map([
  ['before', 'before'],
  ['after', 'after'],
  ['until', 'until'],
  ['till', 'until'],
  ['since', 'since'],
  ['from', 'since'],
]);
const MAX_JOINERS = 4;
const MAX_PIECES = 6;

/** Pieces that follow one another in one phrase. */
export interface Sequence {
  pieces: Piece[];
  /** The index after each piece. */
  ends: number[];
  next: number;
  innerLead?: Lead | undefined;
}

export function readSequence(view: TokenView, index: number, context: TimeContext): Sequence | null {
  const pieces: Piece[] = [];
  const ends: number[] = [];
  let at = index;
  while (pieces.length < MAX_PIECES) {
    const read = pieceThatFits(view, at, context, pieces);
    if (!read) break;
    pieces.push(read.value);
    at = read.next;
    ends.push(at);
    if (pieces[0]?.kind === 'moment') break;
  }
  if (pieces.length === 0) return null;
  const opened = openedHours(view, at, context, pieces);
  return opened ?? { pieces, ends, next: at };
}

/** "tomorrow before 11am", "friday after 5": the hours of that day with one side open. */
function openedHours(
  view: TokenView,
  index: number,
  context: TimeContext,
  pieces: readonly Piece[],
): Sequence | null {
  const at = view.is(index, ',') ? index + 1 : index;
  const words = view.phrase(at, 'any time') ?? (view.is(at, 'anytime', 'sometime') ? at + 1 : at);
  const innerLead = INNER_LEADS.get(view.word(words));
  // In running text "friday from 9" is the start of what the text is about, no open side of anything.
  if (
    innerLead === undefined ||
    (innerLead === 'since' && !context.lenient) ||
    pieces.some(({ kind }) => kind !== 'date')
  )
    return null;
  const read = longestPiece(CLOCKS, view, words + 1, context);
  if (read?.value.kind !== 'clock') return null;
  const hours = composePieces([...pieces, read.value], context);
  return hours && { pieces: [...pieces, read.value], ends: [read.next], next: read.next, innerLead };
}

function pieceThatFits(
  view: TokenView,
  index: number,
  context: TimeContext,
  before: readonly Piece[],
): Read<Piece> | null {
  const beside = before.length > 0;
  if (!beside) return longestPiece(READERS, view, index, context);
  const direct = longestFitting(view, index, { ...context, lenient: false }, before, context.lenient);
  if (direct) return direct;
  // The "T" of an ISO moment sticks to both sides.
  if (view.is(index, 't') && view.glued(index) && view.glued(index + 1)) {
    const read = longestPiece(CLOCKS, view, index + 1, { ...context, lenient: true });
    if (read && fits(before, read.value)) return read;
  }
  const hasClock = before.some(({ kind }) => kind === 'clock' || kind === 'clock_range');
  const loose = { ...context, lenient: context.lenient && !hasClock };
  if (loose.lenient) {
    const read = longestFitting(view, index, loose, before, true);
    if (read) return read;
  }
  for (let step = 1; step <= (context.lenient ? MAX_JOINERS : 2); step += 1) {
    if (!view.is(index + step - 1, ...(context.lenient ? LOOSE_JOINERS : JOINERS))) return null;
    // A dash joins "monday - 5pm", but a dash between numbers is a range's.
    if (view.is(index + step - 1, '-', '/') && view.glued(index + step)) return null;
    const dashed = view.is(index + step - 1, '-', '/');
    const read = longestFitting(
      view,
      index + step,
      dashed ? { ...loose, lenient: false } : loose,
      before,
      context.lenient,
    );
    if (read) return read;
  }
  return null;
}

function longestFitting(
  view: TokenView,
  index: number,
  context: TimeContext,
  before: readonly Piece[],
  lenient: boolean,
): Read<Piece> | null {
  const found = allPieces(READERS, view, index, context).filter(({ value }) => fits(before, value));
  const hours = before.some(({ kind }) => kind === 'clock' || kind === 'clock_range');
  const there = hours ? zone(view, index, { ...context, lenient }) : null;
  if (there && fits(before, there.value)) return longestOf([...found, there]);
  return longestOf(found) ?? yearAfter(view, index, before);
}

/** "dec 24 15:00:00 2026": a year that stands apart from its day. */
function yearAfter(view: TokenView, index: number, before: readonly Piece[]): Read<Piece> | null {
  const yearless = before.some((piece) => piece.kind === 'date' && piece.open === 'year');
  const named = before.some((piece) => piece.kind === 'clock' || piece.kind === 'zone');
  return yearless && named ? bareYear(view, index) : null;
}

/** One time of day at most, and further dates only where one says which the other is ("friday next week"). */
function fits(before: readonly Piece[], piece: Piece): boolean {
  if (piece.kind === 'moment' || before.some(({ kind }) => kind === 'moment')) return false;
  const has = (...kinds: Piece['kind'][]): boolean => before.some(({ kind }) => kinds.includes(kind));
  switch (piece.kind) {
    case 'clock':
    case 'clock_range':
      return !has('clock', 'clock_range');
    case 'zone':
      return has('clock', 'clock_range') && !has('zone');
    case 'part':
      return !has('part');
    case 'half':
      return !has('half') && has('date') && !has('part');
    case 'date':
      return datesFit(
        before.filter((other) => other.kind === 'date'),
        piece,
      );
  }
}

function datesFit(before: readonly DatePiece[], piece: DatePiece): boolean {
  const [first] = before;
  if (!first) return true;
  if (before.length > 2) return false;
  return before.every((other) => saysWhich(other, piece));
}

/** Whether one of two dates can be found inside the other, or is a weekday beside the date it falls on. */
function saysWhich(a: DatePiece, b: DatePiece): boolean {
  const [x, y] = [a.readings[0], b.readings[0]];
  if (!x || !y) return false;
  const isDay = (span: Span): boolean => span.grain === 'day';
  if (isDay(x) && isDay(y)) return (a.weekday !== undefined) !== (b.weekday !== undefined);
  if (a.weekday !== undefined && b.weekday !== undefined) return false;
  const [inner, outer] = y.end - y.start > x.end - x.start ? [a, y] : [b, x];
  return inner.within !== undefined && (inner.within(outer).length > 0 || inner.weekday !== undefined);
}

/** As many pieces from the front as go together: "next year 5pm" is next year, and 5pm something else. */
export function composeLongest(
  sequence: Sequence,
  context: TimeContext,
): { sequence: Sequence; spans: Span[] } | null {
  if (sequence.innerLead) {
    const spans = composePieces(sequence.pieces, context);
    return spans && { sequence, spans };
  }
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
