import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { contains } from '../text.ts';
import { fallbackTime } from '../time/chrono-fallback.ts';
import type { TimeMatch } from '../time/expressions.ts';
import { findTimes } from '../time/expressions.ts';
import type { TimeContext } from '../time/pieces.ts';
import { tokenize } from '../time/tokens.ts';
import type { TimeValue } from '../time/values.ts';
import { dueValue, rangeValue, timeContext, whenValue } from '../time/values.ts';
import { withWeekdayDoubt } from './weekday-doubts.ts';

const PAST_TENSE =
  /\b(?:did|was|were|happened|went|missed)\b|\b(?:tasks?|todos?|things?|items?|events?|all|everything|what|that|i|we)\s+(?:completed|finished|done|closed|created|added)\b/;

/** What was found in the message that is being read: rules and extractors look through the same stretches. */
let lookedThrough: { message: readonly unknown[]; found: Map<string, readonly TimeMatch[]> } = {
  message: [],
  found: new Map(),
};

/** Phrases of time inside the range, quotes and the given stretches left out. */
export function timesIn(
  draft: Draft,
  range: Range,
  masked: readonly Range[] = [],
  lenient = false,
): TimeMatch[] {
  const { folded, timezone, now, preferences, saidDay, thatDay } = draft;
  const message = [folded, timezone, now.getTime(), preferences, saidDay, thatDay];
  if (message.some((part, at) => part !== lookedThrough.message[at]))
    lookedThrough = { message, found: new Map() };
  const closed = masked.map(({ start, end }) => `${start}-${end}`).join();
  const place = `${range.start}-${range.end} ${closed} ${lenient}`;
  const found = lookedThrough.found.get(place) ?? lookThrough(draft, range, masked, lenient);
  lookedThrough.found.set(place, found);
  return [...found];
}

function lookThrough(
  draft: Draft,
  range: Range,
  masked: readonly Range[],
  lenient: boolean,
): readonly TimeMatch[] {
  const context = {
    ...timeContext(draft.now, draft.timezone, draft.preferences, lenient),
    ...saidBefore(draft),
    ...(PAST_TENSE.test(draft.folded) && { pastTense: true }),
  };
  const closed = [...draft.quotes, ...draft.impossible, ...masked, ...houseNumbers(draft.folded)];
  const tokens = tokenize(draft.folded.slice(0, range.end), closed).filter(
    ({ start }) => start >= range.start,
  );
  const found = findTimes(tokens, context).map((match) => withWeekdayDoubt(draft.folded, match, context));
  // chrono knows nothing of what is masked, so it sees a text only where nothing is.
  if (found.length > 0 || !lenient || closed.length > 0) return found;
  const fallback = fallbackTime(draft.folded, range, context, draft.timezone);
  return fallback ? [fallback] : [];
}

const HOUSE_NUMBER =
  /(?<=\p{L}(?:stra(?:ss|ß)e|str\.?|gasse|platz|weg|allee|ring|damm|ufer)\s+|\b(?:street|road|lane|avenue|drive|square|boulevard|rue|via|calle)\s+)\d{1,4}[a-z]?\b/gu;
/** "Hauptstrasse 12" is a place, and no hour. */
const houseNumbers = (folded: string): Range[] =>
  [...folded.matchAll(HOUSE_NUMBER)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));

/** The days that earlier requests of the same message have said. */
function saidBefore({ saidDay, thatDay }: Draft): Pick<TimeContext, 'saidDay' | 'thatDay'> {
  return {
    ...(saidDay !== undefined && { saidDay: civilDay(saidDay) }),
    ...(thatDay !== undefined && { thatDay: civilDay(thatDay) }),
  };
}

const civilDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1_000;

/**
 * The one phrase that is the deadline of a to-do: what "by" or "due" introduces, else the last that looks ahead.
 * Words like "the 5pm train" and "notes from yesterday" belong to the title.
 */
export function pickDeadline(draft: Draft, matches: readonly TimeMatch[]): TimeMatch | null {
  const usable = matches.filter((match) => !isAttribute(draft.folded, match));
  const marked = usable.filter(({ lead }) => lead === 'by' || lead === 'before' || lead === 'until');
  return marked.at(-1) ?? usable.filter(({ past, lead }) => !past && lead !== 'since').at(-1) ?? null;
}

const CONNECTORS =
  /^\s*(?:$|[,.;:!?()\]-]|(?:at|on|in|by|for|with|to|and|or|please|before|after|until|about|from|due|tagged|high|low|urgent|it|its|it's|asap|because|so|then|if|when|but)\b|[#!])/;

function isAttribute(folded: string, match: TimeMatch): boolean {
  // The article may be part of the phrase: "prepare the friday meeting".
  const before = folded.slice(
    0,
    match.start + (/^the\s(?!\d)/.exec(folded.slice(match.start))?.[0].length ?? 0),
  );
  return (
    /\b(?:the|a|an|my|our|his|her|their|your)\s+$/.test(before) && !CONNECTORS.test(folded.slice(match.end))
  );
}

export function dueEntity(draft: Draft, match: TimeMatch): Entity {
  const context = timeContext(draft.now, draft.timezone, draft.preferences);
  return entityOf(draft, 'due_date', match, dueValue(match, context, draft.timezone));
}

export function rangeEntity(draft: Draft, match: TimeMatch): Entity {
  const context = timeContext(draft.now, draft.timezone, draft.preferences);
  return entityOf(draft, 'date_range', match, rangeValue(match, context, draft.timezone));
}

export function whenEntity(draft: Draft, match: TimeMatch): Entity {
  return entityOf(draft, 'when', match, whenValue(match, draft.timezone));
}

function entityOf(
  draft: Draft,
  slot: Entity['slot'],
  match: Range,
  { value, grain, readings }: TimeValue,
): Entity {
  const { start, end } = match;
  return { slot, value, grain, text: draft.text.slice(start, end), start, end, readings };
}

/** Whether nothing but fillers stands in the range outside the phrase. */
export function coversRange(draft: Draft, match: TimeMatch, range: Range): boolean {
  const before = draft.folded.slice(range.start, match.leadStart);
  const after = draft.folded.slice(match.end, range.end);
  const filler =
    /^[\s,.!?]*(?:(?:please|thanks|instead|then|sometime|maybe|make it|it's|its|it is|let's say|say|the|due|on|by|at|for|is|around|about|ok|okay|yes|i think|i guess|probably)\b[\s,.!?]*)*$/;
  return contains(range, match) && filler.test(before) && filler.test(after);
}
