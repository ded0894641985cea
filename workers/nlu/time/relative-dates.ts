import { DAY, addMonths, addWorkdays, civil, civilParts, startOfMonth, startOfWeek } from './civil.ts';
import type { PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { calendarUnit, daySpan, shiftDay, unitSeconds, weekendSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { readYear } from './calendar-dates.ts';
import type { TimeUnit } from './words.ts';
import { GLUED_UNITS, UNITS } from './words.ts';

export interface Amount {
  count: number;
  unit: TimeUnit;
}

const PAST = ['last', 'past', 'previous'];
const FUTURE = ['next', 'coming', 'upcoming', 'following'];

/** "3 days", "a week", "half an hour", "an hour and a half", "2.5 hours", "a couple of weeks", "2 business days" */
export function readAmount(view: TokenView, index: number): Read<Amount> | null {
  const half = view.phrase(index, 'half an') ?? view.phrase(index, 'half a');
  if (half !== null) return unitAfter(view, half, 0.5);
  if (view.phrase(index, 'a fortnight') !== null)
    return { value: { count: 2, unit: 'week' }, next: index + 2 };
  const few = readVague(view, index);
  if (few) return unitAfter(view, few.next, few.value);
  if (view.is(index, 'a', 'an')) {
    const read = unitAfter(view, index + 1, 1);
    return read && withHalf(view, read);
  }
  const number = view.cardinal(index);
  if (!number) return null;
  let { value, next } = number;
  if (view.is(next, '.') && view.glued(next) && view.glued(next + 1) && view.digits(next + 1) !== '') {
    value += Number(`0.${view.digits(next + 1)}`);
    next += 2;
  }
  const andHalf = view.phrase(next, 'and a half');
  if (andHalf !== null) return unitAfter(view, andHalf, value + 0.5);
  if (view.is(next, '-')) next += 1;
  if (view.is(next, 'more')) next += 1;
  const read = unitAfter(view, next, value);
  return read && withHalf(view, read);
}

function readVague(view: TokenView, index: number): Read<number> | null {
  const at = skip(view, index, 'a');
  if (view.is(at, 'couple')) return { value: 2, next: skip(view, at + 1, 'of') };
  if (view.is(at, 'few')) return { value: 3, next: at + 1 };
  return null;
}

function unitAfter(view: TokenView, index: number, count: number): Read<Amount> | null {
  const work = view.is(index, 'business', 'working', 'work') && view.is(index + 1, 'day', 'days');
  if (work) return { value: { count, unit: 'workday' }, next: index + 2 };
  const word = view.word(index);
  const unit = UNITS.get(word) ?? (view.glued(index) ? GLUED_UNITS.get(word) : undefined);
  return unit === undefined ? null : { value: { count, unit }, next: index + 1 };
}

function withHalf(view: TokenView, read: Read<Amount>): Read<Amount> {
  const half = view.phrase(read.next, 'and a half');
  return half === null ? read : { value: { ...read.value, count: read.value.count + 0.5 }, next: half };
}

/** Amounts joined as "2 hours and 30 minutes" or "1h 30m". */
function readAmounts(view: TokenView, index: number): Read<Amount[]> | null {
  const first = readAmount(view, index);
  if (!first) return null;
  const second = readAmount(view, skip(view, first.next, 'and', ','));
  const joined = second && second.value.unit !== first.value.unit;
  return joined
    ? { value: [first.value, second.value], next: second.next }
    : { value: [first.value], next: first.next };
}

/** The moment or day that lies the amounts away from now or from a day; null when it leaves the calendar. */
function away(
  amounts: readonly Amount[],
  sign: number,
  from: number,
  context: TimeContext,
  reason: string,
): Span | null {
  if (amounts.some(({ count }) => count > 4_000_000)) return null;
  let day = from;
  let seconds = 0;
  for (const { count, unit } of amounts) {
    const length = unitSeconds(unit);
    if (length !== null) seconds += length * count * sign;
    else {
      if (count > 40_000) return null;
      day = shiftDay(day, unit, count * sign) ?? day;
    }
  }
  const { year } = civilParts(day);
  if (year < 1900 || year > 2200 || Math.abs(seconds) > 4_000_000_000) return null;
  const timed = amounts.some(({ unit }) => unitSeconds(unit) !== null);
  if (!timed) return daySpan(day, reason);
  const shift = day - from + Math.round(seconds);
  const start = context.now + shift;
  return { start, end: start + 60, grain: 'minute', reason, epoch: context.nowEpoch + shift };
}

/** "in two weeks", "in 2 hours", "within 3 days", "3 days ago", "2 weeks from now", "a week from friday" */
const counted: PieceReader = (view, index, context) => {
  const leads = view.is(index, 'in', 'within');
  let at = leads ? index + 1 : index;
  if (leads) at = skip(view, at, 'about', 'around', 'exactly', 'another');
  const amounts = readAmounts(view, at);
  if (!amounts) return null;
  const next = amounts.next;
  const plain = amounts.value;
  if (view.is(next, 'ago', 'earlier') || view.phrase(next, 'back') === view.length) {
    const span = away(plain, -1, context.today, context, 'counted back from now');
    if (!span) return null;
    return span.epoch !== undefined
      ? { value: { kind: 'moment', span, past: true }, next: next + 1 }
      : { value: { ...datePiece(span), past: true }, next: next + 1 };
  }
  const fromNow =
    view.phrase(next, 'from now') ??
    view.phrase(next, 'from today') ??
    (view.is(next, 'hence') ? next + 1 : null);
  const after = skip(view, next, 'time');
  const end = fromNow ?? (leads ? after : null);
  if (end === null) return null;
  const span = away(plain, 1, context.today, context, 'counted from now');
  if (!span) return null;
  if (span.epoch !== undefined) return { value: { kind: 'moment', span }, next: end };
  return { value: datePiece(span), next: end };
};

const DAY_WORDS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['tdy', 0],
  ['tomorrow', 1],
  ['tomorow', 1],
  ['tommorow', 1],
  ['tommorrow', 1],
  ['tomorro', 1],
  ['tmrw', 1],
  ['tmr', 1],
  ['tmw', 1],
  ['2moro', 1],
  ['overmorrow', 2],
  ['yesterday', -1],
]);

