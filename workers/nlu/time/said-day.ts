import { readAmount } from './amounts.ts';
import { civilParts, DAY, type Civil } from './civil.ts';
import type { PieceReader } from './pieces.ts';
import { datePiece } from './pieces.ts';
import { daySpan, shiftDay } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { WEEKDAYS } from './words.ts';

const SHIFTS: readonly (readonly [phrases: string[], days: number])[] = [
  [['that same day', 'on that day', 'that day', 'the same day', 'same day'], 0],
  [['the day before', 'the previous day', 'a day before', 'a day earlier', 'one day before'], -1],
  [['the day after', 'the next day', 'the following day', 'a day later'], 1],
];
const PARTS = ['morning', 'afternoon', 'evening', 'night'];
/** What is named behind it is what it is counted from: "the day before the wedding". */
const NAMED = [
  'the',
  'a',
  'an',
  'my',
  'our',
  'your',
  'his',
  'her',
  'their',
  'this',
  'that',
  'i',
  'we',
  'yesterday',
];

/** "that day", "the day before": counted from the day that was said before; without one they say nothing. */
export const saidDay: PieceReader = (view, index, context) => {
  const { thatDay } = context;
  if (thatDay === undefined) return null;
  const away = weekdayAfter(view, index, thatDay) ?? daysAway(view, index);
  if (!away || view.is(away.next, ...NAMED)) return null;
  const day = shiftDay(thatDay, 'day', away.value);
  if (day === null) return null;
  const reason = away.value === 0 ? 'the day said before' : 'counted from the day said before';
  return { value: { ...datePiece(daySpan(day, reason)), past: day + DAY <= context.today }, next: away.next };
};

/** "The monday after that", "the week after that" */
function weekdayAfter(view: TokenView, index: number, thatDay: Civil): Read<number> | null {
  const at = view.is(index, 'the') ? index + 1 : index;
  const next = view.anyPhrase(at + 1, ['after that', 'after it']);
  if (next === null) return null;
  if (view.is(at, 'day')) return { value: 1, next };
  if (view.is(at, 'week')) return { value: 7, next };
  const weekday = WEEKDAYS.get(view.word(at));
  // The same weekday is that of the week after.
  return weekday === undefined
    ? null
    : { value: ((weekday - civilParts(thatDay).weekday + 6) % 7) + 1, next };
}

function daysAway(view: TokenView, index: number): Read<number> | null {
  if (view.is(index, 'that') && view.is(index + 1, ...PARTS)) return { value: 0, next: index + 1 };
  for (const [phrases, value] of SHIFTS) {
    const next = view.anyPhrase(index, phrases);
    if (next !== null) return { value, next };
  }
  const amount = readAmount(view, index);
  if (!amount || amount.value.unit !== 'day' || !Number.isInteger(amount.value.count)) return null;
  const { count } = amount.value;
  const next = view.anyPhrase(amount.next, ['before', 'earlier', 'beforehand', 'in advance']);
  return next === null ? null : { value: -count, next };
}
