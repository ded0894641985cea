import { DAY, addMonths, addWorkdays, civil, civilParts, startOfMonth, startOfWeek } from './civil.ts';
import type { Amount } from './amounts.ts';
import { readVague, unitAfter } from './amounts.ts';
import type { PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { calendarUnit, daySpan, shiftDay, unitSeconds, weekendSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { UNITS } from './words.ts';
import { readYear } from './year.ts';

const PAST = ['last', 'past', 'previous'];
const FUTURE = ['next', 'coming', 'upcoming', 'following'];

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
  // "the past week" is the seven days up to today, unlike "last week".
  const single = lead === 'past' ? UNITS.get(view.word(head)) : undefined;
  if (single !== undefined)
    return manyUnits({ value: { count: 1, unit: single }, next: head + 1 }, true, context);
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

export const PERIOD_READERS: readonly PieceReader[] = [period, numberedPeriod];