/** "today", "tomorrow", "the day after tomorrow" */
const dayWord: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const two =
    view.phrase(at, 'day after tomorrow') !== null
      ? 2
      : view.phrase(at, 'day before yesterday') !== null
        ? -2
        : null;
  if (two !== null) {
    const span = daySpan(
      context.today + two * DAY,
      two > 0 ? 'the day after tomorrow' : 'the day before yesterday',
    );
    return { value: { ...datePiece(span), past: two < 0 }, next: at + 3 };
  }
  const offset = DAY_WORDS.get(view.word(index));
  if (offset === undefined) return null;
  const name =
    offset === 0 ? 'today' : offset === 1 ? 'tomorrow' : offset === 2 ? 'in two days' : 'yesterday';
  return {
    value: { ...datePiece(daySpan(context.today + offset * DAY, name)), past: offset < 0 },
    next: index + 1,
  };
};

/** "now", "right now", "asap" */
const nowWord: PieceReader = (view, index, context) => {
  const next =
    view.phrase(index, 'right now') ??
    view.phrase(index, 'right away') ??
    (view.is(index, 'now') && context.lenient ? index + 1 : null);
  if (next === null) return null;
  const span: Span = {
    start: context.now,
    end: context.now + 60,
    grain: 'minute',
    reason: 'now',
    epoch: context.nowEpoch,
  };
  return { value: { kind: 'moment', span }, next };
};

