import { readClock } from '../clock-readers.ts';
import type { Read, TokenView } from '../tokens.ts';
import { MONTHS } from '../words.ts';
import { zone } from '../zones.ts';
import { ANY_DAY } from './calendar.ts';
import { DAY_PARTS, readList, readUnit } from './counting.ts';
import type { DayTime, Part, PartReader, Scan } from './parts.ts';
import { hasBegun, part } from './parts.ts';
import { phrases, wordings } from './wordings.ts';

const LEADS = [
  'at',
  '@',
  'by',
  'around',
  'about',
  'from',
  'before',
  'after',
  'between',
  'exactly',
  'precisely',
];

/** "at 9am and 5pm", "noon", "at half past six in the morning", "from 9 to 5", "2-3pm" */
export const timeOfDay: PartReader = (scan, index) => {
  const read = readTimes(scan, index);
  const there = read && zone(scan.view, read.next, { ...scan.context, lenient: scan.lenient });
  if (!read || there?.value.kind !== 'zone') return read;
  const { now, nowEpoch } = scan.context;
  const zoneShift = (now - nowEpoch) / 60 - there.value.offsetAt(now);
  return part({ ...read.value.says, zoneShift }, 'detail', there.next);
};

function readTimes({ view, lenient, said }: Scan, index: number): Read<Part> | null {
  const at = skipLeads(view, index);
  const led = at > index && view.is(at - 1, 'at', '@', 'around', 'about', 'exactly', 'precisely');
  const window = readWindow(view, at, at > index && view.is(at - 1, 'from', 'between'), lenient);
  if (window && said.window === undefined) return part({ window: [window.value] }, 'detail', window.next);
  const list = readList(view, at, (place, first) => {
    const marked = view.is(place, ...LEADS) && !first ? skipLeads(view, place) : place;
    return readDayTime(view, marked, !first || led || (lenient && view.digits(marked) !== ''), led || !first);
  });
  if (!list) return null;
  return part({ clocks: list.value }, 'detail', list.next);
}

function skipLeads(view: TokenView, index: number): number {
  let at = index;
  for (let turn = 0; turn < 3 && view.is(at, ...LEADS, ...(turn > 0 ? ['the'] : [])); turn += 1) at += 1;
  return at;
}

/** One time of day with the half of the day said beside it. `open` takes a bare number, `led` one before any word. */
export function readDayTime(
  view: TokenView,
  index: number,
  open: boolean,
  led: boolean,
): Read<DayTime> | null {
  const clock = readClockAt(view, index, open, led) ?? readSaidHour(view, index);
  if (!clock) return null;
  const half = readHalf(view, clock.next);
  return half ? { value: settle(clock.value, half.value), next: half.next } : clock;
}

/** "seven in the morning": the words after it make the number an hour. */
function readSaidHour(view: TokenView, index: number): Read<DayTime> | null {
  const hour = view.cardinal(index);
  if (!hour || hour.value < 1 || hour.value > 12 || !view.is(hour.next, 'in', 'at')) return null;
  return readHalf(view, hour.next)
    ? { value: { hour: hour.value, minute: 0, definite: false }, next: hour.next }
    : null;
}

function readClockAt(view: TokenView, index: number, open: boolean, led: boolean): Read<DayTime> | null {
  const worded = readWorded(view, index, open) ?? readSpaced(view, index);
  if (worded) return worded;
  const read = readClock(view, index, { ...ANY_DAY, lenient: open });
  if (read) {
    const { hour, minute, definite } = read.value;
    return isCounted(view, read.next)
      ? null
      : { value: { hour: hour % 24, minute, definite }, next: read.next };
  }
  const digits = view.digits(index);
  if (!open || digits === '' || isCounted(view, index + 1)) return null;
  if (view.is(index + 1, '.') && view.glued(index + 1) && view.digits(index + 2).length === 2) {
    const [hour, minute] = [Number(digits), Number(view.digits(index + 2))];
    return hour < 24 && minute < 60
      ? { value: { hour, minute, definite: hour > 12 }, next: index + 3 }
      : null;
  }
  // "from 2027" is a year.
  const isYear = Number(digits) >= 1900 && !view.is(index - 1, 'at', '@');
  if (digits.length === 4 && !isYear && Number(digits) < 2400 && Number(digits.slice(2)) < 60)
    return {
      value: { hour: Number(digits.slice(0, 2)), minute: Number(digits.slice(2)), definite: true },
      next: index + 1,
    };
  const follows = view.tokens[index + 1];
  if (!led && follows?.kind === 'word' && !AFTER_BARE_HOUR.has(follows.text)) return null;
  const hour = Number(digits);
  if (digits.length > 2 || hour > 23 || view.is(index + 1, '/', ':', '%')) return null;
  return { value: { hour, minute: 0, definite: hour > 12 || hour === 0 }, next: index + 1 };
}

