import type { Action } from '../../contracts/intents.ts';
import { slotsOf, type Act } from '../../contracts/nlu.ts';
import type { Target } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { extractEntities } from './extract/extract.ts';
import { unlocated } from './recognise.ts';

/** Verbs that are said of tasks and of events; which of them an item is, is known only where it is looked for. */
const OTHER: Partial<Record<Action, Action>> = {
  update_task: 'update_event',
  update_event: 'update_task',
  delete_task: 'cancel_event',
  cancel_event: 'delete_task',
  // "Add Bob to the demo": onto a list of that name, or to an event.
  create_task: 'update_event',
};

/** "Move the second to 4pm" read as "move it to 4pm": a place in a list is no time. */
function pointedAt(draft: Draft, act: Act): Draft {
  const entity = act.entities.find(({ slot }) => slot === 'target');
  const { target } = slotsOf(act.entities);
  if (
    !entity ||
    target?.reference === undefined ||
    target.reference === 'all' ||
    entity.end - entity.start < 2
  )
    return draft;
  const it = 'it'.padEnd(entity.end - entity.start);
  const pointed = (text: string): string => text.slice(0, entity.start) + it + text.slice(entity.end);
  return { ...draft, text: pointed(draft.text), folded: pointed(draft.folded) };
}

const KINDS: Partial<Record<Action, Target['kind']>> = {
  update_task: 'task',
  delete_task: 'task',
  update_event: 'event',
  cancel_event: 'event',
};

/** An act with what the same words ask for where the item is of the other kind: "move gym to monday". */
export function withOtherKind(act: Act, draft: Draft): Act {
  const action = OTHER[act.action];
  const { target, list } = slotsOf(act.entities);
  const adds = act.action === 'create_task';
  // Who wants no reminder of a thing keeps the thing, and who leaves out one day of a series keeps the series.
  if (target?.kind === 'reminder' || (act.action === 'cancel_event' && target?.scope === 'this')) return act;
  if (!action || !draft.recognition || (adds ? !list : !target)) return act;
  const { confidence, source, params: said, rule } = draft.recognition;
  // A rule knows its wording: what is emptied is the same, whatever the item.
  if (rule !== '' && target && (said?.clear || said?.note)) {
    const meant = { ...target, kind: KINDS[action] ?? target.kind };
    return { ...act, otherwise: { action, slots: { target: meant }, params: said } };
  }
  const read = extractEntities({
    ...pointedAt(draft, act),
    entities: [],
    recognition: { ...unlocated(draft, action), confidence, source },
  });
  const found = slotsOf(read.entities);
  // What is pointed at by its place is the same whatever its kind.
  const slots =
    target?.reference === undefined || adds
      ? found
      : { ...found, target: { ...found.target, ...target, kind: KINDS[action] ?? target.kind } };
  if (!slots.target || (adds && !slots.participants)) return act;
  const params = { ...(said?.clear && { clear: said.clear }), ...read.recognition?.params };
  return {
    ...act,
    otherwise: { action, slots, ...(Object.keys(params).length > 0 && { params }) },
  };
}
