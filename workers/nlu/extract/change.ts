import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { blank, trimRange } from '../text.ts';
import { formatDay, formatEpoch } from '../time/civil.ts';
import { shiftDay } from '../time/periods.ts';
import { readAmount } from '../time/amounts.ts';
import { TokenView, tokenize } from '../time/tokens.ts';
import { timeContext } from '../time/values.ts';
import type { TimeUnit } from '../time/words.ts';
import { findDuration, findList, findPriority, findTags, readDuration, readPriority } from './attributes.ts';
import { dueEntity, pickDeadline, timesIn } from './times.ts';

/** New values for an item, and whether anything else stands beside them. */
export interface Change {
  entities: Entity[];
  /** Nothing but connecting words is left over. */
  complete: boolean;
}

const FILLER =
  /^(?:[\s,.!?:=-]|\b(?:to|by|until|till|on|at|for|as|due|be|is|it|its|it's|the|a|an|and|with|make|set|change|move|mark|please|date|deadline|priority|list|in|into|onto|instead|now|then|back|of|from|around|about|no|yes|sorry|i|mean|meant|take|takes|will|should|length|duration|long|tags?|tagged|rather|let's|say|actually|wait|better|only|just|also|oh|oops|hm+|um)\b)*$/;

/** The values that a stretch of text gives. `lenient` takes a bare number as an hour. */
export function readChange(draft: Draft, range: Range, lenient = true): Change {
  const whole = trimRange(draft.folded, range, ',.!?');
  const words = draft.folded.slice(whole.start, whole.end);
  if (words === '') return { entities: [], complete: false };
  const bare = {
    start: whole.start + (/^(?:(?:to|as|be|an?|the|with|for|about)\s+)*/.exec(words)?.[0].length ?? 0),
    end: whole.end,
  };
  const priority = readPriority(words);
  if (priority !== null && !/^\d+$/.test(words))
    return { entities: [entityAt(draft, 'priority', bare, priority, 'as said')], complete: true };
  const minutes = readDuration(words);
  if (minutes !== null)
    return { entities: [entityAt(draft, 'duration_minutes', bare, minutes, 'as said')], complete: true };
  const cuts: Range[] = [];
  const entities: Entity[] = [];
  const take = (found: { entity: Entity; cut: Range } | null): void => {
    if (!found) return;
    entities.push(found.entity);
    cuts.push(found.cut);
  };
  for (const tags of findTags(draft, whole, cuts)) take(tags);
  take(findList(draft, whole, cuts));
  take(findPriority(draft, whole, cuts));
  take(findDuration(draft, whole, cuts));
  const times = timesIn(draft, whole, cuts, lenient);
  const deadline = pickDeadline(draft, times) ?? times[0] ?? null;
  if (deadline)
    take({ entity: dueEntity(draft, deadline), cut: { start: deadline.leadStart, end: deadline.end } });
  const rest = blank(draft.folded, cuts).slice(whole.start, whole.end);
  return { entities, complete: entities.length > 0 && FILLER.test(rest) };
}

/** Whether a stretch has a value for the slot anywhere in it. */
export function mentions(draft: Draft, range: Range, slot: Slot): boolean {
  return readChange(draft, range, false).entities.some((entity) => entity.slot === slot);
}

export interface Split {
  target: Range;
  change: Range;
  entities: Entity[];
  /** The word that led to the new value ("to"), empty without one. */
  link: string;
  /** Set when the value is a distance from the present one; its entity then stands for it. */
  shift?: Shift;
}

export type Shift = NonNullable<ActParams['shift']>;

/** Longest end of a sentence that is looked through for new values, in words. */
const MAX_WORDS = 16;

/**
 * Divides "the dentist task to friday at 3" into what is meant and its new values; the longest values win. Without `distances` only
 * "2 hours later" is one, and "2 hours" a value.
 */
export function splitAtChange(draft: Draft, range: Range, distances = true): Split | null {
  const words = [...draft.folded.slice(range.start, range.end).matchAll(/\S+/g)];
  for (const [index, word] of words.entries()) {
    if (index === 0 || index < words.length - MAX_WORDS) continue;
    // "from today to tomorrow" moves: where it is now is no part of the new value.
    if (word[0] === 'from' || words[index - 1]?.[0] === 'from') continue;
    const start = range.start + word.index;
    if (draft.quotes.some((quote) => quote.start < start && start < quote.end)) continue;
    // "the | due date to friday" would leave an article for the item.
    if (/^\s*(?:the|its|my|an?)\s*$/.test(draft.folded.slice(range.start, start))) continue;
    const link = /^(?:to|until|till|by|for|into|onto|on|as|be|due|is|at)$/.test(word[0]) ? word[0] : '';
    const change = { start, end: range.end };
    const from = link === '' ? change : { start: start + link.length, end: range.end };
    const far = distances || DISTANCE.test(draft.folded.slice(start, range.end));
    const moved =
      far &&
      (link === 'by' || link === '' || link === 'for' || DISTANCE.test(draft.folded.slice(start, range.end)))
        ? readShift(draft, from)
        : null;
    const read = moved
      ? { entities: [moved.entity], complete: true }
      : readChange(draft, change, link !== '');
    // Without a linking word the values themselves have to begin here: "date to friday" is no value.
    const begins = link !== '' || read.entities.some((entity) => entity.start === start);
    if (read.complete && begins)
      return {
        target: trimRange(draft.folded, { start: range.start, end: start }),
        change,
        entities: read.entities,
        link,
        ...(moved && { shift: moved.shift }),
      };
  }
  return null;
}

/** "two days later", "a week earlier": counted from where something is. */
export const DISTANCE = /\s(?:(?<earlier>earlier|sooner)|later|out|back|ahead|forward)[\s.!]*$/;

export const SHIFT_UNITS: Partial<Record<TimeUnit, Shift['unit']>> = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  workday: 'workday',
  week: 'week',
  month: 'month',
  year: 'year',
};

/**
 * "two days", "a week earlier" as a distance. What it is counted from is not known here, so the entity shows what it
 * comes to from today.
 */
export function readShift(draft: Draft, range: Range): { entity: Entity; shift: Shift } | null {
  const span = trimRange(draft.folded, range, ',.!?');
  const words = draft.folded.slice(span.start, span.end);
  const way = DISTANCE.exec(words);
  const end = way ? span.start + way.index : span.end;
  const view = new TokenView(tokenize(draft.folded.slice(0, end)).filter(({ start }) => start >= span.start));
  const amount = readAmount(view, view.is(0, 'another') ? 1 : 0);
  if (!amount || amount.next < view.length || amount.value.count > 4_000) return null;
  const unit = SHIFT_UNITS[amount.value.unit];
  if (!unit) return null;
  const count = way?.groups?.['earlier'] === undefined ? amount.value.count : -amount.value.count;
  const shift: Shift = { unit, count };
  return { entity: shiftEntity(draft, span, shift), shift };
}

/** What a distance comes to when it is counted from today, or from now for hours. */
export function shiftEntity(draft: Draft, span: Range, { unit, count }: Shift): Entity {
  const context = timeContext(draft.now, draft.timezone, draft.preferences);
  const reason = 'from its present date; from today where it has none';
  const day = shiftDay(context.today, unit, count);
  if (day !== null) return { ...entityAt(draft, 'due_date', span, formatDay(day), reason), grain: 'day' };
  const seconds = draft.now.getTime() / 1000 + count * (unit === 'hour' ? 3600 : 60);
  const value = formatEpoch(seconds, draft.timezone);
  return { ...entityAt(draft, 'due_date', span, value, reason), grain: 'minute' };
}
