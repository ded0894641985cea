import type { Action } from '../../contracts/intents.ts';
import { slotsOf, type Entity } from '../../contracts/nlu.ts';
import { CHANGED_BY } from './correction-act.ts';
import { freshSubject } from './corrections.ts';
import { entityAt, type Draft } from './draft.ts';
import { extractEntities } from './extract/extract.ts';
import type { NluInput } from './nlu-input.ts';
import { unlocated } from './recognise.ts';
import type { Range } from './text.ts';

/** Verbs that are said of tasks and events alike; what they mean for an event. */
const FOR_EVENTS: Partial<Record<Action, Action>> = {
  update_task: 'update_event',
  delete_task: 'cancel_event',
};

/** "it" as the thing that is called off; "cancel" alone calls off what is being done. */
const IT_CANCELLED = /\bcancel\s+(?:it|that|this)\b/;

/** Whether an event was made, changed or shown a moment ago, so that "it" is one. */
export function isItAnEvent(input: Pick<NluInput, 'lastReceipt' | 'now'>): boolean {
  const last = freshSubject(input);
  return last !== null && (last.action === 'list_events' || CHANGED_BY[last.action]?.kind === 'event');
}

/** "Cancel it" after an event was made calls off the event; nothing else is going on. */
export function cancelledItem(draft: Draft, itIsAnEvent: boolean): Draft {
  const { recognition, folded } = draft;
  const said = itIsAnEvent && recognition?.action === 'cancel' ? IT_CANCELLED.exec(folded) : null;
  if (!said || !recognition) return draft;
  const implied = [lastEvent(draft, { start: said.index, end: said.index + said[0].length })];
  return {
    ...draft,
    recognition: { ...recognition, action: 'cancel_event', rule: 'cancel.it', sure: true, implied },
  };
}

const lastEvent = (draft: Draft, at: Range): Entity =>
  entityAt(draft, 'target', at, { kind: 'event', reference: 'last' }, 'the item spoken of last');

/** "Delete that", "make it 15 minutes longer": the verb fits tasks, the item that it is about is an event. */
export function ofItsKind(draft: Draft, itIsAnEvent: boolean): Draft {
  const { recognition, entities } = draft;
  const action = recognition && FOR_EVENTS[recognition.action];
  if (!itIsAnEvent || !action) return draft;
  const { confidence, source, params: said, rule } = recognition;
  const read = extractEntities({
    ...draft,
    recognition: { ...unlocated(draft, action), confidence, source },
  });
  // A rule that knows its wording knows best that no item is named: "remove the location".
  // The last of a list is whatever it is there.
  if (slotsOf(entities).target?.ordinal !== undefined) return draft;
  const pointed = rule !== '' && slotsOf(entities).target?.reference === 'last';
  if (!pointed && slotsOf(read.entities).target?.reference !== 'last') return draft;
  const values = read.entities.filter(({ slot }) => slot !== 'target');
  const filled = new Set(values.map(({ slot }) => slot));
  const named = entities.filter(({ slot }) => slot === 'title' && !filled.has(slot));
  const at = [...read.entities, ...entities].find(({ slot }) => slot === 'target');
  const target = lastEvent(draft, at ?? { start: 0, end: 0 });
  const params = { ...(said?.clear && { clear: said.clear }), ...read.recognition?.params };
  return {
    ...read,
    recognition: read.recognition && {
      ...read.recognition,
      ...(Object.keys(params).length > 0 && { params }),
    },
    entities: [target, ...values, ...named],
  };
}
