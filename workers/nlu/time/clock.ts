import type { ClockPiece, PieceReader, TimeContext } from './pieces.ts';
import { skip } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import { CARDINALS } from './words.ts';

type Meridiem = 'am' | 'pm';

/** "am", "p.m.", "p", and the offset after it. */
function readMeridiem(view: TokenView, index: number): Read<Meridiem> | null {
  const word = view.word(index);
  if (word === 'am' || word === 'pm') return { value: word, next: index + 1 };
  if (
    (word === 'a' || word === 'p') &&
    view.is(index + 1, '.') &&
    view.word(index + 2) === 'm' &&
    view.glued(index + 2)
  )
    return { value: word === 'a' ? 'am' : 'pm', next: skip(view, index + 3, '.') };
  if ((word === 'a' || word === 'p') && view.glued(index))
    return { value: word === 'a' ? 'am' : 'pm', next: index + 1 };
  return null;
}

function hourOf(hour: number, meridiem: Meridiem): number {
  return meridiem === 'am' ? hour % 12 : (hour % 12) + 12;
}

export function clock(hour: number, minute: number, definite: boolean, grain: 'hour' | 'minute'): ClockPiece {
  return { kind: 'clock', hour, minute, definite, grain };
}

/** A number of the hour in digits or words; not one that belongs to a longer number. */
export function readHour(view: TokenView, index: number): Read<number> | null {
  const digits = view.digits(index);
  if (digits !== '')
    return digits.length <= 2 && Number(digits) <= 24 ? { value: Number(digits), next: index + 1 } : null;
  const value = CARDINALS.get(view.word(index));
  return value !== undefined && value >= 1 && value <= 12 ? { value, next: index + 1 } : null;
}

/** "5pm", "5:30 pm", "17:00", "17h30", "five thirty pm", "5 o'clock" */
const digitalClock: PieceReader = (view, index) => {
  const hour = readHour(view, index);
  if (!hour) return null;
  const written = view.digits(index);
  let next = hour.next;
  let minute: number | null = null;
  const separated =
    written !== '' && view.is(next, ':', '.', 'h') && view.glued(next) && view.glued(next + 1);
  if (separated && view.digits(next + 1).length === 2) {
    minute = Number(view.digits(next + 1));
    const dotted = view.is(next, '.');
    const chained =
      view.is(next + 2, '.', ':', '/') &&
      view.glued(next + 2) &&
      view.digits(next + 3) !== '' &&
      view.glued(next + 3);
    next += 2;
    if (minute > 59) return null;
    if (chained && !view.is(next, ':')) return null;
    // Seconds are said for precision that nothing here needs.
    if (chained && view.digits(next + 1).length === 2) next += 2;
    const meridiem = readMeridiem(view, next);
    if (dotted && !meridiem) return null;
    if (meridiem) return clockWith(hour.value, minute, meridiem);
    if (hour.value > 23) return null;
    const definite = hour.value > 12 || hour.value === 0 || (written.length === 2 && written.startsWith('0'));
    return { value: clock(hour.value, minute, definite, 'minute'), next: skip(view, next, 'h', 'hrs') };
  }
  const spoken = view.cardinal(next);
  if (spoken && written === '' && view.word(next) !== '' && spoken.value >= 5 && spoken.value <= 59) {
    const meridiem = readMeridiem(view, spoken.next);
    if (meridiem) return clockWith(hour.value, spoken.value, meridiem);
  }
  const meridiem = readMeridiem(view, next);
  if (meridiem) return clockWith(hour.value, null, meridiem);
  if (view.is(next, "o'clock", 'oclock') && hour.value >= 1)
    return { value: clock(hour.value % 24, 0, hour.value > 12, 'hour'), next: next + 1 };
  if (
    written !== '' &&
    view.is(next, 'h') &&
    view.glued(next) &&
    hour.value > 12 &&
    hour.value < 24 &&
    view.digits(next + 1) === ''
  )
    return { value: clock(hour.value, 0, true, 'hour'), next: next + 1 };
  return null;
};

function clockWith(hour: number, minute: number | null, meridiem: Read<Meridiem>): Read<ClockPiece> | null {
  if (hour > 12 || (hour === 0 && minute === null))
    return hour > 12 && hour < 24 && meridiem.value === 'pm'
      ? { value: clock(hour, minute ?? 0, true, minute === null ? 'hour' : 'minute'), next: meridiem.next }
      : null;
  return {
    value: clock(hourOf(hour, meridiem.value), minute ?? 0, true, minute === null ? 'hour' : 'minute'),
    next: meridiem.next,
  };
}