/** "this week", "next month", "the week after next", "next 3 days", "the rest of the week", "weekend" */
const period: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the', 'these');
  const rest =
    view.phrase(at, 'rest of the') ?? view.phrase(at, 'rest of this') ?? view.phrase(at, 'remainder of the');
  if (rest !== null) {
    const unit = UNITS.get(view.word(rest));
    const span = unit ? calendarUnit(unit, 0, context) : null;
    return span
      ? {
          value: datePiece({ ...span, start: context.today, reason: `what is left of the ${unit ?? ''}` }),
          next: rest + 1,
        }
      : null;
  }
  const unitFirst = UNITS.get(view.word(at));
  const afterNext = unitFirst ? view.phrase(at + 1, 'after next') : null;
  if (unitFirst && afterNext !== null) {
    const span = calendarUnit(unitFirst, 2, context);
    return span
      ? { value: datePiece({ ...span, reason: `the ${unitFirst} after next` }), next: afterNext }
      : null;
  }
  if (
    unitFirst === 'weekend' &&
    (at > index || context.lenient || view.is(index - 1, 'on', 'at', 'by', 'over'))
  )
    return { value: datePiece(calendarUnit('weekend', 0, context)), next: at + 1 };
  const lead = view.word(at);
  const current = ['this', 'current'].includes(lead);
  if (!current && !PAST.includes(lead) && !FUTURE.includes(lead)) return null;
  const head = current ? skip(view, at + 1, 'coming', 'current', 'upcoming') : at + 1;
  const count = view.cardinal(head) ?? readVague(view, head);
  if (count && !current) {
    const unit = unitAfter(view, count.next, count.value);
    return unit ? manyUnits(unit, PAST.includes(lead), context) : null;
  }
  const work = view.is(head, 'business', 'working') && view.is(head + 1, 'day');
  if (work) {
    const day = addWorkdays(context.today, PAST.includes(lead) ? -1 : 1);
    return { value: datePiece(daySpan(day, `the ${lead} working day`)), next: head + 2 };
  }
  const unit = UNITS.get(view.word(head));
  if (
    unit === undefined ||
    view.word(head).endsWith("'s") ||
    (view.word(head).endsWith('s') && unit !== undefined)
  )
    return null;
  const offset = current ? 0 : PAST.includes(lead) ? -1 : 1;
  const span = calendarUnit(unit, offset, context);
  if (!span) return null;
  if (unit === 'weekend' && offset === 1) {
    const coming = weekendSpan(context.today, 'the coming weekend');
    const readings = [{ ...span, reason: 'the weekend of next week' }];
    if (civilParts(context.today).weekday <= 5) readings.push(coming);
    return { value: datePiece(...readings), next: head + 1 };
  }
  const value = datePiece({ ...span, reason: `${current ? 'this' : offset < 0 ? 'last' : 'next'} ${unit}` });
  return { value: offset < 0 ? { ...value, past: true } : value, next: head + 1 };
};

/** "the next 3 days" begins tomorrow, "the last 3 days" ends yesterday; hours count from now. */
function manyUnits(amount: Read<Amount>, past: boolean, context: TimeContext): ReturnType<PieceReader> {
  const { count, unit } = amount.value;
  if (count < 1 || count > 4_000) return null;
  const length = unitSeconds(unit);
  const reason = `the ${past ? 'last' : 'next'} ${count} ${unit}s`;
  if (length !== null) {
    const seconds = length * count;
    const [start, end] = past ? [context.now - seconds, context.now] : [context.now, context.now + seconds];
    return {
      value: { ...datePiece({ start, end, grain: unit === 'hour' ? 'hour' : 'minute', reason }), past },
      next: amount.next,
    };
  }
  const from = past ? context.today : context.today + DAY;
  const to = shiftDay(from, unit, past ? -count : count);
  const { year } = civilParts(to ?? 0);
  if (to === null || year < 1900 || year > 2200) return null;
  const grain = unit === 'workday' || unit === 'day' ? 'day' : unit;
  const [start, end] = past ? [to, from] : [from, to];
  if (grain === 'second' || grain === 'minute' || grain === 'hour') return null;
  return { value: { ...datePiece({ start, end, grain, reason }), past }, next: amount.next };
}

