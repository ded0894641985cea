import type { Range } from '../text.ts';
import { overlaps } from '../text.ts';
import { daysInMonth, isRealDate } from '../time/civil.ts';
import { findTimes } from '../time/expressions.ts';
import type { TimeContext } from '../time/pieces.ts';
import { tokenize } from '../time/tokens.ts';
import { centuryOf } from '../time/year.ts';
import { MONTHS, WEEKDAYS } from '../time/words.ts';

/** Words that stand before a date or an hour and leave with it. */
const LEADS = String.raw`(?:by|on|at|until|till|before|after|since|from|to|around|every|each|@|due(?:\s+(?:by|on|at))?)`;
const LEAD = String.raw`(?:${LEADS}\s+)?(?:the\s+)?`;
const MONTH = [...MONTHS.keys()].join('|');
/** What may stand behind a date or its year; before a noun a number counts something. */
const COUNTS_NOTHING =
  /^\s*(?:$|[^\s\p{L}\p{N}:]|(?:at|from|to|until|till|by|for|with|in|and|or|please|around|about|as)\b)/u;
const NAMED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${LEAD}(?:(?<month>${MONTH})\.?\s+(?:the\s+)?(?<day>[0-3]?\d)(?:st|nd|rd|th)?|(?<day2>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month2>${MONTH}))(?![\p{L}\p{N}:])(?:\.?,?\s+(?:of\s+|in\s+)?(?<year>\d{4})(?![\p{L}\p{N}:])|\s+'(?<short>\d\d)(?!\d))?`,
  'gu',
);
const ISO = new RegExp(
  String.raw`(?<![\p{L}\p{N}/.-])${LEAD}(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?![\d-])`,
  'gu',
);
const NUMERIC = new RegExp(
  String.raw`(?<![\p{L}\p{N}/.-])(?:(?<lead>(?:by|on|until|till|before|due(?:\s+(?:by|on))?)\s+)|${LEADS}\s+)?(?<first>\d{1,2})(?<mark>[/.])(?<second>\d{1,2})(?:\k<mark>(?<year>\d{4}|\d\d))?(?![\p{N}/%-]|\.\d)`,
  'gu',
);
const NUMBERED =
  /(?<![\p{L}\p{N}])(?:by|on|until|till|before|due)\s+the\s+(?:3[2-9])(?:st|nd|rd|th)(?=\s*(?:$|[,.!?]|at\b|for\b|to\b|that\b))/gu;
const HOUR = String.raw`(?<hour>\d{1,2})(?::(?<minute>\d\d)(?!\d)(?:\s*[ap]m\b)?|\s*(?:[ap]m|o'clock)\b)(?![\d:])`;
const CLOCK = new RegExp(String.raw`(?<![\p{L}\p{N}])${LEADS}\s+${HOUR}`, 'gu');
/** "25:00" as an answer; in the middle of words "26:30" may be a verse. */
const CLOCK_ALONE = new RegExp(String.raw`^\s*${HOUR}(?=\s*$)`, 'gu');
/** Nothing lasts for no time, and nothing comes every zero days. */
const NO_TIME =
  /(?<![\p{L}\p{N}])(?:every|for|lasting|takes?)\s+(?:0+|zero|-\s*\d+)\s*(?:minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?)\b/gu;
const aDay = (which: 1 | 2): string =>
  String.raw`(?:(?<month${which}>${MONTH})\.?\s+(?:the\s+)?(?<day${which}>[0-3]?\d)(?:st|nd|rd|th)?|(?:the\s+)?(?<date${which}>[0-3]?\d)(?<nth${which}>st|nd|rd|th)?(?:\s+(?:of\s+)?(?<of${which}>${MONTH}))?)`;
