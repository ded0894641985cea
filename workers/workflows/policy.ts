import type { Action } from '../../contracts/intents.ts';

/**
 * What may be done without asking first: as many items as stand here. More than that is a bulk change, which is confirmed
 * though it can be undone. Actions not listed need no confirmation.
 */
const CONFIRM_ABOVE: Partial<Record<Action, number>> = {
  delete_task: 1,
  complete_task: 1,
  update_task: 1,
  update_event: 1,
  cancel_event: 1,
};

/** Whether an action on so many items at once is asked about first. */
export function needsConfirmation(action: Action, items: number): boolean {
  const limit = CONFIRM_ABOVE[action];
  return limit !== undefined && items > limit;
}

/** What is confirmed where it is about a series, from a day on or all of it. Guests are told nothing: they are names only. */
const CONFIRM_SERIES: ReadonlySet<Action> = new Set<Action>(['cancel_event']);

/** Whether an action on much of a series is asked about first. */
export const confirmsSeries = (action: Action): boolean => CONFIRM_SERIES.has(action);

/**
 * Changes that wait for each other where a message asks for several: when one of them has to be confirmed, all are shown
 * first, and carried out together or not at all. What has a preview of its own, or is paid for, stands by itself.
 */
const HELD: ReadonlySet<Action> = new Set<Action>([
  'create_task',
  'update_task',
  'complete_task',
  'delete_task',
  'create_event',
  'update_event',
  'cancel_event',
  'set_reminder',
  'set_preference',
]);

/** What takes things away. More than so many acts of one message that do are a bulk change, each for one thing or not. */
const REMOVES: ReadonlySet<Action> = new Set<Action>(['delete_task', 'cancel_event']);
export const REMOVED_AT_ONCE = 1;

/** Whether an action takes things away. */
export const removes = (action: Action): boolean => REMOVES.has(action);

/** Whether an action waits for the others of its message. */
export const waitsForOthers = (action: Action): boolean => HELD.has(action);

/**
 * What is never done on an uncertain understanding, though some of it could be undone: things go away, others are
 * told, or tokens are charged.
 */
const NEEDS_SURENESS: ReadonlySet<Action> = new Set<Action>([
  'delete_task',
  'cancel_event',
  'reschedule',
  'plan_schedule',
  'send_email',
  'draft_email',
  'set_preference',
]);

/** Whether an action is asked about where it was not understood for sure. */
export const needsSureness = (action: Action): boolean => NEEDS_SURENESS.has(action);

/** What changes nothing is done though only a language model understood it; all else is confirmed first. */
const READS: ReadonlySet<Action> = new Set<Action>([
  'list_tasks',
  'list_events',
  'list_reminders',
  'find_time',
  'daily_briefing',
  'weekly_briefing',
  'search',
  'search_email',
  'show_usage',
  'help',
]);

/** Whether an action only reads. */
export const onlyReads = (action: Action): boolean => READS.has(action);

/** What neither looks at the user's things nor changes them, and need not know what was asked for before it. */
const BLIND: ReadonlySet<Action> = new Set<Action>([
  'create_task',
  'draft_email',
  'show_usage',
  'upgrade',
  'greeting',
  'goodbye',
  'thanks',
  'help',
  'out_of_scope',
  'cancel',
  'affirm',
  'deny',
  'repeat',
]);

/** Whether an action has to see what the acts before it in the same message have changed. */
export const readsWhatIs = (action: Action): boolean => !BLIND.has(action);

/** Below this even the likeliest action is a guess; saying what can be done helps more than offering it. */
export const GUESSED_FROM = 0.3;
/** Other readings are offered beside the likeliest from here on. */
export const OFFERED_FROM = 0.15;
/** This sure that a message asks for nothing we do, no language model is asked about it. */
export const TURNED_AWAY_FROM = 0.5;
/** Characters. Longer messages are notes, and dear to send; they are never shown to a language model to be sorted. */
export const SORTED_MAX = 300;
/** Words. Who says less gives a language model nothing to go by either. */
export const SORTED_WORDS_MIN = 3;

/** An email waits this long before it leaves; until then its sending can be taken back. */
export const SEND_DELAY_MS = 20_000;
/** How long a change can be taken back. */
export const UNDO_WINDOW_MS = 24 * 3600 * 1000;
/** For this long "cancel" means what was done last. */
export const JUST_DONE_MS = 10 * 60_000;
/** How far back receipts are offered for undo. */
export const UNDO_RECEIPTS_MAX = 50;
/** A question binds a bare answer this long, then it is parked, then it expires. */
export const QUESTION_ACTIVE_MS = 10 * 60_000;
export const QUESTION_KEPT_MS = 24 * 3600 * 1000;
/** After a change of topic a bare answer still binds this long. */
export const RETURN_OFFER_MS = 2 * 60_000;
export const PARKED_MAX = 3;
/** The same question is asked this often, then with choices, then it is parked. */
export const ASKED_MAX = 3;
