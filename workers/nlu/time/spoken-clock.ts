import {
  clock,
  hourOf,
  readHour,
  readMeridiem,
  readOclock,
  readSpokenMinutes,
  skipIsh,
  withMeridiem,
} from './clock.ts';
import type { PieceReader } from './pieces.ts';
import { skip } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import { CARDINALS, TENS, ZERO_WORDS } from './words.ts';

const MINUTE_WORDS = ['minutes', 'minute', 'mins', 'min'];

/** "half past eight", "quarter to nine", "ten past 3", "20 minutes to 6" */
const pastOrTo: PieceReader = (view, index, context) => {
  const at = skip(view, index, 'a');
  const worded = view.is(at, 'half') ? 30 : view.is(at, 'quarter') ? 15 : null;
  const single = at > index && view.is(at, 'minute') ? { value: 1, next: at } : null;
  const number = worded !== null ? null : at === index ? view.cardinal(index) : single;
  const minutes = worded ?? number?.value ?? null;
  if (minutes === null || minutes < 1 || minutes > 30) return null;
  let next = worded !== null ? at + 1 : (number?.next ?? index);
  const hasUnit = worded === null && view.is(next, ...MINUTE_WORDS);
  if (hasUnit) next += 1;
  next = skip(view, next, '-');
  const past =
    view.is(next, 'past') || (view.is(next, 'after') && (worded !== null || context.lenient || hasUnit));
  const to =
    view.is(next, 'to', 'til', 'till') ||
    (view.is(next, 'before') && (worded !== null || hasUnit)) ||
    (view.is(next, 'of') && worded === 15);
  if (!past && !to) return null;
  const hourAt = skip(view, next + 1, '-');
  const special = view.is(hourAt, 'noon', 'midday') ? 12 : view.is(hourAt, 'midnight') ? 0 : null;
  const hour = special !== null ? { value: special, next: hourAt + 1 } : readHour(view, hourAt);
  if (!hour || hour.value > 23) return null;
  if (view.is(hour.next, ':', '.') && view.glued(hour.next) && view.digits(hour.next + 1) !== '') return null;
  const spelled = hasUnit || worded !== null;
  // "2 to 5" is a range or a score; only round minutes are said without the word.
  if (!spelled && to && ![5, 10, 15, 20, 25].includes(minutes)) return null;
  // "10 to 5pm" and "10 til noon" are a working day's range far more often than ten minutes before five, "20 to 22" too.
  const digits = view.digits(index) !== '';
  const round = context.lenient && minutes >= 15 && hour.value <= 12;
  const early = special !== null && minutes === 5;
  const until = special === null && view.is(next, 'til', 'till');
  if (!spelled && to && digits && !round && !early && !until) return null;
  const oclock = readOclock(view, hour.next) ?? hour.next;
  const meridiem = readMeridiem(view, oclock);
  const base = meridiem ? hourOf(hour.value, meridiem.value) : hour.value;
  const total = (base * 60 + (past ? minutes : -minutes) + 1440) % 1440;
  const [h, m] = [Math.floor(total / 60), total % 60];
  if (meridiem) return { value: clock(h, m, true), next: meridiem.next };
  const definite = special !== null || hour.value > 12;
  return { value: clock(!definite && h === 0 ? 12 : h, m, definite), next: skipIsh(view, oclock) };
};

/** "half eight" is half past eight; only after a word of time, or in a text known to be one. */
const britishHalf: PieceReader = (view, index, context) => {
  const led = view.is(index - 1, 'at', 'around', 'about', 'by', 'until', 'till', 'before', 'after', 'from');
  if (!view.is(index, 'half') || !(context.lenient || led)) return null;
  const hourAt = skip(view, index + 1, '-');
  const hour = readHour(view, hourAt);
  if (!hour || hour.value < 1 || hour.value > 12 || view.glued(hour.next)) return null;
  if (view.is(hour.next, 'hours', 'hour', 'days', 'weeks', 'minutes', 'million', 'months')) return null;
  const meridiem = readMeridiem(view, hour.next);
  return meridiem
    ? withMeridiem(hour.value, 30, meridiem)
    : { value: clock(hour.value, 30, false), next: skipIsh(view, hour.next) };
};

/** "five thirty", "seven oh five pm", "eight-fifteen", "sixteen thirty", "five pm", "five o'clock" */
const wordClock: PieceReader = (view, index, context) => {
  if (view.digits(index) !== '') return null;
  const read = hourWord(view, index);
  if (!read) return null;
  const hour = read.value;
  const minutes = readSpokenMinutes(view, read.next);
  const next = minutes?.next ?? read.next;
  const meridiem = readMeridiem(view, next);
  if (meridiem && hour >= 1 && hour <= 12) return withMeridiem(hour, minutes?.value ?? 0, meridiem);
  const oclock = minutes ? null : readOclock(view, next);
  const half = oclock === null ? null : readMeridiem(view, oclock);
  if (half) return withMeridiem(hour, 0, half);
  if (oclock !== null && hour >= 1) return { value: clock(hour, 0, hour > 12), next: skipIsh(view, oclock) };
  const led = view.is(index - 1, 'at', '@', 'around', 'about');
  // "ten-thirty" with a dash is nothing else.
  const dashed = view.is(read.next, '-') && [15, 30, 45].includes(minutes?.value ?? 0);
  if (minutes && (context.lenient || led || dashed) && hour <= 23)
    return { value: clock(hour, minutes.value, hour > 12 || hour === 0), next: skipIsh(view, minutes.next) };
  return null;
};

/** "oh seven hundred", "fourteen hundred hours", "zero nine thirty" */
const militaryClock: PieceReader = (view, index, context) => {
  const zero = ZERO_WORDS.includes(view.word(index));
  const hour = zero && CARDINALS.has(view.word(index + 1)) ? view.cardinal(index + 1) : hourWord(view, index);
  if (!hour || hour.value > 23) return null;
  const led = context.lenient || view.is(index - 1, 'at');
  if (view.is(hour.next, 'hundred')) {
    const hours = view.is(hour.next + 1, 'hours', 'hrs');
    if (!zero && !hours && !led) return null;
    return { value: clock(hour.value, 0, true), next: hour.next + (hours ? 2 : 1) };
  }
  const minutes = zero ? readSpokenMinutes(view, hour.next) : null;
  return minutes && led ? { value: clock(hour.value, minutes.value, true), next: minutes.next } : null;
};

/** Zero to twenty-three in words; the tens must not swallow minutes ("twenty thirty"). */
function hourWord(view: TokenView, index: number): Read<number> | null {
  const word = view.word(index);
  if (!CARDINALS.has(word) && word !== 'twenty') return null;
  const read = view.cardinal(index);
  if (
    !read ||
    read.value > 23 ||
    TENS.has(view.word(read.next - 1)) !== (word === 'twenty' && read.next === index + 1)
  )
    return null;
  return read;
}

export const SPOKEN_CLOCKS: readonly PieceReader[] = [pastOrTo, britishHalf, wordClock, militaryClock];
