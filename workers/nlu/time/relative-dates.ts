import type { Amount } from './amounts.ts';
import { readAmount, readAmounts } from './amounts.ts';
import { DAY, civilParts } from './civil.ts';
import type { DatePiece, MomentPiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, nestedDate, skip } from './pieces.ts';
import { daySpan, shiftDay, unitSeconds, weekSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { UNITS } from './words.ts';

/** The moment or day that lies the amounts away from now or from a day; null when it leaves the calendar. */
function away(amounts: readonly Amount[], sign: number, context: TimeContext, reason: string): Span | null {
  if (amounts.some(({ count }) => count > 4_000_000)) return null;
  let day = context.today;
  let seconds = 0;
  let timed = false;
  for (const { count, unit } of amounts) {
    // Half a day is twelve hours.
    const length = unitSeconds(unit) ?? (unit === 'day' && !Number.isInteger(count) ? DAY : null);
    if (length !== null) {
      seconds += length * count * sign;
      timed = true;
    } else {
      if (count > 40_000) return null;
      day = shiftDay(day, unit, count * sign) ?? day;
    }
  }
  const { year } = civilParts(day);
  if (year < 1900 || year > 2200 || Math.abs(seconds) > 4_000_000_000) return null;
  if (!timed) return daySpan(day, reason);
  const shift = day - context.today + Math.round(seconds);
  const start = context.now + shift;
  return { start, end: start + 60, grain: 'minute', reason, epoch: context.nowEpoch + shift };
}

function awayPiece(
  amounts: readonly Amount[],
  sign: number,
  context: TimeContext,
): DatePiece | MomentPiece | null {
  const span = away(amounts, sign, context, sign < 0 ? 'counted back from now' : 'counted from now');
  if (!span) return null;
  const past = sign < 0;
  if (span.epoch !== undefined) return { kind: 'moment', span, ...(past && { past }) };
  const weeks = amounts.every(({ unit }) => unit === 'week');
  return {
    ...datePiece(span),
    ...(past && { past }),
    ...(weeks && { week: weekSpan(span.start, 'that week', context) }),
  };
}

const FROM_NOW = ['from right now', 'from now', 'from today', 'from this moment', 'hence'];
const LATER = ['later', 'out', 'ahead', 'in the future'];
const AGO = ['ago', 'earlier', 'in the past', 'before now', 'previously'];
const IN = [
  'within',
  'in about',
  'in around',
  'in exactly',
  'in approximately',
  'in roughly',
  'in under',
  'in just',
  'in',
];

/** "in two weeks", "in 2 hours", "within 3 days", "3 days ago", "2 weeks from now", "+3d", "after 2 hours" */
const counted: PieceReader = (view, index, context) => {
  const signed = view.is(index, '+', '-') && view.digits(index + 1) !== '' && context.lenient;
  const within = view.anyPhrase(index, IN);
  const after = context.lenient && view.is(index, 'after') ? index + 1 : null;
  const at = signed ? index + 1 : (within ?? after ?? index);
  const amounts = readSpread(view, at) ?? readAmounts(view, at);
  // Weekends are counted from the coming one rather than in days.
  if (!amounts || amounts.value.some(({ unit }) => unit === 'weekend')) return null;
  const { next } = amounts;
  const of = (sign: number, end: number): Read<DatePiece | MomentPiece> | null => {
    const value = awayPiece(amounts.value, sign, context);
    return value && { value, next: view.anyPhrase(end, ['or so', 'or thereabouts']) ?? end };
  };
  if (signed) return view.glued(index + 1) ? of(view.is(index, '-') ? -1 : 1, next) : null;
  const ends = context.lenient ? ['back', 'before', 'prior', 'past'] : ['back'];
  const back = view.anyPhrase(next, AGO) ?? (view.anyPhrase(next, ends) === view.length ? next + 1 : null);
  if (back !== null && within === null) return of(-1, back);
  const ahead = view.anyPhrase(next, FROM_NOW) ?? (context.lenient ? view.anyPhrase(next, LATER) : null);
  if (ahead !== null) return of(1, ahead);
  if (within === null && after === null) return null;
  return of(1, view.anyPhrase(next, ["' time", 'time']) ?? next);
};

/** "a day or two" is two at most: what is said last is what counts. */
function readSpread(view: TokenView, index: number): Read<Amount[]> | null {
  const first = readAmount(view, index);
  if (!first || !view.is(first.next, 'or')) return null;
  const second = view.cardinal(first.next + 1);
  if (!second || UNITS.has(view.word(second.next))) return null;
  return { value: [{ count: second.value, unit: first.value.unit }], next: second.next };
}

/** "in 2 to 3 days", "in 5-10 minutes", "between 2 and 3 weeks ago" reach from the first to the last. */
const spread: PieceReader = (view, index, context) => {
  const within = view.anyPhrase(index, IN);
  const between = within === null && view.is(index, 'between');
  const at = within ?? (between ? index + 1 : index);
  const low = view.cardinal(at);
  if (!low || !(between ? view.is(low.next, 'and') : view.is(low.next, '-', 'to', 'or'))) return null;
  const high = readAmount(view, low.next + 1);
  if (!high || high.value.count <= low.value) return null;
  const ago = view.anyPhrase(high.next, AGO);
  const ahead = view.anyPhrase(high.next, FROM_NOW);
  if (within === null && ago === null && ahead === null) return null;
  const sign = ago === null ? 1 : -1;
  const [near, far] = [low.value, high.value.count].map((count) =>
    away([{ count, unit: high.value.unit }], sign, context, 'counted from now'),
  );
  if (!near || !far) return null;
  const [first, last] = sign > 0 ? [near, far] : [far, near];
  const span: Span = { ...first, end: first.grain === 'day' ? last.end : last.start };
  return { value: datePiece(span), next: ago ?? ahead ?? high.next };
};

const DAY_WORDS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['tomorrow', 1],
  ['overmorrow', 2],
  ['yesterday', -1],
]);

