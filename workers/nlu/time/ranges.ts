import { DAY, civilParts, isRealDate, civil, startOfDay } from './civil.ts';
import { CALENDAR_READERS } from './calendar-dates.ts';
import type { DatePiece, Piece, Span, TimeContext } from './pieces.ts';
import { longestPiece, skip } from './pieces.ts';
import { daySpan } from './periods.ts';
import type { Sequence } from './sequence.ts';
import { composeLongest, readSequence } from './sequence.ts';
import type { Read, TokenView } from './tokens.ts';
import { WEEKDAYS } from './words.ts';
import { readYear } from './year.ts';

/** A stretch of which both ends were said, with the pieces of both. */
export interface RangeRead {
  span: Span;
  pieces: Piece[];
}

const OPERATORS = [
  '- -',
  '-',
  'up to and including',
  'up to',
  'through to',
  'to',
  'until',
  'till',
  'til',
  'thru',
  'through',
  '~',
  '. .',
];

/** "monday to wednesday", "tomorrow 3pm until friday noon", "november 3-5", "5-9 jan", "between the 3rd and the 7th" */
export function readRange(
  view: TokenView,
  index: number,
  between: boolean,
  context: TimeContext,
): Read<RangeRead> | null {
  const days = daysOfMonth(view, index, between, context);
  if (days) return days;
  const first = readSequence(view, index, context);
  if (!first) return null;
  const fromFit = composeLongest(first, context);
  if (!fromFit || fromFit.sequence.next !== first.next) return null;
  const at = operatorAt(view, first.next, between, context);
  const [from] = fromFit.spans;
  if (at === null || !from) return null;
  return monthDays(view, at, first, from, context) ?? twoEnds(view, at, first, from, context);
}

function operatorAt(view: TokenView, index: number, between: boolean, context: TimeContext): number | null {
  if (between) return view.is(index, 'and', '&', '-') ? index + 1 : null;
  const skipped = skip(view, index, ',');
  // Two ISO dates may have a slash between them.
  const iso =
    view.is(index, '/') && view.is(index - 2, '-', ':') && view.glued(index) && view.is(index + 2, '-', ':');
  if (context.lenient && iso) return index + 1;
  return view.anyPhrase(skipped, OPERATORS);
}

/** "5-9 jan", "3 to 7 june 2027": the first day has its month from the second. */
function daysOfMonth(
  view: TokenView,
  index: number,
  between: boolean,
  context: TimeContext,
): Read<RangeRead> | null {
  const start = skip(view, index, 'the');
  const digits = view.digits(start);
  const ordinal = view.ordinal(start);
  const day = ordinal ?? (digits.length > 0 && digits.length <= 2 ? view.cardinal(start) : null);
  if (!day || day.value < 1 || day.value > 31) return null;
  const dotted = view.is(day.next, '.') && view.is(day.next + 1, '-') ? day.next + 1 : day.next;
  const at = operatorAt(view, dotted, between, context);
  if (at === null) return null;
  const second = longestPiece(CALENDAR_READERS, view, at, context);
  if (second?.value.kind !== 'date') return null;
  const { readings, weekday, open } = second.value;
  const [to] = readings;
  if (!to || weekday !== undefined || open === 'month' || to.grain !== 'day' || to.end - to.start !== DAY)
    return null;
  if (second.next <= at + 1 || view.is(at + 1, '-')) return null;
  const { year, month } = civilParts(to.start);
  const from = isRealDate(year, month, day.value) ? civil(year, month, day.value) : null;
  if (from === null || from >= to.start) return null;
  const span: Span = { start: from, end: to.end, grain: 'day', reason: 'from the first to the last' };
  return { value: { span, pieces: [second.value] }, next: second.next };
}

/** "november 3-5", "nov 3 - 5, 2027": the second number is a day of the same month. */
function monthDays(
  view: TokenView,
  index: number,
  first: Sequence,
  from: Span,
  context: TimeContext,
): Read<RangeRead> | null {
  if (from.grain !== 'day' || from.end - from.start !== DAY) return null;
  const at = skip(view, index, 'the');
  const digits = view.digits(at);
  const ordinal = view.ordinal(at);
  const day = ordinal ?? (digits.length > 0 && digits.length <= 2 ? view.cardinal(at) : null);
  const [piece] = first.pieces;
  if (!day || piece?.kind !== 'date' || first.pieces.some(({ kind }) => kind !== 'date')) return null;
  if (view.is(day.next, '/', '.', ':', 'am', 'pm', 'h') || view.is(day.next, 'of')) return null;
  const longer = readSequence(view, index, { ...context, lenient: false });
  const yearAt = readYear(view, day.next);
  if (longer && longer.next > day.next && !(yearAt && longer.next === yearAt.next)) return null;
  const { year, month, day: firstDay } = civilParts(from.start);
  if (day.value <= firstDay || (piece.weekday !== undefined && first.pieces.length === 1)) return null;
  const settled = yearAt && piece.open === 'year' ? yearAt.value : year;
  if (!isRealDate(settled, month, day.value) || !isRealDate(settled, month, firstDay)) return null;
  const span: Span = {
    start: civil(settled, month, firstDay),
    end: civil(settled, month, day.value) + DAY,
    grain: 'day',
    reason: 'from the first to the last',
  };
  return {
    value: { span, pieces: first.pieces },
    next: yearAt && piece.open === 'year' ? yearAt.next : day.next,
  };
}

