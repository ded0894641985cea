import type { UserNews } from '../../contracts/frames.ts';
import type { UsageStatus, UsageSummary } from '../../contracts/usage.ts';
import type { PulseClient } from '../client/index.ts';
import { Store } from './store.ts';

export interface UsageState {
  /** Null until it was read. */
  readonly status: UsageStatus | null;
  /** Counts what may have changed it, so that whoever shows more of it knows when to read again. */
  readonly version: number;
  /** What one use of a feature takes; undefined until it was read. */
  readonly costs: UsageSummary['feature_costs'];
  /** Whether there is a language model that could be called. */
  readonly model: boolean;
}

/** When a charge that is booked late is looked for. */
const LATE_MS = [1_000, 3_000];

/** How much of the month's tokens is used; read again whenever a turn cost something. */
export class UsageStore extends Store<UsageState> {
  readonly #client: PulseClient;
  #running = false;
  #again = false;

  constructor(client: PulseClient) {
    super({ status: null, version: 0, costs: undefined, model: false });
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

  /** Reads it a little later, and once more. */
  loadSoon(): void {
    for (const delay of LATE_MS) setTimeout(() => void this.load(), delay);
  }

  async loadCosts(): Promise<void> {
    try {
      const { feature_costs: costs, language_model: model = true } = await this.#client.rest.usageSummary();
      this.set({ ...this.get(), costs, model });
    } catch {
      // A price that is not known is told without its number.
    }
  }

  #onNews(news: UserNews): void {
    if (news.type === 'notice' && news.notice.kind === 'quota') void this.load();
  }
}
