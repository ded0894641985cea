import type { Read, TokenView } from '../tokens.ts';
import type { Step } from './counting.ts';
import { readCount, readStep, readUnit } from './counting.ts';
import { readDays } from './days.ts';
import { readMonthDays, readNth } from './monthly.ts';
import type { PartReader, Said, Scan } from './parts.ts';
import { part } from './parts.ts';
import { readDayTime } from './times.ts';
import { phrases } from './wordings.ts';
import { readEveryYearly } from './yearly.ts';

const OTHER = ['other', 'alternate', 'alternating'];

/** "every 3 days", "each monday", "every other week", "all weekdays", "alternate tuesdays", "every! 2 weeks" */
export const every: PartReader = (scan, index) => {
  const { view, lenient } = scan;
  const once = view.is(index, 'once') && view.is(index + 1, 'every', 'each') ? index + 1 : index;
  if (view.is(once, 'alternate')) return headOf(scan, once, false);
  const short = view.is(once, 'e') && view.is(once + 1, '/') && view.is(once + 2, 'o');
  if (short) return sure(everyOther(scan, once + 3));
  const all = view.is(once, 'all') || (lenient && view.is(once, 'any'));
  if (!all && !view.is(once, 'every', 'each') && !(lenient && view.is(once, 'per'))) return null;
  let at = view.phrase(once + 1, 'and every') ?? once + 1;
  const fromCompletion = view.is(at, '!') && view.glued(at);
  if (fromCompletion) at += 1;
  while (view.is(at, 'single', 'the') || (view.is(at, 'and') && view.is(at + 1, 'every'))) at += 1;
  if (all) return allOf(scan, at);
  return headOf(scan, at, fromCompletion);
};

function headOf(scan: Scan, index: number, fromCompletion: boolean): ReturnType<PartReader> {
  const head = readHead(scan, index);
  return head && part({ ...head.value, ...(fromCompletion && { fromCompletion }) }, 'sure', head.next);
}

function sure(read: Read<Said> | null): ReturnType<PartReader> {
  return read && part(read.value, 'sure', read.next);
}

/** "all weekdays", "all mondays", "all days": only of many. */
function allOf(scan: Scan, index: number): ReturnType<PartReader> {
  const at = scan.view.is(index, 'the') ? index + 1 : index;
  const days = readDays(scan.view, at, true);
  if (days && (days.value.plural || scan.lenient))
    return part({ weekdays: days.value.days }, 'sure', days.next);
  return scan.lenient && scan.view.is(at, 'days') ? part({ unit: 'day' }, 'sure', at + 1) : null;
}

function readHead(scan: Scan, index: number): Read<Said> | null {
  const { view, context, lenient } = scan;
  if (view.is(index, ...OTHER) || isEverySecond(view, index)) return everyOther(scan, index + 1);
  const date = readEveryYearly(view, index, context.monthFirst);
  if (date) return date;
  const leap = view.phrase(index, 'leap year');
  if (leap !== null) return { value: { unit: 'year', interval: 4 }, next: leap };
  const placed = everyNth(scan, index);
  if (placed !== undefined) return placed;
  if (view.is(index, 'second', 'seconds') && !lenient) return null;
  const step = readStep(view, index);
  if (step) return { value: stepSaid(step.value), next: step.next };
  const count = readCount(view, index);
  const counted = count && readDays(view, count.next, true);
  if (counted && count.value >= 1 && Number.isInteger(count.value))
    return {
      value: { unit: 'week', interval: count.value, weekdays: counted.value.days },
      next: counted.next,
    };
  const days = readDays(view, index, true);
  if (days) return { value: { weekdays: days.value.days }, next: days.next };
  const dates = readMonthDays(view, index, lenient);
  if (dates && view.digits(index) !== '') return { value: { monthDays: dates.value }, next: dates.next };
  const clock = readDayTime(view, index, false, false);
  return clock && { value: { unit: 'day', clocks: [clock.value] }, next: clock.next };
}

/** "every second week", "every second tuesday"; not "every second and fourth tuesday" or "every second day of the month". */
function isEverySecond(view: TokenView, index: number): boolean {
  if (!view.is(index, 'second')) return false;
  const head = readUnit(view, index + 1) ?? readDays(view, index + 1, true);
  return head !== null && !isWithin(view, head.next);
}

/** Whether a stretch follows that the days are counted in: "of the month", "in may". */
function isWithin(view: TokenView, index: number): boolean {
  return view.is(index, 'of') || (view.is(index, 'in') && !view.is(index + 1, 'the'));
}

