import { DAY, addMonths, civil, civilParts, isRealDate, startOfMonth } from './civil.ts';
import type { PieceReader, Span, TimeContext } from './pieces.ts';
import { datePiece, skip } from './pieces.ts';
import { daySpan } from './periods.ts';
import { WEEKDAYS } from './words.ts';

/** "the 6th", "6th of next month", "the day of the 6th" */
export const dayOfMonth: PieceReader = (view, index, context) => {
  const article = skip(view, index, 'the');
  // "the next 10th" is the 10th that comes, as "the 10th" is.
  const modified = view.is(article, ...COMING) && view.digits(article + 1) !== '';
  const at = modified ? article + 1 : article;
  const hasArticle = at > index;
  const ordinal = view.ordinal(at);
  if (!ordinal || ordinal.value < 1 || ordinal.value > 31) return null;
  const digitsWritten = view.digits(at) !== '';
  const next = ordinal.next;
  const day = ordinal.value;
  const ofAt = skip(view, skip(view, next, 'day'), 'of');
  const month = ofAt > next || view.is(next, 'next', 'this', 'last') ? readMonth(view, ofAt, context) : null;
  if (month?.open === true) return { value: datePiece(...comingDays(day, context)), next: month.next };
  if (month) {
    const { year, month: number } = civilParts(month.start);
    if (!isRealDate(year, number, day)) return null;
    return {
      value: datePiece(daySpan(civil(year, number, day), `the ${day}. of that month`)),
      next: month.next,
    };
  }
  // "the second one" and "first draft" are no dates: words need a preposition, digits an article or a preposition.
  const led = view.is(index - 1, ...LEADS) || (view.is(index - 1, 'for') && hasArticle);
  const weekdayBefore =
    WEEKDAYS.has(view.word(index - 1)) || (view.is(index - 1, ',') && WEEKDAYS.has(view.word(index - 2)));
  if (!context.lenient && !led && !weekdayBefore) {
    // At the very end "pay rent the 6th" can only be a day.
    if (!(digitsWritten && hasArticle && next >= view.length)) return null;
  }
  if (!context.lenient && !digitsWritten && !((led || weekdayBefore) && hasArticle)) return null;
  const following = view.word(next);
  // "Do the second on friday": what is to be done then, by its place.
  if (!digitsWritten && following === 'on' && WEEKDAYS.has(view.word(next + 1)) && !view.is(index - 1, 'on'))
    return null;
  // "The meeting on the 14th is cancelled" says more of what is then.
  const told = digitsWritten && view.is(index - 1, 'on') && SAID_OF_DAY.has(following);
  if (following !== '' && !AFTER_DAY.has(following) && !WEEKDAYS.has(following) && !told) return null;
  // "the first of may" is read with its month; "the 30th of february" is no day at all.
  if (view.is(next, 'of') && !context.lenient) return null;
  const within = (frame: Span): Span[] => daysInside(day, frame);
  if (view.is(index - 1, 'since')) {
    const frame = {
      start: addMonths(context.today, -3),
      end: context.today + DAY,
      grain: 'month',
      reason: '',
    } as const;
    return { value: { ...datePiece(...daysInside(day, frame).slice(-1)), past: true }, next };
  }
  return { value: { ...datePiece(...comingDays(day, context)), open: 'month', within }, next };
};

const COMING = ['next', 'coming', 'upcoming', 'following', 'this'];

const LEADS = [
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
  'through',
  'thru',
];

const OFFSETS: ReadonlyMap<string, number> = new Map([
  ['next', 1],
  ['coming', 1],
  ['following', 1],
  ['last', -1],
  ['previous', -1],
  ['this', 0],
  ['current', 0],
  ['month', 0],
]);

/** "the month", "next month", "this month" */
function readMonth(
  view: Parameters<PieceReader>[0],
  index: number,
  context: TimeContext,
): { start: number; next: number; open: boolean } | null {
  const article = skip(view, index, 'the');
  const word = view.word(article);
  const offset = OFFSETS.get(word);
  const monthAt = word === 'month' ? article : article + 1;
  if (offset === undefined || !view.is(monthAt, 'month')) return null;
  // "the 1st of the month" is the one that comes, "of this month" may be past.
  const open = word === 'month' && article > index;
  return { start: addMonths(startOfMonth(context.today), offset), next: monthAt + 1, open };
}

const AFTER_DAY: ReadonlySet<string> = new Set(
  'at in on by for to and with of from until till thru through please this next last every morning afternoon evening night lunchtime around about before after or if as noon midnight urgent high low half quarter early late onwards onward first starting inclusive tonight between that now'.split(
    ' ',
  ),
);

const SAID_OF_DAY: ReadonlySet<string> = new Set(
  "is isn't was wasn't are got gets has will won't can can't should doesn't starts begins ends moves moved fell takes lasts instead too works".split(
    ' ',
  ),
);

/** That day of each month the stretch touches. */
function daysInside(day: number, frame: Span): Span[] {
  const found: Span[] = [];
  for (
    let month = startOfMonth(frame.start);
    month < frame.end && found.length < 24;
    month = addMonths(month, 1)
  ) {
    const { year, month: number } = civilParts(month);
    if (!isRealDate(year, number, day)) continue;
    const moment = civil(year, number, day);
    if (moment >= frame.start && moment < frame.end)
      found.push(daySpan(moment, `the ${ordinalText(day)} of that month`));
  }
  return found;
}

function comingDays(day: number, context: TimeContext): Span[] {
  const { today } = context;
  const frame = { start: today, end: addMonths(startOfMonth(today), 4), grain: 'month', reason: '' } as const;
  const days = daysInside(day, frame);
  const [first] = days;
  return days
    .slice(0, first?.start === today ? 2 : 1)
    .map(({ start }, index) =>
      daySpan(
        start,
        start === today ? 'today' : index === 0 ? `the coming ${ordinalText(day)}` : 'a month from now',
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
