import { expect } from 'vitest';
import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Action } from '../../contracts/intents.ts';
import type { Entity, Understanding } from '../../contracts/nlu.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Slot, Slots } from '../../contracts/slots.ts';
import type { NluInput } from '../../workers/nlu/pipeline.ts';
import { NOW, ZONE } from './clock.ts';
import { openUnderstander } from '../../workers/nlu/open-understander.ts';

export { question, QUESTION_ID } from './question.ts';
export { NOW, ZONE } from './clock.ts';

/** A sentence with what it asks for and its values by slot. */
export type Row = [text: string, action: Action, slots: Slots];

/** One thread for the models of each file of tests; it ends with the process. */
const { understander } = await openUnderstander({ PULSEPLAN_DATA_DIR: '.data' }, ({ message }) => {
  throw new Error(message);
});

export interface Place {
  timezone?: string;
  now?: string;
  slot?: Slot | 'when';
}

/** What a text alone is understood as, with its values by slot. */
export async function parseText(text: string, { timezone = ZONE, now = NOW, slot }: Place = {}) {
  const request = { text, timezone, reference_time: now, ...(slot && { slot }) };
  const { acts, timings_ms } = await understander.parse(request, new Date(now));
  const [act] = acts;
  if (!act) throw new Error('no act');
  return { act, timings_ms, values: slotsOf(act.entities) };
}

/** Reads a row's sentence at a place and checks its action and its values. */
export async function expectRow([text, action, slots]: Row, place: Place = {}): Promise<void> {
  const { act, values } = await parseText(text, place);
  expect(act.action).toBe(action);
  expect(values).toEqual(slots);
}

/** The only entity of a text read as the answer to a slot, or undefined. */
export async function readAs(
  slot: Slot | 'when',
  text: string,
  place: Place = {},
): Promise<Entity | undefined> {
  const { act } = await parseText(text, { ...place, slot });
  return act.entities[0];
}

export async function understand(text: string, input: Partial<NluInput> = {}): Promise<Understanding> {
  return understander.understand({
    text,
    timezone: ZONE,
    now: new Date(NOW),
    questions: [],
    answering: null,
    lastReceipt: null,
    ...input,
  });
}

export function peek(waitingText: string, runningText: string, questions: OpenQuestion[] = []) {
  return understander.peek({ waitingText, runningText, questions, timezone: ZONE, now: new Date(NOW) });
}
