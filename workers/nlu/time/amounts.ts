import { skip } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import type { TimeUnit } from './words.ts';
import { CARDINALS, GLUED_UNITS, unitOf } from './words.ts';

/** A count of a unit: "3 days". */
export interface Amount {
  count: number;
  unit: TimeUnit;
}

const VAGUE: readonly [string, number][] = [
  ['a couple of', 2],
  ['a couple more', 2],
  ['a couple', 2],
  ['couple of', 2],
  ['couple', 2],
  ['a few more', 3],
  ['a few', 3],
  ['few', 3],
  ['several', 3],
];

const FRACTIONS: readonly [string, number][] = [
  ['a half an', 0.5],
  ['1 / 2 an', 0.5],
  ['1 / 2 a', 0.5],
  ['1 / 2', 0.5],
  ['1 / 4', 0.25],
  ['3 / 4', 0.75],
  ['½', 0.5],
  ['three quarters of an', 0.75],
  ['three quarters of a', 0.75],
  ['three - quarters of an', 0.75],
  ['a quarter of an', 0.25],
  ['a quarter of a', 0.25],
  ['quarter of an', 0.25],
  ['quarter of a', 0.25],
  ['half of an', 0.5],
  ['half an', 0.5],
  ['half a', 0.5],
  ['a quarter', 0.25],
  ['a half', 0.5],
  ['half - an', 0.5],
  ['half -', 0.5],
  ['quarter', 0.25],
  ['half', 0.5],
];

/** "3 days", "a week", "half an hour", "an hour and a half", "2.5 hours", "a couple of weeks", "2 business days" */
export function readAmount(view: TokenView, index: number): Read<Amount> | null {
  for (const [words, count] of FRACTIONS) {
    const next = view.phrase(index, words);
    const read = next === null ? null : unitAfter(view, next, count);
    if (read && read.value.unit !== 'second') return read;
  }
  const few = readVague(view, index);
  if (few) return unitAfter(view, few.next, few.value);
  if (view.is(index, 'a', 'an', 'another', 'one')) {
    const one = skip(view, skip(view, index + 1, 'single', 'full', 'whole', 'additional'), 'and');
    const half = view.anyPhrase(one, ['a half', 'half']);
    if (half !== null && view.is(index, 'one')) return unitAfter(view, half, 1.5);
    const read = unitAfter(view, one, 1);
    if (read) return withHalf(view, read);
  }
  const number = readNumber(view, skip(view, index, 'another'));
  if (!number) return null;
  const { value } = number;
  let { next } = number;
  const andHalf = view.anyPhrase(next, ['and a half', 'and half', '1 / 2', '½']);
  if (andHalf !== null) return unitAfter(view, andHalf, value + 0.5);
  if (view.is(next, '-')) next += 1;
  next = skip(view, next, 'more', 'full', 'whole', 'additional', 'long', 'other', 'further');
  const read = unitAfter(view, next, value);
  return read && withHalf(view, read);
}

/** "3", "2.5", "twenty". */
function readNumber(view: TokenView, index: number): Read<number> | null {
  const number = view.cardinal(index);
  if (!number) return null;
  const { value, next } = number;
  const pointed =
    view.is(next, '.', ',') && view.glued(next) && view.glued(next + 1) && view.digits(next + 1) !== '';
  if (!pointed || view.digits(index) === '') return number;
  const digits = view.digits(next + 1);
  if (view.is(next, ',') && digits.length === 3)
    return { value: value * 1000 + Number(digits), next: next + 2 };
  return { value: value + Number(`0.${digits}`), next: next + 2 };
}

export function readVague(view: TokenView, index: number): Read<number> | null {
  for (const [words, value] of VAGUE) {
    const next = view.phrase(index, words);
    if (next !== null) return { value, next: skip(view, next, 'of') };
  }
  return null;
}

export function unitAfter(view: TokenView, index: number, count: number): Read<Amount> | null {
  const workAt =
    view.is(index, 'business', 'working', 'work', 'week') && view.is(index + 1, 'day', 'days', "days'");
  if (workAt) return { value: { count, unit: 'workday' }, next: index + 2 };
  if (view.is(index, 'calendar')) return unitAfter(view, index + 1, count);
  const word = view.word(index);
  const unit = unitOf(word) ?? (view.glued(index) ? GLUED_UNITS.get(word) : undefined);
  if (unit === undefined) return null;
  const next = index + 1;
  if (unit === 'fortnight') return { value: { count: count * 2, unit: 'week' }, next };
  if (unit === 'decade') return { value: { count: count * 10, unit: 'year' }, next };
  if (unit === 'century') return { value: { count: count * 100, unit: 'year' }, next };
  return { value: { count, unit }, next };
}

function withHalf(view: TokenView, read: Read<Amount>): Read<Amount> {
  const half = view.anyPhrase(read.next, ['and a half', 'and half']);
  if (half !== null && !view.word(half))
    return { value: { ...read.value, count: read.value.count + 0.5 }, next: half };
  if (half !== null && unitOf(view.word(half)) === undefined && !view.is(half, 'a', 'an'))
    return { value: { ...read.value, count: read.value.count + 0.5 }, next: half };
  const quarter = view.phrase(read.next, 'and a quarter');
  return quarter === null
    ? read
    : { value: { ...read.value, count: read.value.count + 0.25 }, next: quarter };
}

/** Up to four amounts joined as "2 hours and 30 minutes", "1h 30m", "a year, 2 months and 3 days" or "1 hour 30". */
export function readAmounts(view: TokenView, index: number): Read<Amount[]> | null {
  const first = readAmount(view, index);
  if (!first) return null;
  const value = [first.value];
  let { next } = first;
  while (value.length < 4) {
    const at = skip(view, skip(view, next, ','), 'and');
    const more = view.glued(at) || at > next || view.digits(at) !== '' || CARDINALS.has(view.word(at));
    const read = more ? readAmount(view, at) : null;
    if (!read || value.some(({ unit }) => unit === read.value.unit)) break;
    value.push(read.value);
    next = read.next;
  }
  // "2h30": the minutes go without a word.
  const last = value.at(-1);
  const minutes = view.digits(next);
  if (last?.unit === 'hour' && view.glued(next) && minutes.length === 2 && Number(minutes) < 60) {
    value.push({ count: Number(minutes), unit: 'minute' });
    next += 1;
  }
  return { value, next };
}
