import type { Range } from '../text.ts';
import { MONTHS, ORDINALS, WEEKDAYS } from './words.ts';

/** A repetition as an RRULE, with the stretch of the text it was said in. */
export interface RecurrenceMatch extends Range {
  rule: string;
}

const DAY_CODES = ['', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY = [...WEEKDAYS.keys()].join('|');
const MONTH = [...MONTHS.keys()].join('|');
const ORDINAL = [...ORDINALS.keys()].slice(0, 5).join('|');
const COUNT = 'two|three|four|five|six|\\d{1,3}';
const COUNTS: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  other: 2,
  second: 2,
  third: 3,
  fourth: 4,
};
const FREQ: Record<string, string> = {
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
  hour: 'HOURLY',
};
const CLOCK = String.raw`(?:\s*,?\s*at\s+(?<hour>\d{1,2})(?::(?<minute>\d{2}))?\s*(?<half>am|pm)?(?![\d:/]))?`;

interface Form {
  pattern: RegExp;
  rule(groups: Record<string, string | undefined>): string | null;
}

function form(source: string, rule: Form['rule']): Form {
  return {
    pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])${source}${CLOCK}(?![\p{L}\p{N}])`, 'u'),
    rule,
  };
}

/** Longer wordings stand before the shorter ones they contain. */
const FORMS: readonly Form[] = [
  form(
    String.raw`(?:on\s+)?(?:the\s+|every\s+)(?<nth>${ORDINAL}|last)\s+(?<day>${DAY})\s+of\s+(?:the|each|every)\s+month`,
    ({ nth, day }) => {
      const code = dayCode(day);
      const number = nth === 'last' ? -1 : ORDINALS.get(nth ?? '');
      return code && number ? `FREQ=MONTHLY;BYDAY=${number}${code}` : null;
    },
  ),
  form(String.raw`(?:every\s+month|monthly)\s+on\s+the\s+(?<date>\d{1,2})(?:st|nd|rd|th)?`, ({ date }) =>
    monthDay(date),
  ),
  form(
    String.raw`(?:on\s+)?(?:the\s+)?(?<date>\d{1,2})(?:st|nd|rd|th)\s+(?:of\s+)?(?:each|every)\s+month`,
    ({ date }) => monthDay(date),
  ),
  form(
    String.raw`(?:on\s+)?(?:the\s+)?last\s+day\s+of\s+(?:each|every)\s+month`,
    () => 'FREQ=MONTHLY;BYMONTHDAY=-1',
  ),
  form(
    String.raw`(?:every|each)\s+(?:year\s+on\s+)?(?:the\s+)?(?<date>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month>${MONTH})`,
    yearly,
  ),
  form(
    String.raw`(?:every|each)\s+(?:year\s+on\s+)?(?<month>${MONTH})\s+(?<date>\d{1,2})(?:st|nd|rd|th)?`,
    yearly,
  ),
  form(
    String.raw`(?:every|each)\s+(?<count>${COUNT}|other|second|third|fourth)\s+(?<unit>day|week|month|year|hour)s?\s+on\s+(?<days>(?:${DAY})s?(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:${DAY})s?)*)`,
    ({ count, unit, days }) => {
      const frequency = FREQ[unit ?? ''];
      return frequency ? withDays(`FREQ=${frequency};INTERVAL=${countOf(count)}`, days) : null;
    },
  ),
  form(
    String.raw`(?:every|each)\s+(?<count>${COUNT}|other|second|third|fourth)\s+(?<unit>day|week|month|year|hour)s?`,
    ({ count, unit }) => {
      const frequency = FREQ[unit ?? ''];
      const interval = countOf(count);
      return frequency && interval > 0 ? `FREQ=${frequency};INTERVAL=${interval}` : null;
    },
  ),
  form(String.raw`(?:every|each)\s+other\s+(?<days>${DAY})`, ({ days }) =>
    withDays('FREQ=WEEKLY;INTERVAL=2', days),
  ),
  form(
    String.raw`(?:every|each)\s+(?:single\s+)?(?:weekday|workday|working\s+day|business\s+day)s?`,
    () => 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  ),
  form(String.raw`(?:on\s+)?(?:weekdays|workdays)`, () => 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'),
  form(String.raw`(?:(?:every|each)\s+weekend|on\s+weekends|weekends)`, () => 'FREQ=WEEKLY;BYDAY=SA,SU'),
  form(
    String.raw`(?:(?:every|each)\s+week|weekly)\s+on\s+(?<days>(?:${DAY})s?(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:${DAY})s?)*)`,
    ({ days }) => withDays('FREQ=WEEKLY', days),
  ),
  form(
    String.raw`(?:every|each)\s+(?<days>(?:${DAY})s?(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:every\s+)?(?:${DAY})s?)*)(?:\s+(?:morning|afternoon|evening|night))?`,
    ({ days }) => withDays('FREQ=WEEKLY', days),
  ),
  form(
    String.raw`(?:every|each)\s+(?:single\s+)?(?:day|morning|afternoon|evening|night)`,
    () => 'FREQ=DAILY',
  ),
  form(String.raw`(?:every|each)\s+(?<unit>week|month|year|hour)`, ({ unit }) =>
    FREQ[unit ?? ''] ? `FREQ=${FREQ[unit ?? '']}` : null,
  ),
  form(String.raw`(?:every|each)\s+quarter|quarterly`, () => 'FREQ=MONTHLY;INTERVAL=3'),
  form(String.raw`(?:biweekly|fortnightly|every\s+fortnight)`, () => 'FREQ=WEEKLY;INTERVAL=2'),
  form(String.raw`on\s+(?<days>(?:${DAY})s(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:${DAY})s)*)`, ({ days }) =>
    withDays('FREQ=WEEKLY', days),
  ),
  form(String.raw`(?:(?:once|one\s+time)\s+(?:a|per)\s+(?<unit>day|week|month|year))`, ({ unit }) =>
    FREQ[unit ?? ''] ? `FREQ=${FREQ[unit ?? '']}` : null,
  ),
  form('daily', () => 'FREQ=DAILY'),
  form('weekly', () => 'FREQ=WEEKLY'),
  form('monthly', () => 'FREQ=MONTHLY'),
  form('(?:yearly|annually)', () => 'FREQ=YEARLY'),
];

/**
 * The repetition a text speaks of. A lone "weekly" or "daily" inside a phrase is an adjective ("write the weekly
 * report"): it counts only at the end of the text unless `lenient`.
 */
export function findRecurrence(folded: string, range: Range, lenient = false): RecurrenceMatch | null {
  const region = folded.slice(range.start, range.end);
  if (!/every|each|ly\b|days\b|ends\b|once|one time|fortnight/.test(region)) return null;
  for (const { pattern, rule } of FORMS) {
    const match = pattern.exec(region);
    if (!match) continue;
    const lone = /^(?:daily|weekly|monthly|yearly|annually|quarterly|biweekly|fortnightly)$/.test(match[0]);
    if (
      lone &&
      !lenient &&
      region
        .slice(match.index + match[0].length)
        .trim()
        .replace(/[.!,]+$/, '') !== ''
    )
      continue;
    const groups = match.groups ?? {};
    const base = rule(groups);
    if (base === null) continue;
    const start = range.start + match.index;
    return { rule: base + clockPart(groups), start, end: start + match[0].trimEnd().length };
  }
  return null;
}

function clockPart(groups: Record<string, string | undefined>): string {
  const { hour, minute, half } = groups;
  if (hour === undefined) return '';
  const written = Number(hour);
  // A bare hour follows the same habit as elsewhere: 7 to 11 in the morning, 12 to 6 in the afternoon.
  const value =
    half === 'pm'
      ? (written % 12) + 12
      : half === 'am'
        ? written % 12
        : minute === undefined && written >= 1 && written <= 6
          ? written + 12
          : written;
  return value <= 23 && Number(minute ?? 0) <= 59 ? `;BYHOUR=${value};BYMINUTE=${Number(minute ?? 0)}` : '';
}

function countOf(word: string | undefined): number {
  return COUNTS[word ?? ''] ?? Number(word ?? 0);
}

function dayCode(word: string | undefined): string | undefined {
  const name = word ?? '';
  const weekday = WEEKDAYS.get(name) ?? WEEKDAYS.get(name.replace(/s$/, ''));
  return weekday === undefined ? undefined : DAY_CODES[weekday];
}

function withDays(base: string, words: string | undefined): string | null {
  const codes = (words ?? '')
    .split(/[\s,]+/)
    .filter((word) => word !== 'and' && word !== 'every' && word !== '')
    .map(dayCode);
  const known = [...new Set(codes.filter((code) => code !== undefined))].toSorted(
    (a, b) => DAY_CODES.indexOf(a) - DAY_CODES.indexOf(b),
  );
  return known.length > 0 ? `${base};BYDAY=${known.join(',')}` : null;
}

function monthDay(date: string | undefined): string | null {
  const day = Number(date ?? 0);
  return day >= 1 && day <= 31 ? `FREQ=MONTHLY;BYMONTHDAY=${day}` : null;
}

function yearly({ month, date }: Record<string, string | undefined>): string | null {
  const number = MONTHS.get(month ?? '');
  const day = Number(date ?? 0);
  return number && day >= 1 && day <= 31 ? `FREQ=YEARLY;BYMONTH=${number};BYMONTHDAY=${day}` : null;
}
