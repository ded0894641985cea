import type { Action } from '../../contracts/intents.ts';

/** What an action does to the user's things, or beyond them. */
type Effect = 'nothing' | 'reads' | 'adds' | 'changes' | 'removes' | 'sends';

/** How one action is decided about. What is left out does not hold for it. */
interface ActPolicy {
  effect: Effect;
  /**
   * CONFIRM: as many things at once are changed without asking first. More is a bulk change, which is confirmed though it
   * can be undone. 0 is never without.
   */
  freely?: number;
  /** CONFIRM: also where it is about a series, from a day on or all of it. Guests are told nothing: they are names only. */
  asksOfSeries?: true;
  /**
   * CONFIRM: waits for the other changes of its message. When one of them has to be confirmed, all are shown first, and
   * carried out together or not at all. What has a preview of its own, or is paid for, stands by itself.
   */
  waits?: true;
  /**
   * CLARIFY: never done on an uncertain understanding, though some of it could be undone: things go away, others are
   * told, or tokens are charged.
   */
  needsSureness?: true;
  /** REFUSE: beyond so many things at once it has a price, which the plan or the quota may not allow; so many are offered. */
  freeUpTo?: number;
  /** Looks at nothing of the user's, and need not know what was asked for before it in the same message. */
  isBlind?: true;
}

/** Most things that one message changes. */
export const BULK_MAX = 1_000;
/** As many things as one message changes at no price. */
export const BATCH_MAX = 20;

const move: ActPolicy = { effect: 'nothing', isBlind: true };

/** FALLBACK is what no row is about: `out_of_scope`. */
const POLICY: Readonly<Record<Action, ActPolicy>> = {
  create_task: { effect: 'adds', waits: true, isBlind: true },
  update_task: { effect: 'changes', freely: 1, waits: true, freeUpTo: BATCH_MAX },
  complete_task: { effect: 'changes', freely: 1, waits: true, freeUpTo: BATCH_MAX },
  delete_task: { effect: 'removes', freely: 1, waits: true, needsSureness: true, freeUpTo: BATCH_MAX },
  list_tasks: { effect: 'reads' },

  create_event: { effect: 'adds', waits: true },
  update_event: { effect: 'changes', freely: 1, waits: true },
  cancel_event: { effect: 'removes', freely: 1, asksOfSeries: true, waits: true, needsSureness: true },
  list_events: { effect: 'reads' },

  plan_schedule: { effect: 'adds', freely: 0, needsSureness: true },
  find_time: { effect: 'reads' },
  reschedule: { effect: 'changes', freely: 0, needsSureness: true },

  daily_briefing: { effect: 'reads' },
  weekly_briefing: { effect: 'reads' },
  search: { effect: 'reads' },

  draft_email: { effect: 'adds', needsSureness: true, isBlind: true },
  send_email: { effect: 'sends', freely: 0, needsSureness: true },
  search_email: { effect: 'reads' },

  set_reminder: { effect: 'adds', waits: true },
  list_reminders: { effect: 'reads' },

  set_preference: { effect: 'changes', waits: true, needsSureness: true },
  show_usage: { effect: 'reads', isBlind: true },
  upgrade: move,
  undo: { effect: 'changes' },
  help: { effect: 'reads', isBlind: true },
  greeting: move,
  goodbye: move,
  thanks: move,
  repeat: move,
  cancel: move,
  affirm: move,
  deny: move,
  out_of_scope: move,
};

/** Whether an action on so many things at once is asked about first. */
export const needsConfirmation = (action: Action, items: number): boolean =>
  items > (POLICY[action].freely ?? Infinity);

/** Whether an action on much of a series is asked about first. */
export const confirmsSeries = (action: Action): boolean => POLICY[action].asksOfSeries === true;

/** Whether an action takes things away. More than so many acts of one message that do are a bulk change, too. */
export const removes = (action: Action): boolean => POLICY[action].effect === 'removes';
export const REMOVED_AT_ONCE = 1;

/** Whether an action waits for the others of its message. */
export const waitsForOthers = (action: Action): boolean => POLICY[action].waits === true;

/** Whether an action is asked about where it was not understood for sure. */
export const needsSureness = (action: Action): boolean => POLICY[action].needsSureness === true;

/** Whether an action only reads: then it is done though only a language model understood it; all else is confirmed. */
export const onlyReads = (action: Action): boolean => POLICY[action].effect === 'reads';

/** Whether an action has to see what the acts before it in the same message have changed. */
export const readsWhatIs = (action: Action): boolean => POLICY[action].isBlind !== true;

/** Whether an action on so many things at once has a price. */
export const isPriced = (action: Action, items: number): boolean =>
  items > (POLICY[action].freeUpTo ?? Infinity);

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
