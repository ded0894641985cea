import { actionEntry } from '../../contracts/intents.ts';
import type { Gate } from '../../contracts/nlu.ts';
import type { Draft } from './draft.ts';
import { isVagueTitle } from './vague-titles.ts';

/** Rules surer than this act at once; below it the planner asks or takes care. */
const SURE = 0.65;

/** Decides whether the act is complete and sure enough to be carried out. */
export function passGates(draft: Draft): Draft {
  const { recognition } = draft;
  if (!recognition) return draft;
  return { ...draft, gate: gateOf(draft, recognition.confidence) };
}

function gateOf(draft: Draft, confidence: number): Gate {
  const { recognition, gate } = draft;
  if (!recognition || recognition.action === 'out_of_scope')
    return { ...gate, verdict: 'out_of_scope', missing: [] };
  const missing = actionEntry(recognition.action).required.filter((slot) => {
    const entity = draft.entities.find((other) => other.slot === slot);
    if (!entity) return true;
    // A bare activity is kept, so that the answer can complete it, but it does not count as a title.
    return (
      slot === 'title' &&
      recognition.action === 'create_task' &&
      typeof entity.value === 'string' &&
      isVagueTitle(entity.value)
    );
  });
  if (gate.alternatives.length > 0) return { ...gate, verdict: 'ambiguous', missing };
  if (missing.length > 0) return { ...gate, verdict: 'incomplete', missing };
  return { ...gate, verdict: confidence < SURE ? 'unsure' : 'pass', missing: [] };
}
