import type { Action } from '../../contracts/intents.ts';
import type { ActParams, Entity } from '../../contracts/nlu.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { newDraft } from '../../workers/nlu/draft.ts';
import { extractFor } from '../../workers/nlu/extract/extract-for.ts';
import { NOW, ZONE } from './clock.ts';

export interface Forced {
  values: Slots;
  entities: readonly Entity[];
  params: ActParams | undefined;
  missing: readonly string[];
}

/** What a text says for an action that is known, whoever recognised it. */
export function forced(action: Action, text: string): Forced {
  const { entities, recognition, gate } = extractFor(newDraft(text, ZONE, new Date(NOW)), action);
  return { values: slotsOf(entities), entities, params: recognition?.params, missing: gate.missing };
}
