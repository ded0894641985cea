import type { Action } from '../../../contracts/intents.ts';
import { slotsOf, type ActParams } from '../../../contracts/nlu.ts';
import type { Slots } from '../../../contracts/slots.ts';
import { newDraft, type Draft } from '../draft.ts';
import { passGates } from '../gates.ts';
import { located, unlocated } from '../recognise.ts';
import { extractEntities } from './extract.ts';

/** The values of an action's slots in a text that is known to ask for it, whoever recognised that. */
export function extractFor(draft: Draft, action: Action): Draft {
  const found = located(draft, action);
  // A rule may take its wording for another action; here the action is known.
  const recognition = found.action === action ? found : unlocated(draft, action);
  return passGates(extractEntities({ ...draft, recognition }));
}

/**
 * What words say that are known to ask for an action.
 *
 * @param now the instant that words like "tomorrow" count from, in the zone
 */
export function readFor(
  text: string,
  timezone: string,
  now: Date,
  action: Action,
): { slots: Slots; params: ActParams | undefined } {
  const { entities, recognition } = extractFor(newDraft(text, timezone, now), action);
  return { slots: slotsOf(entities), params: recognition?.params };
}
