import type { ClockPiece, PieceReader, TimeContext } from './pieces.ts';
import { skip } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import { CARDINALS, TENS, ZERO_WORDS } from './words.ts';

export type Meridiem = 'am' | 'pm';

/** "am", "p.m.", "p m", "p", and the index after it. */
export function readMeridiem(view: TokenView, index: number): Read<Meridiem> | null {
  const word = view.word(index);
  if (word === 'am' || word === 'pm') return { value: word, next: index + 1 };
  if (word !== 'a' && word !== 'p') return null;
  const value = word === 'a' ? 'am' : 'pm';
  const dotAt = skip(view, index + 1, '.');
  if (view.word(dotAt) === 'm' && (dotAt > index + 1 || word === 'p' || view.glued(dotAt)))
    return { value, next: skip(view, dotAt + 1, '.') };
  return view.glued(index) ? { value, next: index + 1 } : null;
}

export function hourOf(hour: number, meridiem: Meridiem): number {
  return meridiem === 'am' ? hour % 12 : (hour % 12) + 12;
}

export function clock(hour: number, minute: number, definite: boolean, second?: number): ClockPiece {
  return { kind: 'clock', hour, minute, definite, ...(second !== undefined && second > 0 && { second }) };
}

/** A full hour is said as one; everything else counts minutes. */
export function clockGrain({ minute, second }: ClockPiece): 'hour' | 'minute' {
  return minute === 0 && second === undefined ? 'hour' : 'minute';
}

/** A number of the hour in digits or words; not one that belongs to a longer number. */
export function readHour(view: TokenView, index: number): Read<number> | null {
  const digits = view.digits(index);
  if (digits !== '')
    return digits.length <= 2 && Number(digits) <= 24 ? { value: Number(digits), next: index + 1 } : null;
  const value = CARDINALS.get(view.word(index));
  return value !== undefined && value >= 1 && value <= 12 ? { value, next: index + 1 } : null;
}

/** "5pm", "5:30 pm", "17:00", "17h30", "5.30pm", "1730", "730pm", "5 o'clock" */
export const digitalClock: PieceReader = (view, index, context) => {
  const read = writtenClock(view, index, context);
  return read && { ...read, next: skipIsh(view, read.next) };
};

function writtenClock(view: TokenView, index: number, context: TimeContext): Read<ClockPiece> | null {
  const digits = view.digits(index);
  if (digits === '') return null;
  if (digits.length === 6 && view.is(index - 1, 't') && view.glued(index)) return compactIso(index, digits);
  if (digits.length === 3 || digits.length === 4) return runTogether(view, index, context);
  const hour = readHour(view, index);
  if (!hour) return null;
  const separated = readSeparated(view, hour, digits, context);
  if (separated !== undefined) return separated;
  const spaced = view.digits(hour.next).length === 2 ? readMeridiem(view, hour.next + 1) : null;
  if (spaced && Number(view.digits(hour.next)) <= 59)
    return withMeridiem(hour.value, Number(view.digits(hour.next)), spaced);
  const meridiem = readMeridiem(view, hour.next);
  if (meridiem) return withMeridiem(hour.value, 0, meridiem);
  const oclock = readOclock(view, hour.next);
  const half = oclock === null ? null : readMeridiem(view, oclock);
  if (half) return withMeridiem(hour.value, 0, half);
  if (oclock !== null && hour.value === 12 && view.is(oclock, 'noon'))
    return { value: clock(12, 0, true), next: oclock + 1 };
  if (oclock !== null && hour.value >= 1)
    return { value: clock(hour.value % 24, 0, hour.value > 12), next: oclock };
  // "17h", "9 h": only hours of the 24-hour clock go without a word before them.
  const hours = view.is(hour.next, 'h') && view.glued(hour.next);
  if (hours && hour.value < 24 && (hour.value > 12 || context.lenient) && view.digits(hour.next + 1) === '')
    return { value: clock(hour.value, 0, hour.value > 12 || digits.startsWith('0')), next: hour.next + 1 };
  return null;
}

/** "17:30", "5.30 pm", "17h30", "15:00:30.000"; null when it is no time of day, undefined when nothing is separated. */
function readSeparated(
  view: TokenView,
  hour: Read<number>,
  written: string,
  context: TimeContext,
): Read<ClockPiece> | null | undefined {
  const mark = hour.next;
  if (!view.is(mark, ':', '.', 'h') || !view.glued(mark) || !view.glued(mark + 1)) return undefined;
  if (view.digits(mark + 1).length !== 2) return undefined;
  const minute = Number(view.digits(mark + 1));
  const dotted = view.is(mark, '.');
  let next = mark + 2;
  if (minute > 59) return null;
  const chained =
    view.is(next, '.', ':', '/') && view.glued(next) && view.digits(next + 1) !== '' && view.glued(next + 1);
  let second: number | undefined;
  if (chained) {
    if (!view.is(next, ':') || view.digits(next + 1).length !== 2) return null;
    second = Number(view.digits(next + 1));
    if (second > 59) return null;
    next += 2;
    // Nothing here is finer than a second.
    if (view.is(next, '.', ',') && view.glued(next) && view.glued(next + 1) && view.digits(next + 1) !== '')
      next += 2;
  }
  const meridiem = readMeridiem(view, next);
  if (meridiem) return withMeridiem(hour.value, minute, meridiem, second);
  // "8.30" without more is a date or a version, where it can be one.
  if (dotted && !context.lenient && !view.is(hour.next - 2, 'at', 'from', 'until', 'till')) return null;
  if (dotted && minute <= 12 && minute >= 1 && hour.value >= 1 && !view.is(hour.next - 2, 'at', '@'))
    return null;
  if (hour.value > 23) return hour.value === 24 && minute === 0 ? { value: clock(24, 0, true), next } : null;
  const leading = written.length === 2 && written.startsWith('0');
  const definite = hour.value > 12 || hour.value === 0 || leading;
  return { value: clock(hour.value, minute, definite, second), next: skipHours(view, next) };
}

