import type { Action } from '../../contracts/intents.ts';
import type { ActParams, Entity, Gate, Source } from '../../contracts/nlu.ts';
import type { Slot } from '../../contracts/slots.ts';
import { impossibleTimes } from './extract/impossible-times.ts';
import type { Range } from './text.ts';
import { foldText, quotedRanges } from './text.ts';
import { USUAL_TIMES, type TimePreferences } from './time-preferences.ts';
import { timeContext } from './time/values.ts';

/** What a rule recognised: the action and which stretches of the text hold what. */
export interface Recognition {
  action: Action;
  confidence: number;
  source: Source;
  /** Name of the rule, for explanations; empty when the classifier decided. */
  rule: string;
  /** The wording leaves nothing to weigh: no classifier is asked. */
  sure?: boolean;
  /** Where title and filters stand. */
  body: Range;
  /** Where the item meant is named. */
  target?: Range;
  /** Where the new values stand. */
  change?: Range;
  /** Where the new title stands, word for word. */
  title?: Range;
  /** Values that the wording itself implies ("show overdue tasks"). */
  implied?: Entity[];
  /** What it says beyond slots. */
  params?: ActParams;
}

/** An understanding in the making. Each step of the pipeline takes one and returns one. */
export interface Draft {
  readonly text: string;
  /** Same length as `text`; what rules and extractors match against. */
  readonly folded: string;
  readonly quotes: readonly Range[];
  /** What looks like a date or an hour and is none; nothing else is read there, and it is told back. */
  readonly impossible: readonly Range[];
  readonly timezone: string;
  readonly now: Date;
  readonly preferences: TimePreferences;
  /** ISO day that was said for an earlier request of the same message; hours alone belong to it. */
  readonly saidDay?: string;
  /** ISO day that "that day" means: the one said last for any earlier request. */
  readonly thatDay?: string;
  readonly recognition: Recognition | null;
  readonly entities: readonly Entity[];
  readonly gate: Gate;
}

export function newDraft(
  text: string,
  timezone: string,
  now: Date,
  preferences: TimePreferences = USUAL_TIMES,
): Draft {
  const folded = foldText(text);
  const quotes = quotedRanges(folded);
  return {
    text,
    folded,
    quotes,
    impossible: impossibleTimes(folded, quotes, timeContext(now, timezone, preferences)),
    timezone,
    now,
    preferences,
    recognition: null,
    entities: [],
    gate: { verdict: 'pass', missing: [], alternatives: [] },
  };
}

/** An entity over a stretch of the draft's text. Without readings of its own its value is the only one. */
export function entityAt(
  draft: Pick<Draft, 'text'>,
  slot: Slot | 'when',
  range: Range,
  value: unknown,
  reason: string,
): Entity {
  const { start, end } = range;
  return { slot, value, text: draft.text.slice(start, end), start, end, readings: [{ value, reason }] };
}

/** A stretch as a draft of its own. */
export function partOf(draft: Draft, { start, end }: Range): Draft {
  return { ...draft, text: draft.text.slice(start, end), folded: draft.folded.slice(start, end), quotes: [] };
}

/** What was found in a stretch, at its place in the whole text. */
export const placedIn = (entity: Entity, { start }: Range): Entity => ({
  ...entity,
  start: entity.start + start,
  end: entity.end + start,
});
