import { DAY, civil, isRealDate, startOfWeek } from './civil.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece } from './pieces.ts';
import { daySpan, monthSpan, weekSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { centuryOf, yearlessDay, yearlyWithin } from './year.ts';

/** "2026-11-30", "11/30/2026", "30.11.2026", "30.11.", "12-24", "12/2026", "2026-12" */
const separatedDate: PieceReader = (view, index, context) => {
  const a = view.digits(index);
  const separator = view.mark(index + 1);
  const b = view.digits(index + 2);
  if (!a || !b || !['-', '/', '.'].includes(separator) || !view.glued(index + 1) || !view.glued(index + 2))
    return null;
  // Versions, addresses and longer chains of numbers are no dates.
  const apart = separator === '-' ? a.length === 4 : true;
  const chain = context.lenient && apart ? [separator, ':', '$'] : ['-', '/', '.', ':', '$'];
  const second = separator === '/' && slashedAt(view, index - 4) && view.is(index - 1, '-');
  if (view.glued(index) && view.is(index - 1, ...chain) && !second) return null;
  const third = view.is(index + 3, separator) && view.glued(index + 3) && view.glued(index + 4);
  const c = third ? view.digits(index + 4) : '';
  return c
    ? fullDate([a, b, c], separator, view, index + 5, context)
    : shortDate([a, b], separator, view, index, context);
};

function fullDate(
  [a, b, c]: [string, string, string],
  separator: string,
  view: TokenView,
  next: number,
  context: TimeContext,
): Read<DatePiece> | null {
  if (view.is(next, separator) && view.glued(next) && view.digits(next + 1) !== '' && view.glued(next + 1))
    return null;
  if (a.length === 4) {
    const [year, month, day] = [Number(a), Number(b), Number(c)];
    if (b.length > 2 || c.length > 2) return null;
    // "2026/24/12": nobody writes the day in the middle, unless there is no other way to read it.
    if (isRealDate(year, month, day)) return { value: written(year, month, day), next };
    return separator !== '-' && isRealDate(year, day, month)
      ? { value: written(year, day, month), next }
      : null;
  }
  if (a.length > 2 || b.length > 2 || (c.length !== 4 && c.length !== 2)) return null;
  if (separator === '.' && c.length === 2 && !context.lenient) return null;
  const year = c.length === 2 ? centuryOf(Number(c)) : Number(c);
  const spans = readings(Number(a), Number(b), separator, context).flatMap(([month, day, reason]) =>
    isRealDate(year, month, day) ? [daySpan(civil(year, month, day), reason)] : [],
  );
  if (spans.length > 0) return { value: datePiece(...spans), next };
  // "26-12-24" with the year first, where it can be nothing else.
  const [short, month, day] = [2000 + Number(a), Number(b), Number(c)];
  return c.length === 2 && context.lenient && isRealDate(short, month, day)
    ? { value: written(short, month, day), next }
    : null;
}

function written(year: number, month: number, day: number): DatePiece {
  return datePiece(daySpan(civil(year, month, day), 'the date as written'));
}

function shortDate(
  [a, b]: [string, string],
  separator: string,
  view: TokenView,
  index: number,
  context: TimeContext,
): Read<DatePiece> | null {
  const month = monthOfYear(a, b, separator, context);
  if (month) return { value: datePiece(month), next: index + 3 };
  if (a.length > 2 || b.length > 2) return null;
  const closed = separator === '.' && view.is(index + 3, '.') && view.glued(index + 3);
  if (!context.lenient && !looksLikeDate(view, index, separator, closed)) return null;
  // "9-11" is a stretch of the morning and "8.30" an hour, unless it can be nothing but a day.
  const [first12, second12] = [Number(a) <= 12, Number(b) <= 12];
  if (separator === '-' && !a.startsWith('0') && !b.startsWith('0') && first12 && second12) return null;
  if (separator === '.' && !closed && view.is(index - 1, 'at')) return null;
  const possible = readings(Number(a), Number(b), separator, context);
  const both =
    separator === '.' ? possible.filter(([, , reason]) => reason === 'day before month') : possible;
  const spans = both.flatMap(([m, day, reason]) =>
    yearlessDay(m, day, context)
      .slice(0, 1)
      .map((span) => ({ ...span, reason })),
  );
  const [first] = both;
  if (spans.length === 0 || !first) return null;
  const inYear = (year: number): Span | null =>
    isRealDate(year, first[0], first[1]) ? daySpan(civil(year, first[0], first[1]), first[2]) : null;
  const value: DatePiece = { ...datePiece(...spans), open: 'year', within: yearlyWithin(inYear) };
  return { value, next: closed ? index + 4 : index + 3 };
}

/** In running text only what a preposition or the end of the text marks as a date. */
function looksLikeDate(view: TokenView, index: number, separator: string, closed: boolean): boolean {
  const before = ['on', 'by', 'due', 'until', 'till', 'before', 'after', 'since', 'from', 'for', 'to'];
  const led = view.is(index - 1, ...before);
  const next = index + 3;
  if (separator === '-') return false;
  if (separator === '.') {
    const ends = next >= view.length && view.is(index - 1, 'on', 'by', 'due', 'until', 'before');
    return led && (closed || ends);
  }
  if (led) return true;
  // "7/13-7/15": two of them are the ends of a stretch.
  if (view.is(index - 1, '-') && slashedAt(view, index - 4)) return true;
  const reaches = view.is(next, '-') && slashedAt(view, next + 1);
  const [a, b] = [Number(view.digits(index)), Number(view.digits(index + 2))];
  if (next < view.length && !reaches && !view.is(next, 'at', ',', '.')) return false;
  return !(b <= 4 && a === 1);
}

function slashedAt(view: TokenView, index: number): boolean {
  return view.digits(index) !== '' && view.is(index + 1, '/') && view.digits(index + 2) !== '';
}

/** "12/2026", "12.2026", "2026-12", "2026/12" */
function monthOfYear(a: string, b: string, separator: string, context: TimeContext): Span | null {
  const [year, month] = a.length === 4 ? [a, b] : [b, a];
  if (year.length !== 4 || month.length > 2 || month.length === 0) return null;
  if (!context.lenient && separator === '.') return null;
  const number = Number(month);
  const inRange = Number(year) >= 1900 && Number(year) <= 2199 && number >= 1 && number <= 12;
  return inRange ? monthSpan(civil(Number(year), number, 1), 'the month as written') : null;
}

function readings(
  a: number,
  b: number,
  separator: string,
  context: TimeContext,
): [month: number, day: number, reason: string][] {
  const monthFirst: [number, number, string] = [a, b, 'month before day'];
  const dayFirst: [number, number, string] = [b, a, 'day before month'];
  const both =
    separator === '.'
      ? [dayFirst, monthFirst]
      : context.monthFirst
        ? [monthFirst, dayFirst]
        : [dayFirst, monthFirst];
  const real = both.filter(([month, day]) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
  if (separator === '.' && real[0] === dayFirst) return [dayFirst];
  return a === b ? real.slice(0, 1) : real;
}

/** "20261224", "20261224T1500" */
const runTogether: PieceReader = (view, index, context) => {
  const digits = view.digits(index);
  if (digits.length !== 8 || !(context.lenient || view.is(index - 1, 'on', 'by', 'until', 'since')))
    return null;
  if (view.glued(index) && view.is(index - 1, '-', '/', '.', '#')) return null;
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number);
  if (year === undefined || month === undefined || day === undefined || !isRealDate(year, month, day))
    return null;
  return { value: written(year, month, day), next: index + 1 };
};

/** "2026-W49", "2026W49", "2026-W49-3" */
const isoWeek: PieceReader = (view, index) => {
  const year = view.digits(index);
  if (year.length !== 4) return null;
  const mark = view.is(index + 1, '-') && view.glued(index + 1) ? index + 2 : index + 1;
  if (!view.is(mark, 'w') || !view.glued(mark) || !view.glued(mark + 1)) return null;
  const digits = view.digits(mark + 1);
  const week = Number(digits);
  if (digits.length !== 2 || week < 1 || week > 53) return null;
  const monday = startOfWeek(civil(Number(year), 1, 4)) + (week - 1) * 7 * DAY;
  const weekday = view.is(mark + 2, '-') && view.glued(mark + 2) ? Number(view.digits(mark + 3)) : 0;
  return weekday >= 1 && weekday <= 7
    ? { value: datePiece(daySpan(monday + (weekday - 1) * DAY, 'the date as written')), next: mark + 4 }
    : { value: datePiece(weekSpan(monday, `calendar week ${week}`)), next: mark + 2 };
};

export const NUMERIC_READERS: readonly PieceReader[] = [separatedDate, runTogether, isoWeek];
