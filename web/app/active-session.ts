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
  readonly #ended = new AbortController();
  #unfollow: () => void = () => undefined;

  /** @param otherwise the conversation to show where the address names none; without it a new one */
  constructor(client: PulseClient, otherwise?: string) {
    const id = idInAddress() ?? otherwise;
    super({ session: client.openSession(id), opening: 0 });
    this.#client = client;
    this.#follow(id);
    const { signal } = this.#ended;
    window.addEventListener('hashchange', () => this.#onAddress(), { signal });
    // A laptop that was asleep finds out late that its line is dead.
    window.addEventListener('online', () => this.#wake(), { signal });
  }

  /** Shows a conversation; without an id a new one. */
  open(id?: string): void {
    this.#unfollow();
    const { session, opening } = this.get();
    this.#client.leave(session);
    // A new one has no id yet; a reload before it has must not go back to the old one.
    if (id === undefined)
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
    this.set({ session: this.#client.openSession(id), opening: opening + 1 });
    this.#follow(id);
  }

  /** A conversation is gone, on whichever device it was deleted; another one takes its place. */
  gone(id: string): void {
    if (this.get().session.getState().sessionId === id) this.open();
  }

  /** Follows the address no more. */
  close(): void {
    this.#ended.abort();
    this.#unfollow();
  }

  #follow(askedFor: string | undefined): void {
    const { session } = this.get();
    const check = (): void => {
      const { sessionId, link, linkError } = session.getState();
      // Somebody else's conversation, or none: a new one, which can't be missing, takes its place.
      if (askedFor !== undefined && link === 'refused' && linkError?.code === 'not_found') return this.open();
      if (sessionId !== null && sessionId !== idInAddress())
        window.history.replaceState(null, '', `${window.location.search}#${sessionId}`);
    };
    this.#unfollow = session.subscribe(check);
    check();
  }

  #onAddress(): void {
    const id = idInAddress();
    if (id !== undefined && id !== this.get().session.getState().sessionId) this.open(id);
  }

  #wake(): void {
    const { session } = this.get();
    const { link } = session.getState();
    if (link !== 'online' && link !== 'refused') session.reconnect();
  }
}

function idInAddress(): string | undefined {
  const id = window.location.hash.slice(1);
  return UUID.test(id) ? id : undefined;
}
