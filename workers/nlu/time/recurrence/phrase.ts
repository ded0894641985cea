import type { TimeContext } from '../pieces.ts';
import type { Read, TokenView } from '../tokens.ts';
import { afterCompletion, onCompletion } from './completion.ts';
import { readDays } from './days.ts';
import { except } from './exceptions.ts';
import { times } from './how-often.ts';
import { starts } from './starts.ts';
import { until, withinPeriod } from './until.ts';
import { civilParts, startOfDay } from '../civil.ts';
import { dateAt } from './date-phrase.ts';
import { adverb, every, everyFewHours, timesPer } from './frequency.ts';
import { edgeOfMonth, everySecondDate, placeInMonth, scope } from './monthly.ts';
import type { Part, PartReader, Said, Sureness } from './parts.ts';
import { joinSaid, part } from './parts.ts';
import { dayPart, minuteOfHour, timeOfDay } from './times.ts';
import { yearly } from './yearly.ts';

/** "mondays and thursdays", "weekends", "mon-fri", "on tuesday" without an "every". */
const days: PartReader = (scan, index) => {
  const { view, lenient, said } = scan;
  // "monday till friday" are the days between; "every monday till friday" ends on it.
  const read = readDays(view, index, lenient, lenient);
  if (!read || read.value.doubtful || view.is(index - 1, 'good', 'black', 'easter')) return null;
  const { days: weekdays, plural, range } = read.value;
  // "monday to friday" and "mon, wed and fri" with one hour for all of them are every week's; without it they are days.
  const hourly = said.clocks !== undefined || timeOfDay(scan, read.next) !== null;
  const several = range
    ? weekdays.join() === '1,2,3,4,5' && !view.is(index, 'from')
    : new Set(weekdays).size > 2 && !view.tokens.slice(index, read.next).some(({ text }) => text === 'or');
  return part({ weekdays }, plural || (several && hourly) ? 'plural' : 'implied', read.next);
};

/** Of those that read equally far the one that stands first. */
const READERS: readonly PartReader[] = [
  afterCompletion,
  onCompletion,
  every,
  everyFewHours,
  timesPer,
  adverb,
  except,
  times,
  withinPeriod,
  until,
  minuteOfHour,
  edgeOfMonth,
  everySecondDate,
  days,
  placeInMonth,
  yearly,
  scope,
  timeOfDay,
  dayPart,
  starts,
];

const LEADS = ['on', 'of', 'in', 'the', 'a', 'at', 'during', 'for'];
const JOINERS = [
  ...LEADS,
  ',',
  ';',
  '-',
  '(',
  ')',
  ':',
  '&',
  'and',
  'but',
  'then',
  'only',
  'just',
  'always',
  'sharp',
  'again',
];
const OPENERS = ['on', 'in', 'the', 'at', '(', 'only'];
const MAX_PARTS = 24;

/** The parts that follow one another from an index on. */
export interface Phrase {
  said: Said;
  parts: { sureness: Sureness; from: number; to: number; says: Said }[];
  from: number;
  next: number;
}

export interface PhraseOptions {
  context: TimeContext;
  lenient: boolean;
}

/** As many parts as stand beside one another here and agree. */
export function readPhrase(view: TokenView, index: number, options: PhraseOptions): Phrase | null {
  let said: Said = {};
  const parts: Phrase['parts'] = [];
  let next = index;
  let last = { said, next };
  while (parts.length < MAX_PARTS) {
    const found = nextPart(view, next, said, options, parts.length === 0);
    if (!found) break;
    // "mondays at 6:30 and wednesdays at 7" are two repetitions, and one rule holds the first.
    const before = parts.at(-1);
    if (before && said.clocks && found.value.says.clocks && before.says.weekdays && parts.length > 2) {
      parts.pop();
      ({ said, next } = last);
      break;
    }
    last = { said, next };
    said = found.said;
    parts.push({ sureness: found.value.sureness, says: found.value.says, from: found.at, to: found.next });
    next = found.next;
  }
  return parts.length > 0 ? beginningOnDate(view, { said, parts, from: index, next }, options) : null;
}

/**
 * "on december 7 every week": the date is the first time of what comes more often than once a year, and says the day of
 * its weeks or months.
 */
