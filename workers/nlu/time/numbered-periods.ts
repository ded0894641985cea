import { DAY, addMonths, civil, civilParts, startOfWeek } from './civil.ts';
import type { DatePiece, PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { quarterSpan, weekSpan, yearSpan, yearsSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { bareYear, readYear, yearlyWithin } from './year.ts';

/** What comes once a year: that of the year that was said, else the one that is not over. */
export function yearly(
  inYear: (year: number) => Span | null,
  named: Read<number> | null,
  next: number,
  context: TimeContext,
): Read<DatePiece> | null {
  if (named) {
    const span = inYear(named.value);
    return span && { value: datePiece(span), next: named.next };
  }
  const { year } = civilParts(context.today);
  const spans = [year - 1, year, year + 1].map(inYear);
  const coming = spans.find((span) => span !== null && span.end > context.today);
  if (!coming) return null;
  return { value: { ...datePiece(coming), open: 'year', within: yearlyWithin(inYear) }, next };
}

/** "week 49", "calendar week 3 of 2027", "cw 7", "wk 12" */
const numberedWeek: PieceReader = (view, index, context) => {
  const at = skip(view, skip(view, index, 'the'), 'calendar', 'iso');
  if (!view.is(at, 'week', 'wk', 'kw', 'cw', 'w')) return null;
  const numberAt = skip(view, skip(view, at + 1, '#'), 'number', 'no', 'nr');
  const digits = view.digits(numberAt);
  const led = context.lenient || at > index || view.is(index - 1, 'in', 'by', 'for', 'of', 'until');
  const week = Number(digits);
  if (digits === '' || digits.length > 2 || !led || week < 1 || week > 53) return null;
  if (view.is(at, 'w') && !view.glued(numberAt)) return null;
  const inYear = (year: number): Span => isoWeek(year, week);
  return yearly(inYear, readYear(view, numberAt + 1), numberAt + 1, context);
};

function isoWeek(year: number, week: number): Span {
  return weekSpan(startOfWeek(civil(year, 1, 4)) + (week - 1) * 7 * DAY, `calendar week ${week}`);
}

/** "q3", "3rd quarter", "the first quarter of 2027", "Q1/27", "2027 Q3", "2026q4" */
const numberedQuarter: PieceReader = (view, index, context) => {
  const digits = view.digits(index);
  if (digits.length === 4) {
    const at = skip(view, index + 1, '-', '/', ',');
    const quarter = shortQuarter(view, at);
    if (!quarter || Number(digits) < 1900 || Number(digits) > 2199) return null;
    return { value: datePiece(quarterOf(Number(digits), quarter.value)), next: quarter.next };
  }
  const at = skip(view, index, 'the');
  const led =
    context.lenient ||
    view.is(index - 1, 'in', 'by', 'for', 'of', 'until', 'before', 'after', 'this', 'during');
  const worded = view.ordinal(at);
  const spelled =
    worded && view.is(worded.next, 'quarter', 'qtr') ? { value: worded.value, next: worded.next + 1 } : null;
  const last = view.is(at, 'last', 'final') && view.is(at + 1, 'quarter') && view.is(at + 2, 'of');
  const quarter =
    shortQuarter(view, at) ??
    spelled ??
    (view.is(at, 'quarter') ? numberAfter(view, at + 1) : null) ??
    (last ? { value: 4, next: at + 2 } : null);
  if (!quarter || quarter.value < 1 || quarter.value > 4) return null;
  const ofYear = view.anyPhrase(quarter.next, ['of the year', 'of this year', 'in the year']);
  const slash = view.is(quarter.next, '/', '-') && view.glued(quarter.next);
  const year = slash ? shortYear(view, quarter.next + 1) : readYear(view, quarter.next);
  if (!led && !year) return null;
  const inYear = (y: number): Span => quarterOf(y, quarter.value);
  if (ofYear !== null) return { value: datePiece(inYear(civilParts(context.today).year)), next: ofYear };
  return yearly(inYear, year, quarter.next, context);
};

function shortQuarter(view: TokenView, index: number): Read<number> | null {
  if (!view.is(index, 'q') || !view.glued(index + 1) || view.digits(index + 1).length !== 1) return null;
  const value = Number(view.digits(index + 1));
  return value >= 1 && value <= 4 ? { value, next: index + 2 } : null;
}

function numberAfter(view: TokenView, index: number): Read<number> | null {
  const number = view.cardinal(index);
  return number && number.value <= 4 && !view.is(number.next, 'past', 'to', 'after') ? number : null;
}

function shortYear(view: TokenView, index: number): Read<number> | null {
  const digits = view.digits(index);
  return digits.length === 2 ? { value: 2000 + Number(digits), next: index + 1 } : readYear(view, index);
}

function quarterOf(year: number, quarter: number): Span {
  return quarterSpan(civil(year, quarter * 3 - 2, 1), `quarter ${quarter}`);
}

/** "h1 2027", "h2": halves of a year. */
const numberedHalf: PieceReader = (view, index, context) => {
  if (!view.is(index, 'h') || !view.glued(index + 1) || !context.lenient) return null;
  const half = Number(view.digits(index + 1));
  if (half !== 1 && half !== 2) return null;
  const inYear = (year: number): Span => {
    const start = civil(year, half * 6 - 5, 1);
    return { start, end: addMonths(start, 6), grain: 'quarter', reason: `half ${half}` };
  };
  return yearly(inYear, readYear(view, index + 2), index + 2, context);
};

const YEAR_LEADS = [
  'in',
  'by',
  'until',
  'till',
  'before',
  'after',
  'since',
  'during',
  'from',
  'year',
  'of',
  'around',
];

/** "in 2027", "the year 2027", "2030" */
const yearAlone: PieceReader = (view, index, context) => {
  const named = view.anyPhrase(index, ['the calendar year', 'calendar year', 'the year', 'year']);
  const at = named ?? index;
  const year = bareYear(view, at) ?? spelledYear(view, at, named !== null);
  if (!year) return null;
  if (named !== null) return year;
  const led = view.is(index - 1, ...YEAR_LEADS);
  if ((!context.lenient && !led) || view.is(index - 1, 'at', '@')) return null;
  const joined = view.glued(at + 1) && view.is(at + 1, '-', ':', '/', '.', 'h');
  const span = view.is(at + 1, '-') && view.digits(at + 2).length === 4;
  if ((joined && view.digits(at + 2) !== '' && !span) || (view.is(at + 1, 's') && view.glued(at + 1)))
    return null;
  // The year of a day that does not exist is no year either: "feb 29 2027".
  if (view.digits(index - 1) !== '' || (view.is(index - 1, ',') && view.digits(index - 2) !== ''))
    return null;
  const following = view.word(at + 1);
  const passes =
    following === '' ||
    ['at', 'for', 'on', 'with', 'and', 'to', 'until', 'through', 'thru', 'or'].includes(following);
  return context.lenient || passes ? year : null;
};

/** "nineteen ninety nine"; what could be a time of day ("twenty thirty") needs the word "year" before it. */
function spelledYear(view: TokenView, index: number, named: boolean): Read<DatePiece> | null {
  const year = readYear(view, index);
  const sure = named || view.is(index + 1, 'thousand') || (year !== null && year.value % 100 >= 60);
  return year && sure && (named || view.word(index) !== '') && !view.is(index, 'of', 'in')
    ? { value: datePiece(yearSpan(year.value)), next: year.next }
    : null;
}

const DECADES: ReadonlyMap<string, number> = new Map(
  ['twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties', 'nineties'].map(
    (word, index) => [word, (index + 2) * 10],
  ),
);

/** "the 90s", "the 1990s", "the nineties", "2020s" */
const decade: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'the');
  const led = at > index || context.lenient;
  const word = DECADES.get(view.word(at));
  if (word !== undefined && led && context.lenient)
    return decadeOf(word >= 30 ? 1900 + word : 2000 + word, at + 1);
  const tick = skip(view, at, "'");
  const digits = view.digits(tick);
  const s = skip(view, tick + 1, "'");
  if (!view.is(s, 's') || !view.glued(s) || !digits.endsWith('0')) return null;
  if (digits.length === 4 && led && Number(digits) >= 1900 && Number(digits) <= 2190)
    return decadeOf(Number(digits), s + 1);
  if (digits.length !== 2 || !led || !context.lenient) return null;
  return decadeOf(Number(digits) >= 30 ? 1900 + Number(digits) : 2000 + Number(digits), s + 1);
};

/** "the 21st century" */
const century: PieceReader = (view, index) => {
  const number = view.ordinal(skip(view, index, 'the'));
  if (!number || number.value < 20 || number.value > 22 || !view.is(number.next, 'century')) return null;
  const year = (number.value - 1) * 100;
  return { value: datePiece(yearsSpan(year, 100, 'that century')), next: number.next + 1 };
};

function decadeOf(year: number, next: number): Read<DatePiece> {
  return { value: datePiece(yearsSpan(year, 10, `the ${year}s`)), next };
}

export const NUMBERED_READERS: readonly PieceReader[] = [
  numberedWeek,
  numberedQuarter,
  numberedHalf,
  yearAlone,
  decade,
  century,
];
