import { actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act, ActParams, Entity } from '../../contracts/nlu.ts';
import type { Slots, Target } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { correctionOfDraft } from './draft-edits.ts';
import { entityAt } from './draft.ts';

/** What was made or changed a moment ago is changed by these. */
export const CHANGED_BY: Partial<Record<Action, { action: Action; kind: Target['kind'] }>> = {
  create_task: { action: 'update_task', kind: 'task' },
  update_task: { action: 'update_task', kind: 'task' },
  create_event: { action: 'update_event', kind: 'event' },
  update_event: { action: 'update_event', kind: 'event' },
  set_reminder: { action: 'set_reminder', kind: 'reminder' },
};

/**
 * "actually 4pm": a change of what came last. What changes nothing by itself (a list, a search) is done again with the
 * new value, and so is a change that was meant for another item.
 *
 * @param confidence lower where nothing is known of what came last
 */
export function correctionAct(
  draft: Draft,
  said: {
    action: Action;
    known: Slots;
    entities: readonly Entity[];
    params?: ActParams | undefined;
  },
  confidence: number,
): Act {
  const { known, entities } = said;
  if (said.action === 'draft_email') return correctionOfDraft(draft, entities);
  const other = entities.some(({ slot }) => slot === 'target');
  const changed = other ? undefined : CHANGED_BY[said.action];
  const action = changed?.action ?? said.action;
  const nowhere = { start: 0, end: 0 };
  const filled = new Set(entities.map(({ slot }) => slot));
  const before = changed
    ? [
        entityAt(
          draft,
          'target',
          nowhere,
          { kind: changed.kind, reference: 'last' },
          'what was said or done last',
        ),
      ]
    : Object.entries(known).flatMap(([slot, value]) =>
        value === undefined || filled.has(slot as keyof Slots)
          ? []
          : [entityAt(draft, slot as keyof Slots, nowhere, value, 'as said before')],
      );
  return {
    intent: actionEntry(action).intent,
    action,
    confidence,
    source: 'rule',
    span: { start: 0, end: draft.text.length },
    entities: [...before, ...entities],
    ...(said.params && { params: said.params }),
    gate: { verdict: 'pass', missing: [], alternatives: [] },
  };
}
