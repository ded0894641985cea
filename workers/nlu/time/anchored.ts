import type { Amount } from './amounts.ts';
import { readAmounts } from './amounts.ts';
import { DAY, civilParts, startOfWeek } from './civil.ts';
import { readDay, readFrame } from './frames.ts';
import { holiday } from './holidays.ts';
import { readCounted, readNth, nthFrom } from './nth.ts';
import { partNamed } from './part-of-day.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, nestedDate, skip } from './pieces.ts';
import { daySpan, monthSpan, shiftDay, unitSeconds, weekSpan, weekendSpan, yearSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { WEEKDAYS } from './words.ts';
import { readYear } from './year.ts';

const WEEK_OF = [
  'week of',
  'week starting on',
  'week starting',
  'week beginning',
  'week commencing',
  'wk of',
  'week from',
  'w / c',
  'wc',
];

/** "the week of november 30", "week commencing 14 dec", "the weekend of the 5th", "week ending friday" */
const periodOf: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const week = view.anyPhrase(at, WEEK_OF);
  if (week !== null) {
    const base = readDay(view, week, context);
    return (
      base && {
        value: datePiece(weekSpan(base.value.start, 'the week that holds that day', context)),
        next: base.next,
      }
    );
  }
  const ending = view.anyPhrase(at, ['week ending on', 'week ending', 'w / e', 'week to']);
  if (ending !== null) {
    const base = readDay(view, ending, context);
    const span = base && weekSpan(base.value.start, 'the week that ends then', context);
    return span ? { value: datePiece(span), next: base.next } : null;
  }
  const weekend = view.anyPhrase(at, ['weekend of', 'weekend around']);
  if (weekend !== null) {
    const base = readDay(view, weekend, context);
    return base && { value: datePiece(nearestWeekend(base.value.start)), next: base.next };
  }
  const month = view.anyPhrase(at, ['month starting', 'month beginning', 'month of']);
  const base = month === null ? null : readDay(view, month, context);
  return (
    base && {
      value: datePiece(monthSpan(base.value.start, 'the month that holds that day')),
      next: base.next,
    }
  );
};

/** The weekend of a Friday is the one after it, that of a Monday the one before. */
function nearestWeekend(day: number): Span {
  const monday = civilParts(day).weekday === 1;
  return weekendSpan(monday ? day - DAY : day, 'the weekend at that day');
}

const BEFORE = ['prior to', 'ahead of', 'preceding', 'before'];
const AFTER = ['subsequent to', 'following', 'starting from', 'after', 'from', 'past', 'since'];

/** "2 days before christmas", "a week from friday", "the day after the 6th", "a fortnight on monday" */
const awayFrom: PieceReader = (view, index, context) => {
  const at = skip(view, skip(view, index, 'in'), 'the');
  const plainDay = view.is(at, 'day') && at > index;
  const single: Amount[] = [{ count: 1, unit: 'day' }];
  const amounts =
    plainDay || (view.is(index, 'day') && context.lenient)
      ? { value: single, next: at + 1 }
      : readAmounts(view, index);
  if (!amounts || amounts.value.some(({ unit, count }) => unitSeconds(unit) !== null || count > 40_000))
    return null;
  const before = view.anyPhrase(amounts.next, BEFORE);
  const weeks = amounts.value.every(({ unit }) => unit === 'week' || unit === 'month' || unit === 'year');
  // "a week tomorrow", "a week next monday"
  const nextDay = view.is(amounts.next, 'next') && WEEKDAYS.has(view.word(amounts.next + 1));
  const direct = weeks && (view.is(amounts.next, 'today', 'tomorrow') || nextDay) ? amounts.next : null;
  const on = weeks && view.is(amounts.next, 'on') && context.lenient ? amounts.next + 1 : null;
  const after = before ?? view.anyPhrase(amounts.next, AFTER) ?? on ?? direct;
  if (after === null) return null;
  if (view.is(after, 'now')) return null;
  const base = readDay(view, after, context) ?? periodEdge(view, after, before !== null, context);
  return base && shifted(base, amounts.value, before === null ? 1 : -1);
};

/** "two weeks after the end of june" and "3 days before next month" count from the edge they touch. */
function periodEdge(view: TokenView, index: number, back: boolean, context: TimeContext): Read<Span> | null {
  const frame = readFrame(view, index, context, false);
  if (!frame) return null;
  const { start, end } = frame.value;
  return { value: daySpan(back ? start : end - DAY, 'its edge'), next: frame.next };
}

function shifted(base: Read<Span>, amounts: readonly Amount[], sign: number): Read<DatePiece> | null {
  let day: number | null = base.value.start;
  for (const { count, unit } of amounts) day = day === null ? null : shiftDay(day, unit, count * sign);
  if (day === null || civilParts(day).year < 1900 || civilParts(day).year > 2200) return null;
  return { value: datePiece(daySpan(day, 'counted from that day')), next: base.next };
}

/** "a week ago yesterday", "two weeks ago monday", "a year ago today" */
const agoFrom: PieceReader = (view, index, context) => {
  const amounts = readAmounts(view, index);
  if (
    !amounts ||
    !view.is(amounts.next, 'ago') ||
    amounts.value.some(({ unit }) => unitSeconds(unit) !== null)
  )
    return null;
  const at = skip(view, amounts.next + 1, 'on', 'from', 'this', 'last');
  const weekday = WEEKDAYS.get(view.word(at));
  if (weekday !== undefined) {
    const [first] = amounts.value;
    const monday = first && shiftDay(startOfWeek(context.today), first.unit, -first.count);
    return first?.unit === 'week' && monday !== undefined && monday !== null
      ? {
          value: { ...datePiece(daySpan(monday + (weekday - 1) * DAY, 'that day of that week')), past: true },
          next: at + 1,
        }
      : null;
  }
  if (!view.is(at, 'today', 'yesterday', 'tomorrow')) return null;
  const base = readDay(view, at, context);
  const moved = base && shifted(base, amounts.value, -1);
  return moved && { value: { ...moved.value, past: true }, next: moved.next };
};

