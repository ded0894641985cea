import { DROP_CHOICE, type OpenQuestion } from '../../contracts/clarification.ts';
import { ACTIONS, actionEntry, type Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Question } from './outcome.ts';
import { GUESSED_FROM, needsSureness, OFFERED_FROM, onlyReads } from './policy.ts';
import { quote } from './sentences.ts';

/** What an action is called on a button; those missing are moves of a conversation, which nobody is asked about. */
const CALLED: Partial<Record<Action, string>> = {
  create_task: 'Add a task',
  update_task: 'Change a task',
  complete_task: 'Mark a task as done',
  delete_task: 'Delete a task',
  list_tasks: 'Show my tasks',
  create_event: 'Add an event',
  update_event: 'Change an event',
  cancel_event: 'Cancel an event',
  list_events: 'Show my calendar',
  plan_schedule: 'Plan my schedule',
  find_time: 'Find a free time',
  reschedule: 'Find a new time',
  daily_briefing: 'A briefing of my day',
  weekly_briefing: 'A briefing of my week',
  search: 'Search everything',
  draft_email: 'Draft an email',
  send_email: 'Send an email',
  search_email: 'Look through my emails',
  set_reminder: 'Set a reminder',
  list_reminders: 'Show my reminders',
  show_usage: 'Show my usage',
  upgrade: 'Upgrade',
  set_preference: 'Change a setting',
  undo: 'Undo something',
};

/** The answer to "which did you mean?" holds no slot of its own. */
const NO_SLOT = 'query';

/**
 * What is asked before an act that was not understood for sure: which of two or three actions was meant, or whether the
 * likeliest one was, where it can't simply be taken back or only a language model understood it. Null for an act that
 * can be carried out.
 */
export function doubtAbout(act: Act, slots: Slots): Question | null {
  const { verdict, alternatives } = act.gate;
  if (CALLED[act.action] === undefined) return null;
  const byModel = act.source === 'llm';
  if (byModel ? onlyReads(act.action) : act.confidence < GUESSED_FROM) return null;
  const others =
    verdict === 'ambiguous'
      ? alternatives.filter(
          ({ action, confidence }) => CALLED[action] !== undefined && confidence >= OFFERED_FROM,
        )
      : [];
  const unsure = verdict === 'unsure' || verdict === 'ambiguous';
  if (others.length === 0 && !byModel && !(unsure && needsSureness(act.action))) return null;
  const readings = [{ action: act.action, slots }, ...others].map((reading) => ({ slots: {}, ...reading }));
  const choices = readings.map(({ action, slots: own }) => ({
    choice_id: action,
    label: labelOf(action, own),
  }));
  return {
    slot: NO_SLOT,
    kind: 'choice',
    question:
      others.length === 0
        ? `Do you want to ${lowered(labelOf(act.action, slots))}?`
        : 'What do you want to do?',
    choices: [...choices, { choice_id: DROP_CHOICE, label: others.length === 0 ? 'No' : 'None of these' }],
    choiceSlots: Object.fromEntries(readings.map(({ action, slots: own }) => [action, own])),
  };
}

/** What is said before such a question is asked for the first time. */
export const doubtWords = ({ choices }: Question): string =>
  choices.length > 2 ? 'I am not sure which you mean.' : 'I am not sure that I understood.';

/** Whether too little was understood for any action to be offered. */
export const isMereGuess = ({ confidence, source, gate }: Act): boolean =>
  source === 'classifier' && gate.verdict === 'ambiguous' && confidence < GUESSED_FROM;

/** The act that was chosen, complete as far as its words went. */
export function chosenAct(act: Act, question: OpenQuestion, choiceId: string | undefined): Act {
  const action = ACTIONS.get(choiceId ?? '')?.action ?? question.action;
  const { intent, required } = actionEntry(action);
  const slots = question.choice_slots[action] ?? {};
  const missing = required.filter((slot) => slots[slot] === undefined);
  return {
    ...act,
    intent,
    action,
    // What the words say beyond slots was read for the likeliest action only.
    params: action === question.action ? question.params : undefined,
    gate: { verdict: missing.length > 0 ? 'incomplete' : 'pass', missing, alternatives: [] },
  };
}

function labelOf(action: Action, slots: Slots): string {
  const name = CALLED[action] ?? action;
  const about = slots.title ?? slots.target?.query ?? slots.query ?? slots.recipient?.join(', ');
  return about === undefined || about === '' ? name : `${name}: ${quote(about)}`;
}

const lowered = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);
