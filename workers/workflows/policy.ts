import type { Action } from '../../contracts/intents.ts';

/**
 * What may be done without asking first: as many items as stand here. More than that is a bulk change, which is confirmed
 * though it can be undone. Actions not listed need no confirmation.
 */
const CONFIRM_ABOVE: Partial<Record<Action, number>> = {
  delete_task: 1,
  complete_task: 1,
  update_task: 1,
};

/** Whether an action on so many items at once is asked about first. */
export function needsConfirmation(action: Action, items: number): boolean {
  const limit = CONFIRM_ABOVE[action];
  return limit !== undefined && items > limit;
}

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
