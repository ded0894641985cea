import type { PulseClient, SessionClient } from '../client/index.ts';
import { Store } from './store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Shown {
  readonly session: SessionClient;
  /** Counts the conversations that were shown: a session gets its id only after it is on screen. */
  readonly opening: number;
}

/** The conversation on screen. Its id stands in the address, so a reload or a second tab shows the same one. */
export class ActiveSession extends Store<Shown> {
  readonly #client: PulseClient;
  #unfollow: () => void = () => undefined;

  constructor(client: PulseClient) {
    super({ session: client.openSession(idInAddress()), opening: 0 });
    this.#client = client;
    this.#follow();
    window.addEventListener('hashchange', () => {
      const id = idInAddress();
      if (id !== undefined && id !== this.get().session.getState().sessionId) this.open(id);
    });
    // A laptop that was asleep finds out late that its line is dead.
    window.addEventListener('online', () => {
      const { session } = this.get();
      if (session.getState().link !== 'online') session.reconnect();
    });
  }

  /** Shows a conversation; without an id a new one. */
  open(id?: string): void {
    this.#unfollow();
    const { session, opening } = this.get();
    this.#client.leave(session);
    this.set({ session: this.#client.openSession(id), opening: opening + 1 });
    this.#follow();
  }

  #follow(): void {
    const { session } = this.get();
    const check = (): void => {
      const { sessionId, link, linkError } = session.getState();
      if (link === 'refused' && linkError?.code === 'not_found') return this.open();
      if (sessionId !== null && sessionId !== idInAddress())
        window.history.replaceState(null, '', `${window.location.search}#${sessionId}`);
    };
    this.#unfollow = session.subscribe(check);
    check();
  }
}

function idInAddress(): string | undefined {
  const id = window.location.hash.slice(1);
  return UUID.test(id) ? id : undefined;
}