/** "december 24 to december 20", "the 24th to the 20th of december"; with a year on either side it is told apart by that, and after "at" an hour stands. */
const DAYS = new RegExp(
  String.raw`(?<![\p{L}\p{N}:/.-])(?<!(?<![\p{L}\p{N}])(?:at|@)\s)(?<since>from\s+)?${aDay(1)}\s*(?:to|until|till|through|-|–)\s*${aDay(2)}(?![\p{L}\p{N}:/-]|\s*(?:,?\s*\d{4}|[ap]m\b))`,
  'gu',
);
const AGO = /(?<![\p{L}\p{N}])in\s+-\s*\d+\s*(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b/gu;
const DAY_WORD = [...WEEKDAYS.keys()].join('|');
const HOURS = new RegExp(
  String.raw`(?<![\p{L}\p{N}:/.-])(?<!\b(?:my|our|the|that|this)\s|['’]s\s)(?:from\s+|(?<between>between\s+))?(?<from>\d{1,2})(?::(?<fromMinute>\d\d))?\s*(?<fromHalf>[ap]m)?\s*(?:to|until|till|-|(?<and>and))\s*(?<to>\d{1,2})(?::(?<toMinute>\d\d))?\s*(?<toHalf>[ap]m)?(?![\p{L}\p{N}:/-])(?!\s+(?:on\s+)?(?:the\s+)?(?:next\s+|following\s+)?(?:day|morning|tomorrow|${DAY_WORD})\b)`,
  'gu',
);
/** A stretch within one day that goes round the clock for longer than this has its ends mixed up. */
const LONGEST_NIGHT_MINUTES = 16 * 60;

/**
 * What is written like a date or an hour and is none: "february 30", "29 february 2027", "at 25:00", "from 5pm to 3pm",
 * "july 4th 1776". With the words that lead to it, and with the hour that belongs to a day that does not exist: alone it
 * would silently be one of today.
 *
 * @param quotes names, in which nothing is a date
 */
export function impossibleTimes(folded: string, quotes: readonly Range[], context: TimeContext): Range[] {
  // Every one of them has a number.
  if (!/\d/.test(folded)) return [];
  const free = (span: Range): boolean => !quotes.some((quote) => overlaps(quote, span));
  const days = [
    ...spansIn(folded, NAMED, isNoNamedDay),
    ...spansIn(folded, ISO, isNoIsoDay),
    ...spansIn(folded, NUMERIC, isNoNumericDay),
    ...spansIn(folded, NUMBERED, () => true),
    ...spansIn(folded, DAYS, areBackwards),
  ].filter(free);
  const hours = [
    ...spansIn(folded, CLOCK, isNoHour),
    ...spansIn(folded, CLOCK_ALONE, isNoHour),
    ...spansIn(folded, HOURS, isBackwards),
    ...spansIn(folded, AGO, () => true),
    ...spansIn(folded, NO_TIME, () => true),
  ].filter(free);
  const orphans =
    days.length > 0
      ? hoursBeside(folded, [...quotes, ...days, ...hours], context).filter((hour) =>
          days.some(
            (day) => !APART.test(folded.slice(Math.min(hour.end, day.end), Math.max(hour.start, day.start))),
          ),
        )
      : [];
  return merged(folded, [...days, ...hours, ...orphans]);
}

/** Between an hour and a date that do not belong together. */
const APART = /\bto\b|[,;!?]|\.\s/;

type Groups = Record<string, string | undefined>;

function spansIn(
  folded: string,
  pattern: RegExp,
  isNone: (groups: Groups, after: string, before: string) => boolean,
): Range[] {
  return [...folded.matchAll(pattern)].flatMap((match) => {
    const end = match.index + match[0].length;
    const start = match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
    const [before, after] = [folded.slice(0, start), folded.slice(end, end + 12)];
    return isNone(match.groups ?? {}, after, before) ? [{ start, end }] : [];
  });
}

function isNoNamedDay({ month, month2, day, day2, year, short }: Groups, after: string): boolean {
  const which = MONTHS.get(month ?? month2 ?? '') ?? 1;
  const date = Number(day ?? day2);
  const said = short === undefined ? Number(year ?? 0) : centuryOf(Number(short));
  // "Invite june 35 guests" counts them.
  if (said === 0) return isNoDay(which, date) && (date <= 31 || COUNTS_NOTHING.test(after));
  if (said >= FIRST_YEAR && said <= LAST_YEAR) return !isRealDate(said, which, date);
  // "march 3 1830" has its hour behind it, "march 3 5000 steps" a number of something else; "march 3 2200 at 10" a year.
  const hour = said < 2400 && said % 100 < 60 && !HOUR_BEHIND.test(after);
  return isNoDay(which, date) || (!hour && COUNTS_NOTHING.test(after));
}

const HOUR_BEHIND = /^\s*,?\s*(?:(?:at|@|from)\s+\d|\d{1,2}(?::\d\d|\s?[ap]m)|at\s+noon)/;

/** Years that the grammar of dates knows. */
const [FIRST_YEAR, LAST_YEAR] = [1900, 2199];

function isNoIsoDay({ year, month, day }: Groups): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  // Numbers with dashes are often no date at all, so that outside of known years they have to look like one.
  return y >= FIRST_YEAR && y <= LAST_YEAR ? !isRealDate(y, m, d) : m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

function isNoNumericDay({ lead, first, second, mark, year }: Groups, after: string): boolean {
  const [a, b] = [Number(first), Number(second)];
  // "3.14.15" is a version and "24/7" a habit: a date without a full year needs a word before it.
  const dated = year?.length === 4 || (mark === '/' && (year !== undefined || lead !== undefined));
  if (!dated || (year === undefined && !/^\s*(?:$|[,.!?]|at\b|with\b|for\b)/.test(after))) return false;
  const y = year === undefined ? 0 : year.length === 4 ? Number(year) : centuryOf(Number(year));
  const none = (month: number, day: number): boolean =>
    y === 0 ? isNoDay(month, day) : !isRealDate(y, month, day);
  return none(a, b) && none(b, a);
}

/** No year has it; a leap year counts. */
const isNoDay = (month: number, day: number): boolean =>
  month < 1 || month > 12 || day < 1 || day > daysInMonth(2000, month);

function isNoHour({ hour, minute = '0' }: Groups): boolean {
  return Number(hour) > 24 || Number(minute) > 59 || (Number(hour) === 24 && Number(minute) > 0);
}

/** "5pm to 3pm"; "11pm to 3am" is a night. */
function isBackwards({ between, and, from, fromMinute, fromHalf, to, toMinute, toHalf }: Groups): boolean {
  // "At 5pm and 3pm" are two times.
  if ((between === undefined) !== (and === undefined)) return false;
  const start = minuteOfDay(from, fromMinute, fromHalf);
  const end = minuteOfDay(to, toMinute, toHalf);
  return start !== null && end !== null && end < start && end + 24 * 60 - start > LONGEST_NIGHT_MINUTES;
}

/** Days of one month of which the later is said first. Of two months the second may be of the year after. */
function areBackwards(said: Groups, _after: string, before: string): boolean {
  const { since, month1, day1, date1, of1, month2, day2, date2, nth2, of2 } = said;
  // "Move church on december 20 to 11" says an hour of that day.
  const isBare = since === undefined && nth2 === undefined && of2 === undefined;
  if (isBare && Number(date2) <= 12 && MOVES_ON.test(before)) return false;
  const [first, second] = [month1 ?? of1, month2 ?? of2];
  const month = second ?? first;
  if (month === undefined || MONTHS.get(first ?? month) !== MONTHS.get(month)) return false;
  return Number(day2 ?? date2) < Number(day1 ?? date1);
}

const MOVES_ON =
  /(?:^|[\s,;])(?:move|push|shift|change|switch|reschedule|bring)\s+(?:\S+\s+){0,5}?(?:on\s+)?(?:the\s+)?$/;

/** Null where morning and afternoon can be confused, and for numbers that may count anything ("21-14"). */
function minuteOfDay(hour: string | undefined, minute?: string, half?: string): number | null {
  const said = Number(hour);
  if (said > 24 || (half === undefined && (said < 13 || minute === undefined))) return null;
  const full = half === undefined ? said : (said % 12) + (half === 'pm' ? 12 : 0);
  return full * 60 + Number(minute ?? 0);
}

/** Hours without a day of their own, which belong to the day that is none. */
function hoursBeside(folded: string, masked: readonly Range[], context: TimeContext): Range[] {
  return findTimes(tokenize(folded, masked), { ...context, lenient: true })
    .filter(({ clockOnly, leadStart, end }) => clockOnly && AN_HOUR.test(folded.slice(leadStart, end)))
    .map(({ leadStart, end }) => ({ start: leadStart, end }));
}

/** A bare number may count anything, an hour has its word. */
const AN_HOUR = /^(?:at|@)\s|[ap]m$|:\d\d$|o'clock$|^noon$|^midnight$/;

/** Stretches with nothing but a joint between them are told as one: "june 31 at 3pm". */
function merged(folded: string, spans: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (
      last &&
      (span.start < last.end || /^[\s,]*(?:(?:at|on|from)\s+)?$/.test(folded.slice(last.end, span.start)))
    )
      last.end = Math.max(last.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}
