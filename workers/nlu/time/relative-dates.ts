import type { Amount } from './amounts.ts';
import { readAmounts } from './amounts.ts';
import { DAY, civilParts } from './civil.ts';
import { PERIOD_READERS } from './period-dates.ts';
import type { PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { daySpan, shiftDay, unitSeconds } from './periods.ts';

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

/** Dates that are counted from today. */
export const RELATIVE_READERS: readonly PieceReader[] = [counted, dayWord, nowWord, ...PERIOD_READERS];
