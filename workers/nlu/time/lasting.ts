import type { Amount } from './amounts.ts';
import { readAmounts } from './amounts.ts';
import { DAY } from './civil.ts';
import type { Piece, Span, TimeContext } from './pieces.ts';
import { shiftDay, unitSeconds } from './periods.ts';
import { composeLongest, readSequence } from './sequence.ts';
import type { Read, TokenView } from './tokens.ts';

/** A stretch said by its start and its length, with the pieces of its start. */
export interface LastingRead {
  span: Span;
  pieces: Piece[];
}

const STARTS = [
  'starting from',
  'starting on',
  'starting at',
  'starting in',
  'starting',
  'beginning on',
  'beginning at',
  'beginning',
  'commencing',
  'from',
];

/** "for 3 days starting monday", "2 hours from 3pm", "for two weeks from the 5th", "3 days from friday on" */
export function readLastingFirst(
  view: TokenView,
  index: number,
  context: TimeContext,
): Read<LastingRead> | null {
  const led = view.is(index, 'for');
  const amounts = readAmounts(view, led ? index + 1 : index);
  if (!amounts) return null;
  // "for 2 hours tomorrow at 10": in a sentence the length goes with what is asked for.
  const beside =
    led && index === 0 && !view.is(amounts.next, 'from', 'starting', 'beginning') ? amounts.next : null;
  const at = view.anyPhrase(amounts.next, STARTS) ?? beside;
  if (at === null || (view.is(at, 'now', 'today') && !led && !view.is(amounts.next, 'starting', 'beginning')))
    return null;
  const sequence = readSequence(view, at, { ...context, lenient: true });
  const fit = sequence && composeLongest(sequence, context);
  const [start] = fit?.spans ?? [];
  if (!fit || !start) return null;
  const from = view.is(amounts.next, 'from');
  const timed = start.grain === 'hour' || start.grain === 'minute';
  const hours = amounts.value.every(({ unit }) => unitSeconds(unit) !== null);
  const { next } = fit.sequence;
  const on =
    view.is(next, 'on', 'onwards', 'onward') && (next + 1 >= view.length || view.word(next + 1) === '');
  // "3 days from friday" is a day that lies ahead; "2 hours from 3pm" and "for 3 days from friday" last.
  if (from && !led && !on && !(timed && hours)) return null;
  const span = lasting(start, amounts.value);
  return span && { value: { span, pieces: fit.sequence.pieces }, next: from && on ? next + 1 : next };
}

/** "for 2 hours" after a start that has been read: "tomorrow at 3 for an hour", "from monday for 3 days" */
export function readLastingAfter(view: TokenView, index: number, start: Span): Read<Span> | null {
  const at = view.anyPhrase(index, [', for', 'for about', 'for around', 'for', 'lasting']);
  const amounts = at === null ? null : readAmounts(view, at);
  if (!amounts) return null;
  const span = lasting(start, amounts.value);
  return span && { value: span, next: amounts.next };
}

/** From the start on for as long as the amounts are; null where hours would begin at no hour. */
function lasting(start: Span, amounts: readonly Amount[]): Span | null {
  const timed = start.grain === 'hour' || start.grain === 'minute';
  if (!timed && start.grain !== 'day') return null;
  let end: number = start.start;
  for (const { count, unit } of amounts) {
    if (count > 40_000) return null;
    const seconds = unitSeconds(unit);
    if (seconds !== null && !timed) return null;
    if (seconds !== null) end += Math.round(seconds * count);
    else end = unit === 'workday' ? lastWorkday(end, count) : (shiftDay(end, unit, count) ?? end);
  }
  if (end <= start.start) return null;
  const reason = 'from its start for that long';
  if (!timed) return { start: start.start, end, grain: 'day', reason };
  const grain = start.grain === 'minute' || end % 3600 !== 0 ? 'minute' : 'hour';
  return { start: start.start, end, grain, reason, ...(start.epoch !== undefined && { epoch: start.epoch }) };
}

/** The day after the last of so many working days that begin with this one. */
function lastWorkday(day: number, count: number): number {
  return (shiftDay(day - DAY, 'workday', count) ?? day) + DAY;
}

/** "an hour before noon", "30 minutes after 3pm tomorrow" */
export function readAwayFromHour(
  view: TokenView,
  index: number,
  context: TimeContext,
): Read<LastingRead> | null {
  const amounts = readAmounts(view, index);
  if (!amounts || !amounts.value.every(({ unit }) => unitSeconds(unit) !== null)) return null;
  const before = view.anyPhrase(amounts.next, ['before', 'prior to', 'ahead of']);
  const at = before ?? view.anyPhrase(amounts.next, ['after', 'past']);
  if (at === null) return null;
  const sequence = readSequence(view, at, { ...context, lenient: true });
  const fit = sequence && composeLongest(sequence, context);
  const [base] = fit?.spans ?? [];
  if (!fit || !base || (base.grain !== 'hour' && base.grain !== 'minute')) return null;
  if (amounts.value.some(({ count }) => count > 4_000_000)) return null;
  const seconds = amounts.value.reduce((sum, { count, unit }) => sum + count * (unitSeconds(unit) ?? 0), 0);
  const shift = Math.round(before === null ? seconds : -seconds);
  const start = base.start + shift;
  const grain = start % 3600 === 0 ? 'hour' : 'minute';
  const span: Span = {
    start,
    end: start + 60,
    grain,
    reason: 'counted from that hour',
    ...(base.epoch !== undefined && { epoch: base.epoch + shift }),
  };
  return { value: { span, pieces: fit.sequence.pieces }, next: fit.sequence.next };
}
