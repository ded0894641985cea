import { DAY, civil, civilParts, isRealDate } from './civil.ts';
import { DATE_LEADS, isDoubtful } from './date-leads.ts';
import type { DatePiece, PieceReader, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { comingMonth, daySpan, monthSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { MONTHS, MONTH_NAMES } from './words.ts';
import { centuryOf, readYear, yearlessDay, yearlyWithin } from './year.ts';

/** The date that month, day and perhaps a year at the index come to. */
function monthDay(
  month: number,
  day: number,
  view: TokenView,
  { start, next, dashed }: { start: number; next: number; dashed: boolean },
  context: TimeContext,
): Read<DatePiece> | null {
  const joined = dashed && view.is(next, '-', '/') && view.glued(next);
  const year =
    readYear(view, joined ? next + 1 : next) ?? shortYear(view, joined ? next + 1 : next, joined, context);
  if (year) {
    if (!isRealDate(year.value, month, day)) return null;
    return {
      value: datePiece(daySpan(civil(year.value, month, day), 'the date as written')),
      next: year.next,
    };
  }
  const found = yearlessDay(month, day, context);
  const readings = sinceBefore(view, start) ? found.toReversed() : found;
  if (readings.length === 0) return null;
  const name = `${day} ${MONTH_NAMES[month] ?? ''}`;
  const inYear = (y: number) => (isRealDate(y, month, day) ? daySpan(civil(y, month, day), name) : null);
  return { value: { ...datePiece(...readings), open: 'year', within: yearlyWithin(inYear) }, next };
}

function sinceBefore(view: TokenView, start: number): boolean {
  return view.is(start - 1, 'since') || (view.is(start - 1, 'the') && view.is(start - 2, 'since'));
}

/** The last two digits of a year right after a day and its month: "24 dec 26", "24-dec-26". */
function shortYear(
  view: TokenView,
  index: number,
  joined: boolean,
  context: TimeContext,
): Read<number> | null {
  const at = skip(view, index, ',');
  const digits = view.digits(at);
  if (digits.length !== 2 || !context.lenient) return null;
  if (
    view.is(at + 1, ':', '.', 'am', 'pm', 'h', '-', "o'clock", 'st', 'nd', 'rd', 'th') ||
    view.is(at + 1, 'a', 'p')
  )
    return null;
  return joined || at > index || at + 1 >= view.length || Number(digits) > 24
    ? { value: centuryOf(Number(digits)), next: at + 1 }
    : null;
}

/** A day of the month at the index: "5", "5th", "fifth". Plain number words ("may five") are left out but in a date. */
function readDay(view: TokenView, index: number): Read<number> | null {
  const ordinal = view.ordinal(index);
  if (ordinal) return ordinal.value >= 1 && ordinal.value <= 31 ? ordinal : null;
  const digits = view.digits(index);
  if (digits.length === 0 || digits.length > 2) return null;
  return Number(digits) >= 1 && Number(digits) <= 31 ? { value: Number(digits), next: index + 1 } : null;
}

/** "november 30", "nov 30th, 2026", "dec-24", "march the fifth" */
const monthThenDay: PieceReader = (view, index, context) => {
  const month = MONTHS.get(view.word(index));
  if (month === undefined) return null;
  const markAt = skip(view, index + 1, '.', ',');
  const dashed = view.is(markAt, '-', '/') && view.glued(markAt) && view.glued(markAt + 1);
  const dayAt = skip(view, dashed ? markAt + 1 : markAt, 'the');
  const day = readDay(view, dayAt) ?? (context.lenient ? wordDay(view, dayAt) : null);
  if (!day || view.is(day.next, '%') || (view.is(day.next, ':') && view.glued(day.next))) return null;
  // "may 5pm" is no day of May.
  if (view.is(day.next, 'am', 'pm') && view.digits(dayAt) !== '') return null;
  return monthDay(month, day.value, view, { start: index, next: day.next, dashed }, context);
};

/** "december twenty five" */
function wordDay(view: TokenView, index: number): Read<number> | null {
  const read = view.word(index) === '' || view.is(index, 'a', 'one') ? null : view.cardinal(index);
  return read && read.value >= 1 && read.value <= 31 && !view.is(read.next, 'am', 'pm', "o'clock", ':')
    ? read
    : null;
}

/** "30 november", "the 30th of nov 2026", "24-dec-2026" */
const dayThenMonth: PieceReader = (view, index, context) => {
  const dayAt = skip(view, index, 'the');
  const ordinal = view.ordinal(dayAt) !== null;
  const day = readDay(view, dayAt) ?? (context.lenient ? wordDay(view, dayAt) : null);
  if (!day) return null;
  const afterDay = skip(view, day.next, 'day');
  const dashed = view.is(afterDay, '-', '/') && view.glued(afterDay) && view.glued(afterDay + 1);
  const monthAt = dashed ? afterDay + 1 : skip(view, skip(view, afterDay, '.', ','), 'of');
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
  return monthDay(
    month,
    day.value,
    view,
    { start: index, next: skip(view, monthAt + 1, '.'), dashed },
    context,
  );
};

/** "2026-dec-24", "2027 march 3rd" */
const yearFirst: PieceReader = (view, index) => {
  const year = view.digits(index);
  const named = MONTHS.get(view.word(index + 1));
  const spoken = named === undefined ? null : readDay(view, index + 2);
  if (year.length === 4 && named !== undefined && spoken)
    return isRealDate(Number(year), named, spoken.value)
      ? {
          value: datePiece(daySpan(civil(Number(year), named, spoken.value), 'the date as written')),
          next: spoken.next,
        }
      : null;
  const month = MONTHS.get(view.word(index + 2));
  const day = Number(view.digits(index + 4));
  const joined =
    [1, 2, 3, 4].every((offset) => view.glued(index + offset)) && view.is(index + 3, '-', '/', '.');
  if (year.length !== 4 || month === undefined || !joined || !isRealDate(Number(year), month, day))
    return null;
  return {
    value: datePiece(daySpan(civil(Number(year), month, day), 'the date as written')),
    next: index + 5,
  };
};

/** "next march 5th", "this december 12th", "last july 4th": the day that comes, or the one just gone. */
const modifiedDate: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  if (!view.is(at, ...MODIFIERS)) return null;
  const read = monthThenDay(view, at + 1, context) ?? dayThenMonth(view, at + 1, context);
  if (read?.value.kind !== 'date') return null;
  const { open, within, readings } = read.value;
  if (!view.is(at, ...LAST)) return { value: datePiece(...readings), next: read.next };
  const { today } = context;
  const frame = { start: today - 366 * DAY, end: today, grain: 'year', reason: '' } as const;
  const gone = open === 'year' ? within?.(frame).at(-1) : undefined;
  return gone ? { value: { ...datePiece(gone), past: true }, next: read.next } : null;
};

const LAST = ['last', 'past', 'previous'];
const MODIFIERS = ['next', 'this', 'coming', 'upcoming', 'following', ...LAST];

/** "november", "june 2027", "last november", "next march", "the month of may" */
const monthAlone: PieceReader = (view, index, context) => {
  const article = skip(view, index, 'the');
  const monthOf = view.phrase(article, 'month of');
  const lead = monthOf === null ? view.word(article > index ? article : index) : '';
  const modified = MODIFIERS.includes(lead);
  const base = modified ? article : index;
  const at = monthOf ?? (modified ? skip(view, base + 1, 'coming', 'past', 'upcoming') : index);
  const month = MONTHS.get(view.word(at));
  if (month === undefined) return null;
  const { year, month: current } = civilParts(context.today);
  // "february 30" and "31 june" are slips, not February and June.
  const number = view.digits(at + 1);
  if (number.length > 0 && number.length <= 2 && !view.is(at + 2, ':', 'am', 'pm', 'h')) return null;
  if (followsDay(view, at)) return null;
  const dotted = view.is(at + 1, '.') && !view.glued(at + 2) ? at + 2 : at + 1;
  const dashed = view.is(dotted, '-', '/') && view.glued(dotted) && view.digits(dotted + 1).length === 4;
  const named = readYear(view, dashed ? dotted + 1 : dotted);
  const name = MONTH_NAMES[month] ?? '';
  if (named) {
    const span = monthSpan(civil(named.value, month, 1), 'the month as written');
    return { value: datePiece(span), next: named.next };
  }
  // A month word is often a name or a verb; alone it counts only after a word that leads to a date.
  if (!modified && monthOf === null && !context.lenient && !DATE_LEADS.includes(view.word(index - 1)))
    return null;
  if (monthOf === null && isDoubtful(view, at, context)) return null;
  const of = (y: number, reason: string) => monthSpan(civil(y, month, 1), reason);
  if (LAST.includes(lead) || (!modified && sinceBefore(view, index)) || view.is(at - 1, 'past')) {
    const span = of(month < current ? year : year - 1, `${name} just gone`);
    const since = sinceBefore(view, index) && month === current ? of(year, 'this month') : span;
    return { value: { ...datePiece(since), past: true }, next: dotted };
  }
  const coming = monthSpan(comingMonth(month, context), `the coming ${name}`);
  if (lead === 'next' && month === current)
    return { value: datePiece(of(year + 1, `${name} of next year`)), next: dotted };
  if (lead === 'next' && month > current)
    return { value: datePiece(coming, of(year + 1, `${name} of next year`)), next: dotted };
  const value = datePiece(coming);
  if (modified) return { value, next: dotted };
  return { value: { ...value, open: 'year', within: yearlyWithin((y) => of(y, name)) }, next: dotted };
};

/** Whether the month belongs to a day before it that it does not have ("31 june", "the 30th of february"). */
function followsDay(view: TokenView, at: number): boolean {
  const before = view.is(at - 1, 'of', '-', '/') ? at - 2 : at - 1;
  if (view.word(before) !== '' && view.glued(before) && ['st', 'nd', 'rd', 'th'].includes(view.word(before)))
    return true;
  const digits = view.digits(before);
  return digits.length > 0 && digits.length <= 2 && (before === at - 1 || !view.is(at - 1, 'of'));
}

export const MONTH_READERS: readonly PieceReader[] = [
  monthThenDay,
  dayThenMonth,
  yearFirst,
  modifiedDate,
  monthAlone,
];
