import type { Settings } from '../../contracts/entities.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { SettingsPatch } from '../../contracts/requests.ts';
import type { PulseClient } from '../client/index.ts';
import { Store } from './store.ts';

/** What the user has set; null until it was read. */
export class SettingsStore extends Store<Settings | null> {
  readonly #client: PulseClient;

  constructor(client: PulseClient) {
    super(null);
    this.#client = client;
    client.onNews((news) => this.#onNews(news));
  }

  async load(): Promise<void> {
    try {
      this.set(await this.#client.rest.settings());
    } catch {
      // What is shown stays; the connection line says what is wrong.
    }
  }

  /**
   * At once on the page, and back if the server refuses.
   *
   * @throws ClientError with what the server does not take
   */
  async save(patch: SettingsPatch): Promise<void> {
    const before = this.get();
    if (before) this.set({ ...before, ...patch });
    try {
      this.set(await this.#client.rest.putSettings(patch));
    } catch (error) {
      this.set(before);
      throw error;
    }
  }

  #onNews(news: UserNews): void {
    if (news.type === 'entity.changed' && news.kind === 'setting' && news.item) this.set(news.item.settings);
  }
}
