import type { Entity } from '../../contracts/nlu.ts';
import type { Draft } from './draft.ts';
import type { Range } from './text.ts';
import { overlaps } from './text.ts';
import type { RecurrenceMatch } from './time/recurrence.ts';
import { findRecurrence } from './time/recurrence.ts';
import { timeContext } from './time/values.ts';

/** What was found in the message that is being read: rules and extractors look through the same stretches. */
let lookedThrough = { message: '', found: new Map<string, RecurrenceMatch | null>() };

/** The repetition that a stretch of the text speaks of, with its end on the person's calendar. Quotes and dates that don't exist hold none. */
export function repetitionIn(draft: Draft, range: Range, lenient = false): RecurrenceMatch | null {
  const message = JSON.stringify([draft.folded, draft.timezone, draft.now, draft.preferences]);
  if (lookedThrough.message !== message) lookedThrough = { message, found: new Map() };
  const place = `${range.start} ${range.end} ${lenient}`;
  const known = lookedThrough.found.get(place);
  if (known !== undefined) return known;
  const found = lookThrough(draft, range, lenient);
  lookedThrough.found.set(place, found);
  return found;
}

function lookThrough(draft: Draft, range: Range, lenient: boolean): RecurrenceMatch | null {
  const context = timeContext(draft.now, draft.timezone, draft.preferences);
  const found = findRecurrence(draft.folded, range, lenient, context);
  return found && ![...draft.quotes, ...draft.impossible].some((closed) => overlaps(closed, found))
    ? found
    : null;
}

export function repetitionEntity(draft: Draft, { start, end, rule, readings }: RecurrenceMatch): Entity {
  return {
    slot: 'recurrence',
    value: rule,
    text: draft.text.slice(start, end),
    start,
    end,
    readings: readings.map(({ rule: value, reason }) => ({ value, reason })),
  };
}

/** Whether the repetition among the entities counts from when the task was done last. */
export function countsFromCompletion(draft: Draft, entities: readonly Entity[]): boolean {
  const said = entities.find(({ slot }) => slot === 'recurrence');
  return said !== undefined && repetitionIn(draft, said, true)?.fromCompletion === true;
}
