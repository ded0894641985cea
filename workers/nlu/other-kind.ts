import type { Action } from '../../contracts/intents.ts';
import { slotsOf, type Act } from '../../contracts/nlu.ts';
import type { Draft } from './draft.ts';
import { extractEntities } from './extract/extract.ts';
import { unlocated } from './recognise.ts';

/** Verbs that are said of tasks and of events; which of them an item is, is known only where it is looked for. */
const OTHER: Partial<Record<Action, Action>> = {
  update_task: 'update_event',
  update_event: 'update_task',
  delete_task: 'cancel_event',
  cancel_event: 'delete_task',
};

/** An act with what the same words ask for where the item is of the other kind: "move gym to monday". */
export function withOtherKind(act: Act, draft: Draft): Act {
  const action = OTHER[act.action];
  const { target } = slotsOf(act.entities);
  if (!action || !draft.recognition || !target || target.reference === 'all' || act.gate.verdict !== 'pass')
    return act;
  const { confidence, source, params: said } = draft.recognition;
  const read = extractEntities({
    ...draft,
    entities: [],
    recognition: { ...unlocated(draft, action), confidence, source },
  });
  const slots = slotsOf(read.entities);
  if (!slots.target) return act;
  const params = { ...(said?.clear && { clear: said.clear }), ...read.recognition?.params };
  return {
    ...act,
    otherwise: { action, slots, ...(Object.keys(params).length > 0 && { params }) },
  };
}
