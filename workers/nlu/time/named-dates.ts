import { readAmount } from './amounts.ts';
import { CALENDAR_READERS } from './calendar-dates.ts';
import { DAY, addMonths, civil, civilParts, startOfWeek } from './civil.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, longestPiece, skip } from './pieces.ts';
import {
  calendarUnit,
  comingMonth,
  daySpan,
  nthWeekday,
  shiftDay,
  weekSpan,
  weekendSpan,
} from './periods.ts';
import { holiday } from './holidays.ts';
import { namedMonthStart } from './period-dates.ts';
import { RELATIVE_READERS } from './relative-dates.ts';
import { readYear } from './year.ts';
import type { Read, TokenView } from './tokens.ts';
import { MONTHS, UNITS, WEEKDAYS, WEEKDAY_NAMES } from './words.ts';

const EDGES: ReadonlyMap<string, Edge> = new Map([
  ['end', 'end'],
  ['start', 'start'],
  ['beginning', 'start'],
  ['middle', 'middle'],
  ['mid', 'middle'],
  ['early', 'early'],
  ['late', 'late'],
]);
type Edge = 'start' | 'end' | 'middle' | 'early' | 'late';

const SHORT_EDGES: ReadonlyMap<string, 'week' | 'month' | 'quarter' | 'year'> = new Map([
  ['eow', 'week'],
  ['eom', 'month'],
  ['eoq', 'quarter'],
  ['eoy', 'year'],
]);

/** "end of the month", "start of next week", "mid november", "eow" */
const edge: PieceReader = (view, index, context) => {
  const short = SHORT_EDGES.get(view.word(index));
  if (short) {
    const whole = calendarUnit(short, 0, context);
    return whole && { value: edgeOf(whole, 'end', context), next: index + 1 };
  }
  const at = skip(view, index, 'the');
  const name =
    EDGES.get(view.word(at)) ??
    (view.is(at, 'first', 'second') && view.is(at + 1, 'half') ? 'half' : undefined);
  if (name === undefined) return null;
  let from = name === 'half' ? at + 2 : at + 1;
  from = skip(view, from, '-');
  const hasOf = view.is(from, 'of');
  from = skip(view, from, 'of', 'in');
  const whole = wholePeriod(view, from, context, hasOf);
  if (!whole) return null;
  if (name !== 'half') return { value: edgeOf(whole.value, name, context), next: whole.next };
  const middle = whole.value.start + Math.floor((whole.value.end - whole.value.start) / DAY / 2) * DAY;
  const first = view.is(at, 'first');
  const span = first ? { ...whole.value, end: middle } : { ...whole.value, start: middle };
  return {
    value: datePiece({ ...span, reason: `the ${first ? 'first' : 'second'} half` }),
    next: whole.next,
  };
};

/** The period whose edge is meant. "end of month" may leave out its article. */
function wholePeriod(
  view: TokenView,
  index: number,
  context: TimeContext,
  hasOf: boolean,
): Read<Span> | null {
  const at = skip(view, index, 'the');
  const bare = UNITS.get(view.word(at));
  if (bare !== undefined && (hasOf || at > index) && !view.word(at).endsWith('s')) {
    const span = calendarUnit(bare, 0, context);
    if (span && bare !== 'day') return { value: span, next: at + 1 };
  }
  const month = MONTHS.get(view.word(index));
  if (month !== undefined) {
    const year = readYear(view, index + 1);
    const start = year ? civil(year.value, month, 1) : comingMonth(month, context);
    const span: Span = { start, end: addMonths(start, 1), grain: 'month', reason: 'that month' };
    return { value: span, next: year?.next ?? index + 1 };
  }
  const read = longestPiece(RELATIVE_READERS, view, index, { ...context, lenient: true });
  const span = read?.value.kind === 'date' ? read.value.readings[0] : undefined;
  return read && span && span.grain !== 'day' && span.grain !== 'minute'
    ? { value: span, next: read.next }
    : null;
}

function edgeOf(whole: Span, name: Edge, context: TimeContext): DatePiece {
  const { start, end, grain } = whole;
  const last = grain === 'week' ? start + 4 * DAY : end - DAY;
  const days = (end - start) / DAY;
  switch (name) {
    case 'start':
      return datePiece(daySpan(start, `the first day of the ${grain}`));
    case 'end': {
      // On a weekend "end of the week" can only be the Sunday that is still ahead.
      if (grain === 'week' && last < context.today && context.today < end)
        return datePiece(daySpan(end - DAY, 'the last day of the week'));
      const readings = [
        daySpan(last, grain === 'week' ? 'the last working day of the week' : `the last day of the ${grain}`),
      ];
      if (grain === 'week') readings.push(daySpan(end - DAY, 'the Sunday that ends the week'));
      return datePiece(...readings);
    }
    case 'middle':
      if (grain === 'week') return datePiece(daySpan(start + 2 * DAY, 'the middle of the week'));
      if (grain === 'month')
        return datePiece({
          start: start + 10 * DAY,
          end: start + 20 * DAY,
          grain: 'day',
          reason: 'the middle ten days',
        });
      return datePiece({
        start: start + Math.floor(days / 3) * DAY,
        end: end - Math.floor(days / 3) * DAY,
        grain: 'day',
        reason: `the middle of the ${grain}`,
      });
    case 'early':
      return datePiece({
        start,
        end: grain === 'week' ? start + 2 * DAY : start + Math.floor(days / 3) * DAY,
        grain: 'day',
        reason: `the first part of the ${grain}`,
      });
    case 'late':
      if (grain === 'week')
        return datePiece({
          start: start + 3 * DAY,
          end: start + 5 * DAY,
          grain: 'day',
          reason: 'Thursday and Friday',
        });
      return datePiece({
        start: end - Math.floor(days / 3) * DAY,
        end,
        grain: 'day',
        reason: `the last part of the ${grain}`,
      });
  }
}

