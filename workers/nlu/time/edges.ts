import { DAY, addMonths } from './civil.ts';
import type { Frame } from './frames.ts';
import { readFrame } from './frames.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { calendarUnit, daySpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { singleUnit } from './words.ts';

type Edge = 'start' | 'end' | 'middle' | 'early' | 'late' | 'first half' | 'second half';

const EDGES: readonly [string, Edge][] = [
  ['first half', 'first half'],
  ['1 st half', 'first half'],
  ['second half', 'second half'],
  ['2 nd half', 'second half'],
  ['latter half', 'second half'],
  ['last half', 'second half'],
  ['latter part', 'late'],
  ['early part', 'early'],
  ['first part', 'early'],
  ['very end', 'end'],
  ['tail end', 'end'],
  ['very beginning', 'start'],
  ['very start', 'start'],
  ['end', 'end'],
  ['close', 'end'],
  ['start', 'start'],
  ['beginning', 'start'],
  ['middle', 'middle'],
  ['mid', 'middle'],
  ['early', 'early'],
  ['late', 'late'],
];

type ShortUnit = 'week' | 'month' | 'quarter' | 'year';

const SHORT_EDGES: ReadonlyMap<string, [ShortUnit, 'start' | 'end']> = new Map([
  ['eow', ['week', 'end']],
  ['eom', ['month', 'end']],
  ['eoq', ['quarter', 'end']],
  ['eoy', ['year', 'end']],
  ['bom', ['month', 'start']],
  ['boy', ['year', 'start']],
]);

/** "end of the month", "start of next week", "mid november", "early in september", "month end", "eow", "midweek" */
export const edge: PieceReader = (view, index, context) => {
  const short = shortEdge(view, index, context);
  if (short) return short;
  const at = skip(view, view.anyPhrase(index, ['toward', 'towards']) ?? index, 'the');
  const found = readEdgeName(view, at);
  if (!found) return null;
  const dashed = skip(view, found.next, '-');
  const of = skip(view, dashed, 'of', 'in');
  const bare = of > dashed || dashed > found.next || (view.is(at, 'mid') && context.lenient);
  const frame = readFrame(view, skip(view, of, '-'), context, bare);
  if (!frame) return null;
  // "close june" and "start monday" are no edges: those words need their "of".
  if (of === dashed && ['start', 'end', 'close', 'beginning'].includes(view.word(at)) && !context.lenient)
    return null;
  return { value: edgeOf(frame.value, found.value, context), next: frame.next };
};

function readEdgeName(view: TokenView, index: number): Read<Edge> | null {
  for (const [words, value] of EDGES) {
    const next = view.phrase(index, words);
    if (next !== null) return { value, next };
  }
  return null;
}

