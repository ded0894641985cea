import { skip } from '../pieces.ts';
import type { Read, TokenView } from '../tokens.ts';
import type { RuleUnit } from './parts.ts';
import { phrases } from './wordings.ts';

/** A stretch as a number of one of the units that rules step by. */
export interface Step {
  unit: RuleUnit;
  count: number;
  /** "night", "morning": a day by one of its parts. */
  partOfDay?: string;
}

const UNIT_WORDS: ReadonlyMap<string, Step> = new Map(
  Object.entries({
    second: 'second seconds sec secs',
    minute: 'minute minutes',
    hour: 'hour hours',
    day: 'day days',
    week: 'week weeks',
    month: 'month months',
    year: 'year years',
  } satisfies Record<RuleUnit, string>).flatMap(([unit, words]) =>
    words.split(' ').map((word): [string, Step] => [word, { unit: unit as RuleUnit, count: 1 }]),
  ),
);
const LONGER_UNITS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['fortnight', { unit: 'week', count: 2 }],
  ['fortnights', { unit: 'week', count: 2 }],
  ['quarter', { unit: 'month', count: 3 }],
  ['quarters', { unit: 'month', count: 3 }],
  ['trimester', { unit: 'month', count: 3 }],
  ['semester', { unit: 'month', count: 6 }],
  ['decade', { unit: 'year', count: 10 }],
  ['decades', { unit: 'year', count: 10 }],
  ['century', { unit: 'year', count: 100 }],
]);
const GLUED: ReadonlyMap<string, RuleUnit> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['y', 'year'],
]);
export const DAY_PARTS: ReadonlyMap<string, string> = new Map([
  ['morning', 'morning'],
  ['mornings', 'morning'],
  ['afternoon', 'afternoon'],
  ['afternoons', 'afternoon'],
  ['evening', 'evening'],
  ['evenings', 'evening'],
  ['night', 'night'],
  ['nights', 'night'],
  ['nite', 'night'],
  ['nites', 'night'],
  ['lunchtime', 'lunchtime'],
  ['lunch', 'lunchtime'],
]);

const MORE_TENS: Readonly<Record<string, number>> = { seventy: 70, eighty: 80 };

/** "3", "three", "twenty four", "a hundred", "a couple of", "a few", "2-3" (the first), "1.5", "two and a half" */
export function readCount(view: TokenView, index: number): Read<number> | null {
  const at = skip(view, index, 'a', 'an', 'the');
  if (view.is(at, 'couple')) return { value: 2, next: skip(view, at + 1, 'of') };
  if (view.is(at, 'few', 'several')) return { value: 3, next: at + 1 };
  if (view.is(at, 'dozen')) return { value: 12, next: skip(view, at + 1, 'of') };
  if (view.is(at, 'hundred')) return { value: 100, next: at + 1 };
  const first = readNumber(view, index);
  if (!first) return null;
  if (view.is(first.next, 'hundred')) return { value: first.value * 100, next: first.next + 1 };
  if (view.is(first.next, '.') && view.glued(first.next) && view.digits(first.next + 1).length === 1)
    return { value: first.value + Number(view.digits(first.next + 1)) / 10, next: first.next + 2 };
  const half = view.phrase(first.next, 'and a half');
  if (half !== null) return { value: first.value + 0.5, next: half };
  // "every two to three days", "every 2-3 weeks": as often as was said.
  const second = view.is(first.next, '-', 'to', 'or') ? readNumber(view, first.next + 1) : null;
  if (second && second.value > first.value) return { value: first.value, next: second.next };
  return first;
}

function readNumber(view: TokenView, index: number): Read<number> | null {
  const tens = MORE_TENS[view.word(index)];
  if (tens === undefined) return view.cardinal(index);
  const unit = view.cardinal(skip(view, index + 1, '-'));
  return unit && unit.value < 10 && view.digits(unit.next - 1) === ''
    ? { value: tens + unit.value, next: unit.next }
    : { value: tens, next: index + 1 };
}

