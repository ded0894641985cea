import type { ClientErrorCode } from './client-error.ts';
import type { ConversationState } from './conversation-state.ts';
import type { Turn, TurnCommand } from './turn-view.ts';

/** What was said and no server has acknowledged: all that is needed to send it again under the same turn id. */
export interface WaitingTurn {
  readonly command: TurnCommand;
  /** The conversation it was said in; null while that one has no id yet. */
  readonly session_id: string | null;
  readonly text: string;
  /** When it was said, ISO 8601. */
  readonly at: string;
}

/**
 * A place for waiting turns that outlives the client, e.g. the storage of a browser. It belongs to one person: whoever
 * makes it sees to that. Nothing of it may throw; a turn that can't be kept is sent all the same.
 */
export interface Outbox {
  /** What waits, oldest first. */
  waiting(): readonly WaitingTurn[];
  /** Keeps a turn, in place of what was kept under its id. */
  keep(turn: WaitingTurn): void;
  /** The turn was acknowledged, refused or taken away; an unknown id is no fault. */
  drop(turnId: string): void;
}

/** Refusals that a new sign-in mends: what met one of them still waits. */
const MENDED_BY_SIGN_IN = new Set<ClientErrorCode>(['authentication_error', 'token_expired', 'signed_out']);

/** Whether a turn of this client has yet to reach a server. */
export const isWaiting = ({ phase, seq, command, error }: Turn): boolean =>
  command !== null &&
  (phase === 'sending' ||
    (phase === 'failed' && seq === null && error !== null && MENDED_BY_SIGN_IN.has(error.code)));

/** Brings an outbox up to date with a conversation that went from one state to the next. */
export function followInOutbox(outbox: Outbox, before: ConversationState, after: ConversationState): void {
  if (before.turns === after.turns && before.sessionId === after.sessionId) return;
  const waited = new Set(before.turns.filter(isWaiting).map(({ id }) => id));
  const waiting = after.turns.filter(isWaiting);
  for (const { id, command, text, at } of waiting)
    if (command && (!waited.has(id) || before.sessionId !== after.sessionId))
      outbox.keep({ command, session_id: after.sessionId, text, at });
  for (const { id } of waiting) waited.delete(id);
  for (const id of waited) outbox.drop(id);
}
