import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { SOMEBODY } from './email/people.ts';
import {
  findDuration,
  findList,
  findPriority,
  findTags,
  readDuration,
  readPriority,
} from './extract/attributes.ts';
import { saidTime, timeEntities, timeSlotOf, type SaidTime } from './said-times.ts';
import { repetitionEntity, repetitionIn } from './repetition.ts';
import type { Range } from './text.ts';
import { blank, trimRange } from './text.ts';

/** Values for an item, and whether anything else stands beside them. */
export interface SaidValues {
  entities: Entity[];
  /** Nothing but connecting words is left over. */
  complete: boolean;
}

const FILLER =
  /^(?:[\s,.!?:=-]|\b(?:to|by|until|till|on|at|for|as|due|be|is|it|its|it's|the|a|an|and|with|make|set|change|move|mark|please|date|deadline|priority|list|in|into|onto|instead|now|then|back|of|from|around|about|no|yes|sorry|i|mean|meant|take|takes|will|should|length|duration|long|tags?|tagged|rather|let's|say|actually|wait|better|only|just|also|oh|oops|hm+|um|go|goes|that|this|put|lol|haha|too|maybe|guess|think|already|starts?|starting|comes?|coming|arrives?|leaves?|happens?|opens?|ends?|ending|event|meeting|task|reminder|day|time)\b)*$/;

/**
 * The values that a stretch gives for what an action takes, beside what is known of it.
 *
 * @param masked stretches that are read already
 */
export function saidValues(
  draft: Draft,
  range: Range,
  said: { action: Action; known: Slots; ends?: boolean },
  masked: readonly Range[] = [],
): SaidValues {
  const { action, known } = said;
  const slots: readonly Slot[] = actionEntry(action).slots;
  const takes = (slot: Slot): boolean => slots.includes(slot);
  const whole = trimRange(draft.folded, range, ',.!?');
  const words = draft.folded.slice(whole.start, whole.end);
  if (words === '' || words.length > 1_000) return { entities: [], complete: false };
  // "It's at the music school now" tells what is new, and no hour.
  const since = SINCE_NOW.exec(words);
  if (since) {
    const told = saidValues(draft, { start: whole.start, end: whole.start + since.index }, said, masked);
    if (told.complete) return told;
  }
  const bare = {
    start: whole.start + (/^(?:(?:to|as|be|an?|the|with|for|about)\s+)*/.exec(words)?.[0].length ?? 0),
    end: whole.end,
  };
  const priority = takes('priority') && masked.length === 0 ? readPriority(words) : null;
  if (priority !== null && !/^\d+$/.test(words))
    return { entities: [entityAt(draft, 'priority', bare, priority, 'as said')], complete: true };
  const minutes = takes('duration_minutes') && masked.length === 0 ? readDuration(words) : null;
  if (minutes !== null && !/^in\b/.test(words))
    return { entities: [entityAt(draft, 'duration_minutes', bare, minutes, 'as said')], complete: true };
  const cuts: Range[] = [...masked];
  const entities: Entity[] = [];
  const take = (found: { entity: Entity; cut: Range } | null): void => {
    if (!found) return;
    entities.push(found.entity);
    cuts.push(found.cut);
  };
  if (takes('tags')) for (const tags of findTags(draft, whole, cuts)) take(tags);
  if (takes('list')) take(findList(draft, whole, cuts) ?? bareList(draft, whole));
  if (takes('priority')) take(findPriority(draft, whole, cuts));
  if (takes('duration_minutes')) take(findDuration(draft, whole, cuts));
  if (takes('participants')) take(withPeople(draft, whole, cuts));
  if (takes('recurrence')) {
    const rule = repetitionIn(draft, whole, false);
    if (rule) take({ entity: repetitionEntity(draft, rule), cut: rule });
  }
  const slot = timeSlotOf(slots);
  const numbers = takes('location') ? placeNumbers(draft, whole) : [];
  const time = slot ? saidTime(draft, whole, [...cuts, ...numbers]) : null;
  if (time && slot) {
    const isEnd = said.ends && isHourAlone(time) && !MOVES.test(draft.folded);
    entities.push(...timeEntities(draft, isEnd ? asEnd(time) : time, slot, known));
    // What stands between a day and its hour is no part of them.
    for (const { leadStart: start, end } of [time.main, time.day ?? time.main]) cuts.push({ start, end });
  }
  if (takes('location')) take(placeIn(draft, whole, cuts));
  const rest = blank(draft.folded, cuts).slice(whole.start, whole.end);
  return { entities, complete: entities.length > 0 && FILLER.test(rest) };
}

/** "I meant 3:30" after "make it until 4" is another end. */
const asEnd = (time: SaidTime): SaidTime => ({ ...time, main: { ...time.main, lead: 'until' } });
const isHourAlone = ({ main, day }: SaidTime): boolean => main.clockOnly && !main.isRange && day === null;
const MOVES =
  /\b(?:mov(?:e|ed|es)|push(?:ed)?|shift(?:ed)?|reschedule[sd]?|put|starts?|starting|begins?|from)\b/;

const SINCE_NOW = /[\s,]+(?:right\s+)?now$/;

