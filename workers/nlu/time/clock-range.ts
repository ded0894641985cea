import { clock, readHour } from './clock.ts';
import { readClock } from './clock-readers.ts';
import type { ClockPiece, PieceReader, TimeContext } from './pieces.ts';
import { skip } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import { MONTHS, UNITS } from './words.ts';

/** "2-5pm", "from 9:30 to 11", "between 2 and 5 pm": at least one side must look like a time of day. */
export const clockRange: PieceReader = (view, index, context) => {
  const between = view.is(index, 'between', 'betw', 'btw', 'btwn');
  const from = view.is(index, 'from');
  const at = skip(view, between || from ? index + 1 : index, 'about', 'around', 'approximately');
  const loose = { ...context, lenient: true };
  const first = readClock(view, at, loose) ?? looseHour(view, at);
  if (!first) return null;
  const operator = operatorAt(view, first.next, between);
  if (operator === null) return null;
  const secondAt = skip(view, operator, 'about', 'around', 'approximately');
  const second = readClock(view, secondAt, loose) ?? looseHour(view, secondAt);
  if (!second || !areHours(view, { at, first, secondAt, second }, between || from, context)) return null;
  return { value: { kind: 'clock_range', from: first.value, to: second.value }, next: second.next };
};

function operatorAt(view: TokenView, index: number, between: boolean): number | null {
  if (between && view.is(index, 'and', '&')) return index + 1;
  // "15:00 -0500" is an offset from Greenwich.
  const offset = !view.glued(index) && view.glued(index + 1) && view.digits(index + 1).length === 4;
  if (view.is(index, '-')) return offset ? null : skip(view, index + 1, '-');
  return view.anyPhrase(index, [
    'up to',
    'through to',
    'to',
    'until',
    'till',
    'til',
    'thru',
    'through',
    '~',
    '>',
  ]);
}

interface Sides {
  at: number;
  first: Read<ClockPiece>;
  secondAt: number;
  second: Read<ClockPiece>;
}

/** Two bare numbers are hours only in a text that is a time, and only where they are no day and month. */
function areHours(view: TokenView, sides: Sides, led: boolean, context: TimeContext): boolean {
  const { at, first, secondAt, second } = sides;
  const strict = { ...context, lenient: false };
  const isClock = (start: number, read: Read<ClockPiece>): boolean =>
    (readClock(view, start, strict)?.next ?? 0) >= read.next;
  if (view.is(first.next, '-') && view.is(second.next, '-')) return false;
  // "13 to 15 of july" are days.
  const month = MONTHS.has(view.word(skip(view, second.next, 'of')));
  // "between 2 and 3 weeks" is a length.
  if (UNITS.has(view.word(second.next))) return false;
  if (month || view.is(second.next, 'th', 'st', 'nd', 'rd', '/')) return false;
  if (isClock(at, first) || isClock(secondAt, second)) return true;
  if (!context.lenient) return false;
  const bare = first.next === at + 1 && second.next === secondAt + 1;
  if (!bare || led || !view.is(first.next, '-') || !view.glued(first.next)) return true;
  // "12-24" is the day before Christmas, "9-11" a stretch of the morning.
  const [a, b] = [view.digits(at), view.digits(secondAt)];
  if (a === '' || b === '') return true;
  const [x, y] = [Number(a), Number(b)];
  return x > 12 ? y > x : y <= 12 && !a.startsWith('0') && !b.startsWith('0');
}

function looseHour(view: TokenView, index: number): Read<ClockPiece> | null {
  const hour = readHour(view, index);
  return hour &&
    hour.value <= 23 &&
    hour.value >= 1 &&
    !(view.is(hour.next, '/', '.', ':') && view.glued(hour.next))
    ? { value: clock(hour.value, 0, hour.value > 12), next: hour.next }
    : null;
}

/** Gives an open side the half of the day that puts it before, or after, the sure one. */
export function settleRange(from: ClockPiece, to: ClockPiece): { from: ClockPiece; to: ClockPiece } {
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
    const end = minutes(to) === 0 ? 1440 : minutes(to);
    if (minutes(afternoon) < end) return { from: afternoon, to };
    // "9-2am": the evening before, rather than all day and night.
    return minutes(sure(from)) < end ? { from: sure(from), to } : { from: afternoon, to };
  }
  if (from.definite)
    return minutes(to) > minutes(from) || minutes(later(to)) <= minutes(from)
      ? { from, to: sure(to) }
      : { from, to: later(to) };
  const start = from.hour >= 1 && from.hour <= 6 ? later(from) : sure(from);
  return minutes(to) > minutes(start) ? { from: start, to: sure(to) } : { from: start, to: later(to) };
}
