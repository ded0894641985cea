import { skip } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import type { TimeUnit } from './words.ts';
import { GLUED_UNITS, UNITS } from './words.ts';

/** A count of a unit: "3 days". */
export interface Amount {
  count: number;
  unit: TimeUnit;
}

/** "3 days", "a week", "half an hour", "an hour and a half", "2.5 hours", "a couple of weeks", "2 business days" */
export function readAmount(view: TokenView, index: number): Read<Amount> | null {
  const half = view.phrase(index, 'half an') ?? view.phrase(index, 'half a');
  if (half !== null) return unitAfter(view, half, 0.5);
  if (view.phrase(index, 'a fortnight') !== null)
    return { value: { count: 2, unit: 'week' }, next: index + 2 };
  const few = readVague(view, index);
  if (few) return unitAfter(view, few.next, few.value);
  if (view.is(index, 'a', 'an')) {
    const read = unitAfter(view, index + 1, 1);
    return read && withHalf(view, read);
  }
  const number = view.cardinal(index);
  if (!number) return null;
  let { value, next } = number;
  if (view.is(next, '.') && view.glued(next) && view.glued(next + 1) && view.digits(next + 1) !== '') {
    value += Number(`0.${view.digits(next + 1)}`);
    next += 2;
  }
  const andHalf = view.phrase(next, 'and a half');
  if (andHalf !== null) return unitAfter(view, andHalf, value + 0.5);
  if (view.is(next, '-')) next += 1;
  if (view.is(next, 'more')) next += 1;
  const read = unitAfter(view, next, value);
  return read && withHalf(view, read);
}

export function readVague(view: TokenView, index: number): Read<number> | null {
  const at = skip(view, index, 'a');
  if (view.is(at, 'couple')) return { value: 2, next: skip(view, at + 1, 'of') };
  if (view.is(at, 'few')) return { value: 3, next: at + 1 };
  return null;
}

export function unitAfter(view: TokenView, index: number, count: number): Read<Amount> | null {
  const work = view.is(index, 'business', 'working', 'work') && view.is(index + 1, 'day', 'days');
  if (work) return { value: { count, unit: 'workday' }, next: index + 2 };
  const word = view.word(index);
  const unit = UNITS.get(word) ?? (view.glued(index) ? GLUED_UNITS.get(word) : undefined);
  return unit === undefined ? null : { value: { count, unit }, next: index + 1 };
}

function withHalf(view: TokenView, read: Read<Amount>): Read<Amount> {
  const half = view.phrase(read.next, 'and a half');
  return half === null ? read : { value: { ...read.value, count: read.value.count + 0.5 }, next: half };
}

/** Amounts joined as "2 hours and 30 minutes" or "1h 30m". */
export function readAmounts(view: TokenView, index: number): Read<Amount[]> | null {
  const first = readAmount(view, index);
  if (!first) return null;
  const second = readAmount(view, skip(view, first.next, 'and', ','));
  const joined = second && second.value.unit !== first.value.unit;
  return joined
    ? { value: [first.value, second.value], next: second.next }
    : { value: [first.value], next: first.next };
}
