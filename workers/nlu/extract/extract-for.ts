import type { Action } from '../../../contracts/intents.ts';
import type { Draft } from '../draft.ts';
import { passGates } from '../gates.ts';
import { located } from '../recognise.ts';
import { extractEntities } from './extract.ts';

/** The values of an action's slots in a text that is known to ask for it, whoever recognised that. */
export function extractFor(draft: Draft, action: Action): Draft {
  return passGates(extractEntities({ ...draft, recognition: located(draft, action) }));
}
