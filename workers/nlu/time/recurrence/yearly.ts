import { MONTHS } from '../words.ts';
import type { Read, TokenView } from '../tokens.ts';
import { readList } from './counting.ts';
import type { PartReader, Said } from './parts.ts';
import { hasBegun, part } from './parts.ts';
import { wordings } from './wordings.ts';

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function monthAt(view: TokenView, index: number): number | undefined {
  return MONTHS.get(view.word(index));
}

interface MonthDay {
  month: number;
  day: number;
}

/** "march 3", "3rd of march", "the 25th december", "12/25": a day of the year. */
export function readDate(view: TokenView, index: number, monthFirst: boolean): Read<MonthDay> | null {
  const at = view.is(index, 'the') ? index + 1 : index;
  const month = monthAt(view, at);
  if (month !== undefined) {
    const dayAt = view.is(at + 1, 'the') ? at + 2 : at + 1;
    const day = dayNumber(view, dayAt);
    return day && real(month, day.value, day.next);
  }
  const day = dayNumber(view, at);
  if (day) {
    const next = view.is(day.next, 'of') ? day.next + 1 : day.next;
    const named = monthAt(view, next);
    if (named !== undefined) return real(named, day.value, next + 1);
  }
  return slashed(view, at, monthFirst);
}

function dayNumber(view: TokenView, index: number): Read<number> | null {
  const ordinal = view.ordinal(index);
  if (ordinal) return ordinal;
  const digits = view.digits(index);
  const clock =
    view.is(index + 1, ':', 'am', 'pm', 'h') || (view.is(index + 1, '/') && view.glued(index + 1));
  return digits !== '' && digits.length <= 2 && !clock ? { value: Number(digits), next: index + 1 } : null;
}

function slashed(view: TokenView, index: number, monthFirst: boolean): Read<MonthDay> | null {
  const [a, b] = [view.digits(index), view.digits(index + 2)];
  if (a === '' || b === '' || a.length > 2 || b.length > 2) return null;
  if (!view.is(index + 1, '/') || !view.glued(index + 1) || !view.glued(index + 2)) return null;
  if (view.is(index + 3, '/') && view.glued(index + 3)) return null;
  const [first, second] = [Number(a), Number(b)];
  const inOrder = monthFirst ? real(first, second, index + 3) : real(second, first, index + 3);
  return inOrder ?? (monthFirst ? real(second, first, index + 3) : real(first, second, index + 3));
}

function real(month: number, day: number, next: number): Read<MonthDay> | null {
  return day >= 1 && day <= (LENGTHS[month - 1] ?? 0) ? { value: { month, day }, next } : null;
}

/** "june", "april and october", "june through august" */
export function readMonths(view: TokenView, index: number): Read<number[]> | null {
  const list = readList(view, index, (at): Read<number[]> | null => {
    const first = monthAt(view, at);
    if (first === undefined || dayFollows(view, at + 1)) return null;
    const last = view.is(at + 1, 'to', '-', 'through', 'thru') ? monthAt(view, at + 2) : undefined;
    if (last === undefined) return { value: [first], next: at + 1 };
    const length = ((last - first + 12) % 12) + 1;
    return { value: Array.from({ length }, (_, step) => ((first - 1 + step) % 12) + 1), next: at + 3 };
  });
  return list && { value: list.value.flat(), next: list.next };
}

function dayFollows(view: TokenView, index: number): boolean {
  const day = dayNumber(view, index);
  return day !== null && day.value >= 1 && day.value <= 31;
}

