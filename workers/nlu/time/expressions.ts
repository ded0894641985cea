import type { Range } from '../text.ts';
import { CLOCK_READERS } from './clock-readers.ts';
import { composePieces } from './compose.ts';
import type { Lead } from './leads.ts';
import { readLead } from './leads.ts';
import type { Piece, Span, TimeContext } from './pieces.ts';
import { longestPiece, skip } from './pieces.ts';
import { readZone, shiftToZone } from './zones.ts';
import type { Sequence } from './sequence.ts';
import { composeLongest, readSequence } from './sequence.ts';
import { mayBeginTime } from './starters.ts';
import type { Read, Token } from './tokens.ts';
import { TokenView } from './tokens.ts';

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

/** In a very long text only its beginning and its end are looked through; what is said in between is a note. */
const HEAD_TOKENS = 100;
const TAIL_TOKENS = 150;

/** All phrases of time in the tokens, left to right, without overlaps; the longest at each place. */
export function findTimes(tokens: readonly Token[], context: TimeContext): TimeMatch[] {
  const view = new TokenView(tokens);
  const found: TimeMatch[] = [];
  const skipTo = Math.max(HEAD_TOKENS, view.length - TAIL_TOKENS);
  for (let index = 0; index < view.length;) {
    if (index >= HEAD_TOKENS && index < skipTo) index = skipTo;
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
  if (!token || token.kind === 'masked' || token.kind === 'other') return false;
  if (token.kind === 'word') return mayBeginTime(token.text);
  const before = view.tokens[index - 1];
  if (!before || before.end !== token.start) return true;
  return before.kind === 'other' && !['$', '€', '£', '#', '.', '/', '-', '+', '_', ':'].includes(before.text);
}

/** "friday's report" names a report, not a day. */
function isPossessive(view: TokenView, next: number): boolean {
  return view.is(next, "'s") || (view.is(next, "'") && view.word(next + 1) === 's' && view.glued(next));
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
  const fitting = composeLongest(sequence, context);
  if (!fitting) return null;
  return finish(view, index, fitting.sequence, fitting.spans, context);
}

function finish(
  view: TokenView,
  index: number,
  sequence: Sequence,
  composed: Span[],
  context: TimeContext,
): Read<TimeMatch> {
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
  const value = matchAt(view, index, { pieces, ends: [next], next }, [span]);
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
