import { clock, readClock, readHour } from './clock.ts';
import type { ClockPiece, PieceReader } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';

/** "2-5pm", "from 9:30 to 11", "between 2 and 5 pm": at least one side must look like a time of day. */
export const clockRange: PieceReader = (view, index, context) => {
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
  if (!strictFirst && !strictSecond && !context.lenient) return null;
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
