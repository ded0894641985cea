import type { Action } from '../../../contracts/intents.ts';
import type { Guess } from '../intent-classifier.ts';
import type { Draft } from '../draft.ts';
import { located } from '../recognise.ts';
import { bareClause, refersBack } from './wording.ts';

/**
 * What a request of several looks like: an `item` is a noun with its hour ("3pm physio"), a `command` begins with a
 * verb that may be meant for the planner, an `activity` with
 * what is to be done, `shared` words come from the request before it.
 */
export type Form = 'item' | 'activity' | 'command' | 'shared' | 'other';

/**
 * How many times likelier an action is for a request that stands beside others than for the same words alone: nobody
 * slips "water the garden" between two things to do as an aside, a noun with its hour cancels nothing, and what shares
 * a verb is mostly of the same kind.
 */
type Weights = Partial<Record<Action, number>>;

const TALK: Weights = { cancel: 0.1, deny: 0.2, affirm: 0.2, repeat: 0.2, greeting: 0.2, help: 0.3 };
const WEIGHTS: Record<Form, Weights> = {
  item: {
    ...TALK,
    create_event: 8,
    create_task: 2,
    cancel_event: 0.1,
    update_event: 0.1,
    update_task: 0.1,
    list_events: 0.2,
    list_tasks: 0.2,
    delete_task: 0.1,
    complete_task: 0.1,
  },
  activity: {
    ...TALK,
    create_task: 6,
    update_task: 0.3,
    complete_task: 0.5,
    delete_task: 0.5,
    out_of_scope: 0.2,
  },
  command: { ...TALK, out_of_scope: 0.2 },
  shared: TALK,
  other: TALK,
};
const SAME_VERB = 4;

/** The guesses about a request that stands beside others, likeliest first. */
export function besideOthers(guesses: readonly Guess[], form: Form, before: Action | undefined): Guess[] {
  const weighed = guesses.map((guess) => ({
    ...guess,
    confidence:
      guess.confidence *
      (WEIGHTS[form][guess.action] ?? 1) *
      (form === 'shared' && guess.action === before ? SAME_VERB : 1),
  }));
  const sum = weighed.reduce((total, { confidence }) => total + confidence, 0);
  if (sum <= 0) return [...guesses];
  return weighed
    .map((guess) => ({ ...guess, confidence: guess.confidence / sum }))
    .toSorted((a, b) => b.confidence - a.confidence);
}

const OF_EVENTS: ReadonlyMap<Action, Action> = new Map<Action, Action>([
  ['update_task', 'update_event'],
  ['delete_task', 'cancel_event'],
]);
const OF_TASKS = new Map<Action, Action>([...OF_EVENTS].map(([task, event]) => [event, task]));
/** After these "it" is an event, or a task. */
const EVENTS: ReadonlySet<Action> = new Set<Action>(['create_event', 'update_event', 'list_events']);
const TASKS: ReadonlySet<Action> = new Set<Action>(['create_task', 'update_task', 'complete_task']);
const PERSON =
  /^(?:(?:please|can you|could you|then|also)\s+)*(?:add|invite|include|take)\s+\p{Lu}\p{Ll}+(?:\s+(?:off|out|too|as well|also))*[.!?]?$/iu;
/** One of those just spoken of. */
const NTH =
  /\bthe\s+(?:rest|others?|first|second|third|fourth|fifth|last|next)(?:\s+(?:one|two))?(?=\s+(?:can|could|is|to|as|off|should)\b|$)|\b(?:what(?:ever)?\s+(?:comes|is)|the\s+(?:one|thing))\s+(?:right\s+)?(?:after|before|next)(?:\s+(?:it|that))?$/;
const NAMED = /\b\p{Lu}\p{Ll}+/u;

/** "it" is what the request before was about: "move the kickoff to Room 5 | and make it 90 minutes" changes an event. */
export function ofTheSameKind(draft: Draft, before: Action | undefined): Draft {
  const { recognition, text, folded } = draft;
  if (!recognition || before === undefined) return draft;
  const action = kindred(recognition.action, text, folded, before);
  if (action === recognition.action) return draft;
  const { confidence, source } = recognition;
  const gate = { ...draft.gate, alternatives: [] };
  return { ...draft, recognition: { ...located(draft, action), confidence, source }, gate };
}

function kindred(action: Action, text: string, folded: string, before: Action): Action {
  if (EVENTS.has(before) && PERSON.test(text) && NAMED.test(text.replace(/^\S+/, ''))) return 'update_event';
  if (!refersBack(bareClause(folded)) && !NTH.test(folded)) return action;
  if (EVENTS.has(before)) return OF_EVENTS.get(action) ?? action;
  return TASKS.has(before) ? (OF_TASKS.get(action) ?? action) : action;
}
