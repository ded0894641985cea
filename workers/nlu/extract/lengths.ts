import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { readAmounts } from '../time/amounts.ts';
import { TokenView, tokenize } from '../time/tokens.ts';
import type { TimeUnit } from '../time/words.ts';
import type { Found } from './attributes.ts';

const MINUTES: Partial<Record<TimeUnit, number>> = { second: 1 / 60, minute: 1, hour: 60 };
/** Before these an amount is a moment or a distance, no length. */
const NO_LENGTH_BEFORE =
  /(?:^|\s)(?:in|at|within|next|last|past|every|each|after|before|until|till)\s+(?:the\s+)?$/;
const NO_LENGTH_AFTER =
  /^\s*(?:ago|before|after|from (?:now|today)|later|earlier|sooner|prior|ahead|beforehand|till|until|to go|left|late|notice)\b/;
const LEAD =
  /(?:^|[\s,(])(?:(?:for|lasting|lasts|takes?|taking|about|around|roughly|of|is|it's|make it|should take|will take|length|duration)\s+(?:about\s+|around\s+|an?\s+(?=\d)|roughly\s+)?)$/;
const TAIL = /^(?:\s*-?\s*long\b|\s*\))/;
const MOST_TOKENS = 300;

/** How long something lasts, wherever it stands: "a 30 minute sync", "two hours", "45 min". */
export function findLength(draft: Draft, range: Range, masked: readonly Range[]): Found | null {
  const tokens = tokenize(draft.folded.slice(0, range.end), [
    ...draft.quotes,
    ...draft.impossible,
    ...masked,
  ]).filter(({ start }) => start >= range.start);
  const view = new TokenView(tokens.slice(0, MOST_TOKENS));
  for (let index = 0; index < view.length; index += 1) {
    const read = readAmounts(view, index) ?? readHalf(view, index);
    if (!read) continue;
    const minutes = read.value.reduce(
      (sum, { count, unit }) => sum + count * (MINUTES[unit] ?? Number.NaN),
      0,
    );
    const [first, last] = [view.tokens[index], view.tokens[read.next - 1]];
    if (!first || !last || !(minutes > 0 && minutes <= 60 * 24 * 7)) continue;
    const before = draft.folded.slice(range.start, first.start);
    const after = draft.folded.slice(last.end, range.end);
    if (NO_LENGTH_BEFORE.test(before) || NO_LENGTH_AFTER.test(after)) continue;
    const span = { start: first.start, end: last.end };
    const lead = LEAD.exec(before)?.[0].replace(/^[\s,]/, '').length ?? 0;
    const tail = TAIL.exec(after)?.[0].length ?? 0;
    return {
      entity: entityAt(draft, 'duration_minutes', span, Math.max(1, Math.round(minutes)), 'as said'),
      cut: { start: span.start - lead, end: span.end + tail },
    };
  }
  return null;
}

/** Work is no longer than this in one sitting; "24 hour fitness" is a name. */
const SITTING_MAX = 12 * 60;
/** What the length before it is a property of, rather than the time that the doing takes. */
const NO_WORK =
  /^(?:notice|warning|delay|timers?|alarms?|parking|energy|fitness|tickets?|pass|rental|shipping|delivery|service|deadline|limit|window|gap|slots?|break)\b/;
const WORKED_ON =
  /^(?:write|do|finish|prepare|make|watch|read|complete|study|practi[sc]e|record)\s+(?:an?\s+|the\s+|my\s+|our\s+)$/;

/**
 * "a 6 hour essay", "an hour of reading": how long it takes stands before what it is, and is no part of its name; in
 * "write a 6 hour essay" it stays in the title as a word of it.
 */
export function leadingLength(draft: Draft, range: Range, masked: readonly Range[] = []): Found | null {
  const found = findLength(draft, range, masked);
  if (!found || Number(found.entity.value) > SITTING_MAX) return null;
  const { start, end } = found.entity;
  const before = draft.folded.slice(range.start, start);
  const link = /^(?:\s+of\s+|[\s-]+)(?=\p{L})/u.exec(draft.folded.slice(end, range.end));
  if (!link || NO_WORK.test(draft.folded.slice(end + link[0].length, range.end))) return null;
  if (WORKED_ON.test(before)) return { ...found, cut: { start, end: start } };
  return /^(?:an?\s+)?$/.test(before)
    ? { ...found, cut: { start: range.start, end: end + link[0].length } }
    : null;
}

/** "half hour", "a half hour", "a free hour" */
function readHalf(view: TokenView, index: number): ReturnType<typeof readAmounts> {
  if (
    view.is(index, 'a') &&
    view.is(index + 1, 'free', 'spare', 'whole', 'full', 'quiet') &&
    view.is(index + 2, 'hour')
  )
    return { value: [{ count: 1, unit: 'hour' }], next: index + 3 };
  const at = view.is(index, 'a') ? index + 1 : index;
  return view.is(at, 'half') && view.is(at + 1, 'hour')
    ? { value: [{ count: 0.5, unit: 'hour' }], next: at + 2 }
    : null;
}