/** "tomorrow week", "today fortnight" */
const dayWeek: PieceReader = (view, index, context) => {
  if (!view.is(index, 'today', 'tomorrow') || !view.is(index + 1, 'week', 'fortnight')) return null;
  const days = (view.is(index, 'today') ? 0 : 1) + (view.is(index + 1, 'week') ? 7 : 14);
  return { value: datePiece(daySpan(context.today + days * DAY, 'counted in weeks')), next: index + 2 };
};

/** "the friday before christmas", "first monday after easter", "the weekend after thanksgiving", "the week before the 5th" */
const nthAround: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const nth = readNth(view, at) ?? countBefore(view, at);
  const counted = readCounted(view, nth?.next ?? at);
  if (!counted || (counted.value.unit === 'day' && !nth)) return null;
  if (!nth && at === index && !context.lenient && counted.value.weekday === undefined) return null;
  const before = view.anyPhrase(counted.next, [
    'before',
    'preceding',
    'prior to',
    'ahead of',
    'leading up to',
  ]);
  const after = before ?? view.anyPhrase(counted.next, ['after', 'following', 'right after']);
  if (after === null || (view.is(after, 'next', 'last') && after + 1 >= view.length)) return null;
  const nested = nestedDate(view, after, context);
  const base = nested?.value.readings[0];
  if (!nested || !base || base.grain === 'minute' || base.grain === 'hour') return null;
  const number = nth === null || nth.value < 0 ? 1 : nth.value;
  if (nth && nth.value < -1) return null;
  const span = nthFrom(base, number, counted.value, before !== null, context);
  return span && { value: datePiece(span), next: nested.next };
};

/** The number of "two saturdays before christmas". */
function countBefore(view: TokenView, index: number): Read<number> | null {
  const count = view.cardinal(index);
  return count && WEEKDAYS.has(view.word(count.next).replace(/s$/, '')) ? count : null;
}

/** "two nights ago", "three mornings from now", "the night before last" */
const countedParts: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the', 'in');
  const beforeLast = partNamed(view.word(at));
  const count = view.cardinal(at);
  const part = beforeLast ?? (count && partNamed(view.word(count.next).replace(/s$/, '')));
  if (!part) return null;
  let days: number | null = null;
  let next = at;
  if (beforeLast) {
    days = view.phrase(at + 1, 'before last') === null ? null : -2;
    next = at + 3;
  } else if (count) {
    const back = view.is(count.next + 1, 'ago', 'back');
    const ahead = view.phrase(count.next + 1, 'from now') ?? (view.is(index, 'in') ? count.next + 1 : null);
    days = back ? -count.value : ahead === null ? null : count.value;
    next = back ? count.next + 2 : (ahead ?? at);
  }
  if (days === null || Math.abs(days) > 4_000) return null;
  const day = context.today + days * DAY;
  const [start, end] = [day + part.fromHour * 3600, day + part.toHour * 3600];
  const reason = `the ${part.name} of that day`;
  return { value: { ...datePiece({ start, end, grain: 'part_of_day', reason }), past: days < 0 }, next };
};

/** "the morning after christmas", "the night before the 5th" */
const partAround: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const part = at > index || context.lenient ? partNamed(view.word(at)) : null;
  if (!part || !view.is(at + 1, 'before', 'after')) return null;
  const base = readDay(view, at + 2, context);
  if (!base) return null;
  const day = base.value.start + (view.is(at + 1, 'before') ? -DAY : DAY);
  const span: Span = {
    start: day + part.fromHour * 3600,
    end: day + part.toHour * 3600,
    grain: 'part_of_day',
    reason: `the ${part.name} of that day`,
  };
  return { value: datePiece(span), next: base.next };
};

/** "thanksgiving weekend", "christmas week", "easter weekend 2027" */
const feastPeriod: PieceReader = (view, index, context) => {
  const read = holiday(view, index, { ...context, lenient: true });
  const [span] = read?.value.kind === 'date' ? read.value.readings : [];
  if (!read || !span || span.grain !== 'day') return null;
  const wide = view.is(read.next, 'weekend') || view.is(read.next, 'week');
  if (
    !wide ||
    (!context.lenient && !view.is(index - 1, 'on', 'by', 'over', 'for', 'before', 'after', 'during', 'until'))
  )
    return null;
  const year = readYear(view, read.next + 1);
  const dated = year && read.value.kind === 'date' ? read.value.within?.(yearSpan(year.value))[0] : span;
  if (!dated) return null;
  const whole = view.is(read.next, 'weekend')
    ? nearestWeekend(dated.start)
    : weekSpan(dated.start, 'the week of that day', context);
  return { value: datePiece(whole), next: year?.next ?? read.next + 1 };
};

export const ANCHORED_READERS: readonly PieceReader[] = [
  periodOf,
  awayFrom,
  agoFrom,
  dayWeek,
  nthAround,
  partAround,
  countedParts,
  feastPeriod,
];