/** "first monday of june", "last day of the month", "second weekend in july 2027" */
const nthOfMonth: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const nth = view.is(at, 'last') ? { value: -1, next: at + 1 } : view.ordinal(at);
  if (!nth || nth.value > 31) return null;
  const unitWord = view.word(nth.next);
  const weekday = WEEKDAYS.get(unitWord);
  const unit = UNITS.get(unitWord);
  if (weekday === undefined && unit !== 'day' && unit !== 'week' && unit !== 'weekend' && unit !== 'workday')
    return null;
  if (!view.is(nth.next + 1, 'of', 'in')) return null;
  const monthAt = nth.next + 2;
  const month = MONTHS.get(view.word(monthAt));
  const relative = namedMonthStart(view, monthAt, context);
  if (month === undefined && !relative) return null;
  const year = month !== undefined ? readYear(view, monthAt + 1) : null;
  const next = year?.next ?? relative?.next ?? monthAt + 1;
  const find = (start: number): Span | null => nthInMonth(start, nth.value, weekday, unit);
  if (relative || month === undefined) {
    const span = relative && find(relative.value);
    return span ? { value: datePiece(span), next } : null;
  }
  let span = find(year ? civil(year.value, month, 1) : comingMonth(month, context));
  if (span && !year && span.end <= context.today) span = find(addMonths(comingMonth(month, context), 12));
  return span ? { value: datePiece(span), next } : null;
};

function nthInMonth(
  month: number,
  nth: number,
  weekday: number | undefined,
  unit: string | undefined,
): Span | null {
  const end = addMonths(month, 1);
  if (weekday !== undefined) {
    const day = nthWeekday(month, weekday, nth);
    return day === null
      ? null
      : daySpan(
          day,
          `${nth === -1 ? 'the last' : `number ${nth}`} ${WEEKDAY_NAMES[weekday] ?? ''} of that month`,
        );
  }
  if (unit === 'day') {
    const day = nth === -1 ? end - DAY : month + (nth - 1) * DAY;
    return day >= month && day < end ? daySpan(day, 'that day of the month') : null;
  }
  if (unit === 'workday') {
    const days = Array.from({ length: (end - month) / DAY }, (_, i) => month + i * DAY).filter(
      (day) => civilParts(day).weekday <= 5,
    );
    const day = days.at(nth === -1 ? -1 : nth - 1);
    return day === undefined ? null : daySpan(day, 'that working day of the month');
  }
  if (unit === 'weekend') {
    const saturday = nthWeekday(month, 6, nth);
    return saturday === null ? null : weekendSpan(saturday, 'that weekend of the month');
  }
  // The first week of a month is the one that holds its first Thursday, as with the weeks of a year.
  const thursday = nthWeekday(month, 4, nth);
  return thursday === null ? null : weekSpan(thursday, 'that week of the month');
}

const BASE_READERS = [...CALENDAR_READERS, ...RELATIVE_READERS, edge, nthOfMonth, holiday];

/** "the week of november 30", "a week from friday", "2 days before christmas", "the day after the 6th" */
const fromAnother: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const weekOf =
    view.phrase(at, 'week of') ?? view.phrase(at, 'week starting') ?? view.phrase(at, 'week beginning');
  if (weekOf !== null) {
    const base = baseDay(view, weekOf, context);
    return (
      base && {
        value: datePiece(weekSpan(startOfWeek(base.value.start), 'the week that holds that day')),
        next: base.next,
      }
    );
  }
  const plainDay =
    view.is(at, 'day') && at > index ? { value: { count: 1, unit: 'day' as const }, next: at + 1 } : null;
  const amount = plainDay ?? readAmount(view, index);
  if (!amount || !view.is(amount.next, 'before', 'after', 'from', 'prior')) return null;
  const back = view.is(amount.next, 'before', 'prior');
  const base = baseDay(view, skip(view, amount.next + 1, 'to'), context);
  if (!base || amount.value.count > 40_000) return null;
  const day = shiftDay(base.value.start, amount.value.unit, back ? -amount.value.count : amount.value.count);
  if (day === null || civilParts(day).year < 1900 || civilParts(day).year > 2200) return null;
  return { value: datePiece(daySpan(day, `counted from that day`)), next: base.next };
};

function baseDay(view: TokenView, index: number, context: TimeContext): Read<Span> | null {
  const read = longestPiece(BASE_READERS, view, index, { ...context, lenient: true });
  const span = read?.value.kind === 'date' ? read.value.readings[0] : undefined;
  return read && span?.grain === 'day' ? { value: span, next: read.next } : null;
}

export const DATE_READERS: readonly PieceReader[] = [...BASE_READERS, fromAnother];