/** "days", "fortnight", "quarter", "2h"; not the "day" of "week day" or "business day". */
export function readUnit(view: TokenView, index: number): Read<Step> | null {
  const word = view.word(index);
  const plain = UNIT_WORDS.get(word);
  if (plain) {
    if (view.is(index, 'week', 'work') && view.is(index + 1, 'day', 'days', 'end', 'ends')) return null;
    if (view.is(index + 1, 'and') && view.is(index + 2, 'a') && view.is(index + 3, 'half'))
      return halves({ ...plain, count: 1.5 }, index + 4);
    return { value: plain, next: index + 1 };
  }
  if (word === 'quarter' && view.is(index + 1, 'hour')) return step('minute', 15, index + 2);
  const quarterOfHour = view.phrase(index, 'quarter of an hour');
  if (quarterOfHour !== null) return step('minute', 15, quarterOfHour);
  const longer = LONGER_UNITS.get(word);
  if (longer) return { value: longer, next: index + 1 };
  const daypart = DAY_PARTS.get(word);
  if (daypart !== undefined) return { value: { unit: 'day', count: 1, partOfDay: daypart }, next: index + 1 };
  if (word === 'mo' && view.digits(index - 1) !== '') return step('month', 1, index + 1);
  const glued = view.glued(index) && view.digits(index - 1) !== '' ? GLUED.get(word) : undefined;
  return glued === undefined ? null : step(glued, 1, index + 1);
}

/** "3 days", "half hour", "half a year", "an hour and a half", "week", "couple of months" */
export function readStep(view: TokenView, index: number): Read<Step> | null {
  if (view.is(index, 'half')) {
    const unit = readUnit(view, skip(view, index + 1, 'a', 'an', '-'));
    return unit && halves({ ...unit.value, count: unit.value.count / 2 }, unit.next);
  }
  const count = readCount(view, index);
  if (!count) return readUnit(view, skip(view, index, 'a', 'an'));
  if (count.value < 0.5 || count.value > 9_999) return null;
  const unit = readUnit(view, skip(view, count.next, '-'));
  if (!unit) return null;
  return halves({ ...unit.value, count: unit.value.count * count.value }, unit.next);
}

const SMALLER: Readonly<Partial<Record<RuleUnit, [RuleUnit, number]>>> = {
  year: ['month', 12],
  week: ['day', 7],
  day: ['hour', 24],
  hour: ['minute', 60],
  minute: ['second', 60],
};

/** A broken number of a unit is a whole one of a smaller: an hour and a half is 90 minutes. */
function halves(value: Step, next: number): Read<Step> | null {
  if (Number.isInteger(value.count)) return { value, next };
  const smaller = SMALLER[value.unit];
  if (!smaller) return null;
  const [unit, size] = smaller;
  const count = value.count * size;
  return Number.isInteger(count) ? { value: { ...value, unit, count }, next } : null;
}

function step(unit: RuleUnit, count: number, next: number): Read<Step> {
  return { value: { unit, count }, next };
}

const LAST_BUT_ONE = phrases('last but one', 'next to last', 'penultimate');
const FROM_END = phrases('to the last', 'to last', 'from the last', 'from last', 'from the end', 'last');

/** "first", "3rd", "last", "second to last", "penultimate": with a minus from the end. */
export function readPlace(view: TokenView, index: number): Read<number> | null {
  const [back] = LAST_BUT_ONE(view, index);
  if (back) return { value: -2, next: back.next };
  if (view.is(index, 'last', 'final')) return { value: -1, next: index + 1 };
  const ordinal = view.ordinal(index);
  if (!ordinal) return null;
  const [tail] = FROM_END(view, ordinal.next);
  return tail ? { value: -ordinal.value, next: tail.next } : ordinal;
}

/** Several of a kind: "a, b and c". `read` is asked anew after each word that joins. */
export function readList<T>(
  view: TokenView,
  index: number,
  read: (at: number, first: boolean) => Read<T> | null,
  loose = false,
): Read<T[]> | null {
  const first = read(index, true);
  if (!first) return null;
  const values = [first.value];
  let { next } = first;
  while (values.length < 31) {
    const more = joinedBy(view, next, loose)
      .map((at) => read(at, false))
      .find((found) => found !== null);
    if (!more) break;
    values.push(more.value);
    ({ next } = more);
  }
  return { value: values, next };
}

const JOINING = [',', 'and', '&', '+', '/', 'or', 'plus', 'also', ';', 'n'];

/** Where the next of a list may begin: after "and", ", and", "as well as", or right here where it is `loose`. */
function joinedBy(view: TokenView, index: number, loose: boolean): number[] {
  let at = view.is(index, 'as') ? (view.phrase(index, 'as well as') ?? index) : index;
  for (let turn = 0; turn < 2 && view.is(at, ...JOINING); turn += 1) at += 1;
  if (at === index && !loose) return [];
  const again = skip(view, skip(view, at, 'on', 'every', 'each', 'in'), 'the');
  return again > at ? [again, at] : [at];
}
