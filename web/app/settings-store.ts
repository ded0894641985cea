import type { Settings } from '../../contracts/entities.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { SettingsPatch } from '../../contracts/requests.ts';
import { showTimesIn, type PulseClient } from '../client/index.ts';
import { Problem } from './problem.ts';
import { Store } from './store.ts';

/** What the user has set; null until it was read. Times are shown in the zone that was chosen. */
export class SettingsStore extends Store<Settings | null> {
  /** Why they could not be read. */
  readonly problem = new Problem();
  readonly #client: PulseClient;
  /** As the server last told them. */
  #known: Settings | null = null;
  /** Without a choice it is the device that says the zone. */
  #zoneChosen = false;
  /** Changes that are on their way. */
  #waiting: readonly SettingsPatch[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: PulseClient) {
    super(null);
    this.#client = client;
    client.onNews((news) => this.#onNews(news));
  }

  async load(): Promise<void> {
    try {
      const { timezone_chosen: chosen, ...known } = await this.#client.rest.settings();
      this.#known = known;
      this.#zoneChosen = chosen;
      this.#show();
      this.problem.over();
    } catch (error) {
      // What is shown stays; where nothing is, this is what is said.
      this.problem.is(error);
    }
  }

  /**
   * At once on the page, and back if the server refuses.
   *
   * @throws ClientError with what the server does not take
   */
  async save(patch: SettingsPatch): Promise<void> {
    this.#waiting = [...this.#waiting, patch];
    this.#show();
    // One after the other: two at once would each build on what stood before both.
    const before = this.#last;
    const saved = before.catch(() => undefined).then(() => this.#client.rest.putSettings(patch));
    this.#last = saved;
    try {
      this.#known = await saved;
      this.#zoneChosen ||= patch.timezone !== undefined;
    } finally {
      this.#waiting = this.#waiting.filter((one) => one !== patch);
      this.#show();
    }
  }

  #show(): void {
    showTimesIn(this.#known && this.#zoneChosen ? this.#known.timezone : null);
    this.set(
      this.#known && this.#waiting.reduce<Settings>((shown, patch) => ({ ...shown, ...patch }), this.#known),
    );
  }

  #onNews(news: UserNews): void {
    if (news.type !== 'entity.changed' || news.kind !== 'setting' || !news.item) return;
    const { settings } = news.item;
    const isOtherZone = settings.timezone !== this.#known?.timezone;
    this.#known = settings;
    this.#show();
    // Whether it was chosen, or is none any more, the news do not say.
    if (isOtherZone) void this.load();
  }
}
