import { civil, civilParts, isRealDate } from './civil.ts';
import { DATE_LEADS, isDoubtful } from './date-leads.ts';
import type { PieceReader, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { comingMonth, daySpan, monthSpan } from './periods.ts';
import type { TokenView } from './tokens.ts';
import { MONTHS, MONTH_NAMES } from './words.ts';
import { readYear, yearlessDay } from './year.ts';

function monthDay(
  month: number,
  day: number,
  view: TokenView,
  { start, next }: { start: number; next: number },
  context: TimeContext,
): ReturnType<PieceReader> {
  const year = readYear(view, next);
  if (year) {
    if (!isRealDate(year.value, month, day)) return null;
    return {
      value: datePiece(daySpan(civil(year.value, month, day), 'the date as written')),
      next: year.next,
    };
  }
  const found = yearlessDay(month, day, context);
  const readings = view.is(start - 1, 'since') ? found.toReversed() : found;
  return readings.length > 0 ? { value: datePiece(...readings), next } : null;
}

/** "november 30", "nov 30th, 2026" */
const monthThenDay: PieceReader = (view, index, context) => {
  const month = MONTHS.get(view.word(index));
  if (month === undefined) return null;
  const dayAt = skip(view, skip(view, index + 1, '.'), 'the');
  const ordinal = view.ordinal(dayAt);
  const digits = view.digits(dayAt);
  if (ordinal)
    return ordinal.value <= 31
      ? monthDay(month, ordinal.value, view, { start: index, next: ordinal.next }, context)
      : null;
  if (digits.length === 0 || digits.length > 2 || view.is(dayAt + 1, ':', '%')) return null;
  return monthDay(month, Number(digits), view, { start: index, next: dayAt + 1 }, context);
};

/** "30 november", "the 30th of nov 2026" */
const dayThenMonth: PieceReader = (view, index, context) => {
  const dayAt = skip(view, index, 'the');
  const ordinal = view.ordinal(dayAt);
  const digits = view.digits(dayAt);
  const day = ordinal?.value ?? (digits.length > 0 && digits.length <= 2 ? Number(digits) : null);
  if (day === null || day > 31) return null;
  const monthAt = skip(view, skip(view, ordinal?.next ?? dayAt + 1, 'day'), 'of', '.');
  const word = view.word(monthAt);
  const month = MONTHS.get(word);
  // "5 may" is a date, "2 mar" too; what looks like a verb after a plain number is not ("step 2 may fail").
  if (
    month === undefined ||
    (word === 'may' &&
      !ordinal &&
      /^[a-z]+$/.test(view.word(monthAt + 1)) &&
      !DATE_LEADS.concat('at', 'for', 'and').includes(view.word(monthAt + 1)))
  )
    return null;
  return monthDay(month, day, view, { start: index, next: skip(view, monthAt + 1, '.') }, context);
};

/** "november", "june 2027", "last november", "next march" */
const monthAlone: PieceReader = (view, index, context) => {
  const lead = view.word(index);
  const modified = ['next', 'last', 'this', 'past', 'previous', 'coming'].includes(lead);
  const at = modified ? index + 1 : index;
  const month = MONTHS.get(view.word(at));
  if (month === undefined) return null;
  const { year, month: current } = civilParts(context.today);
  // "february 30" is a slip, not February.
  const number = view.digits(at + 1);
  if (number.length > 0 && number.length <= 2 && !view.is(at + 2, ':', 'am', 'pm')) return null;
  const named = readYear(view, at + 1);
  if (named) {
    const span = monthSpan(civil(named.value, month, 1), 'the month as written');
    return { value: datePiece(span), next: named.next };
  }
  // A month word is often a name or a verb; alone it counts only after a word that leads to a date.
  if (!modified && !context.lenient && !DATE_LEADS.includes(lead === '' ? '' : view.word(index - 1)))
    return null;
  if (isDoubtful(view, at, context)) return null;
  const name = MONTH_NAMES[month] ?? '';
  if (['last', 'past', 'previous'].includes(lead)) {
    const span = monthSpan(civil(month < current ? year : year - 1, month, 1), `${name} just gone`);
    return { value: { ...datePiece(span), past: true }, next: at + 1 };
  }
  const coming = monthSpan(comingMonth(month, context), `the coming ${name}`);
  if (lead === 'next' && month > current)
    return {
      value: datePiece(coming, monthSpan(civil(year + 1, month, 1), `${name} of next year`)),
      next: at + 1,
    };
  if (lead === 'next' && month === current)
    return { value: datePiece(monthSpan(civil(year + 1, month, 1), `${name} of next year`)), next: at + 1 };
  return { value: datePiece(coming), next: at + 1 };
};

export const MONTH_READERS: readonly PieceReader[] = [monthThenDay, dayThenMonth, monthAlone];
