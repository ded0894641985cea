import type { ClockPiece, PartPiece, PieceReader, TimeContext } from './pieces.ts';
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

function clock(hour: number, minute: number, definite: boolean, grain: 'hour' | 'minute'): ClockPiece {
  return { kind: 'clock', hour, minute, definite, grain };
}

/** A number of the hour in digits or words; not one that belongs to a longer number. */
function readHour(view: TokenView, index: number): Read<number> | null {
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

interface Part {
  name: string;
  fromHour: number;
  toHour: number;
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['morning', { name: 'morning', fromHour: 6, toHour: 12 }],
  ['afternoon', { name: 'afternoon', fromHour: 12, toHour: 18 }],
  ['evening', { name: 'evening', fromHour: 18, toHour: 22 }],
  ['night', { name: 'night', fromHour: 20, toHour: 24 }],
  ['lunchtime', { name: 'lunchtime', fromHour: 12, toHour: 14 }],
  ['lunch', { name: 'lunchtime', fromHour: 12, toHour: 14 }],
]);

/** "this morning", "in the evening", "tonight", "last night", "end of day" and, beside a day, "morning" alone. */
const partOfDay: PieceReader = (view, index, context) => {
  if (view.is(index, 'tonight', 'tonite', '2nite'))
    return { value: part('tonight', 18, 24, 0), next: index + 1 };
  if (view.phrase(index, 'last night') !== null)
    return { value: part('last night', 18, 24, -1), next: index + 2 };
  const endOfDay =
    view.phrase(index, 'end of the day') ??
    view.phrase(index, 'end of day') ??
    view.phrase(index, 'close of business') ??
    (view.is(index, 'eod', 'cob') ? index + 1 : null);
  if (endOfDay !== null) return { value: part('end of day', 17, 24), next: endOfDay };
  const work = view.phrase(index, 'after work');
  if (work !== null) return { value: part('after work', 17, 21), next: work };
  let at = index;
  let shift: number | undefined;
  const inThe = view.phrase(index, 'in the') ?? view.phrase(index, 'during the');
  if (inThe !== null) at = inThe;
  else if (view.is(index, 'this')) [at, shift] = [index + 1, 0];
  else if (view.is(index, 'at') && view.is(index + 1, 'night', 'lunch', 'lunchtime')) at = index + 1;
  else if (view.is(index, 'the') && context.lenient) at = index + 1;
  const early = view.is(at, 'early');
  const late = view.is(at, 'late');
  if (early || late) at += 1;
  const found = PARTS.get(view.word(at));
  if (!found || (view.word(at) === 'lunch' && at === index && !context.lenient)) return null;
  const { name, fromHour, toHour } = found;
  if (early)
    return {
      value: part(`early ${name}`, fromHour - (name === 'morning' ? 1 : 0), fromHour + 3, shift),
      next: at + 1,
    };
  if (late) return { value: part(`late ${name}`, toHour - 2, toHour, shift), next: at + 1 };
  return { value: part(name, fromHour, toHour, shift), next: at + 1 };
};

function part(name: string, fromHour: number, toHour: number, shift?: number): PartPiece {
  return shift === undefined
    ? { kind: 'part', name, fromHour, toHour }
    : { kind: 'part', name, fromHour, toHour, shift };
}

const CLOCKS = [digitalClock, spokenClock, namedClock];

function readClock(view: TokenView, index: number, context: TimeContext): Read<ClockPiece> | null {
  let best: Read<ClockPiece> | null = null;
  for (const read of [...CLOCKS, bareHour]) {
    const found = read(view, index, context);
    if (found?.value.kind === 'clock' && (best === null || found.next > best.next))
      best = { value: found.value, next: found.next };
  }
  return best;
}

/** "2-5pm", "from 9:30 to 11", "between 2 and 5 pm": at least one side must look like a time of day. */
const clockRange: PieceReader = (view, index, context) => {
  const between = view.is(index, 'between');
  const from = view.is(index, 'from');
  const at = between || from ? index + 1 : index;
  const loose = { ...context, lenient: true };
  const first = readClock(view, at, loose) ?? looseHour(view, at);
  if (!first || !view.is(first.next, '-', 'to', 'until', 'till', between ? 'and' : '-')) return null;
  const strictFirst = readClock(view, at, { ...context, lenient: false });
  const second = readClock(view, first.next + 1, loose) ?? looseHour(view, first.next + 1);
  if (!second) return null;
  const strictSecond = readClock(view, first.next + 1, { ...context, lenient: false });
  if (!strictFirst && !strictSecond && !(context.lenient && (between || from))) return null;
  if (view.is(first.next, '-') && view.is(second.next, '-')) return null;
  return { value: { kind: 'clock_range', ...settleRange(first.value, second.value) }, next: second.next };
};

function looseHour(view: TokenView, index: number): Read<ClockPiece> | null {
  const hour = readHour(view, index);
  return hour &&
    hour.value <= 23 &&
    hour.value >= 1 &&
    !(view.is(hour.next, '/', '.', ':') && view.glued(hour.next))
    ? { value: clock(hour.value, 0, hour.value > 12, 'hour'), next: hour.next }
    : null;
}

/** Gives an open side the half of the day that puts it before, or after, the sure one. */
function settleRange(from: ClockPiece, to: ClockPiece): { from: ClockPiece; to: ClockPiece } {
  const minutes = (piece: ClockPiece): number => piece.hour * 60 + piece.minute;
  const later = (piece: ClockPiece): ClockPiece => ({
    ...piece,
    hour: (piece.hour % 12) + 12,
    definite: true,
  });
  const sure = (piece: ClockPiece): ClockPiece => ({ ...piece, definite: true });
  if (from.definite && to.definite) return { from, to };
  if (to.definite) {
    const afternoon = later(from);
    return minutes(afternoon) < minutes(to) ? { from: afternoon, to } : { from: sure(from), to };
  }
  if (from.definite) return minutes(to) > minutes(from) ? { from, to: sure(to) } : { from, to: later(to) };
  const start = from.hour >= 1 && from.hour <= 6 ? later(from) : sure(from);
  return minutes(to) > minutes(start) ? { from: start, to: sure(to) } : { from: start, to: later(to) };
}

export const CLOCK_READERS: readonly PieceReader[] = [...CLOCKS, bareHour, partOfDay, clockRange];