/** "7 30 am" */
function readSpaced(view: TokenView, index: number): Read<DayTime> | null {
  const [hour, minute] = [Number(view.digits(index)), Number(view.digits(index + 1))];
  if (view.digits(index + 1).length !== 2 || !view.is(index + 2, 'am', 'pm')) return null;
  if (hour < 1 || hour > 12 || minute > 59) return null;
  const half = view.is(index + 2, 'pm') ? 12 : 0;
  return { value: { hour: (hour % 12) + half, minute, definite: true }, next: index + 3 };
}

const AFTER_BARE_HOUR = new Set(
  'and or every each on until till through for starting beginning except but from in sharp daily weekly'.split(
    ' ',
  ),
);

/** "seven thirty", "eight fifteen am" is read elsewhere; here without a half of the day. */
function readWorded(view: TokenView, index: number, open: boolean): Read<DayTime> | null {
  if (!open || view.word(index) === '') return null;
  const hour = view.cardinal(index);
  const minute = hour && hour.value >= 1 && hour.value <= 12 ? view.cardinal(hour.next) : null;
  if (!hour || !minute || view.word(hour.next) === '' || minute.value < 10 || minute.value > 59) return null;
  if (view.is(minute.next, 'am', 'pm', 'a', 'p')) return null;
  return { value: { hour: hour.value, minute: minute.value, definite: false }, next: minute.next };
}

/** A number of something is no time: "at 5 days", "until 18 december". */
function isCounted(view: TokenView, index: number): boolean {
  return (
    MONTHS.has(view.word(index)) ||
    view.is(index, 'days', 'weeks', 'months', 'years', 'hours', 'minutes', 'times', '%', 'x', 'occurrences')
  );
}

const HALF_LEADS = phrases('in the', 'during the', 'at', 'in');

/** "in the morning", "at night", "in the evenings" after a time of day. */
function readHalf(view: TokenView, index: number): Read<string> | null {
  for (const { next: at } of HALF_LEADS(view, index)) {
    const named = DAY_PARTS.get(view.word(at));
    if (named !== undefined) return { value: named, next: at + 1 };
  }
  return null;
}

/** The time in the half of the day that was named. */
export function settle(time: DayTime, half: string): DayTime {
  if (time.definite) return time;
  const hour = time.hour % 12;
  const sure = (settled: number): DayTime => ({ ...time, hour: settled, definite: true });
  if (half === 'morning') return sure(hour);
  // "2 at night" is before dawn, "9 at night" after dusk, "12 at night" is midnight.
  if (half === 'night' && hour <= 4) return sure(hour);
  if (half === 'lunchtime' && time.hour === 11) return sure(11);
  return sure(hour + 12);
}

const TO = ['to', '-', 'until', 'till', 'through', 'thru'];

/** "from 9 to 5", "between 10 and 11:30", "2-3pm": one side must look like a time where no word leads to it. */
function readWindow(
  view: TokenView,
  index: number,
  led: boolean,
  lenient: boolean,
): Read<{ from: DayTime; to: DayTime }> | null {
  const from = readClockAt(view, index, true, true);
  if (!from || !view.is(from.next, ...TO, ...(view.is(index - 1, 'between') ? ['and'] : []))) return null;
  const second = readClockAt(view, from.next + 1, true, true);
  if (!second) return null;
  const bare = second.next === from.next + 2 && from.next === index + 1 && view.digits(index) !== '';
  const dashed = lenient && view.is(from.next, '-') && readUnit(view, second.next) === null;
  if (bare && !led && !dashed && !(lenient && view.is(index - 1, 'at'))) return null;
  return { value: settleWindow(from.value, second.value), next: second.next };
}

function settleWindow(from: DayTime, to: DayTime): { from: DayTime; to: DayTime } {
  const last = openHour(to);
  if (from.definite) {
    const sameHalf = { ...to, definite: true };
    return { from, to: to.definite || minutesOf(sameHalf) > minutesOf(from) ? sameHalf : later(to) };
  }
  if (to.definite && minutesOf(later(from)) < minutesOf(to)) return { from: later(from), to };
  if (to.definite && minutesOf(from) < minutesOf(to)) return { from: { ...from, definite: true }, to };
  const first = openHour(from);
  return { from: first, to: minutesOf(last) > minutesOf(first) ? last : later(to) };
}