function everyOther(scan: Scan, index: number): Read<Said> | null {
  const { view, context } = scan;
  const step = readStep(view, index);
  if (step) return { value: { ...stepSaid(step.value), interval: step.value.count * 2 }, next: step.next };
  const days = readDays(view, index, true);
  if (days) return { value: { unit: 'week', interval: 2, weekdays: days.value.days }, next: days.next };
  const date = readEveryYearly(view, index, context.monthFirst);
  return date && { value: { ...date.value, unit: 'year', interval: 2 }, next: date.next };
}

/** "every third friday", "every 3rd week", "every 5th", "every last day": null when it is nothing, undefined when no place is said. */
function everyNth(scan: Scan, index: number): Read<Said> | null | undefined {
  const { view, lenient } = scan;
  const nth = readNth(view, index);
  if (nth) return placedSaid(view, nth);
  const ordinal = view.ordinal(index);
  if (!ordinal) return undefined;
  const unit = readUnit(view, ordinal.next);
  if (unit) {
    if (ordinal.value < 2) return null;
    const { value } = unit;
    return { value: stepSaid({ ...value, count: value.count * ordinal.value }), next: unit.next };
  }
  const days = readMonthDays(view, index, false);
  // "every second counts": words alone need "of the month" after them.
  const typed = view.digits(index) !== '' || view.is(days?.next ?? index, 'of');
  if (days && (typed || (lenient && !view.is(index, 'second'))))
    return { value: { monthDays: days.value }, next: days.next };
  return view.is(index, 'second') ? undefined : null;
}

function placedSaid(view: TokenView, read: Read<Said>): Read<Said> {
  const { value, next } = read;
  const within = isWithin(view, next);
  const [place = 0, ...others] = value.dayPlaces ?? value.places ?? value.nth?.map((nth) => nth.place) ?? [];
  const stepping = !within && place >= 2 && others.length === 0;
  if (!stepping) return read;
  if (value.dayPlaces) return { value: { unit: 'day', interval: place }, next };
  const weekend = view.is(next - 1, 'weekend', 'weekends', 'end');
  if (value.places || weekend)
    return {
      value: { unit: 'week', interval: place, weekdays: weekend ? [6, 7] : (value.among ?? []) },
      next,
    };
  const weekdays = value.nth?.map(({ weekday }) => weekday) ?? [];
  return {
    value: {
      ...value,
      reason: 'that one of each month',
      otherwise: { unit: 'week', interval: place, weekdays, reason: `every ${place} weeks` },
    },
    next,
  };
}

function stepSaid({ unit, count, partOfDay }: Step): Said {
  return { unit, ...(count > 1 && { interval: count }), ...(partOfDay !== undefined && { partOfDay }) };
}

const TWICE = 'chosen: it was not said which';
const ADVERBS: ReadonlyMap<string, Said> = new Map<string, Said>([
  ['minutely', { unit: 'minute' }],
  ['hourly', { unit: 'hour' }],
  ['halfhourly', { unit: 'minute', interval: 30 }],
  ['quarterhourly', { unit: 'minute', interval: 15 }],
  ['daily', { unit: 'day' }],
  ['everyday', { unit: 'day' }],
  ['nightly', { unit: 'day', partOfDay: 'night' }],
  ['weekly', { unit: 'week' }],
  ['biweekly', { unit: 'week', interval: 2 }],
  ['fortnightly', { unit: 'week', interval: 2 }],
  ['triweekly', { unit: 'week', interval: 3 }],
  ['semiweekly', { unit: 'week', timesPer: 2, reason: TWICE }],
  ['monthly', { unit: 'month' }],
  ['bimonthly', { unit: 'month', interval: 2 }],
  ['trimonthly', { unit: 'month', interval: 3 }],
  ['semimonthly', { unit: 'month', timesPer: 2, reason: TWICE }],
  ['quarterly', { unit: 'month', interval: 3 }],
  ['halfyearly', { unit: 'month', interval: 6 }],
  ['semiannually', { unit: 'month', interval: 6 }],
  ['semiyearly', { unit: 'month', interval: 6 }],
  ['biannually', { unit: 'month', interval: 6 }],
  ['yearly', { unit: 'year' }],
  ['annually', { unit: 'year' }],
  ['biennially', { unit: 'year', interval: 2 }],
  ['biyearly', { unit: 'year', interval: 2 }],
  ['triennially', { unit: 'year', interval: 3 }],
  ['quadrennially', { unit: 'year', interval: 4 }],
]);
const NOUNS: ReadonlyMap<string, string> = new Map([
  ['annual', 'annually'],
  ['semiannual', 'semiannually'],
  ['biannual', 'biannually'],
  ['biennial', 'biennially'],
  ['triennial', 'triennially'],
]);
const SEPARATE = ['bi', 'semi', 'tri', 'half', 'quarter'];