/** "the week of november 30" is read where dates are put together; here "week 49", "in 2027", "q3", "3rd quarter". */
const numberedPeriod: PieceReader = (view, index, context) => {
  const { year } = civilParts(context.today);
  if (
    view.is(index, 'week', 'kw', 'cw') &&
    view.digits(index + 1) !== '' &&
    (context.lenient || view.is(index - 1, 'in', 'by', 'calendar', 'for', 'of'))
  ) {
    const week = Number(view.digits(index + 1));
    if (week < 1 || week > 53) return null;
    const named = readYear(view, index + 2);
    const firstWeek = startOfWeek(civil(named?.value ?? year, 1, 4));
    let start = firstWeek + (week - 1) * 7 * DAY;
    if (!named && start + 7 * DAY <= context.today)
      start = startOfWeek(civil(year + 1, 1, 4)) + (week - 1) * 7 * DAY;
    const span: Span = { start, end: start + 7 * DAY, grain: 'week', reason: `calendar week ${week}` };
    return { value: datePiece(span), next: named?.next ?? index + 2 };
  }
  const quarterAt = skip(view, index, 'the');
  const led =
    context.lenient || view.is(index - 1, 'in', 'by', 'for', 'of', 'until', 'before', 'this', 'during');
  const short = view.is(quarterAt, 'q') && view.glued(quarterAt + 1) ? Number(view.digits(quarterAt + 1)) : 0;
  const worded = view.ordinal(quarterAt);
  const named = worded && view.is(worded.next, 'quarter') ? worded.value : 0;
  const quarter = short || named;
  if (quarter >= 1 && quarter <= 4 && led) {
    const next = short ? quarterAt + 2 : (worded?.next ?? quarterAt) + 1;
    const inYear = readYear(view, next);
    let start = civil(inYear?.value ?? year, quarter * 3 - 2, 1);
    if (!inYear && addMonths(start, 3) <= context.today) start = addMonths(start, 12);
    const span: Span = { start, end: addMonths(start, 3), grain: 'quarter', reason: `quarter ${quarter}` };
    return { value: datePiece(span), next: inYear?.next ?? next };
  }
  const plainYear = view.digits(index).length === 4 ? Number(view.digits(index)) : 0;
  if (
    plainYear >= 1990 &&
    plainYear <= 2100 &&
    (context.lenient || view.is(index - 1, 'in', 'by', 'until', 'before', 'since'))
  ) {
    if (view.is(index + 1, '-', ':', '/', '.') && view.glued(index + 1) && view.digits(index + 2) !== '')
      return null;
    const following = view.word(index + 1);
    if (!context.lenient && following !== '' && !['at', 'for', 'on', 'with', 'and'].includes(following))
      return null;
    const span: Span = {
      start: civil(plainYear, 1, 1),
      end: civil(plainYear + 1, 1, 1),
      grain: 'year',
      reason: `the year ${plainYear}`,
    };
    return { value: datePiece(span), next: index + 1 };
  }
  return null;
};

/** Start of the month that "the month", "this month", "next month" or "last month" means, for "first monday of …". */
export function namedMonthStart(view: TokenView, index: number, context: TimeContext): Read<number> | null {
  const at = skip(view, index, 'the');
  const month = startOfMonth(context.today);
  if (view.is(at, 'month') && at > index) return { value: month, next: at + 1 };
  const offsets: Record<string, number> = { this: 0, each: 0, next: 1, coming: 1, last: -1 };
  const offset = offsets[view.word(at)];
  return offset !== undefined && view.is(at + 1, 'month')
    ? { value: addMonths(month, offset), next: at + 2 }
    : null;
}

export const RELATIVE_READERS: readonly PieceReader[] = [counted, dayWord, nowWord, period, numberedPeriod];
