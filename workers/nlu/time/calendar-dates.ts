import type { Civil } from './civil.ts';
import { DAY, addMonths, civil, civilParts, isRealDate, startOfMonth, startOfWeek } from './civil.ts';
import type { PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { comingMonth, daySpan, monthSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { DOUBTFUL_WORDS, MONTHS, MONTH_NAMES, WEEKDAYS, WEEKDAY_NAMES } from './words.ts';

/** Words that make a short or doubtful word beside them a date ("on sat", "in may"). */
const DATE_LEADS = [
  'on',
  'by',
  'in',
  'until',
  'till',
  'before',
  'after',
  'since',
  'due',
  'this',
  'next',
  'last',
  'from',
  'of',
  'end',
  'mid',
  'early',
  'late',
  'to',
  'through',
  'every',
];

function isDoubtful(view: TokenView, index: number, context: TimeContext): boolean {
  return (
    DOUBTFUL_WORDS.has(view.word(index)) &&
    !context.lenient &&
    !DATE_LEADS.includes(view.word(index - 1)) &&
    !(view.is(index - 1, 'on', 'by', 'for') && index + 1 >= view.length)
  );
}

/** A four-digit year after the index (a comma may stand between), also "'27". */
export function readYear(view: TokenView, index: number): Read<number> | null {
  const at = skip(view, index, ',', 'of', 'in');
  const digits = view.digits(at);
  if (digits.length === 4 && Number(digits) >= 1900 && Number(digits) <= 2199 && !view.is(at + 1, ':'))
    return { value: Number(digits), next: at + 1 };
  if (view.is(index, "'") && view.digits(index + 1).length === 2 && view.glued(index + 1))
    return { value: 2000 + Number(view.digits(index + 1)), next: index + 2 };
  return null;
}

/** A day of a month without its year: the coming one, then the one just gone. Empty when no near year has it. */
export function yearlessDay(month: number, day: number, context: TimeContext): Span[] {
  const { year } = civilParts(context.today);
  const real = [year, year + 1, year + 2, year + 3, year + 4].filter((y) => isRealDate(y, month, day));
  const coming = real.map((y) => civil(y, month, day)).find((moment) => moment >= context.today);
  if (coming === undefined) return [];
  const name = `${day} ${MONTH_NAMES[month] ?? ''}`;
  const readings = [daySpan(coming, `the coming ${name}`)];
  if (isRealDate(year, month, day) && civil(year, month, day) < context.today)
    readings.push(daySpan(civil(year, month, day), `${name} of this year, already past`));
  return readings;
}

function monthDay(month: number, day: number, view: TokenView, next: number, context: TimeContext) {
  const year = readYear(view, next);
  if (year) {
    if (!isRealDate(year.value, month, day)) return null;
    return {
      value: datePiece(daySpan(civil(year.value, month, day), 'the date as written')),
      next: year.next,
    };
  }
  const readings = yearlessDay(month, day, context);
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
    return ordinal.value <= 31 ? monthDay(month, ordinal.value, view, ordinal.next, context) : null;
  if (digits.length === 0 || digits.length > 2 || view.is(dayAt + 1, ':', '%')) return null;
  return monthDay(month, Number(digits), view, dayAt + 1, context);
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
  return monthDay(month, day, view, skip(view, monthAt + 1, '.'), context);
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

/** "the 6th", "6th of next month" */
const dayOfMonth: PieceReader = (view, index, context) => {
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

/** "friday", "this friday", "next tues", "last monday", "friday after next", "monday week" */
const weekdayName: PieceReader = (view, index, context) => {
  let at = skip(view, index, 'the');
  const lead = view.word(at);
  const modifier = ['this', 'next', 'last', 'past', 'previous', 'coming', 'upcoming', 'following'].includes(
    lead,
  )
    ? lead
    : '';
  if (modifier) at += 1;
  if (modifier === 'this') at = skip(view, at, 'coming', 'past');
  else if (at > index && !modifier) return null;
  const weekday = WEEKDAYS.get(view.word(at));
  if (weekday === undefined) return null;
  if (!modifier && isDoubtful(view, at, context) && !standsAlone(view, at)) return null;
  const next = skip(view, at + 1, '.');
  const name = WEEKDAY_NAMES[weekday] ?? '';
  const { today } = context;
  const ahead = (weekday - civilParts(today).weekday + 7) % 7;
  const coming = today + (ahead === 0 ? 7 : ahead) * DAY;
  const nextWeeks = startOfWeek(today) + (6 + weekday) * DAY;
  const afterNext = view.phrase(next, 'after next');
  if (afterNext !== null) {
    const day = coming === nextWeeks ? coming + 7 * DAY : nextWeeks;
    return { value: datePiece(daySpan(day, `${name} after the coming one`)), next: afterNext };
  }
  if (view.is(next, 'week') && !modifier)
    return { value: datePiece(daySpan(coming + 7 * DAY, `a week after the coming ${name}`)), next: next + 1 };
  const pastDay = today - ((7 - ahead) % 7 === 0 ? 7 : 7 - ahead) * DAY;
  switch (view.is(at - 1, 'past') ? 'past' : modifier) {
    case 'last':
    case 'past':
    case 'previous': {
      const lastWeeks = startOfWeek(today) + (weekday - 8) * DAY;
      const readings = [daySpan(pastDay, `the ${name} just gone`)];
      if (lastWeeks !== pastDay) readings.push(daySpan(lastWeeks, `${name} of last week`));
      return { value: { ...datePiece(...readings), past: true }, next };
    }
    case 'next': {
      const readings = [daySpan(nextWeeks, `${name} of next week`)];
      if (coming !== nextWeeks) readings.push(daySpan(coming, `the coming ${name}`));
      return { value: datePiece(...readings), next };
    }
    case 'this': {
      const day = ahead === 0 ? today : coming;
      return { value: datePiece(daySpan(day, ahead === 0 ? 'today' : `the coming ${name}`)), next };
    }
    default: {
      const readings = [daySpan(coming, `the coming ${name}`)];
      if (ahead === 0) readings.push(daySpan(today, 'today'));
      return { value: { ...datePiece(...readings), weekday }, next };
    }
  }
};

/** A doubtful weekday counts at the end of the text or before another word of time. */
function standsAlone(view: TokenView, index: number): boolean {
  return (
    (index > 0 && index + 1 >= view.length) ||
    view.is(index + 1, 'at', 'morning', 'afternoon', 'evening', 'night', 'next')
  );
}

/** "2026-11-30", "11/30/2026", "30.11.2026", "30.11." */
const numericDate: PieceReader = (view, index, context) => {
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

export const CALENDAR_READERS: readonly PieceReader[] = [
  monthThenDay,
  dayThenMonth,
  monthAlone,
  dayOfMonth,
  weekdayName,
  numericDate,
];
