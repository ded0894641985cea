import type { Entity } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { findDistance, type Distance } from './extract/how-far.ts';
import { shiftedEntities, type PointSlot } from './said-times.ts';
import type { Range } from './text.ts';
import { blank, trimRange } from './text.ts';
import { civilFromIso, DAY, formatInstant } from './time/civil.ts';

/** What may stand around a distance: "can you push it back an hour please". */
const IT =
  /^(?:[\s,.!]|\b(?:no|oh|ok|okay|actually|please|pls|can|could|would|you|we|let's|lets|just|it|that|this|the|event|meeting|reminder|and|then|instead|rather|better|so|about|make|move|set|do|have|put|book|schedule|push|at|maybe|perhaps|a|bit|nah|nope|sorry|i|mean|meant|lol)\b)*$/;

/** "Half an hour earlier", "make it 15 minutes longer": counted from what is known; nothing where that is not known. */
export function distanced(draft: Draft, { params, cuts }: Distance, slot: PointSlot, known: Slots): Entity[] {
  if (!IT.test(blank(draft.folded, cuts))) return [];
  // "And the reminder half an hour earlier" is about that.
  if (slot !== 'remind_at' && /\breminder\b/.test(draft.folded)) return [];
  const [span] = cuts;
  if (!span) return [];
  const words = trimRange(draft.folded, span, ',.!');
  if (params.shift) return shiftedEntities(draft, words, params.shift, slot, known);
  const { start, end, duration_minutes: length } = known;
  const lastDay = wholeDays(draft, words, params.lengthen ?? 0, known);
  if (lastDay) return lastDay;
  const minutes = length ?? (start && end ? (Date.parse(end) - Date.parse(start)) / 60_000 : Number.NaN);
  const longer = minutes + (params.lengthen ?? 0);
  return longer >= 1 ? [entityAt(draft, 'duration_minutes', words, longer, 'counted from its length')] : [];
}

const edgesOf = (draft: Draft, { start, end }: Slots): (number | undefined)[] =>
  [start, end].map((at) => civilFromIso(at ?? '', draft.timezone)?.moment);
const areWholeDays = (draft: Draft, known: Slots): boolean =>
  edgesOf(draft, known).every((at) => at !== undefined && at % DAY === 0);
/** "Half an hour later" of what takes whole days: there is no hour to count from, which is told where it is found. */
export function hoursOfDays(draft: Draft, known: Slots): Distance['params'] | null {
  const far = findDistance(draft, { start: 0, end: draft.folded.length });
  const isFar = far && areWholeDays(draft, known) && isOfHours(far.params);
  return isFar && IT.test(blank(draft.folded, far.cuts)) ? far.params : null;
}
const isOfHours = ({ shift, lengthen = 0 }: Distance['params']): boolean =>
  (lengthen * 60) % DAY !== 0 || /^(?:minute|hour)$/.test(shift?.unit ?? '');

/** "A day longer" of what takes whole days: it ends with another day; null where hours are meant. */
function wholeDays(draft: Draft, span: Range, minutes: number, known: Slots): Entity[] | null {
  if (minutes === 0 || (minutes * 60) % DAY !== 0 || !areWholeDays(draft, known)) return null;
  const [from = 0, to = 0] = edgesOf(draft, known);
  const until = to + minutes * 60;
  return until > from
    ? [entityAt(draft, 'end', span, formatInstant(until, draft.timezone), 'with another last day')]
    : [];
}