/** The "150000" of "20261224T150000Z". */
function compactIso(index: number, digits: string): Read<ClockPiece> | null {
  const [hour = 0, minute = 0, second = 0] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  const real = hour < 24 && minute < 60 && second < 60;
  return real ? { value: clock(hour, minute, true, second), next: index + 1 } : null;
}

/** "1730 hours", "at 0900", "730pm", "1130a" */
function runTogether(view: TokenView, index: number, context: TimeContext): Read<ClockPiece> | null {
  const digits = view.digits(index);
  const hour = Number(digits.slice(0, -2));
  const minute = Number(digits.slice(-2));
  if (hour > 24 || minute > 59) return null;
  const meridiem = readMeridiem(view, index + 1);
  if (meridiem && hour >= 1 && hour <= 12) return withMeridiem(hour, minute, meridiem);
  const next = skipHours(view, index + 1);
  const led = view.is(index - 1, 'at', '@');
  // "2027" is a year, "1730" can only be a time of day.
  const isYear = digits.length === 4 && Number(digits) >= 1900 && Number(digits) <= 2199;
  if (next === index + 1 && !led && (!context.lenient || isYear || digits.length === 3)) return null;
  if (hour === 24 && minute > 0) return null;
  return { value: clock(hour, minute, digits.length === 4), next };
}

function skipHours(view: TokenView, index: number): number {
  return skip(view, index, 'h', 'hrs', 'hr', 'hours', 'uhr');
}

export function readOclock(view: TokenView, index: number): number | null {
  return view.anyPhrase(index, ["o'clock", 'oclock', 'o clock', "o ' clock", 'oclocks']);
}

export function withMeridiem(
  hour: number,
  minute: number,
  meridiem: Read<Meridiem>,
  second?: number,
): Read<ClockPiece> | null {
  if (hour > 12 || hour === 0) {
    const fits = hour < 24 && (hour === 0 ? meridiem.value === 'am' : meridiem.value === 'pm');
    return fits && (hour > 12 || minute > 0)
      ? { value: clock(hour, minute, true, second), next: meridiem.next }
      : null;
  }
  return { value: clock(hourOf(hour, meridiem.value), minute, true, second), next: meridiem.next };
}

/** "noon", "midday", "midnight", "12 noon", "noon-ish" */
export const namedClock: PieceReader = (view, index) => {
  const mid = view.phrase(index, 'mid - day');
  if (mid !== null) return { value: clock(12, 0, true), next: skipIsh(view, mid) };
  const at = view.digits(index) === '12' || view.is(index, 'twelve', 'high') ? index + 1 : index;
  const found = view.is(at, 'noon', 'noontime', 'midday')
    ? clock(12, 0, true)
    : view.is(at, 'midnight')
      ? { ...clock(0, 0, true), closing: true }
      : view.is(at, 'noonish')
        ? clock(12, 0, true)
        : null;
  return found && { value: found, next: skipIsh(view, at + 1) };
};

/** "sharp", "ish", "-ish", "or so", "on the dot" after a time of day. */
export function skipIsh(view: TokenView, index: number): number {
  if (view.is(index, '-') && view.is(index + 1, 'ish')) return index + 2;
  return (
    view.anyPhrase(index, [
      'on the dot',
      'on the nose',
      'on the hour',
      'or so',
      'or thereabouts',
      'sharp',
      'ish',
      'exactly',
      'precisely',
      'prompt',
    ]) ?? index
  );
}

/** Minutes in words after an hour in words: "thirty", "forty-five", "oh five". */
export function readSpokenMinutes(view: TokenView, index: number): Read<number> | null {
  const at = skip(view, index, '-');
  if (ZERO_WORDS.includes(view.word(at))) {
    const unit = CARDINALS.get(view.word(skip(view, at + 1, '-')));
    return unit !== undefined && unit >= 1 && unit <= 9
      ? { value: unit, next: skip(view, at + 1, '-') + 1 }
      : null;
  }
  const word = view.word(at);
  if (!CARDINALS.has(word) && !TENS.has(word)) return null;
  const read = view.cardinal(at);
  return read && read.value >= 10 && read.value <= 59 ? read : null;
}
