import type { Range } from '../text.ts';
import { CLOCK_READERS } from './clock.ts';
import { composePieces } from './compose.ts';
import { DATE_READERS } from './named-dates.ts';
import type { Piece, Span, TimeContext } from './pieces.ts';
import { longestPiece, skip } from './pieces.ts';
import { readZone, shiftToZone } from './zones.ts';
import type { Read, Token } from './tokens.ts';
import { TokenView } from './tokens.ts';

/** How a phrase was introduced; it decides whether "before friday" ends on Thursday. */
export type Lead = 'none' | 'on' | 'by' | 'before' | 'until' | 'after' | 'since';

/** A phrase of time found in a text, with offsets in it. */
export interface TimeMatch extends Range {
  /** Where the preposition before it begins; equal to `start` without one. */
  leadStart: number;
  lead: Lead;
  /** The preposition as typed, folded; empty without one. */
  leadText: string;
  /** Likelier first, at least one. */
  readings: Span[];
  /** Two ends were said ("2 to 5pm"), or the phrase covers several days. */
  isRange: boolean;
  past: boolean;
  hasClock: boolean;
  /** Only a time of day was said, the day was guessed. */
  clockOnly: boolean;
}

const READERS = [...DATE_READERS, ...CLOCK_READERS];
const JOINERS = [',', 'at', 'on', 'in', 'of', 'the', 'around', 'about', 'by', '@', 'from', 'for', 'during'];

/** All phrases of time in the tokens, left to right, without overlaps; the longest at each place. */
export function findTimes(tokens: readonly Token[], context: TimeContext): TimeMatch[] {
  const view = new TokenView(tokens);
  const found: TimeMatch[] = [];
  for (let index = 0; index < view.length;) {
    const match = mayStart(view, index) ? readExpression(view, index, context) : null;
    if (match && !isPossessive(view, match.next)) {
      found.push(match.value);
      index = match.next;
    } else index += 1;
  }
  return found;
}

/** A number glued to a letter or a money sign before it is part of a name ("a4", "$5", "v2"). */
function mayStart(view: TokenView, index: number): boolean {
  const token = view.tokens[index];
  if (!token || token.kind === 'masked') return false;
  if (token.kind !== 'number') return true;
  const before = view.tokens[index - 1];
  if (!before || before.end !== token.start) return true;
  return before.kind === 'other' && !['$', '€', '£', '#', '.', '/', '-', '+', '_', ':'].includes(before.text);
}

/** "friday's report" names a report, not a day. */
function isPossessive(view: TokenView, next: number): boolean {
  return view.is(next, "'s") || (view.is(next, "'") && view.word(next + 1) === 's' && view.glued(next));
}

interface Sequence {
  pieces: Piece[];
  next: number;
}

function readSequence(view: TokenView, index: number, context: TimeContext): Sequence | null {
  const pieces: Piece[] = [];
  let at = index;
  let next = index;
  while (pieces.length < 5) {
    const read = pieceThatFits(view, at, context, pieces);
    if (!read) break;
    pieces.push(read.value);
    next = read.next;
    at = read.next;
    if (pieces[0]?.kind === 'moment') break;
  }
  return pieces.length > 0 ? { pieces, next } : null;
}

function pieceThatFits(
  view: TokenView,
  index: number,
  context: TimeContext,
  before: readonly Piece[],
): Read<Piece> | null {
  const beside = before.length > 0;
  const direct = longestPiece(READERS, view, index, beside ? { ...context, lenient: false } : context);
  if (direct && fits(before, direct.value, context)) return direct;
  if (!beside) return null;
  // The "T" of an ISO moment sticks to both sides.
  if (view.is(index, 't') && view.glued(index) && view.glued(index + 1)) {
    const read = longestPiece(CLOCK_READERS, view, index + 1, context);
    if (read?.value.kind === 'clock' && fits(before, read.value, context)) return read;
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
    if (read && fits(before, read.value, context)) return read;
  }
  return null;
}