function beginningOnDate(view: TokenView, phrase: Phrase, { context }: PhraseOptions): Phrase {
  const { said, parts } = phrase;
  const dated = parts.find(({ says, sureness }) => says.dates !== undefined && sureness === 'implied');
  if (!dated || said.dates?.length !== 1 || said.startDay !== undefined || !comesOften(said)) return phrase;
  const { dates: _dates, ...rest } = said;
  const date = dateAt({ view, context, said: rest, led: false, lenient: true }, dated.from);
  if (!date) return phrase;
  const startDay = startOfDay(date.value.span.start);
  const { weekday, day } = civilParts(startDay);
  const days: Said =
    rest.unit === 'month'
      ? { monthDays: [day] }
      : rest.unit === 'week' && rest.weekdays === undefined
        ? { weekdays: [weekday] }
        : {};
  return {
    ...phrase,
    said: { ...rest, ...days, startDay },
    parts: parts.map((part) => (part === dated ? { ...part, sureness: 'detail', says: { startDay } } : part)),
  };
}

/** Whether it comes more often than once a year, so that a date is no day of its rule. */
const comesOften = ({ unit, weekdays, nth, places, monthDays, dayPlaces }: Said): boolean =>
  unit !== 'year' &&
  (unit ?? weekdays) !== undefined &&
  (nth ?? places ?? monthDays ?? dayPlaces) === undefined;

interface Found extends Read<Part> {
  at: number;
  said: Said;
}

function nextPart(
  view: TokenView,
  index: number,
  said: Said,
  options: PhraseOptions,
  first: boolean,
): Found | null {
  let led = false;
  for (let at = index; at <= index + 4 && at < view.length; at += 1) {
    const found = partAt(view, at, said, options, led);
    if (found) return found;
    if (!view.is(at, ...(first ? OPENERS : JOINERS))) return null;
    led ||= view.is(at, ...LEADS);
  }
  return null;
}

/** The part at the index that reads farthest and agrees with what was said. */
function partAt(view: TokenView, at: number, said: Said, options: PhraseOptions, led: boolean): Found | null {
  let best: Found | null = null;
  const scan = { view, said, led, ...options };
  for (const read of READERS) {
    const found = read(scan, at);
    if (!found || found.next <= at || (best && found.next <= best.next)) continue;
    const joined = joinSaid(said, found.value.says);
    if (joined && !startsAnother(said, found.value)) best = { ...found, at, said: joined };
  }
  return best;
}

/** "every monday at 9 and every thursday at 5", "every day and every monday" are two, and one rule holds the first. */
function startsAnother(said: Said, { says, sureness }: Part): boolean {
  if (sureness !== 'sure' || says.weekdays === undefined) return false;
  return said.unit === 'day' || (said.weekdays !== undefined && said.clocks !== undefined);
}

/**
 * Details that stand apart from the phrase, joined to it where they agree: "every day take the pills at 8am", "monthly
 * newsletter on the first tuesday". In running text only a start that calls itself one: "starting monday water the plants
 * every 3 days".
 */
export function joinDetails(view: TokenView, phrase: Phrase, options: PhraseOptions): Said {
  let { said } = phrase;
  for (let at = 0; at < Math.min(view.length, 200);) {
    if (at >= phrase.from && at < phrase.next) at = phrase.next;
    const open = options.lenient || view.is(at, 'starting', 'beginning', 'commencing');
    const led = view.is(at - 1, 'on', 'in', 'the');
    const found = open ? partAt(view, at, said, { ...options, lenient: false }, led) : null;
    const fits = found !== null && belongs(found.value, said, at, led);
    if (fits) ({ said } = found);
    at = fits ? found.next : at + 1;
  }
  return said;
}

/** Whether a part that stands apart says more of the repetition rather than something of its own. */
function belongs({ says, sureness }: Part, said: Said, at: number, led: boolean): boolean {
  const keys = Object.keys(says);
  if (keys.length === 0 || keys.some((key) => key in said)) return false;
  if (sureness === 'detail') return true;
  const long = said.unit === 'month' || said.unit === 'year';
  if (sureness === 'implied') return led && long && says.weekdays === undefined;
  if (sureness === 'plural') return said.unit === 'week';
  // "biweekly sprint planning on mondays"
  return sureness === 'adverb' && at === 0 && (says.unit === 'week' || says.unit === 'day');
}
