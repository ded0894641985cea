import { civilParts } from './civil.ts';
import type { Span, TimeContext } from './pieces.ts';
import { nestedDate, skip } from './pieces.ts';
import { calendarUnit, daySpan, yearSpan } from './periods.ts';
import type { Read, TokenView } from './tokens.ts';
import { singleUnit } from './words.ts';

/** A stretch that other words speak of the edges or the parts of. */
export interface Frame extends Span {
  /** The same stretch a year on, where the words leave the year open. */
  nextYear?: Span;
  /** The one after it, where only "the month" was said. */
  following?: Span;
}

/** "the month", "next week", "june 2027", "the year", "summer", "2027"; articles may be missing after "of". */
export function readFrame(
  view: TokenView,
  index: number,
  context: TimeContext,
  hasOf: boolean,
): Read<Frame> | null {
  const at = skip(view, index, 'the');
  const newYear = view.phrase(at, 'new year');
  if (newYear !== null && (at > index || hasOf)) {
    const { year, month } = civilParts(context.today);
    return { value: yearSpan(month === 1 ? year : year + 1, 'the new year'), next: newYear };
  }
  const bare = singleUnit(view.word(at));
  if (bare !== undefined && bare !== 'day' && (hasOf || at > index)) {
    const far = view.is(at + 1, 'after', 'before', 'of', 'commencing', 'beginning', 'starting');
    const span = far ? null : calendarUnit(bare, 0, context);
    const following = calendarUnit(bare, 1, context);
    if (span) return { value: { ...span, ...(following && { following }) }, next: at + 1 };
  }
  const read = nestedDate(view, index, context) ?? (at > index ? nestedDate(view, at, context) : null);
  const span = read?.value.readings[0];
  if (!read || !span || span.end - span.start <= 86_400 || span.grain === 'hour' || span.grain === 'minute')
    return null;
  const { open, within } = read.value;
  const later =
    open === 'year' ? within?.({ ...span, start: span.end, end: span.end + 370 * 86_400 })[0] : undefined;
  return { value: { ...span, ...(later && { nextYear: later }) }, next: read.next };
}

/** A day inside a phrase: "christmas", "the 5th", "next friday". */
export function readDay(view: TokenView, index: number, context: TimeContext): Read<Span> | null {
  const read = nestedDate(view, index, context);
  const span = read?.value.readings[0];
  return read && span && span.grain === 'day' && span.end - span.start === 86_400
    ? { value: daySpan(span.start, span.reason), next: read.next }
    : null;
}