export function readAdverb(view: TokenView, index: number): Read<Said> | null {
  const joined = view.is(index, ...SEPARATE);
  const typed = joined ? `${view.word(index)}${view.word(index + 1)}` : view.word(index);
  const said = ADVERBS.get(NOUNS.get(typed) ?? typed);
  return said ? { value: said, next: index + (joined ? 2 : 1) } : null;
}

const DAY_IN = phrases('day in , day out', 'day in day out', 'day in and day out');

/** "daily", "bi-weekly", "on a monthly basis", "day in, day out" */
export const adverb: PartReader = ({ view, lenient }, index) => {
  const [dayIn] = DAY_IN(view, index);
  if (dayIn) return part({ unit: 'day' }, 'sure', dayIn.next);
  const based = view.is(index, 'on') && view.is(index + 1, 'a', 'an');
  const basis = based ? readAdverb(view, index + 2) : null;
  if (basis && view.is(basis.next, 'basis', 'schedule')) return part(basis.value, 'sure', basis.next + 1);
  const said = readAdverb(view, index);
  if (!said || (NOUNS.has(view.word(index)) && !lenient)) return null;
  return part(said.value, 'adverb', lenient && view.is(said.next, 'basis') ? said.next + 1 : said.next);
};

/** "once", "twice", "3 times", "3x", "a couple of times" */
function readTimes(view: TokenView, index: number): Read<number> | null {
  if (view.is(index, 'once')) return { value: 1, next: index + 1 };
  if (view.is(index, 'twice')) return { value: 2, next: index + 1 };
  if (view.is(index, 'thrice')) return { value: 3, next: index + 1 };
  const count = readCount(view, index);
  return count && view.is(count.next, 'times', 'time', 'x') && Number.isInteger(count.value)
    ? { value: count.value, next: count.next + 1 }
    : null;
}

const PER = phrases('in a', 'in an', 'in every', 'during each', 'in each', 'within a');

/** "twice a week", "3x/week", "once in two weeks", "thrice daily", "5 days a week", and "twice" right after "weekly" */
export const timesPer: PartReader = (scan, index) => {
  const { view, said } = scan;
  const times = readTimes(view, index);
  if (!times) return daysPerWeek(scan, index);
  const { value: count } = times;
  if (count < 1 || count > 60) return null;
  const says = (step: Said): Said => ({
    ...step,
    ...(count > 1 && { timesPer: count, reason: TWICE }),
  });
  const by = readAdverb(view, times.next);
  if (by) return part(says(by.value), 'sure', by.next);
  const per =
    PER(view, times.next)[0]?.next ??
    (view.is(times.next, 'a', 'an', 'per', 'each', 'every', '/', 'in') ? times.next + 1 : null);
  if (per !== null) {
    const unit = readStep(view, per);
    if (unit && (unit.value.unit !== 'second' || count === 1))
      return part(says(stepSaid(unit.value)), 'sure', unit.next);
    return null;
  }
  const only = Object.keys(said).every((key) => key === 'unit' || key === 'interval');
  const bare = said.unit !== undefined && said.unit !== 'hour' && said.unit !== 'minute' && only;
  // Of more than anybody does in a day or a week it is how often in all.
  const many = count > (said.unit === 'day' ? 8 : said.unit === 'week' ? 7 : 12);
  if (!bare || many || view.is(index - 1, ',') || view.is(times.next, 'only', 'total', 'in')) return null;
  return part(count > 1 ? { timesPer: count, reason: TWICE } : {}, 'detail', times.next);
};

function daysPerWeek({ view }: Scan, index: number): ReturnType<PartReader> {
  const count = readCount(view, index);
  if (!count || !view.is(count.next, 'days', 'nights', 'mornings', 'evenings', 'day')) return null;
  const per =
    view.phrase(count.next + 1, 'out of the') ??
    (view.is(count.next + 1, 'a', 'per', 'each', 'every', '/') ? count.next + 2 : null);
  if (per === null || !view.is(per, 'week') || count.value < 1 || count.value > 7) return null;
  const says: Said =
    count.value === 7 ? { unit: 'day' } : { unit: 'week', timesPer: count.value, reason: TWICE };
  return part(says, 'sure', per + 1);
}

/** "q4h": how often a medicine is taken. */
export const everyFewHours: PartReader = ({ view }, index) => {
  if (!view.is(index, 'q') || !view.glued(index + 1) || !view.is(index + 2, 'h')) return null;
  const hours = Number(view.digits(index + 1) || 0);
  return hours >= 1 && hours <= 72 ? part({ unit: 'hour', interval: hours }, 'sure', index + 3) : null;
};
