import { WEEKDAYS } from '../words.ts';
import type { Read, TokenView } from '../tokens.ts';
import { readList } from './counting.ts';
import { wordings } from './wordings.ts';

/** Days of the week as said. */
export interface Days {
  days: number[];
  /** "mondays", "weekends": said of many. */
  plural: boolean;
  /** A set by its name ("weekdays") rather than days by theirs. */
  set: boolean;
  /** "mon-fri" */
  range: boolean;
  /** A name that is another word as well, alone: "sat", "sun". */
  doubtful: boolean;
}

export const WORKDAYS = [1, 2, 3, 4, 5];
export const WEEKEND = [6, 7];

const LETTERS: Readonly<Record<string, number>> = {
  m: 1,
  mo: 1,
  t: 2,
  tu: 2,
  w: 3,
  we: 3,
  r: 4,
  th: 4,
  f: 5,
  fr: 5,
  sa: 6,
  s: 6,
  su: 7,
  u: 7,
};
const LETTER_WORDS: ReadonlyMap<string, number[]> = new Map([
  ['mwf', [1, 3, 5]],
  ['mtwtf', WORKDAYS],
  ['mtwthf', WORKDAYS],
  ['mtwrf', WORKDAYS],
  ['mtwth', [1, 2, 3, 4]],
  ['mtwr', [1, 2, 3, 4]],
  ['mtw', [1, 2, 3]],
  ['tth', [2, 4]],
  ['tuth', [2, 4]],
  ['tthf', [2, 4, 5]],
  ['twth', [2, 3, 4]],
  ['tr', [2, 4]],
  ['mw', [1, 3]],
  ['wf', [3, 5]],
]);
const RANGES = ['to', '-', 'through', 'thru'];

/** "monday and thursdays", "mon-fri", "weekdays", "mwf", "m/w/f", "from tuesday to friday" */
export function readDays(
  view: TokenView,
  index: number,
  lenient: boolean,
  untilJoins = false,
): Read<Days> | null {
  const letters = readLetters(view, index) ?? (lenient ? readSpaced(view, index) : null);
  if (letters) return letters;
  const from = view.is(index, 'from') ? index + 1 : index;
  const list = readList(view, from, (at) => readItem(view, at, from > index || untilJoins), true);
  if (!list || (from > index && !list.value[0]?.range)) return null;
  const items = list.value;
  const [first] = items;
  return {
    value: {
      days: items.flatMap(({ days }) => days),
      plural: items.some(({ plural }) => plural),
      set: items.some(({ set }) => set),
      range: items.some(({ range }) => range),
      doubtful: items.length === 1 && first?.doubtful === true && !lenient,
    },
    next: list.next,
  };
}

function readItem(view: TokenView, index: number, from: boolean): Read<Days> | null {
  const set = readDaySet(view, index);
  if (set) return set;
  const first = weekdayOf(view, index);
  if (!first) return null;
  const operator = view.is(index + 1, ...RANGES) || (from && view.is(index + 1, 'until'));
  const last = operator ? weekdayOf(view, index + 2) : null;
  const doubtful = ['sat', 'sun', 'wed'].includes(view.word(index));
  if (!last)
    return {
      value: { days: [first.day], plural: first.plural, set: false, range: false, doubtful },
      next: index + 1,
    };
  const length = ((last.day - first.day + 7) % 7) + 1;
  const days = Array.from({ length }, (_, step) => ((first.day - 1 + step) % 7) + 1);
  return {
    value: { days, plural: first.plural || last.plural, set: false, range: true, doubtful: false },
    next: index + 3,
  };
}

/** A weekday by its name, whether of one or of many. */
export function weekdayOf(view: TokenView, index: number): { day: number; plural: boolean } | null {
  const word = view.word(index);
  const single = WEEKDAYS.get(word);
  if (single !== undefined) return { day: single, plural: false };
  const many = word.endsWith('s') ? WEEKDAYS.get(word.slice(0, -1)) : undefined;
  return many === undefined ? null : { day: many, plural: true };
}

const SETS = wordings<{ days: number[]; plural: boolean }>(
  (
    [
      ['weekday', WORKDAYS],
      ['workday', WORKDAYS],
      ['week day', WORKDAYS],
      ['work day', WORKDAYS],
      ['working day', WORKDAYS],
      ['business day', WORKDAYS],
      ['school day', WORKDAYS],
      ['weeknight', WORKDAYS],
      ['week night', WORKDAYS],
      ['work night', WORKDAYS],
      ['school night', [7, 1, 2, 3, 4]],
      ['weekend day', WEEKEND],
      ['weekend', WEEKEND],
      ['week end', WEEKEND],
    ] as const
  ).flatMap(([name, days]) => [
    [name, { days: [...days], plural: false }] as const,
    [`${name}s`, { days: [...days], plural: true }] as const,
  ]),
);

/** "weekdays", "business day", "weekends" */
export function readDaySet(view: TokenView, index: number): Read<Days> | null {
  const [found] = SETS(view, index);
  if (!found) return null;
  const { days, plural } = found.value;
  return { value: { days: [...days], plural, set: true, range: false, doubtful: false }, next: found.next };
}

/** "mwf", "m/w/f", "m-f", "tu/th", "mo, we, fr": never one letter alone. */
function readLetters(view: TokenView, index: number): Read<Days> | null {
  const value = { plural: true, set: false, range: false, doubtful: false };
  const together = LETTER_WORDS.get(view.word(index));
  if (together) return { value: { ...value, days: [...together] }, next: index + 1 };
  const first = LETTERS[view.word(index)];
  if (first === undefined) return null;
  const chained = view.is(index + 3, '-') && LETTERS[view.word(index + 4)] !== undefined;
  if (view.is(index + 1, '-') && view.glued(index + 1) && view.glued(index + 2) && !chained) {
    const last = LETTERS[view.word(index + 2)];
    if (last === undefined || last <= first) return null;
    const days = Array.from({ length: last - first + 1 }, (_, step) => first + step);
    return { value: { ...value, range: true, days }, next: index + 3 };
  }
  const mark = view.is(index + 1, '/', ',', '&', '+', '-') ? view.mark(index + 1) : '';
  if (mark === '') return null;
  const days = [first];
  let next = index + 1;
  while (days.length < 7 && view.is(next, mark)) {
    const day = LETTERS[view.word(next + 1)];
    if (day === undefined) break;
    days.push(day);
    next += 2;
  }
  return days.length >= 2 ? { value: { ...value, days }, next } : null;
}

/** "m w f", "mo we fr": three letters apart, or two of the longer codes. */
function readSpaced(view: TokenView, index: number): Read<Days> | null {
  const days: number[] = [];
  while (days.length < 7) {
    const day = LETTERS[view.word(index + days.length)];
    if (day === undefined) break;
    days.push(day);
  }
  const coded = view.word(index).length === 2;
  if (days.length < (coded ? 2 : 3)) return null;
  return {
    value: { days, plural: true, set: false, range: false, doubtful: false },
    next: index + days.length,
  };
}