/** One time of day at most, and a second date only where one says which the other is ("friday next week"). */
function fits(before: readonly Piece[], piece: Piece, context: TimeContext): boolean {
  if (before.length === 0) return piece.kind !== 'part' || startsAlone(piece, context);
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

function startsAlone(piece: Piece, context: TimeContext): boolean {
  return (
    context.lenient ||
    (piece.kind === 'part' &&
      (piece.shift !== undefined ||
        ['end of day', 'after work', 'tonight'].includes(piece.name) ||
        piece.name !== ''))
  );
}

function readExpression(view: TokenView, index: number, context: TimeContext): Read<TimeMatch> | null {
  const rangeLead = view.is(index, 'from', 'between');
  const whole = longestPiece(CLOCK_READERS, view, index, context);
  const clockRangeFirst = whole?.value.kind === 'clock_range';
  if (rangeLead && !clockRangeFirst) {
    const range = readRange(
      view,
      index + 1,
      view.is(index, 'between') ? ['and'] : ['to', 'until', 'till', 'through', '-'],
      context,
    );
    return (
      range && {
        value: { ...range.value, start: startOf(view, index), leadStart: startOf(view, index) },
        next: range.next,
      }
    );
  }
  const ranged = readRange(view, index, ['-', 'to', 'until', 'till', 'through', 'thru'], context);
  if (ranged) return ranged;
  const sequence = readSequence(view, index, context);
  if (!sequence) return null;
  const first = sequence.pieces[0];
  if (
    first?.kind === 'part' &&
    sequence.pieces.length === 1 &&
    !partStandsAlone(view, index, sequence.next, context)
  )
    return null;
  const composed = composePieces(sequence.pieces, context);
  if (!composed) return null;
  const zone = readZone(view, sequence.next, composed);
  if (zone)
    return {
      value: matchAt(
        view,
        index,
        { ...sequence, next: zone.next },
        shiftToZone(composed, zone.value, context),
      ),
      next: zone.next,
    };
  return { value: matchAt(view, index, sequence, composed), next: sequence.next };
}

/** "morning" alone is a word like any other; "this morning", "in the morning" and "tonight" are times. */
function partStandsAlone(view: TokenView, index: number, next: number, context: TimeContext): boolean {
  return context.lenient || next - index >= 2 || view.is(index, 'tonight', 'tonite', '2nite', 'eod', 'cob');
}

function matchAt(view: TokenView, index: number, sequence: Sequence, readings: Span[]): TimeMatch {
  const { lead, leadText, leadIndex } = readLead(view, index);
  const clock = sequence.pieces.some(
    ({ kind }) => kind === 'clock' || kind === 'clock_range' || kind === 'moment',
  );
  const start = startOf(view, index);
  return {
    start,
    end: view.tokens[sequence.next - 1]?.end ?? start,
    leadStart: startOf(view, leadIndex),
    lead,
    leadText,
    readings,
    isRange: sequence.pieces.some(({ kind }) => kind === 'clock_range') || isWide(readings[0]),
    past: sequence.pieces.some(
      (piece) => (piece.kind === 'date' || piece.kind === 'moment') && piece.past === true,
    ),
    hasClock: clock,
    clockOnly:
      clock && !sequence.pieces.some(({ kind }) => kind === 'date' || kind === 'moment' || kind === 'part'),
  };
}

function isWide(span: Span | undefined): boolean {
  if (!span) return false;
  return (
    !['minute', 'hour', 'day'].includes(span.grain) ||
    span.end - span.start > 86_400 ||
    (span.grain === 'hour' && span.end - span.start > 3_600)
  );
}

/** "monday to wednesday", "tomorrow 3pm until friday noon", "november 3-5" */
function readRange(
  view: TokenView,
  index: number,
  operators: readonly string[],
  context: TimeContext,
): Read<TimeMatch> | null {
  const first = readSequence(view, index, context);
  if (!first || !view.is(first.next, ...operators)) return null;
  const secondAt = skip(view, first.next + 1, 'the', 'on');
  const from = composePieces(first.pieces, context);
  if (!from) return null;
  const second = readSequence(view, first.next + 1, context) ?? readSequence(view, secondAt, context);
  const to = second
    ? composePieces(second.pieces, { ...context, today: anchor(from, second.pieces, context) })
    : null;
  const starts = from[0];
  if (!starts) return null;
  const bareNumber =
    second?.pieces.length === 1 && second.next === secondAt + 1 && view.digits(secondAt) !== '';
  let end = bareNumber && starts.grain === 'day' ? undefined : to?.[0];
  let next = second?.next ?? first.next;
  if (!end && starts.grain === 'day') {
    // "november 3-5": the second number is a day of the same month.
    const digits =
      view.ordinal(secondAt) ?? (view.digits(secondAt).length <= 2 ? view.cardinal(secondAt) : null);
    const dayOfFirst = new Date(starts.start * 1000).getUTCDate();
    if (!digits || digits.value <= dayOfFirst || digits.value > 31) return null;
    const moved = starts.start + (digits.value - dayOfFirst) * 86_400;
    end = { ...starts, start: moved, end: moved + 86_400 };
    next = digits.next;
  }
  if (!end) return null;
  let closing = end.grain === 'hour' || end.grain === 'minute' ? end.start : end.end;
  const weekdayOnly =
    second?.pieces.every((piece) => piece.kind === 'date' && piece.weekday !== undefined) === true;
  while (closing <= starts.start && weekdayOnly) closing += 7 * 86_400;
  if (closing <= starts.start) return null;
  const span: Span = {
    start: starts.start,
    end: closing,
    grain: coarser(starts, end),
    reason: 'from the first to the last',
  };
  const pieces = [...first.pieces, ...(second?.pieces ?? [])];
  const value = matchAt(view, index, { pieces, next }, [span]);
  return { value: { ...value, isRange: true }, next };
}

/** The second end of a range without a day of its own lies on the day of the first. */
function anchor(from: readonly Span[], second: readonly Piece[], context: TimeContext): number {
  const dated = second.some(({ kind }) => kind === 'date' || kind === 'moment');
  const start = from[0]?.start;
  return dated || start === undefined ? context.today : Math.floor(start / 86_400) * 86_400;
}

function coarser(a: Span, b: Span): Span['grain'] {
  const order: Span['grain'][] = [
    'minute',
    'hour',
    'part_of_day',
    'day',
    'weekend',
    'week',
    'month',
    'quarter',
    'year',
  ];
  return order.indexOf(a.grain) <= order.indexOf(b.grain) ? a.grain : b.grain;
}

function startOf(view: TokenView, index: number): number {
  return view.tokens[index]?.start ?? 0;
}

const LEADS: readonly [string, Lead][] = [
  ['no later than', 'by'],
  ['not later than', 'by'],
  ['up to', 'until'],
  ['due by', 'by'],
  ['due on', 'by'],
  ['due at', 'by'],
  ['due in', 'by'],
  ['due before', 'before'],
  ['due', 'by'],
  ['by', 'by'],
  ['before', 'before'],
  ['until', 'until'],
  ['till', 'until'],
  ['after', 'after'],
  ['since', 'since'],
  ['from', 'since'],
  ['starting', 'since'],
  ['on', 'on'],
  ['at', 'on'],
  ['in', 'on'],
  ['for', 'on'],
  ['during', 'on'],
  ['around', 'on'],
  ['about', 'on'],
  ['over', 'on'],
  ['@', 'on'],
];

/** The preposition before a phrase, articles and "around" between them included. */
function readLead(view: TokenView, index: number): { lead: Lead; leadText: string; leadIndex: number } {
  let at = index;
  while (at > 0 && view.is(at - 1, 'the', 'around', 'about')) at -= 1;
  for (const [words, lead] of LEADS) {
    const length = words.split(' ').length;
    if (at - length >= 0 && view.phrase(at - length, words) !== null)
      return { lead, leadText: words, leadIndex: at - length };
  }
  return { lead: 'none', leadText: '', leadIndex: at };
}