/** "half past eight", "quarter to nine", "ten past 3", "20 minutes to 6" */
const spokenClock: PieceReader = (view, index) => {
  const at = skip(view, index, 'a');
  const worded = view.is(at, 'half') ? 30 : view.is(at, 'quarter') ? 15 : null;
  const number = worded === null && at === index ? view.cardinal(index) : null;
  const minutes = worded ?? number?.value ?? null;
  if (minutes === null || minutes < 1 || minutes > 30) return null;
  let next = worded !== null ? at + 1 : (number?.next ?? index);
  if (worded === null) next = skip(view, next, 'minutes', 'mins', 'min');
  const past = view.is(next, 'past', 'after');
  const to = view.is(next, 'to', 'before', 'til') || (view.is(next, 'of') && worded === 15);
  if (!past && !to) return null;
  if (worded === null && view.is(next, 'after', 'before')) return null;
  const special = view.is(next + 1, 'noon', 'midday') ? 12 : view.is(next + 1, 'midnight') ? 0 : null;
  const hour = special !== null ? { value: special, next: next + 2 } : readHour(view, next + 1);
  if (!hour || hour.value > 23) return null;
  // "2 to 5" is a range or a score; only round minutes are said without the word.
  if (
    worded === null &&
    to &&
    ![5, 10, 20, 25].includes(minutes) &&
    !view.is(next - 1, 'minutes', 'mins', 'min')
  )
    return null;
  const meridiem = readMeridiem(view, hour.next);
  // "10 to 5pm" is the working day's range far more often than ten minutes before five.
  if (worded === null && to && view.digits(index) !== '' && !view.is(next - 1, 'minutes', 'mins', 'min'))
    return null;
  const total = (hour.value * 60 + (past ? minutes : -minutes) + 1440) % 1440;
  const [h, m] = [Math.floor(total / 60), total % 60];
  if (meridiem) {
    const base = (hourOf(hour.value, meridiem.value) * 60 + (past ? minutes : -minutes) + 1440) % 1440;
    return { value: clock(Math.floor(base / 60), base % 60, true, 'minute'), next: meridiem.next };
  }
  const definite = special !== null || hour.value > 12;
  return {
    value: clock(!definite && h === 0 ? 12 : h, m, definite, 'minute'),
    next: skip(view, hour.next, "o'clock"),
  };
};

/** "noon", "midnight", "12 noon" */
const namedClock: PieceReader = (view, index) => {
  const at = view.digits(index) === '12' ? index + 1 : index;
  if (view.is(at, 'noon', 'midday')) return { value: clock(12, 0, true, 'hour'), next: at + 1 };
  if (view.is(at, 'midnight')) return { value: clock(0, 0, true, 'hour'), next: at + 1 };
  return null;
};

/** What may follow a bare hour; anything else makes the number one of something ("at 5 shops"). */
const AFTER_HOUR = new Set([
  'on',
  'in',
  'for',
  'to',
  'with',
  'about',
  'and',
  'by',
  'today',
  'tomorrow',
  'tmrw',
  'tonight',
  'this',
  'next',
  'every',
  'sharp',
  'please',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'or',
  'until',
  'till',
  'from',
  'instead',
  'not',
  'the',
  'high',
  'low',
  'urgent',
  'at',
  'if',
  'ish',
  'as',
  'tag',
  'tagged',
]);

/** "at 5", "at 1730", and in a text known to be a time just "5". */
const bareHour: PieceReader = (view, index, context) => {
  const led =
    view.is(index - 1, 'at') ||
    (view.is(index - 1, 'around', 'about', 'by', 'before', 'after', 'until', 'till') &&
      view.digits(index) !== '');
  if (!led && !context.lenient) return null;
  const digits = view.digits(index);
  if (
    view.is(index + 1, '.', ':', '/', '-', '%', '$', ',') &&
    view.glued(index + 1) &&
    view.digits(index + 2) !== ''
  )
    return null;
  const following = view.word(index + 1);
  if (following !== '' && !AFTER_HOUR.has(following)) return null;
  if (
    digits.length === 4 &&
    view.is(index - 1, 'at') &&
    Number(digits.slice(2)) <= 59 &&
    Number(digits.slice(0, 2)) <= 23
  )
    return {
      value: clock(Number(digits.slice(0, 2)), Number(digits.slice(2)), true, 'minute'),
      next: index + 1,
    };
  const hour = readHour(view, index);
  if (!hour || hour.value > 23 || (hour.value === 0 && !view.is(index - 1, 'at'))) return null;
  // "by 5" and the like may count things: only the small words that come after times let it pass, "at" does always.
  return {
    value: clock(hour.value, 0, hour.value > 12 || hour.value === 0, 'hour'),
    next: skip(view, hour.next, 'sharp', 'ish'),
  };
};

export const CLOCKS: readonly PieceReader[] = [digitalClock, spokenClock, namedClock, bareHour];

/** The longest time of day at the index. */
export function readClock(view: TokenView, index: number, context: TimeContext): Read<ClockPiece> | null {
  let best: Read<ClockPiece> | null = null;
  for (const read of CLOCKS) {
    const found = read(view, index, context);
    if (found?.value.kind === 'clock' && (best === null || found.next > best.next))
      best = { value: found.value, next: found.next };
  }
  return best;
}
