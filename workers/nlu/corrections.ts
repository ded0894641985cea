import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { valuesOf } from './answer.ts';
import type { Draft } from './draft.ts';
import { DISTANCE, readChange } from './extract/change.ts';
import type { NluInput } from './nlu-input.ts';
import { civilFromIso, civilParts, formatDay, formatInstant } from './time/civil.ts';

/** How long after a change a bare "actually 4pm" still means it. */
export const FRESH_MS = 10 * 60_000;

const MARK =
  /^[\s,.!]*(?:(?:not [^,.]{1,40}|no|nope|oh|oops|ah|sorry|wait|hm+|hang on|hold on|ok|okay|well)[\s,.!-]+)*(?:(?<strong>actually|i mean|i meant|correction|rather|on second thought|scratch that|better|make (?:it|that)|change (?:it|that|this)(?: to)?|set (?:it|that)(?: to)?|move (?:it|that)(?: to)?|let's (?:make|say|do)(?: it)?|(?:it|that) should (?:have been|be)|should be|i said)[\s,:-]+)+(?<rest>.*)$|^[\s,.!]*(?:no|nope|sorry|oops|wait|not [^,.]{1,40}(?=,))[\s,.!-]+(?:(?:no|sorry|wait|i mean|make it|it's)[\s,.!-]+)*(?<rest2>(?!not\b).+)$|^(?<rest3>.+?)[\s,]+(?:instead|rather|actually|i mean)[\s.!]*$/ds;

export interface Correction {
  slots: Slots;
  entities: Entity[];
}

/** A changed value for what was said or done just before; it must be nothing but values. */
export function readCorrection(
  draft: Draft,
  input: NluInput,
  question: OpenQuestion | null,
): Correction | null {
  const fresh =
    input.lastReceipt !== null && input.now.getTime() - Date.parse(input.lastReceipt.at) < FRESH_MS;
  const correctable =
    fresh && (input.lastReceipt?.action === 'create_task' || input.lastReceipt?.action === 'update_task');
  if (!correctable && !question) return null;
  const correction = correctionValues(draft);
  if (!correction) return null;
  // The value that was asked for is an answer, however it is introduced.
  if (
    question &&
    (question.slot in correction.slots || (question.slot === 'due_date' && 'due_date' in correction.slots))
  )
    return null;
  const before = question?.slots ?? (correctable ? input.lastReceipt?.slots : undefined);
  return before ? mergeTimes(draft, correction, before) : correction;
}

/** Values of other slots said instead of the one asked for ("tomorrow" to "study what?"): kept, and the question stays. */
export function readBesides(draft: Draft, question: OpenQuestion): Correction | null {
  const { entities, complete } = readChange(draft, { start: 0, end: draft.folded.length }, false);
  const slots = complete ? valuesOf(entities) : null;
  return slots && !(question.slot in slots) ? { slots, entities } : null;
}

/** The new values of "actually 4pm", "no, friday", "make it high priority"; null when the text is no correction. */
export function correctionValues(draft: Draft): Correction | null {
  const match = MARK.exec(draft.folded);
  const groups = match?.indices?.groups;
  const rest = groups?.['rest'] ?? groups?.['rest2'] ?? groups?.['rest3'];
  if (!rest) return null;
  // "actually two days later" counts from the date that the item has; that is a request of its own.
  if (DISTANCE.test(draft.folded.slice(rest[0], rest[1]))) return null;
  const { entities, complete } = readChange(draft, { start: rest[0], end: rest[1] }, true);
  if (!complete) return null;
  const slots = valuesOf(entities);
  return slots && { slots, entities };
}

/** "4pm" after "tomorrow at 3pm" keeps the day, "friday" keeps the hour. */
function mergeTimes(draft: Draft, correction: Correction, before: Slots): Correction {
  const said = correction.entities.find(({ slot }) => slot === 'due_date');
  const earlier = before.due_date === undefined ? null : civilFromIso(before.due_date, draft.timezone);
  const now =
    correction.slots.due_date === undefined ? null : civilFromIso(correction.slots.due_date, draft.timezone);
  if (!said || !earlier || !now) return correction;
  const dayOnly = !now.hasTime;
  const timeOnly =
    now.hasTime &&
    !/[a-z]{3,}day|today|tonight|tomorrow|\b(?:in|next|this|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.test(
      draft.folded.slice(said.start, said.end),
    ) &&
    !/\d[/.-]\d/.test(said.text);
  if (dayOnly && !earlier.hasTime) return correction;
  if (!dayOnly && !timeOnly) return correction;
  const merged = dayOnly ? join(now.moment, earlier.moment) : join(earlier.moment, now.moment);
  const value = formatInstant(merged, draft.timezone);
  const reason = dayOnly ? 'the hour is kept' : `the day is kept: ${formatDay(merged)}`;
  const entity: Entity = {
    ...said,
    value,
    grain: 'minute',
    readings: [{ value, grain: 'minute', reason }, ...said.readings.filter((other) => other.value !== value)],
  };
  return {
    slots: { ...correction.slots, due_date: value },
    entities: correction.entities.map((other) => (other === said ? entity : other)),
  };
}

function join(day: number, clock: number): number {
  const { hour, minute } = civilParts(clock);
  return Math.floor(day / 86_400) * 86_400 + hour * 3_600 + minute * 60;
}