const HOLIDAY_NAMES: readonly [string, Said][] = [
  ["new year's eve", { dates: [{ month: 12, day: 31 }] }],
  ["new year's day", { dates: [{ month: 1, day: 1 }] }],
  ["new year's", { dates: [{ month: 1, day: 1 }] }],
  ['new year', { dates: [{ month: 1, day: 1 }] }],
  ['nye', { dates: [{ month: 12, day: 31 }] }],
  ['christmas eve', { dates: [{ month: 12, day: 24 }] }],
  ['christmas day', { dates: [{ month: 12, day: 25 }] }],
  ['christmas', { dates: [{ month: 12, day: 25 }] }],
  ['xmas eve', { dates: [{ month: 12, day: 24 }] }],
  ['xmas', { dates: [{ month: 12, day: 25 }] }],
  ['boxing day', { dates: [{ month: 12, day: 26 }] }],
  ['halloween', { dates: [{ month: 10, day: 31 }] }],
  ["all hallow's eve", { dates: [{ month: 10, day: 31 }] }],
  ["all saint's day", { dates: [{ month: 11, day: 1 }] }],
  ["valentine's day", { dates: [{ month: 2, day: 14 }] }],
  ["valentine's", { dates: [{ month: 2, day: 14 }] }],
  ["saint patrick's day", { dates: [{ month: 3, day: 17 }] }],
  ["st patrick's day", { dates: [{ month: 3, day: 17 }] }],
  ["st paddy's day", { dates: [{ month: 3, day: 17 }] }],
  ["april fool's day", { dates: [{ month: 4, day: 1 }] }],
  ["april fool's", { dates: [{ month: 4, day: 1 }] }],
  ['earth day', { dates: [{ month: 4, day: 22 }] }],
  ['may day', { dates: [{ month: 5, day: 1 }] }],
  ['cinco de mayo', { dates: [{ month: 5, day: 5 }] }],
  ['juneteenth', { dates: [{ month: 6, day: 19 }] }],
  ['canada day', { dates: [{ month: 7, day: 1 }] }],
  ['independence day', { dates: [{ month: 7, day: 4 }] }],
  ['fourth of july', { dates: [{ month: 7, day: 4 }] }],
  ['bastille day', { dates: [{ month: 7, day: 14 }] }],
  ['guy fawkes night', { dates: [{ month: 11, day: 5 }] }],
  ['bonfire night', { dates: [{ month: 11, day: 5 }] }],
  ["veteran's day", { dates: [{ month: 11, day: 11 }] }],
  ['remembrance day', { dates: [{ month: 11, day: 11 }] }],
  ['australia day', { dates: [{ month: 1, day: 26 }] }],
  ['groundhog day', { dates: [{ month: 2, day: 2 }] }],
  ['leap day', { dates: [{ month: 2, day: 29 }] }],
  ["women's day", { dates: [{ month: 3, day: 8 }] }],
  ['pi day', { dates: [{ month: 3, day: 14 }] }],
  ['martin luther king day', { months: [1], nth: [{ place: 3, weekday: 1 }] }],
  ['martin luther king jr day', { months: [1], nth: [{ place: 3, weekday: 1 }] }],
  ['mlk day', { months: [1], nth: [{ place: 3, weekday: 1 }] }],
  ["president's day", { months: [2], nth: [{ place: 3, weekday: 1 }] }],
  ["mother's day", { months: [5], nth: [{ place: 2, weekday: 7 }] }],
  ['memorial day', { months: [5], nth: [{ place: -1, weekday: 1 }] }],
  ["father's day", { months: [6], nth: [{ place: 3, weekday: 7 }] }],
  ['labor day', { months: [9], nth: [{ place: 1, weekday: 1 }] }],
  ['labour day', { months: [9], nth: [{ place: 1, weekday: 1 }] }],
  ['columbus day', { months: [10], nth: [{ place: 2, weekday: 1 }] }],
  ["indigenous people's day", { months: [10], nth: [{ place: 2, weekday: 1 }] }],
  ['black friday', { months: [11], monthDays: [23, 24, 25, 26, 27, 28, 29], weekdays: [5] }],
  ['thanksgiving day', { months: [11], nth: [{ place: 4, weekday: 4 }] }],
  ['thanksgiving', { months: [11], nth: [{ place: 4, weekday: 4 }] }],
];

/** "christmas", "mother's day", "thanksgiving": those that a rule can say. */
export function readHoliday(view: TokenView, index: number): Read<Said> | null {
  const [found] = HOLIDAYS(view, index);
  return found ? { value: found.value, next: found.next } : null;
}

/** "mother's day" is typed "mothers day" and "mothers' day" as well. */
function spelled([name, said]: [string, Said]): [string, Said][] {
  const owners = ["'s", "s'", 's', ''].map((ending) => name.replace(/'s(?=$| )/, ending));
  return (name.includes("'s") ? owners : [name]).map((text): [string, Said] => [text, said]);
}

const HOLIDAYS = wordings(HOLIDAY_NAMES.flatMap(spelled));

/** "march 3", "jan 15 and jul 15", "in june", "of november", "christmas" anywhere in the phrase. */
export const yearly: PartReader = ({ view, context, lenient, led, said }, index) => {
  const { monthFirst } = context;
  const at = view.is(index, 'of', 'in', 'during', 'throughout', 'the', 'for') ? index + 1 : index;
  const dates = readList(view, index, (place) => readDate(view, place, monthFirst));
  if (dates) return part({ dates: dates.value }, 'implied', dates.next);
  const holiday = lenient || led || said.unit === 'year' ? readHoliday(view, index) : null;
  if (holiday) return part(holiday.value, 'implied', holiday.next);
  const wordy = view.phrase(at, 'month of') ?? view.phrase(at, 'months of') ?? at;
  const months = readMonths(view, wordy);
  if (!months || !(lenient || led || at > index)) return null;
  // What is left of a day that no month has: "the 31st of june".
  if (view.is(wordy - 1, 'of') && !hasBegun(said)) return null;
  return part({ months: months.value }, 'implied', months.next);
};

/** "every january", "each june and december", "every 4th of july", "every mother's day", read after the "every". */
export function readEveryYearly(view: TokenView, index: number, monthFirst: boolean): Read<Said> | null {
  const holiday = readHoliday(view, index);
  if (holiday) return holiday;
  const dates = readList(view, index, (at) => readDate(view, at, monthFirst));
  if (dates) return { value: { dates: dates.value }, next: dates.next };
  const months = readMonths(view, index);
  return months && { value: { months: months.value }, next: months.next };
}
