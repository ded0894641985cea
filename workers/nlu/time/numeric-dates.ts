import { civil, isRealDate } from './civil.ts';
import type { PieceReader, TimeContext } from './pieces.ts';
import { datePiece } from './pieces.ts';
import { daySpan } from './periods.ts';
import { yearlessDay } from './year.ts';

/** "2026-11-30", "11/30/2026", "30.11.2026", "30.11." */
export const numericDate: PieceReader = (view, index, context) => {
  const a = view.digits(index);
  const separator = view.mark(index + 1);
  const b = view.digits(index + 2);
  if (!a || !b || !['-', '/', '.'].includes(separator) || !view.glued(index + 1) || !view.glued(index + 2))
    return null;
  // Versions, addresses and longer chains of numbers are no dates.
  if (view.glued(index) && view.is(index - 1, '-', '/', '.', ':')) return null;
  const c =
    view.is(index + 3, separator) && view.glued(index + 3) && view.glued(index + 4)
      ? view.digits(index + 4)
      : '';
  if (c) {
    const next = index + 5;
    if (view.is(next, separator) && view.glued(next) && view.digits(next + 1) !== '' && view.glued(next + 1))
      return null;
    if (a.length === 4) {
      const real = isRealDate(Number(a), Number(b), Number(c));
      return real
        ? { value: datePiece(daySpan(civil(Number(a), Number(b), Number(c)), 'the date as written')), next }
        : null;
    }
    if (c.length !== 4 && c.length !== 2) return null;
    if (separator === '.' && c.length === 2 && !context.lenient) return null;
    const year = c.length === 2 ? 2000 + Number(c) : Number(c);
    const spans = numericReadings(Number(a), Number(b), separator, context).flatMap(([month, day, reason]) =>
      isRealDate(year, month, day) ? [daySpan(civil(year, month, day), reason)] : [],
    );
    return spans.length > 0 ? { value: datePiece(...spans), next } : null;
  }
  if (a.length > 2 || b.length > 2) return null;
  const closed = separator === '.' && view.is(index + 3, '.') && view.glued(index + 3);
  const led = view.is(
    index - 1,
    'on',
    'by',
    'due',
    'until',
    'till',
    'before',
    'after',
    'since',
    'from',
    'for',
    'to',
  );
  if (!context.lenient) {
    if (separator === '-') return null;
    const ends = index + 3 >= view.length && view.is(index - 1, 'on', 'by', 'due', 'until', 'before');
    if (separator === '.' && !(led && (closed || ends))) return null;
    if (separator === '/' && !led && index + 3 < view.length && !view.is(index + 3, 'at', ',', '.'))
      return null;
    if (separator === '/' && !led && Number(b) <= 4 && Number(a) === 1) return null;
  } else if (separator === '-') return null;
  const spans = numericReadings(Number(a), Number(b), separator, context).flatMap(([month, day, reason]) =>
    yearlessDay(month, day, context)
      .slice(0, 1)
      .map((span) => ({ ...span, reason })),
  );
  return spans.length > 0 ? { value: datePiece(...spans), next: closed ? index + 4 : index + 3 } : null;
};

function numericReadings(
  a: number,
  b: number,
  separator: string,
  context: TimeContext,
): [number, number, string][] {
  const monthFirst: [number, number, string] = [a, b, 'month before day'];
  const dayFirst: [number, number, string] = [b, a, 'day before month'];
  const both =
    separator === '.' ? [dayFirst] : context.monthFirst ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  const real = both.filter(([month, day]) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
  return a === b ? real.slice(0, 1) : real;
}
