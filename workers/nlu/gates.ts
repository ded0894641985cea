import type { Action } from '../../contracts/intents.ts';
import { actionEntry } from '../../contracts/intents.ts';
import type { Gate } from '../../contracts/nlu.ts';
import type { Slot } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { isAlarm } from './extract/new-reminder.ts';
import { isVagueTitle } from './vague-titles.ts';

/** Rules surer than this act at once; below it the planner asks or takes care. */
const SURE = 0.65;

/** Decides whether the act is complete and sure enough to be carried out. */
export function passGates(draft: Draft): Draft {
  const { recognition } = draft;
  if (!recognition) return draft;
  return { ...draft, gate: gateOf(draft, recognition.confidence) };
}

/** What need not be said where something else was: the words of an alarm, the moment of what hangs on an event. */
function standsIn(draft: Draft, action: Action, slot: Slot): boolean {
  if (action !== 'set_reminder') return false;
  const before = draft.entities.some((entity) => entity.slot === 'when');
  return slot === 'title'
    ? isAlarm(draft) || before || draft.entities.some((entity) => entity.slot === 'target')
    : slot === 'remind_at' && before;
}

/** "Remind me to study at 8" is enough; "remind me to call" says neither whom nor when. */
const isUntimedReminder = ({ entities }: Draft, action: Action): boolean =>
  action === 'set_reminder' &&
  !entities.some(({ slot }) => /^(?:remind_at|recurrence|date_range|when|target)$/.test(slot));

function gateOf(draft: Draft, confidence: number): Gate {
  const { recognition, gate } = draft;
  if (!recognition || recognition.action === 'out_of_scope')
    return { ...gate, verdict: 'out_of_scope', missing: [] };
  const missing = actionEntry(recognition.action).required.filter((slot) => {
    const entity = draft.entities.find((other) => other.slot === slot);
    if (!entity) return !standsIn(draft, recognition.action, slot);
    // A bare activity is kept, so that the answer can complete it, but it does not count as a title.
    return (
      slot === 'title' &&
      (recognition.action === 'create_task' || isUntimedReminder(draft, recognition.action)) &&
      typeof entity.value === 'string' &&
      isVagueTitle(entity.value)
    );
  });
  if (gate.alternatives.length > 0) return { ...gate, verdict: 'ambiguous', missing };
  if (missing.length > 0) return { ...gate, verdict: 'incomplete', missing };
  return { ...gate, verdict: confidence < SURE ? 'unsure' : 'pass', missing: [] };
}
