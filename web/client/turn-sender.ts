import type { AckData } from '../../contracts/events.ts';
import { ClientError } from './client-error.ts';
import type { ConversationState, LocalEvent } from './conversation-state.ts';
import type { SocketLink } from './socket-link.ts';
import type { TurnCommand } from './turn-view.ts';

export interface TurnSenderDeps {
  link: SocketLink;
  getState(): ConversationState;
  apply(event: LocalEvent): void;
  /** Brings a new token in band. */
  refreshToken(): Promise<void>;
}

/**
 * Sends every turn that the server hasn't acknowledged, and sends it again under the same id when no acknowledgement
 * came: the server runs an id once however often it hears it.
 */
export class TurnSender {
  readonly #deps: TurnSenderDeps;
  readonly #inFlight = new Set<string>();

  constructor(deps: TurnSenderDeps) {
    this.#deps = deps;
  }

  sendWaiting(): void {
    const { sync, turns } = this.#deps.getState();
    if (sync !== 'live' && sync !== 'gap') return;
    for (const { id, phase, command } of turns) {
      if (phase !== 'sending' || !command || this.#inFlight.has(id)) continue;
      this.#inFlight.add(id);
      void this.#send(id, command);
    }
  }

  async #send(turnId: string, command: TurnCommand): Promise<void> {
    const { apply, getState } = this.#deps;
    try {
      const taken = await this.#dispatch(command);
      this.#inFlight.delete(turnId);
      if (isElsewhere(taken, getState())) apply({ type: 'local.forgotten', turn_id: turnId });
      else apply({ type: 'local.acknowledged', turn_id: turnId, turn_seq: taken.turn_seq });
    } catch (caught) {
      const error = ClientError.from(caught);
      const renewed = error.code === 'token_expired' && (await this.#renewed());
      this.#inFlight.delete(turnId);
      if (error.code === 'unreachable' || renewed) return this.sendWaiting();
      const { code, message, retryable } = error;
      apply({ type: 'local.refused', turn_id: turnId, error: { code, message, retryable } });
    }
  }

  async #renewed(): Promise<boolean> {
    try {
      await this.#deps.refreshToken();
      return true;
    } catch {
      return false;
    }
  }

  #dispatch(command: TurnCommand): Promise<AckData<'turn.submit'>> {
    const { link } = this.#deps;
    // Each event has its own type of payload, so the three calls differ to the compiler only.
    if (command.event === 'turn.submit') return link.call(command.event, command.payload);
    if (command.event === 'receipt.undo') return link.call(command.event, command.payload);
    return link.call(command.event, command.payload);
  }
}

/**
 * A retry may find that its turn was taken long ago: by another session, or by this one before the turns at hand, where
 * it stands in the history.
 */
function isElsewhere(taken: AckData<'turn.submit'>, { sessionId, turns }: ConversationState): boolean {
  const known = turns.find(({ id }) => id === taken.turn_id);
  if (taken.session_id !== sessionId) return true;
  return known?.seq === null && turns.some(({ seq }) => seq !== null && seq > taken.turn_seq);
}