/** "today", "tomorrow", "the day after tomorrow" */
const dayWord: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const two =
    view.anyPhrase(at, ['day after tomorrow']) !== null
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
  const alone =
    context.lenient && at + 2 === view.length ? view.anyPhrase(at, ['day after', 'day before']) : null;
  if (alone !== null) {
    const days = view.is(at + 1, 'after') ? 2 : -2;
    return {
      value: { ...datePiece(daySpan(context.today + days * DAY, 'two days from here')), past: days < 0 },
      next: alone,
    };
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

const NOW = [
  'right now',
  'right away',
  'just now',
  'at the moment',
  'at this moment',
  'at present',
  'this very moment',
  'this minute',
  'this instant',
];

/** "now", "right now", "at once" */
const nowWord: PieceReader = (view, index, context) => {
  const next =
    view.anyPhrase(index, NOW.slice(0, context.lenient ? NOW.length : 2)) ??
    (view.is(index, 'now', 'immediately', 'currently', 'presently') && context.lenient ? index + 1 : null);
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

const SAME_TIME = [
  'at this same time',
  'at this time',
  'at the same time',
  'about this time',
  'this same time',
  'this time',
  'same time',
];
const SAME_DAY = ['this very day', 'this same day', 'this day', 'the same day', 'same day'];

/** "this time last year", "same time tomorrow", "this day next week": now or today, moved to there. */
const sameTime: PieceReader = (view, index, context) => {
  const timed = view.anyPhrase(index, SAME_TIME);
  const at = timed ?? view.anyPhrase(index, SAME_DAY);
  if (at === null) return null;
  const read = nestedDate(view, skip(view, at, 'on', 'in'), context);
  const span = read?.value.readings[0];
  if (!read || !span) return null;
  const day = sameDay(span, context);
  if (day === null) return null;
  if (timed === null) return { value: datePiece(daySpan(day, 'the same day')), next: read.next };
  const start = day + (context.now - context.today);
  return {
    value: { kind: 'moment', span: { start, end: start + 60, grain: 'minute', reason: 'the same time' } },
    next: read.next,
  };
};

/** "tomorrow same time", "friday at the same time" */
const sameTimeAfter: PieceReader = (view, index, context) => {
  // Reading a date within each place costs more than a look for the word that has to follow it.
  const said = context.depth === 0 && view.tokens.some(({ text }) => text === 'time');
  const read = said ? nestedDate(view, index, context) : null;
  const span = read?.value.readings[0];
  const next = read && view.anyPhrase(skip(view, read.next, ','), SAME_TIME);
  if (!read || !span || next === null || span.grain !== 'day') return null;
  const start = span.start + (context.now - context.today);
  return {
    value: { kind: 'moment', span: { start, end: start + 60, grain: 'minute', reason: 'the same time' } },
    next,
  };
};

/** Today's place in another week, month or year. */
function sameDay(span: Span, { today }: TimeContext): number | null {
  const here = civilParts(today);
  const there = civilParts(span.start);
  switch (span.grain) {
    case 'day':
      return span.end - span.start === DAY ? span.start : null;
    case 'week':
      return span.start + (here.weekday - 1) * DAY;
    case 'month':
      return shiftDay(today, 'month', (there.year - here.year) * 12 + there.month - here.month);
    case 'year':
      return shiftDay(today, 'year', there.year - here.year);
    default:
      return null;
  }
}

/** Dates that are counted from today. */
export const RELATIVE_READERS: readonly PieceReader[] = [
  counted,
  spread,
  dayWord,
  nowWord,
  sameTime,
  sameTimeAfter,
];
