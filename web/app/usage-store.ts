import type { UserNews } from '../../contracts/frames.ts';
import type { UsageStatus } from '../../contracts/usage.ts';
import type { PulseClient } from '../client/index.ts';
import { Store } from './store.ts';

export interface UsageState {
  /** Null until it was read. */
  readonly status: UsageStatus | null;
  /** Counts what may have changed it, so that whoever shows more of it knows when to read again. */
  readonly version: number;
}

/** How much of the month's tokens is used; read again whenever a turn cost something. */
export class UsageStore extends Store<UsageState> {
  readonly #client: PulseClient;
  #running = false;
  #again = false;

  constructor(client: PulseClient) {
    super({ status: null, version: 0 });
    this.#client = client;
    client.onNews((news) => this.#onNews(news));
  }

  /** Reads it; calls that come meanwhile are answered by one more reading. */
  async load(): Promise<void> {
    this.set({ ...this.get(), version: this.get().version + 1 });
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#again) {
        this.#again = false;
        const status = await this.#client.rest.usage();
        this.set({ ...this.get(), status });
      }
    } catch {
      // The number that is shown stays; the connection line says what is wrong.
    } finally {
      this.#running = false;
    }
  }

  #onNews(news: UserNews): void {
    if (news.type === 'notice' && news.notice.kind === 'quota') void this.load();
  }
}
