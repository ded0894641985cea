import type { Read, TokenView } from '../tokens.ts';
import { MONTHS } from '../words.ts';
import { readCount, readList, readPlace, readUnit } from './counting.ts';
import { WEEKEND, readDaySet, weekdayOf } from './days.ts';
import type { NthDay, PartReader, Said } from './parts.ts';
import { part } from './parts.ts';
import { phrases, wordings } from './wordings.ts';

/** "first monday", "2nd and 4th saturday", "last workday", "last two days", "the first monday and the last friday" */
export function readNth(view: TokenView, index: number): Read<Said> | null {
  const groups = readList(view, view.is(index, 'the') ? index + 1 : index, (at) => readGroup(view, at));
  if (!groups) return null;
  const nth = groups.value.flatMap((said) => said.nth ?? []);
  const monthDays = groups.value.flatMap((said) => said.dayPlaces ?? []);
  const sets = groups.value.filter((said) => said.places !== undefined);
  const kinds = [nth, monthDays, sets].filter((found) => found.length > 0);
  if (kinds.length !== 1) return groups.value[0] ? { value: groups.value[0], next: groups.next } : null;
  if (nth.length > 0) return { value: { nth }, next: groups.next };
  if (monthDays.length > 0) return { value: { dayPlaces: monthDays }, next: groups.next };
  const among = sets[0]?.among ?? [];
  return { value: { places: sets.flatMap(({ places }) => places ?? []), among }, next: groups.next };
}

/** Places and what they count: several of the one, or of the other. */
function readGroup(view: TokenView, index: number): Read<Said> | null {
  const places = readList(view, index, (at) => readPlace(view, at));
  if (!places) return null;
  const counted = readCount(view, places.next);
  const many = counted && counted.value <= 7 && places.value.length === 1 ? counted : null;
  const at = many ? many.next : places.next;
  const numbers = many ? countedFrom(places.value[0] ?? 1, many.value) : places.value;
  if (numbers.some((place) => Math.abs(place) > 366 || place === 0)) return null;
  if (view.is(at, 'day', 'days')) return { value: { dayPlaces: numbers }, next: at + 1 };
  const calendar = view.phrase(at, 'calendar day');
  if (calendar !== null) return { value: { dayPlaces: numbers }, next: calendar };
  const set = readDaySet(view, at);
  if (set) {
    const { days } = set.value;
    // A weekend is known by its saturday, a weekend day is either.
    const weekend = days[0] === WEEKEND[0] && days.length === 2 && !view.is(set.next - 1, 'day', 'days');
    if (weekend) return { value: { nth: numbers.map((place) => ({ place, weekday: 6 })) }, next: set.next };
    return { value: { places: numbers, among: days }, next: set.next };
  }
  const weekdays = readList(view, at, (place) => {
    const found = weekdayOf(view, place);
    return found && { value: found.day, next: place + 1 };
  });
  if (!weekdays || numbers.some((place) => Math.abs(place) > 53)) return null;
  const nth = numbers.flatMap((place): NthDay[] => weekdays.value.map((weekday) => ({ place, weekday })));
  return { value: { nth }, next: weekdays.next };
}

/** "the first three" are 1, 2 and 3, "the last two" are -2 and -1. */
function countedFrom(place: number, count: number): number[] {
  const start = place > 0 ? place : place - count + 1;
  return Array.from({ length: Math.min(count, 7) }, (_, step) => start + step);
}

/** "the 15th", "1st and 15th", "the 1st to the 5th", "the last", "day 15", "the twenty eighth" */
export function readMonthDays(view: TokenView, index: number, bare: boolean): Read<number[]> | null {
  const list = readList(view, index, (at, first) => readMonthDay(view, at, bare || !first));
  return list && { value: list.value.flat(), next: list.next };
}

const DATE_SCOPES = phrases('of the month', 'of each month', 'of every month');

const NOT_DATES = 'week weeks half month quarter year time times one thing class floor grade'.split(' ');

function readMonthDay(view: TokenView, index: number, bare: boolean): Read<number[]> | null {
  const from = view.is(index, 'from', 'between') ? index + 1 : index;
  const at = view.is(from, 'the') ? from + 1 : from;
  const counted = view.digits(at) !== '' && DATE_SCOPES(view, at + 1).length > 0;
  const named = view.is(at, 'day', 'days') ? at + 1 : at;
  const plain = bare || counted || named > at ? plainNumber(view, named) : null;
  const first = placeOfDate(view, named) ?? plain;
  if (!first || first.value < -31 || first.value === 0 || first.value > 31) return null;
  const { value: day } = first;
  const next = view.is(first.next, 'day') ? first.next + 1 : first.next;
  // "31st of june" is no day at all, and no other day either.
  if (MONTHS.has(view.word(view.is(next, 'of') ? next + 1 : next)) && day > 28) return null;
  // "first monday", "second half", "1st week" are something else.
  if (weekdayOf(view, next) || readDaySet(view, next) || view.is(next, ...NOT_DATES)) return null;
  const between = view.is(index, 'between') && view.is(next, 'and');
  const lastAt = between || view.is(next, 'to', '-', 'through', 'thru') ? next + 1 : null;
  const last = lastAt === null ? null : view.ordinal(view.is(lastAt, 'the') ? lastAt + 1 : lastAt);
  if (!last || last.value <= day || last.value > 31) return from > index ? null : { value: [day], next };
  return { value: Array.from({ length: last.value - day + 1 }, (_, step) => day + step), next: last.next };
}

