import type { UserNews } from '../../contracts/frames.ts';
import { ClientError, type PulseClient, type SessionRecord } from '../client/index.ts';
import { describe, type Messages } from './messages.ts';
import { Problem } from './problem.ts';
import { Store } from './store.ts';

export interface SessionList {
  /** As far back as was looked at, the latest first. */
  readonly items: readonly SessionRecord[];
  readonly loaded: boolean;
  /** There are older ones. */
  readonly hasMore: boolean;
  /** All that was seen of any conversation, also where it stands in no list. */
  readonly known: ReadonlyMap<string, SessionRecord>;
}

const PAGE = 50;

/** The user's conversations; the latest are read again whenever something was said. */
export class SessionStore extends Store<SessionList> {
  /** Why the list could not be read. */
  readonly problem = new Problem();
  readonly #client: PulseClient;
  readonly #messages: Messages;
  readonly #deletedListeners = new Set<(id: string) => void>();
  readonly #asked = new Set<string>();
  #running = false;
  #again = false;
  #cursor: string | null = null;
  #readingMore = false;

  constructor(client: PulseClient, messages: Messages) {
    super({ items: [], loaded: false, hasMore: false, known: new Map() });
    this.#client = client;
    this.#messages = messages;
    client.onNews((news) => this.#onNews(news));
  }

  /** Reads the latest; calls that come meanwhile are answered by one more reading. */
  async load(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#again) {
        this.#again = false;
        const page = await this.#client.rest.sessions({ limit: PAGE });
        const older = page.next_cursor === null ? [] : this.#after(page.items);
        if (older.length === 0) this.#cursor = page.next_cursor;
        this.#show([...page.items, ...older]);
      }
      this.problem.over();
    } catch (error) {
      // The list that is shown stays; where none is, this is what is said.
      this.problem.is(error);
    } finally {
      this.#running = false;
    }
  }

  /** Reads on where the list ends. */
  async more(): Promise<void> {
    if (this.#cursor === null || this.#readingMore) return;
    this.#readingMore = true;
    try {
      const page = await this.#client.rest.sessions({ limit: PAGE, cursor: this.#cursor });
      this.#cursor = page.next_cursor;
      const fresh = new Set(page.items.map(({ session_id: id }) => id));
      this.#show([...this.get().items.filter(({ session_id: id }) => !fresh.has(id)), ...page.items]);
    } catch (error) {
      this.#messages.say(describe(error));
    } finally {
      this.#readingMore = false;
    }
  }

  /** Others that were seen elsewhere. */
  note(records: readonly SessionRecord[]): void {
    if (records.length > 0) this.set({ ...this.get(), known: this.#knowing(records) });
  }

  /** Looks one up that stands in no list, once. */
  async want(id: string): Promise<void> {
    if (this.#asked.has(id) || this.get().known.has(id)) return;
    this.#asked.add(id);
    try {
      this.note([await this.#client.rest.session(id)]);
    } catch {
      // Nothing was said in it yet: it is listed when something was.
    }
  }

  async rename(id: string, title: string): Promise<void> {
    try {
      this.#renamed(id, (await this.#client.rest.renameSession(id, title)).title);
    } catch (error) {
      this.#messages.say(describe(error));
    }
  }

  /** @returns whether it is gone; why not is said */
  async delete(id: string): Promise<boolean> {
    try {
      await this.#client.rest.deleteSession(id);
    } catch (error) {
      if (!(error instanceof ClientError && error.code === 'not_found')) {
        this.#messages.say(`The conversation is not deleted. ${describe(error)}`);
        return false;
      }
    }
    this.#deleted(id);
    this.#messages.say('The conversation is deleted.');
    return true;
  }

  /** Whoever shows a conversation hears when it is gone, whatever device deleted it. */
  onDeleted(listener: (id: string) => void): () => void {
    this.#deletedListeners.add(listener);
    return () => this.#deletedListeners.delete(listener);
  }

  /** What is shown behind a page that was read again. */
  #after(page: readonly SessionRecord[]): SessionRecord[] {
    const last = page.at(-1);
    if (!last) return [];
    const ids = new Set(page.map(({ session_id: id }) => id));
    return this.get().items.filter((item) => !ids.has(item.session_id) && byActivity(item, last) > 0);
  }

  #show(items: readonly SessionRecord[]): void {
    const known = this.#knowing(items);
    this.set({ items: items.toSorted(byActivity), loaded: true, hasMore: this.#cursor !== null, known });
  }

  #knowing(records: readonly SessionRecord[]): ReadonlyMap<string, SessionRecord> {
    return new Map([
      ...this.get().known,
      ...records.map((record): [string, SessionRecord] => [record.session_id, record]),
    ]);
  }

  #onNews(news: UserNews): void {
    if (news.type === 'session.renamed') this.#renamed(news.session_id, news.title);
    if (news.type === 'session.deleted') this.#deleted(news.session_id);
  }

  #renamed(id: string, title: string | null): void {
    const { items, known, ...rest } = this.get();
    const named = (item: SessionRecord): SessionRecord =>
      item.session_id === id ? { ...item, title } : item;
    const record = known.get(id);
    this.set({
      ...rest,
      items: items.map(named),
      known: record ? new Map([...known, [id, named(record)]]) : known,
    });
  }

  #deleted(id: string): void {
    const { items, known, ...rest } = this.get();
    this.set({
      ...rest,
      items: items.filter(({ session_id: other }) => other !== id),
      known: new Map([...known].filter(([other]) => other !== id)),
    });
    for (const listener of this.#deletedListeners) listener(id);
  }
}

/** The latest first; the order of the server's list. */
function byActivity(a: SessionRecord, b: SessionRecord): number {
  const later = Date.parse(b.last_activity_at) - Date.parse(a.last_activity_at);
  return later === 0 ? (a.session_id < b.session_id ? 1 : -1) : later;
}