/** "eow", "month end", "year-end", "midweek", "end of week" */
function shortEdge(view: TokenView, index: number, context: TimeContext): Read<DatePiece> | null {
  const short = SHORT_EDGES.get(view.word(index));
  if (short && (short[1] === 'end' || context.lenient)) {
    const whole = calendarUnit(short[0], 0, context);
    return whole && { value: edgeOf(whole, short[1], context), next: index + 1 };
  }
  const week = calendarUnit('week', 0, context);
  if (view.is(index, 'midweek') && week) return { value: midweek(week, context), next: index + 1 };
  const at = skip(view, index, 'the', 'this');
  const unit = singleUnit(view.word(at).replace(/'s$/, ''));
  if (unit !== 'month' && unit !== 'year' && unit !== 'week' && unit !== 'quarter') return null;
  const endAt = skip(view, at + 1, '-');
  if (!view.is(endAt, 'end') || view.is(endAt + 1, 'of')) return null;
  const whole = calendarUnit(unit, 0, context);
  return whole && { value: edgeOf(whole, 'end', context), next: endAt + 1 };
}

/** The Monday of a week, whichever day it begins with. */
const mondayOf = ({ start }: Pick<Span, 'start'>, { firstDay }: TimeContext): number =>
  start + (firstDay === 7 ? DAY : 0);

/** Wednesday of this week, or of the next once it is past. */
function midweek(week: Span, context: TimeContext): DatePiece {
  const wednesday = mondayOf(week, context) + 2 * DAY;
  const day = wednesday < context.today ? wednesday + 7 * DAY : wednesday;
  const within = (frame: Span): Span[] =>
    frame.grain === 'week' ? [daySpan(mondayOf(frame, context) + 2 * DAY, 'the middle of the week')] : [];
  return { ...datePiece(daySpan(day, 'the middle of the week')), open: 'week', within };
}

function edgeOf(whole: Frame, name: Edge, context: TimeContext): DatePiece {
  const piece = edgeDays(whole, name, context);
  const over = (piece.readings[0]?.end ?? 0) <= context.today;
  // "early november", said on the 23rd, is that of next year.
  return over && whole.nextYear ? edgeDays(whole.nextYear, name, context) : piece;
}

function edgeDays(whole: Span, name: Edge, context: TimeContext): DatePiece {
  const { start, end, grain } = whole;
  const stretch = ([from, to]: [number, number], reason: string): DatePiece =>
    datePiece({ start: from, end: to, grain: 'day', reason });
  switch (name) {
    case 'start':
      return datePiece(daySpan(start, `the first day of the ${grain}`));
    case 'end':
      return lastDay(whole, context);
    case 'middle':
      return grain === 'week'
        ? datePiece(daySpan(mondayOf(whole, context) + 2 * DAY, 'the middle of the week'))
        : stretch(middleOf(whole), `the middle of the ${grain}`);
    case 'early':
      return stretch([start, thirdOf(whole, 1)], `the first part of the ${grain}`);
    case 'late':
      return grain === 'week'
        ? stretch(
            [mondayOf(whole, context) + 3 * DAY, mondayOf(whole, context) + 5 * DAY],
            'Thursday and Friday',
          )
        : stretch([thirdOf(whole, 2), end], `the last part of the ${grain}`);
    default:
      return half(whole, name);
  }
}

function lastDay({ start, end, grain }: Span, context: TimeContext): DatePiece {
  const fromSunday = context.firstDay === 7;
  const sunday = daySpan(
    end - DAY,
    grain === 'week'
      ? `the ${fromSunday ? 'Saturday' : 'Sunday'} that ends the week`
      : `the last day of the ${grain}`,
  );
  if (grain !== 'week') return datePiece(sunday);
  const friday = mondayOf({ start }, context) + 4 * DAY;
  // On a weekend "end of the week" can only be the Sunday that is still ahead.
  if (friday < context.today && context.today < end)
    return datePiece({ ...sunday, reason: 'the last day of the week' });
  return datePiece(daySpan(friday, 'the last working day of the week'), sunday);
}

/** Where a third of the stretch ends: ten days of a month, four months of a year, Tuesday in a week. */
function thirdOf({ start, end, grain }: Span, third: 1 | 2): number {
  if (grain === 'month') return third === 1 ? start + 10 * DAY : end - 10 * DAY;
  if (grain === 'week') return start + 2 * DAY;
  const months = monthsOf({ start, end });
  if (months !== null && months % 3 === 0) return addMonths(start, (months / 3) * third);
  const days = Math.floor((end - start) / DAY / 3);
  return third === 1 ? start + days * DAY : end - days * DAY;
}

/** The middle of a month is the 10th to the 20th. */
function middleOf(whole: Span): [number, number] {
  return whole.grain === 'month'
    ? [whole.start + 9 * DAY, whole.start + 20 * DAY]
    : [thirdOf(whole, 1), thirdOf(whole, 2)];
}

/** The number of calendar months the stretch is long, when it begins with one. */
function monthsOf({ start, end }: Pick<Span, 'start' | 'end'>): number | null {
  for (const months of [1, 3, 6, 12, 120, 1200]) if (addMonths(start, months) === end) return months;
  return null;
}

/** Half of a month by days (15 and the rest), of a year by months. */
function half(whole: Span, name: 'first half' | 'second half'): DatePiece {
  const { start, end } = whole;
  const months = monthsOf(whole);
  const middle =
    months !== null && months % 2 === 0
      ? addMonths(start, months / 2)
      : start + Math.floor((end - start) / DAY / 2) * DAY;
  const grain = months !== null && months % 2 === 0 ? 'month' : 'day';
  return datePiece(
    name === 'first half'
      ? { start, end: middle, grain, reason: 'the first half' }
      : { start: middle, end, grain, reason: 'the second half' },
  );
}