/** "the bakery list": no preposition says that it is one, its noun does. */
function bareList(draft: Draft, range: Range): { entity: Entity; cut: Range } | null {
  const at = /^(?:the|my|our)\s+(?<name>[\p{L}\p{N}&'-]+(?:\s+[\p{L}\p{N}&'-]+)?)\s+list$/du.exec(
    draft.folded.slice(range.start, range.end),
  )?.indices?.groups?.['name'];
  if (!at) return null;
  const span = { start: range.start + at[0], end: range.start + at[1] };
  return {
    entity: entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'as said'),
    cut: range,
  };
}

/** "with Ann and Bob", at the end or before a comma or another preposition. */
function withPeople(
  draft: Draft,
  range: Range,
  masked: readonly Range[],
): { entity: Entity; cut: Range } | null {
  const region = blank(
    draft.folded.slice(0, range.end),
    masked.map((mask) => cutAt(mask, range.end)),
  );
  const match =
    /(?:^|[\s,])with\s+(?<who>\S.{0,200}?)\s*(?=$|\s(?:at|on|in|for|from|about|tomorrow|today|next|this)\s|[;.!?])/d.exec(
      region.slice(range.start),
    );
  const at = match?.indices?.groups?.['who'];
  if (!match || !at) return null;
  const span = trimRange(draft.folded, { start: range.start + at[0], end: range.start + at[1] }, ',');
  const names = namesOf(draft, span);
  return (
    names && {
      entity: entityAt(draft, 'participants', span, names, 'as said'),
      cut: { start: range.start + match.index, end: span.end },
    }
  );
}

const cutAt = ({ start, end }: Range, limit: number): Range => ({
  start: Math.min(start, limit),
  end: Math.min(end, limit),
});

const ME = /^(?:(?:and|just|only)\s+)*(?:me|myself|i|us)$/i;

/** The names in a stretch, the speaker left out; null when it holds something else. */
export function namesOf(draft: Draft, span: Range, anyCase = false): string[] | null {
  const words = draft.text.slice(span.start, span.end);
  if (words.length > 1_000) return null;
  const names = words
    .split(/\s*[,;]\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*/i)
    .map((name) =>
      name.replace(/^(?:(?:just|only|and|both|me,?\s+and)\s+)+/i, '').replace(/^["'\s]+|["'\s.!?]+$/g, ''),
    )
    .filter((name) => name !== '' && !ME.test(name));
  const fits = names.every(
    (name) =>
      name.length <= 320 &&
      name.split(/\s+/).length <= 4 &&
      (anyCase ? /^[\p{L}@]/u.test(name) : /^\p{Lu}/u.test(name) || SOMEBODY.test(name.toLowerCase())),
  );
  return names.length > 0 && fits ? names.slice(0, 50) : null;
}

const NUMBERED =
  /\b(?:rooms?|hall|floor|building|office|studio|lab|gate|suite|apartment|apt|platform|terminal|table|track|street|road|avenue)\s+(?:no\.?\s*|#\s*)?\d+[a-z]?\b/g;

/** "room 4" has no hour in it. */
const placeNumbers = (draft: Draft, { start, end }: Range): Range[] =>
  [...draft.folded.slice(start, end).matchAll(NUMBERED)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));

const PLACE = /^(?:(?:it'?s|it is|and|be)\s+)*(?:over\s+)?(?:at|in)\s+(?<place>\S.{0,120})$/d;
const NO_PLACE = /^(?:all|least|once|last|first|time|case|fact|general|it|that|this)\b|^[\d:.,\s]+$/;

/** "at Luigi's", where nothing else is left of its stretch. */
function placeIn(
  draft: Draft,
  range: Range,
  masked: readonly Range[],
): { entity: Entity; cut: Range } | null {
  for (const piece of piecesBetween(draft, range, masked)) {
    const at = PLACE.exec(draft.folded.slice(piece.start, piece.end))?.indices?.groups?.['place'];
    if (!at) continue;
    const span = trimRange(draft.folded, { start: piece.start + at[0], end: piece.start + at[1] }, ',.!?');
    if (span.end <= span.start || NO_PLACE.test(draft.folded.slice(span.start, span.end))) continue;
    const value = draft.text.slice(span.start, span.end);
    return { entity: entityAt(draft, 'location', span, value, 'as said'), cut: piece };
  }
  return null;
}

/** What stands between the cuts and between commas. */
function piecesBetween(draft: Draft, range: Range, cuts: readonly Range[]): Range[] {
  const region = blank(
    draft.folded.slice(0, range.end),
    cuts.map((cut) => cutAt(cut, range.end)),
  );
  const pieces: Range[] = [];
  let from = range.start;
  // A blank of a cut is no part of a piece; two and more of them end it.
  for (const gap of region.slice(range.start).matchAll(/\s{2,}|[,;]|$/g)) {
    const end = range.start + gap.index;
    const piece = trimRange(draft.folded, { start: from, end }, ',');
    if (piece.end > piece.start) pieces.push(piece);
    from = end + gap[0].length;
    if (gap[0] === '') break;
  }
  return pieces;
}
