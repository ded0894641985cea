import { slotsOf } from '../../contracts/nlu.ts';
import type { Draft } from './draft.ts';
import { extractFor } from './extract/extract-for.ts';

/** The other readings of what a text asks for, each with the slots that the same words have for it. */
export function withAlternativeSlots(draft: Draft): Draft {
  const { gate } = draft;
  // A note of that length is no request that anybody is asked about.
  if (gate.alternatives.length === 0 || draft.text.length > 1_000) return draft;
  const plain: Draft = { ...draft, entities: [], gate: { ...gate, alternatives: [] } };
  const alternatives = gate.alternatives.map((other) => ({
    ...other,
    slots: slotsOf(extractFor(plain, other.action).entities),
  }));
  return { ...draft, gate: { ...gate, alternatives } };
}
