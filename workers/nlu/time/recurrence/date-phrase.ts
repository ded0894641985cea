import type { Range } from '../../text.ts';
import { DAY, addMonths, civilParts, startOfDay } from '../civil.ts';
import type { Span } from '../pieces.ts';
import { mayBeginTime } from '../starters.ts';
import { composeLongest, readSequence } from '../sequence.ts';
import type { Read, TokenView } from '../tokens.ts';
import type { Scan } from './parts.ts';

export interface DateRead {
  span: Span;
  clock: Span | null;
}

/** Looking here first keeps long texts cheap. */
function mayBegin(view: TokenView, index: number): boolean {
  return mayBeginTime(view, index);
}

/** A date phrase at the index, without the time of day behind it: that one is of every day. */
export function dateAt({ view, context }: Scan, index: number): Read<DateRead> | null {
  if (!mayBegin(view, index)) return null;
  const loose = { ...context, lenient: true };
  const sequence = readSequence(view, index, loose);
  if (!sequence) return null;
  const timed = sequence.pieces.findIndex(({ kind }) => kind !== 'date');
  const count = timed === -1 ? sequence.pieces.length : timed;
  if (count === 0) {
    const fitting = composeLongest(sequence, loose);
    const [span] = fitting?.spans ?? [];
    return fitting && span ? { value: { span, clock: span }, next: fitting.sequence.next } : null;
  }
  // "from 10 may until 20 may" is no 10 May with hours until 20: the dates end before that word.
  const opened = sequence.innerLead === undefined ? null : leadAfter(view, index, sequence.next);
  const pieces = sequence.pieces.slice(0, count);
  const ends = opened === null ? sequence.ends.slice(0, count) : pieces.map(() => opened);
  const fitting = composeLongest({ pieces, ends, next: ends.at(-1) ?? sequence.next }, loose);
  const [span] = fitting?.spans ?? [];
  if (!fitting || !span) return null;
  const { next } = fitting.sequence;
  // "tomorrow week", "friday week"
  const weekLater = span.grain === 'day' && view.is(next, 'week') && !view.is(next + 1, 'day', 'end');
  const later = weekLater ? 7 * DAY : 0;
  return {
    value: { span: { ...span, start: span.start + later, end: span.end + later }, clock: null },
    next: weekLater ? next + 1 : next,
  };
}

/** Where the words begin that open a side of the hours beside a day. */
function leadAfter(view: TokenView, index: number, end: number): number {
  for (let at = index + 1; at < end; at += 1)
    if (view.is(at, 'until', 'till', 'before', 'after', 'since', 'from')) return at;
  return end;
}

/** "until may" ends with april, "through may" and "until the end of may" with may, "until friday" on friday. */
export function lastDay(span: Span, late: boolean, before: boolean): number {
  const wide = !['day', 'hour', 'minute', 'part_of_day'].includes(span.grain);
  if (before || (wide && !late)) return startOfDay(span.start) - DAY;
  return startOfDay(span.end - 1);
}

/** The day that lies a length after another. */
export function dayAfter(day: number, count: number, unit: string): number {
  if (unit === 'month') return addMonths(day, count);
  if (unit === 'year') return addMonths(day, 12 * count);
  if (unit === 'week') return day + 7 * count * DAY;
  if (unit !== 'workday') return day + count * DAY;
  let last = day;
  for (let left = Math.min(count, 2_000); left > 0; last += DAY) if (civilParts(last).weekday <= 5) left -= 1;
  return last - DAY;
}

/** The stretch of text from one token to before another. */
export function rangeOf(view: TokenView, from: number, to: number): Range {
  return { start: view.tokens[from]?.start ?? 0, end: view.tokens[to - 1]?.end ?? 0 };
}
