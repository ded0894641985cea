import { DAY, civil, civilParts, isRealDate, startOfDay } from '../time/civil.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { Span, TimeContext } from '../time/pieces.ts';
import { MONTHS, WEEKDAYS, WEEKDAY_NAMES } from '../time/words.ts';

const NAMES = [...WEEKDAYS.keys()].join('|');
const MONTH = [...MONTHS.keys()].join('|');
const WEEKDAY_AND_DATE = new RegExp(
  String.raw`^(?:the\s+)?(?<weekday>${NAMES})[.,]*\s+(?:the\s+)?(?:(?<ordinal>\d{1,2})(?:st|nd|rd|th)(?!\s+(?:of\s+)?(?:${MONTH})\b)|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:${MONTH})\b|(?:${MONTH})\.?\s+\d|\d{1,2}[/.]\d|\d{4}-)`,
);

/**
 * "Tuesday the 25th" where the 25th is a Wednesday: the date of that number nearest ahead, or the date that was said, and
 * the weekday beside it as the second reading.
 */
export function withWeekdayDoubt(folded: string, match: TimeMatch, context: TimeContext): TimeMatch {
  const said = WEEKDAY_AND_DATE.exec(folded.slice(match.start, match.end))?.groups;
  const [first] = match.readings;
  if (!said || !first || match.isRange) return match;
  const weekday = WEEKDAYS.get(said['weekday'] ?? '') ?? 0;
  const day = startOfDay(first.start);
  const ordinal = Number(said['ordinal'] ?? 0);
  // Friday the 13th is known by both.
  const date = ordinal === 0 || (weekday === 5 && ordinal === 13) ? day : nearestDate(ordinal, context);
  if (civilParts(date).weekday === weekday) return match;
  const name = WEEKDAY_NAMES[civilParts(date).weekday] ?? '';
  const beside = besideDate(date, weekday, context);
  const moved =
    (to: number, reason: string) =>
    (span: Span): Span => ({
      ...span,
      start: span.start + to - day,
      end: span.end + to - day,
      reason,
    });
  return {
    ...match,
    readings: [
      ...match.readings.map(moved(date, `that date, which is a ${name}`)),
      ...match.readings.map(moved(beside, `the ${WEEKDAY_NAMES[weekday] ?? ''} beside it`)),
    ],
  };
}

/** The next day with the number, today included. */
function nearestDate(number: number, { today }: TimeContext): number {
  const { year, month } = civilParts(today);
  for (let ahead = 0; ahead < 12; ahead += 1) {
    const [y, m] = [year + Math.floor((month - 1 + ahead) / 12), ((month - 1 + ahead) % 12) + 1];
    if (isRealDate(y, m, number) && civil(y, m, number) >= today) return civil(y, m, number);
  }
  return today;
}

/** The weekday nearest to the date that is not over. */
function besideDate(date: number, weekday: number, { today }: TimeContext): number {
  const after = date + ((weekday - civilParts(date).weekday + 7) % 7) * DAY;
  const before = after - 7 * DAY;
  return date - before < after - date && (before >= today || date < today) ? before : after;
}
