import type { Action } from '../../../contracts/intents.ts';
import { slotsOf } from '../../../contracts/nlu.ts';
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
 * The slots of an action in words that are known to ask for it.
 *
 * @param now the instant that words like "tomorrow" count from, in the zone
 */
export function slotsIn(text: string, timezone: string, now: Date, action: Action): Slots {
  return slotsOf(extractFor(newDraft(text, timezone, now), action).entities);
}