const minutesOf = ({ hour, minute }: DayTime): number => hour * 60 + minute;
const later = (time: DayTime): DayTime => ({ ...time, hour: (time.hour % 12) + 12, definite: true });

/** 7 to 11 are in the morning, 12 and 1 to 6 in the afternoon. */
export function openHour(time: DayTime): DayTime {
  return time.definite || time.hour >= 7 || time.hour === 0 ? { ...time, definite: true } : later(time);
}

/** The times of a day in the half of the day that the words, or the times beside them, put them. */
export function settledTimes({ clocks = [], partOfDay }: Scan['said']): DayTime[] {
  const named = partOfDay === undefined ? clocks : clocks.map((time) => settle(time, partOfDay));
  const settled = named.map((time, index) => {
    const [before, after] = [named[index - 1], named[index + 1]];
    if (!time.definite && before?.hour === time.hour && before.minute === time.minute) return later(time);
    // "at 9 and 11pm" are both in the evening, "at 9 and 5pm" are not.
    if (
      !time.definite &&
      after?.definite === true &&
      after.hour >= 12 &&
      minutesOf(later(time)) < minutesOf(after)
    )
      return later(time);
    if (!time.definite && after?.definite === true && after.hour < 12 && minutesOf(time) < minutesOf(after))
      return { ...time, definite: true };
    return openHour(time);
  });
  // "at 6, 12 and 18" has one evening.
  return settled.map((time, index) => {
    const twice = settled.some((other, place) => place !== index && minutesOf(other) === minutesOf(time));
    const open = named[index]?.definite === false;
    return twice && open && time.hour >= 12 ? { ...time, hour: time.hour - 12 } : time;
  });
}

/** "in the morning", "mornings", "at night": without a time it says nothing of the hour. */
export const dayPart: PartReader = ({ view, said, lenient }, index) => {
  if (said.partOfDay !== undefined) return null;
  const half = readHalf(view, index);
  if (half) {
    const alone = lenient && !hasBegun(said) && view.word(half.next - 1).endsWith('s');
    return alone
      ? part({ unit: 'day', partOfDay: half.value }, 'implied', half.next)
      : part({ partOfDay: half.value }, 'detail', half.next);
  }
  const named = DAY_PARTS.get(view.word(index));
  if (named === undefined || view.is(index, 'lunch')) return null;
  const plural = view.word(index).endsWith('s');
  // "friday nights" are those of every friday, and "mornings at 7" those of every day.
  if (said.weekdays !== undefined || said.unit !== undefined)
    return part({ partOfDay: named }, plural && said.weekdays ? 'plural' : 'detail', index + 1);
  const timed = view.is(index + 1, 'at', '@');
  if (!plural || !(lenient || timed)) return null;
  return part({ unit: 'day', partOfDay: named }, timed ? 'plural' : 'implied', index + 1);
};

const MINUTE_PHRASES = wordings<number>([
  ['on the half hour', 30],
  ['at the bottom of the hour', 30],
  ['on the hour', 0],
  ['at the top of the hour', 0],
  ['at the top of every hour', 0],
  ['at half past the hour', 30],
  ['at half past', 30],
  ['at quarter past', 15],
  ['at quarter to', 45],
]);

/** "on the half hour", "at 15 past", "at minute 20": the minute of every hour. */
export const minuteOfHour: PartReader = ({ view, said }, index) => {
  if (said.unit !== 'hour') return null;
  for (const { value: minute, next } of MINUTE_PHRASES(view, index)) {
    if (view.cardinal(next) === null) return part({ minutes: [minute] }, 'detail', next);
  }
  let at = view.is(index, 'at', 'on') ? index + 1 : index;
  const marked = view.is(at, ':', 'minute');
  if (marked) at += 1;
  const number = view.cardinal(at);
  if (!number || number.value > 59) return null;
  let { next } = number;
  if (view.is(next, 'minutes', 'mins')) next += 1;
  const past = view.is(next, 'past', 'after');
  if (past) next = view.phrase(next + 1, 'the hour') ?? view.phrase(next + 1, 'every hour') ?? next + 1;
  return marked || past ? part({ minutes: [number.value] }, 'detail', next) : null;
};
