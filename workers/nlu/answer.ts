import type { Entity } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { slots as slotsSchema } from '../../contracts/slots.ts';

/** A text read as the answer to a question. */
export interface Answer {
  confidence: number;
  slots: Slots;
  entities: Entity[];
  choiceId?: string;
  /** A title as it was said, before the activity that was known was put to it. */
  said?: string;
  /** "No" to a question that offers no such choice. */
  declined?: boolean;
}

/** Entity values by slot, or null when one does not fit the slot's shape. */
export function valuesOf(entities: readonly Entity[]): Slots | null {
  const parsed = slotsSchema.safeParse(Object.fromEntries(entities.map(({ slot, value }) => [slot, value])));
  return parsed.success ? parsed.data : null;
}
