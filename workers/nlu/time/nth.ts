import { DAY, addMonths, civilParts, startOfMonth, startOfQuarter } from './civil.ts';
import { readFrame } from './frames.ts';
import type { PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import {
  comingMonth,
  daySpan,
  monthSpan,
  quarterSpan,
  shiftDay,
  weekSpan,
  weekendSpan,
  yearSpan,
} from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import type { TimeUnit } from './words.ts';
import { MONTHS, WEEKDAYS, WEEKDAY_NAMES, singleUnit, unitOf } from './words.ts';

const FROM_END: readonly [string, number][] = [
  ['second to last', -2],
  ['second - to - last', -2],
  ['second last', -2],
  ['2 nd to last', -2],
  ['2 nd last', -2],
  ['third to last', -3],
  ['next to last', -2],
  ['last but one', -2],
  ['penultimate', -2],
  ['very last', -1],
  ['very first', 1],
  ['last', -1],
  ['final', -1],
  ['opening', 1],
];

/** What is counted: a weekday or a unit of the calendar. */
interface Counted {
  weekday?: number;
  unit?: TimeUnit;
}

/** "1st", "third", "last", "second to last"; negative numbers count from the end. */
export function readNth(view: TokenView, index: number): Read<number> | null {
  for (const [words, value] of FROM_END) {
    const next = view.phrase(index, words);
    if (next !== null) return { value, next };
  }
  return view.ordinal(index);
}

export function readCounted(view: TokenView, index: number): Read<Counted> | null {
  const word = view.word(index);
  const weekday = WEEKDAYS.get(word) ?? WEEKDAYS.get(word.replace(/days$/, 'day'));
  if (weekday !== undefined) return { value: { weekday }, next: index + 1 };
  if (view.is(index, 'business', 'working', 'work') && view.is(index + 1, 'day'))
    return { value: { unit: 'workday' }, next: index + 2 };
  const calendarAt = skip(view, index, 'calendar', 'full');
  const unit = singleUnit(view.word(calendarAt));
  const known =
    unit !== undefined && ['day', 'workday', 'week', 'weekend', 'month', 'quarter', 'year'].includes(unit);
  return known ? { value: { unit }, next: calendarAt + 1 } : null;
}

/** "first monday of june", "last day of the month", "second weekend in july 2027", "the 100th day of 2027", "day 100 of 2027" */
export const nthOf: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const numbered = view.is(at, 'day', 'week') && view.digits(at + 1) !== '' ? readCounted(view, at) : null;
  const nth = numbered ? view.cardinal(numbered.next) : readNth(view, at);
  if (!nth || nth.value > 366 || nth.value === 0) return null;
  const counted = numbered ? { ...numbered, next: nth.next } : readCounted(view, nth.next);
  if (!counted || (numbered && !view.is(nth.next, 'of', 'in'))) return null;
  const of = skip(view, counted.next, 'of', 'in', 'during', ',');
  const bare = of === counted.next;
  if (bare && !view.is(of, 'this', 'next') && !context.lenient) return null;
  if (bare && nth.value === -1) return null;
  const frame = readFrame(view, of, context, !bare);
  if (!frame) return null;
  const { nextYear, following, ...whole } = frame.value;
  const span = nthInside(whole, nth.value, counted.value);
  const over = !span || span.end <= context.today;
  // "The first monday of the month", when it is over, comes again as "the 6th" does.
  const ahead = following && context.back !== true && context.pastTense !== true ? following : undefined;
  const later = over ? (nextYear ?? ahead) : undefined;
  const coming = later && nthInside(later, nth.value, counted.value);
  if (coming) return { value: datePiece(coming, later === ahead ? span : null), next: frame.next };
  return span && { value: datePiece(span), next: frame.next };
};

/** "july 2nd week", "june last weekend", "next month, third friday"; but "december 4th friday" is the 4th, a Friday. */
export const nthOfMonthBefore: PieceReader = (view, index, context) => {
  const month = MONTHS.get(view.word(index));
  const offset = view.is(index + 1, 'month') ? ['last', 'this', 'next'].indexOf(view.word(index)) - 1 : -2;
  if (month === undefined && offset < -1) return null;
  const nth = readNth(view, skip(view, month === undefined ? index + 2 : index + 1, ','));
  const counted = nth && readCounted(view, nth.next);
  if (!counted || counted.value.unit === 'day') return null;
  if (month !== undefined && counted.value.weekday !== undefined) return null;
  const first =
    month === undefined ? addMonths(startOfMonth(context.today), offset) : comingMonth(month, context);
  const inMonth = (start: number): Span | null => nthInside(monthSpan(start, ''), nth.value, counted.value);
  const coming = inMonth(first);
  const later = month !== undefined && (!coming || coming.end <= context.today);
  const span = later ? inMonth(addMonths(first, 12)) : coming;
  const past = month === undefined && offset < 0;
  return span && { value: { ...datePiece(span), ...(past && { past }) }, next: counted.next };
};

