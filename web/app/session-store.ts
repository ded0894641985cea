import type { PulseClient, SessionRecord } from '../client/index.ts';
import { Store } from './store.ts';

export interface SessionList {
  readonly items: readonly SessionRecord[];
  readonly loaded: boolean;
}

/** The user's conversations, newest first; read again whenever something was said. */
export class SessionStore extends Store<SessionList> {
  readonly #client: PulseClient;
  #running = false;
  #again = false;

  constructor(client: PulseClient) {
    super({ items: [], loaded: false });
    this.#client = client;
  }

  /** Reads the list; calls that come meanwhile are answered by one more reading. */
  async load(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#again) {
        this.#again = false;
        const { items } = await this.#client.rest.sessions({ limit: 100 });
        const spoken = items.filter((item) => item.turns > 0);
        this.set({ items: spoken.toSorted(byActivity), loaded: true });
      }
    } catch {
      // The list that is shown stays; the connection line says what is wrong.
    } finally {
      this.#running = false;
    }
  }
}

const byActivity = (a: SessionRecord, b: SessionRecord): number =>
  Date.parse(b.last_activity_at) - Date.parse(a.last_activity_at);