/** "15th", "4th last", "the last". */
function placeOfDate(view: TokenView, index: number): Read<number> | null {
  const place = readPlace(view, index);
  // "last week", "last time": what has been.
  const alone = place && view.word(place.next) !== '' && !AFTER_DATE.has(view.word(place.next));
  return place && place.value < 0 && alone ? null : place;
}

/** A number without "th": not an hour, a count of units or part of a date. */
function plainNumber(view: TokenView, index: number): Read<number> | null {
  const digits = view.digits(index);
  if (digits === '' || digits.length > 2) return null;
  const next = index + 1;
  if (view.is(next, ':', '/', 'am', 'pm', 'a', 'p', 'x', 'h', "o'clock", 'oclock', 'times', '%')) return null;
  return readUnit(view, next) ? null : { value: Number(digits), next };
}

const ENDS = wordings<number>([
  ['very end of', -1],
  ['end of', -1],
  ['start of', 1],
  ['beginning of', 1],
  ['middle of', 15],
]);
const SHORT_ENDS = wordings<number>([
  ['month end', -1],
  ['months end', -1],
  ["month's end", -1],
  ['eom', -1],
  ['mid month', 15],
  ['month start', 1],
]);

/** "at the end of each month", "month end": the scope itself is read by the part after it. */
export const edgeOfMonth: PartReader = ({ view, lenient }, index) => {
  let at = index;
  while (view.is(at, 'at', 'on', 'in', 'by', 'the', 'every', 'each') && at < index + 3) at += 1;
  for (const { value: day, next } of SHORT_ENDS(view, at)) {
    const sure = view.is(at - 1, 'every', 'each') || view.is(next, 'every', 'each');
    return part({ unit: 'month', monthDays: [day] }, sure ? 'sure' : 'implied', next);
  }
  for (const { value: day, next } of ENDS(view, at)) {
    if (!(lenient || view.is(next, 'every', 'each'))) continue;
    const scope = view.is(next, 'the', 'every', 'each', 'a') ? next + 1 : next;
    if (view.is(scope, 'month', 'quarter', 'year', 'other') || view.ordinal(scope))
      return part({ dayPlaces: [day] }, 'implied', next);
    if (view.is(scope, 'week') && day !== 15) return part({ weekdays: [day === 1 ? 1 : 5] }, 'implied', next);
  }
  return null;
};

const AFTER_DATE = new Set(
  'of at from until till through every each and monthly quarterly yearly in for starting beginning by around except but day'.split(
    ' ',
  ),
);

/** "first monday", "on the last day", "the 1st and 15th" anywhere in the phrase. */
export const placeInMonth: PartReader = ({ view, lenient, said, led }, index) => {
  const nth = readNth(view, index);
  if (nth) return part(nth.value, 'implied', nth.next);
  if (said.monthDays !== undefined || said.dayPlaces !== undefined) return null;
  const monthly = said.unit === 'month' && lenient;
  const days = readMonthDays(view, index, monthly && said.nth === undefined && said.weekdays === undefined);
  if (!days) return null;
  // "second" and "first" alone are words of many meanings.
  const typed = view.digits(index) !== '' || view.is(index, 'the', 'day', 'days', 'from');
  if (!lenient && !typed && !led && !view.is(days.next, 'of')) return null;
  // "on the 5th floor": a word that nothing here knows makes the number one of something.
  const follows = view.word(days.next);
  if (!lenient && follows !== '' && !AFTER_DATE.has(follows)) return null;
  return part({ monthDays: days.value }, 'implied', days.next);
};

/** "the last friday of …", "in the …": which stretch the days are counted in. */
export const scope: PartReader = ({ view, said, led }, index) => {
  const at = view.is(index, 'of', 'in', 'within', 'for') ? index + 1 : index;
  if (at === index && !led && said.dayPlaces === undefined) return null;
  const article = view.is(at, 'the', 'a', 'any', 'that', 'per') ? at + 1 : at;
  const unit = readUnit(view, article);
  const placed =
    said.nth !== undefined ||
    said.monthDays !== undefined ||
    said.dayPlaces !== undefined ||
    said.places !== undefined ||
    said.unit !== undefined ||
    said.weekdays !== undefined;
  if (!unit || !placed || unit.value.partOfDay !== undefined || view.word(article).endsWith('s')) return null;
  const { unit: name, count } = unit.value;
  // "every day of the week" is every day; "weekdays of the month" are weekdays.
  const counted = said.nth ?? said.monthDays ?? said.dayPlaces ?? said.places;
  if (counted === undefined) return part({}, 'detail', unit.next);
  if (name !== 'month' && name !== 'year' && name !== 'week') return null;
  return part({ unit: name, ...(count > 1 && { interval: count }) }, 'implied', unit.next);
};

/** "odd days", "the even days of the month" */
export const everySecondDate: PartReader = ({ view }, index) => {
  const at = view.is(index, 'every', 'each', 'the', 'on', 'all') ? index + 1 : index;
  if (!view.is(at, 'odd', 'even') || !view.is(at + 1, 'day', 'days', 'date', 'dates', 'numbered'))
    return null;
  const next = view.is(at + 1, 'numbered') ? at + 3 : at + 2;
  const first = view.is(at, 'odd') ? 1 : 2;
  const days = Array.from({ length: 16 }, (_, step) => first + 2 * step).filter((day) => day <= 31);
  return part({ unit: 'month', monthDays: days }, 'implied', next);
};