const LENGTHS: Partial<Record<TimeUnit, number>> = { week: 8, weekend: 3, month: 32, quarter: 93, year: 367 };

/** The nth of what is counted inside the stretch, or from its end for negative numbers; null when it has none. */
function nthInside(whole: Span, nth: number, { weekday, unit }: Counted): Span | null {
  if (weekday !== undefined) {
    const day = nthDay(whole, nth, (date) => civilParts(date).weekday === weekday);
    return day === null
      ? null
      : daySpan(day, `${nth === -1 ? 'the last' : `number ${nth}`} ${WEEKDAY_NAMES[weekday] ?? ''}`);
  }
  // "last year in may" is no year of May.
  if (unit === undefined || (whole.end - whole.start) / DAY < (LENGTHS[unit] ?? 1)) return null;
  switch (unit) {
    case 'day': {
      const day = nth > 0 ? whole.start + (nth - 1) * DAY : whole.end + nth * DAY;
      return day >= whole.start && day < whole.end ? daySpan(day, 'that day of it') : null;
    }
    case 'workday': {
      const day = nthDay(whole, nth, (date) => civilParts(date).weekday <= 5);
      return day === null ? null : daySpan(day, 'that working day of it');
    }
    case 'weekend': {
      const saturday = nthDay(whole, nth, (date) => civilParts(date).weekday === 6);
      return saturday === null ? null : weekendSpan(saturday, 'that weekend of it');
    }
    case 'week': {
      // The first week of a month is the one that holds its first Thursday, as with the weeks of a year.
      const thursday = nthDay(whole, nth, (date) => civilParts(date).weekday === 4);
      return thursday === null ? null : weekSpan(thursday, 'that week of it');
    }
    case 'month':
      return stepInside(whole, nth, startOfMonth, 1, (start) => monthSpan(start, 'that month of it'));
    case 'quarter':
      return stepInside(whole, nth, startOfQuarter, 3, (start) => quarterSpan(start, 'that quarter of it'));
    case 'year':
      return stepInside(whole, nth, startOfMonth, 12, (start) => yearSpan(civilParts(start).year));
    default:
      return null;
  }
}

function nthDay({ start, end }: Span, nth: number, fits: (day: number) => boolean): number | null {
  let left = Math.abs(nth);
  const step = nth > 0 ? DAY : -DAY;
  for (let day = nth > 0 ? start : end - DAY; day >= start && day < end; day += step) {
    if (fits(day)) left -= 1;
    if (left === 0) return day;
  }
  return null;
}

function stepInside(
  { start, end }: Span,
  nth: number,
  align: (day: number) => number,
  months: number,
  make: (start: number) => Span,
): Span | null {
  const first = nth > 0 ? align(start) : align(end - DAY);
  const found = addMonths(first, (nth > 0 ? nth - 1 : nth + 1) * months);
  return found >= align(start) && found < end ? make(found) : null;
}

/** "the first two weeks of january", "the last 3 days of the month" */
export const someOf: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const first = view.is(at, 'first', 'opening');
  if (!first && !view.is(at, 'last', 'final')) return null;
  const count = view.cardinal(at + 1) ?? (view.is(at + 1, 'few') ? { value: 3, next: at + 2 } : null);
  if (!count || count.value < 1 || count.value > 366) return null;
  const unit = unitOf(view.word(count.next));
  if (unit !== 'day' && unit !== 'week' && unit !== 'month' && unit !== 'weekend' && unit !== 'year')
    return null;
  if (unit === 'weekend' || !view.is(count.next + 1, 'of', 'in')) return null;
  const frame = readFrame(view, count.next + 2, context, true);
  if (!frame) return null;
  const { nextYear: _later, following: _next, ...whole } = frame.value;
  const moved = shiftDay(first ? whole.start : whole.end, unit, first ? count.value : -count.value);
  if (moved === null) return null;
  const reason = `the ${first ? 'first' : 'last'} ${count.value} ${unit}s of it`;
  const [start, end] = first ? [whole.start, moved] : [moved, whole.end];
  return { value: datePiece({ start, end, grain: unit, reason }), next: frame.next };
};

/** "first monday after easter", counted from the day or from the end of the stretch that is named. */
export function nthFrom(
  base: Span,
  nth: number,
  counted: Counted,
  back: boolean,
  context: TimeContext,
): Span | null {
  const year = 366 * DAY;
  const after = counted.unit === 'week' ? weekAlign(base, back) : base;
  const whole = back
    ? { ...base, start: after.start - 2 * year, end: after.start }
    : { ...base, start: after.end, end: after.end + 2 * year };
  if (context.depth > 3) return null;
  return nthInside(whole, back ? -nth : nth, counted);
}

/** The week after a day is the one after its own week. */
function weekAlign(base: Span, back: boolean): Span {
  const week = weekSpan(back ? base.start : base.end - DAY, '');
  return { ...base, start: week.start, end: week.end };
}
