import { slotsOf } from '../../contracts/nlu.ts';
import type { Draft } from './draft.ts';
import { extractEntities } from './extract/extract.ts';
import { located } from './recognise.ts';

/** The other readings of what a text asks for, each with the slots that the same words have for it. */
export function withAlternativeSlots(draft: Draft): Draft {
  const { gate } = draft;
  if (gate.alternatives.length === 0) return draft;
  const alternatives = gate.alternatives.map((other) => {
    const recognition = located(draft, other.action);
    return { ...other, slots: slotsOf(extractEntities({ ...draft, entities: [], recognition }).entities) };
  });
  return { ...draft, gate: { ...gate, alternatives } };
}
