import type { Amount } from './amounts.ts';
import { readAmount, readVague, unitAfter } from './amounts.ts';
import { DAY, addWorkdays, civilParts } from './civil.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { calendarUnit, daySpan, shiftDay, unitSeconds, weekendSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import type { TimeUnit } from './words.ts';
import { WEEKDAYS, singleUnit } from './words.ts';

const PAST = ['last', 'past', 'previous', 'preceding', 'prior'];
const FUTURE = ['next', 'nxt', 'coming', 'upcoming', 'following', 'ensuing'];
const CURRENT = ['this', 'current', 'present'];

/** "this week", "next month", "last year", "the next weekend" */
const calendarPeriod: PieceReader = (view, index, context) => {
  const at = skipAll(view, index);
  const lead = view.word(at);
  const back = PAST.includes(lead);
  if (!back && !FUTURE.includes(lead) && !CURRENT.includes(lead)) return null;
  const current = CURRENT.includes(lead);
  const ahead = current && view.is(at + 1, 'coming', 'upcoming', 'next');
  const gone = current && view.is(at + 1, 'past', 'last');
  const head = current
    ? skip(view, at + 1, 'coming', 'current', 'upcoming', 'past', 'last', 'next', 'same')
    : at + 1;
  // "next calendar year"
  const unitAt = skip(view, head, 'calendar');
  const work = view.is(unitAt, 'business', 'working', 'work') && view.is(unitAt + 1, 'day');
  if (work) {
    const day = current ? context.today : addWorkdays(context.today, back ? -1 : 1);
    return { value: datePiece(daySpan(day, `the ${lead} working day`)), next: unitAt + 2 };
  }
  // "next week's friday"
  const owner =
    context.lenient && WEEKDAYS.has(view.word(unitAt + 1)) ? view.word(unitAt).replace(/'s$/, '') : '';
  const unit = singleUnit(owner === '' ? view.word(unitAt) : owner);
  if (unit === undefined) return null;
  if (current && unit === 'hour' && context.lenient) {
    const start = Math.floor(context.now / 3600) * 3600;
    return {
      value: datePiece({ start, end: start + 3600, grain: 'hour', reason: 'this hour' }),
      next: unitAt + 1,
    };
  }
  // "the past week" is the seven days up to today, unlike "last week".
  if ((lead === 'past' || gone) && unit !== 'weekend' && unit !== 'quarter')
    return manyUnits(readSingle(view, unitAt), true, context);
  if (unitSeconds(unit) !== null || unit === 'fortnight')
    return current || unit === 'second' ? null : manyUnits(readSingle(view, unitAt), back, context);
  const offset =
    (current && !gone && !(ahead && unit !== 'weekend')) || gone ? (gone ? -1 : 0) : back ? -1 : 1;
  return named(unit, offset, unitAt + 1, lead, context);
};

function readSingle(view: TokenView, index: number): Read<Amount> {
  return unitAfter(view, index, 1) ?? { value: { count: 1, unit: 'hour' }, next: index + 1 };
}

function named(
  unit: TimeUnit,
  offset: number,
  next: number,
  lead: string,
  context: TimeContext,
): Read<DatePiece> | null {
  const span = calendarUnit(unit, offset, context);
  if (!span) return null;
  if (unit === 'weekend') return { value: weekendPiece(span, offset, lead, context), next };
  const value = datePiece({
    ...span,
    reason: `${offset === 0 ? 'this' : offset < 0 ? 'last' : 'next'} ${unit}`,
  });
  return { value: offset < 0 ? { ...value, past: true } : value, next };
}

function weekendPiece(span: Span, offset: number, lead: string, context: TimeContext): DatePiece {
  if (offset < 0) return { ...datePiece({ ...span, reason: 'last weekend' }), past: true };
  if (offset === 0) return datePiece({ ...span, reason: 'this weekend' });
  const coming = weekendSpan(context.today, 'the coming weekend');
  const ahead = civilParts(context.today).weekday <= 5;
  // "the coming weekend" is the nearest; "next weekend" is the one of next week.
  if (ahead && lead !== 'next' && lead !== 'nxt') return datePiece(coming);
  const readings = [{ ...span, reason: 'the weekend of next week' }];
  if (ahead) readings.push(coming);
  return datePiece(...readings);
}

/** "the next 3 days", "past two weeks", "coming few months", "last half hour" */
const countedPeriod: PieceReader = (view, index, context) => {
  const at = skipAll(view, index);
  const back = PAST.includes(view.word(at));
  if (!back && !FUTURE.includes(view.word(at))) return countFirst(view, at, context);
  const head = skip(view, at + 1, 'full', 'whole');
  const amount = readCounted(view, head);
  return amount && manyUnits(amount, back, context);
};

/** "two upcoming weeks", "3 previous months" */
function countFirst(view: TokenView, index: number, context: TimeContext): Read<DatePiece> | null {
  const count = view.cardinal(index) ?? readVague(view, index);
  if (!count) return null;
  const back = PAST.includes(view.word(count.next));
  if (!back && !FUTURE.includes(view.word(count.next))) return null;
  const amount = unitAfter(view, count.next + 1, count.value);
  return amount && manyUnits(amount, back, context);
}

/** "3 days" as well as "few days" and "half hour", which "the next" leaves without an article. */
function readCounted(view: TokenView, index: number): Read<Amount> | null {
  const vague = readVague(view, index);
  const few = vague && unitAfter(view, vague.next, vague.value);
  if (few) return few;
  if (singleUnit(view.word(index)) !== undefined) return null;
  // "the coming weeks" are a few; "next week's" is of one.
  if (/[^']s$/.test(view.word(index))) return unitAfter(view, index, 3);
  return readAmount(view, index);
}

/** "the rest of the week", "later this week", "earlier today" */
const partPeriod: PieceReader = (view, index, context) => {
  const rest = view.anyPhrase(index, [
    'the rest of the',
    'the rest of this',
    'the rest of',
    'rest of the',
    'rest of this',
    'rest of',
    'the remainder of the',
    'the remainder of this',
    'remainder of the',
    'remainder of this',
  ]);
  const later = rest === null && view.is(index, 'later') ? skip(view, index + 1, 'on', 'in') : null;
  const earlier = view.is(index, 'earlier') ? skip(view, index + 1, 'in') : null;
  const at = rest ?? later ?? earlier;
  if (at === null) return null;
  const span = wholeOf(view, at, context, rest !== null);
  if (!span) return null;
  const { start, end, grain } = span.value;
  const { today, now } = context;
  // A day is told from its hours, a longer stretch from its days.
  const day = grain === 'day';
  if (start > today || end <= today) return null;
  if (earlier !== null) {
    const until = day ? now : today;
    if (until <= start) return { value: { ...datePiece(span.value), past: true }, next: span.next };
    return {
      value: { ...datePiece({ ...span.value, end: until, reason: 'up to now' }), past: true },
      next: span.next,
    };
  }
  const tomorrow = today + DAY < end ? today + DAY : today;
  const from = day ? now : rest === null ? tomorrow : today;
  return { value: datePiece({ ...span.value, start: from, reason: 'what is left of it' }), next: span.next };
};

function wholeOf(view: TokenView, index: number, context: TimeContext, bare: boolean): Read<Span> | null {
  if (view.is(index, 'today')) return { value: daySpan(context.today, 'today'), next: index + 1 };
  const at = skip(view, index, 'this', 'the');
  if (at === index && !bare) return null;
  const unit = singleUnit(view.word(at));
  const span = unit && calendarUnit(unit, 0, context);
  return span ? { value: span, next: at + 1 } : null;
}

/** "the week after next", "the month before last", "weekend", "a year from now" */
const farPeriod: PieceReader = (view, index, context) => {
  const at = skipAll(view, index);
  const unit = singleUnit(view.word(at));
  if (unit === undefined) return null;
  const afterNext = view.anyPhrase(at + 1, ['after next', 'after the next']);
  if (afterNext !== null) return named(unit, 2, afterNext, '', context);
  const beforeLast = view.anyPhrase(at + 1, ['before last', 'before the last']);
  if (beforeLast !== null) return named(unit, -2, beforeLast, '', context);
  const led = at > index || context.lenient || view.is(index - 1, 'on', 'at', 'by', 'over');
  if (unit === 'weekend' && led && !view.is(at + 1, 'of', 'before', 'after', 'in'))
    return named(unit, 0, at + 1, '', context);
  return null;
};

/** "three weekends ago", "two weekends from now" */
const countedWeekends: PieceReader = (view, index, context) => {
  const within = view.is(index, 'in') ? index + 1 : index;
  const count =
    view.cardinal(within) ??
    readVague(view, within) ??
    (view.is(within, 'a') ? { value: 1, next: within + 1 } : null);
  if (!count || count.value < 1 || count.value > 500 || !view.is(count.next, 'weekend', 'weekends'))
    return null;
  const after = count.next + 1;
  const back = view.is(after, 'ago', 'back');
  const ahead = view.anyPhrase(after, ['from now', 'from today', 'hence']) ?? (within > index ? after : null);
  if (!back && ahead === null) return null;
  // Those ahead are counted from the coming one, as weekdays are.
  const begun = civilParts(context.today).weekday > 5;
  const offset = back ? -count.value : begun ? count.value : count.value - 1;
  const span = calendarUnit('weekend', offset, context);
  const value = span && datePiece({ ...span, reason: `counted in weekends` });
  return (
    value && { value: back ? { ...value, past: true } : value, next: back ? after + 1 : (ahead ?? after) }
  );
};

/** "all week", "the whole month", "the entire year": the one that is. */
const wholePeriod: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  if (!view.is(at, 'all', 'whole', 'entire')) return null;
  const unit = singleUnit(view.word(at + 1));
  if (unit === undefined || unit === 'day' || (at === index && !view.is(at, 'all'))) return null;
  const span = calendarUnit(unit, 0, context);
  return span && { value: datePiece(span), next: at + 2 };
};

/** "the", "all of", "the whole of" before a period. */
function skipAll(view: TokenView, index: number): number {
  const all = view.anyPhrase(index, [
    'all of the',
    'the whole of',
    'all of',
    'the entire',
    'the whole',
    'all',
  ]);
  return skip(view, all ?? index, 'the', 'these', 'those');
}

/** "the next 3 days" begins tomorrow, "the last 3 days" ends yesterday; hours count from now. */
function manyUnits(amount: Read<Amount>, past: boolean, context: TimeContext): Read<DatePiece> | null {
  const { count, unit } = amount.value;
  if (count <= 0 || count > 4_000) return null;
  const length = unitSeconds(unit);
  const reason = `the ${past ? 'last' : 'next'} ${count} ${unit}s`;
  if (length !== null) {
    const seconds = Math.round(length * count);
    const [start, end] = past ? [context.now - seconds, context.now] : [context.now, context.now + seconds];
    const grain = unit === 'hour' && Number.isInteger(count) ? 'hour' : 'minute';
    const epoch = context.nowEpoch + (start - context.now);
    return { value: { ...datePiece({ start, end, grain, reason, epoch }), past }, next: amount.next };
  }
  if (unit === 'workday') return { value: workdays(count, past, reason, context), next: amount.next };
  const from = past ? context.today : context.today + DAY;
  const to = shiftDay(from, unit, past ? -count : count);
  if (to === null) return null;
  const { year } = civilParts(to);
  if (year < 1900 || year > 2200) return null;
  const grain = grainOf(unit);
  const [start, end] = past ? [to, from] : [from, to];
  return grain && { value: { ...datePiece({ start, end, grain, reason }), past }, next: amount.next };
}

function workdays(count: number, past: boolean, reason: string, { today }: TimeContext): DatePiece {
  const near = addWorkdays(today, past ? -1 : 1);
  const far = addWorkdays(today, past ? -Math.round(count) : Math.round(count));
  const [start, last] = past ? [far, near] : [near, far];
  return { ...datePiece({ start, end: last + DAY, grain: 'day', reason }), past };
}

function grainOf(unit: TimeUnit): Span['grain'] | null {
  switch (unit) {
    case 'day':
    case 'week':
    case 'weekend':
    case 'month':
    case 'quarter':
    case 'year':
      return unit;
    default:
      return null;
  }
}

export const PERIOD_READERS: readonly PieceReader[] = [
  calendarPeriod,
  countedPeriod,
  partPeriod,
  farPeriod,
  countedWeekends,
  wholePeriod,
];
