import type { Civil } from './civil.ts';
import { addMonths, civil, civilParts, isRealDate, startOfMonth } from './civil.ts';
import type { PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { daySpan } from './periods.ts';
import { WEEKDAYS } from './words.ts';

/** "the 6th", "6th of next month" */
export const dayOfMonth: PieceReader = (view, index, context) => {
  const hasArticle = view.is(index, 'the');
  const ordinal = view.ordinal(hasArticle ? index + 1 : index);
  if (!ordinal || ordinal.value < 1 || ordinal.value > 31) return null;
  const digitsWritten = view.digits(hasArticle ? index + 1 : index) !== '';
  const { today } = context;
  const next = ordinal.next;
  const ofAt = skip(view, skip(view, next, 'day'), 'of');
  const bound = ofAt > next || view.is(next, 'next', 'this', 'last');
  if (bound) {
    const article = skip(view, ofAt, 'the');
    const word = view.word(article);
    const offset =
      word === 'next' ? 1 : word === 'last' ? -1 : word === 'this' ? 0 : word === 'month' ? 0 : null;
    const monthAt = word === 'month' ? article : article + 1;
    if (offset !== null && view.is(monthAt, 'month')) {
      const { year, month } = civilParts(addMonths(startOfMonth(today), offset));
      if (!isRealDate(year, month, ordinal.value)) return null;
      const span = daySpan(civil(year, month, ordinal.value), `the ${ordinal.value}. of that month`);
      return { value: datePiece(span), next: monthAt + 1 };
    }
  }
  // "the second one" and "first draft" are no dates: words need a preposition, digits an article or a preposition.
  const led =
    view.is(
      index - 1,
      'on',
      'by',
      'until',
      'till',
      'before',
      'after',
      'due',
      'from',
      'since',
      'to',
      '-',
      'and',
    ) ||
    (view.is(index - 1, 'for') && hasArticle);
  const weekdayBefore =
    WEEKDAYS.has(view.word(index - 1)) || (view.is(index - 1, ',') && WEEKDAYS.has(view.word(index - 2)));
  if (!context.lenient && !led && !weekdayBefore) {
    // At the very end "pay rent the 6th" can only be a day.
    if (!(digitsWritten && hasArticle && next >= view.length)) return null;
  }
  if (!context.lenient && !digitsWritten && !(led && hasArticle)) return null;
  const following = view.word(next);
  if (following !== '' && !AFTER_DAY.has(following) && !WEEKDAYS.has(following)) return null;
  return { value: datePiece(...comingDays(ordinal.value, context)), next };
};

const AFTER_DAY = new Set([
  'at',
  'in',
  'on',
  'by',
  'for',
  'to',
  'and',
  'with',
  'of',
  'from',
  'until',
  'through',
  'please',
  'this',
  'next',
  'every',
  'morning',
  'afternoon',
  'evening',
  'night',
  'around',
  'about',
  'before',
  'after',
  'or',
  'if',
  'as',
  'noon',
  'midnight',
  'urgent',
  'high',
  'low',
  'half',
  'quarter',
]);

function comingDays(day: number, context: TimeContext): Span[] {
  const { today } = context;
  const first = startOfMonth(today);
  const days: Civil[] = [];
  for (let offset = 0; offset < 4 && days.length < 2; offset += 1) {
    const { year, month } = civilParts(addMonths(first, offset));
    if (isRealDate(year, month, day) && civil(year, month, day) >= today) days.push(civil(year, month, day));
  }
  return days
    .slice(0, days[0] === today ? 2 : 1)
    .map((moment, index) =>
      daySpan(
        moment,
        moment === today
          ? 'today'
          : index === 0
            ? `the next ${ordinalText(day)} of a month`
            : 'a month from now',
      ),
    );
}

function ordinalText(day: number): string {
  const tail =
    day % 10 === 1 && day !== 11
      ? 'st'
      : day % 10 === 2 && day !== 12
        ? 'nd'
        : day % 10 === 3 && day !== 13
          ? 'rd'
          : 'th';
  return `${day}${tail}`;
}