function twoEnds(
  view: TokenView,
  index: number,
  first: Sequence,
  from: Span,
  context: TimeContext,
): Read<RangeRead> | null {
  const second = readSecondEnd(view, index, from.start, context);
  const fit = second && composeLongest(second.sequence, second.context);
  const [to] = fit?.spans ?? [];
  if (!second || !fit || !to) return null;
  const daily = from.grain === 'day' && fit.sequence.pieces.some(({ kind }) => kind === 'clock_range');
  // "monday to friday 9 to 5": from the first hour of the first day to the last of the last.
  // "monday to friday at 9": at that hour on the first day, too; "monday until friday at 9" has it for its end alone.
  const shared = onWeekday(first) && onWeekday(fit.sequence) && !view.is(index - 1, 'until', 'till', 'til');
  const clocked = from.grain === 'day' && shared && fit.sequence.pieces.some(({ kind }) => kind === 'clock');
  const opens = daily || clocked ? to.start - startOfDay(to.start) : 0;
  const start = settleStart(first, from, second.sequence, to) + opens;
  const point = to.grain === 'hour' || to.grain === 'minute';
  const isTimed = fit.sequence.pieces.some(
    ({ kind }) => kind === 'clock' || kind === 'moment' || kind === 'clock_range',
  );
  let end = point && isTimed && !daily ? to.start : to.end;
  const weekdayOnly = fit.sequence.pieces.every(
    (piece) => piece.kind === 'date' && piece.weekday !== undefined,
  );
  while (end <= start && weekdayOnly) end += 7 * DAY;
  if (end <= start) return null;
  const span: Span = { start, end, grain: finer(from, to), reason: 'from the first to the last' };
  return { value: { span, pieces: [...first.pieces, ...fit.sequence.pieces] }, next: fit.sequence.next };
}

const onWeekday = ({ pieces }: Sequence): boolean =>
  pieces.some((piece) => piece.kind === 'date' && piece.weekday !== undefined);

/**
 * The end of a stretch that began at a moment. What leaves its week, month or year open counts on from there, what doesn't
 * from today; the context says which.
 */
export function readSecondEnd(
  view: TokenView,
  index: number,
  from: number | null,
  context: TimeContext,
): { sequence: Sequence; context: TimeContext } | null {
  const at = skip(view, index, 'the', 'on', 'at', 'about', 'around');
  const read = (inside: TimeContext): Sequence | null =>
    longer(readSequence(view, index, inside), at > index ? readSequence(view, at, inside) : null);
  const said = read(context);
  if (!said || from === null) return said && { sequence: said, context };
  const floats = said.pieces.every((piece) =>
    piece.kind === 'date' ? piece.open !== undefined : piece.kind !== 'moment' && !('shift' in piece),
  );
  if (!floats) return { sequence: said, context };
  const anchored = { ...context, today: startOfDay(from), now: from };
  return { sequence: read(anchored) ?? said, context: anchored };
}

function longer(a: Sequence | null, b: Sequence | null): Sequence | null {
  return a && (!b || a.next >= b.next) ? a : b;
}

/** "3rd to 7th of june", "dec 20 - jan 3 2028", "tuesday to thursday next week": the second end settles the first. */
function settleStart(first: Sequence, from: Span, second: Sequence, to: Span): number {
  const dates = first.pieces.filter((piece): piece is DatePiece => piece.kind === 'date');
  const [piece] = dates;
  if (dates.length !== 1 || !piece?.open) return from.start;
  const last = second.pieces.filter((other): other is DatePiece => other.kind === 'date');
  const other = last[0];
  if (!other) return from.start;
  const offset = from.start - (piece.readings[0]?.start ?? from.start);
  const before = (days: number): number | null => {
    const frame: Span = { start: to.start - days * DAY, end: to.start, grain: 'year', reason: '' };
    const found = piece.within?.(frame).at(-1);
    return found ? found.start + offset : null;
  };
  if (piece.open === 'year' && other.open === undefined && other.weekday === undefined)
    return before(366) ?? from.start;
  if (piece.open === 'month' && (other.open === 'year' || other.open === undefined))
    return before(31) ?? from.start;
  if (piece.open === 'week' && last.length > 1 && piece.weekday !== undefined && to.grain === 'day') {
    const back = (civilParts(to.start).weekday - piece.weekday + 7) % 7;
    return startOfDay(to.start) - back * DAY + offset;
  }
  return from.start;
}

const ORDER: readonly Span['grain'][] = [
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

function finer(a: Span, b: Span): Span['grain'] {
  return ORDER.indexOf(a.grain) <= ORDER.indexOf(b.grain) ? a.grain : b.grain;
}

/** "saturday and sunday": neighbouring days as one stretch; only where the text is known to be a time. */
export function readNeighbours(view: TokenView, index: number, context: TimeContext): Read<RangeRead> | null {
  if (!context.lenient) return null;
  const first = longestPiece(CALENDAR_READERS, view, index, context);
  if (first?.value.kind !== 'date' || first.value.weekday === undefined) return null;
  if (!view.is(first.next, 'and', '&') || !WEEKDAYS.has(view.word(first.next + 1))) return null;
  const day = first.value.readings[0]?.start;
  const weekday = WEEKDAYS.get(view.word(first.next + 1));
  if (day === undefined || weekday !== (first.value.weekday % 7) + 1) return null;
  const span: Span = { ...daySpan(day, 'both days'), end: day + 2 * DAY };
  return { value: { span, pieces: [first.value] }, next: first.next + 2 };
}
