import type { Draft } from '../../contracts/entities.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { PulseClient } from '../client/index.ts';
import { Store } from './store.ts';

export interface DraftState {
  /** Drafts as the server last told them. */
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly gone: ReadonlySet<string>;
}

const PAGES_MAX = 10;

/** The user's drafts that are on screen, as they are now: read when one is shown first, then kept true by news. */
export class DraftStore extends Store<DraftState> {
  readonly #client: PulseClient;
  /** Drafts that are on screen, or were. */
  readonly #wanted = new Set<string>();
  /** What changed while they are being read: there the reading may already be old. */
  readonly #overtaken = new Set<string>();
  #running = false;
  #again = false;

  constructor(client: PulseClient) {
    super({ drafts: new Map(), gone: new Set() });
    this.#client = client;
    client.onNews((news) => this.#onNews(news));
  }

  /** Somebody looks at a draft. */
  want(id: string): void {
    if (this.#wanted.has(id)) return;
    this.#wanted.add(id);
    const { drafts, gone } = this.get();
    if (!drafts.has(id) && !gone.has(id)) void this.load();
  }

  /** Reads them (again); calls that come meanwhile are answered by one more reading. */
  async load(): Promise<void> {
    this.#again = this.#wanted.size > 0;
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#read();
      }
    } catch {
      // What is shown stays; the connection line says what is wrong.
    } finally {
      this.#running = false;
    }
  }

  async #read(): Promise<void> {
    this.#overtaken.clear();
    const asked = new Set(this.#wanted);
    const found = new Map<string, Draft>();
    let cursor: string | undefined;
    let page = 0;
    do {
      const { items, next_cursor: next } = await this.#client.rest.drafts({
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      });
      for (const draft of items) found.set(draft.id, draft);
      cursor = next ?? undefined;
      page += 1;
    } while (cursor !== undefined && page < PAGES_MAX);
    const { drafts, gone } = this.get();
    const next = { drafts: new Map(drafts), gone: new Set(gone) };
    for (const id of asked) {
      const draft = found.get(id);
      if (this.#overtaken.has(id)) continue;
      // Of a list that was not read to its end nothing follows for what is not in it.
      if (draft) learn(next, draft);
      else if (cursor === undefined) forget(next, id);
    }
    this.set(next);
  }

  #onNews(news: UserNews): void {
    if (news.type !== 'entity.changed' || news.kind !== 'draft') return;
    const { drafts, gone } = this.get();
    if ((drafts.get(news.id)?.version ?? 0) > news.version) return;
    this.#overtaken.add(news.id);
    const next = { drafts: new Map(drafts), gone: new Set(gone) };
    if (news.item) learn(next, news.item);
    else forget(next, news.id);
    this.set(next);
  }
}

interface Known {
  drafts: Map<string, Draft>;
  gone: Set<string>;
}

function learn({ drafts, gone }: Known, draft: Draft): void {
  if ((drafts.get(draft.id)?.version ?? 0) <= draft.version) drafts.set(draft.id, draft);
  gone.delete(draft.id);
}

/** What is shown of it afterwards is what a card has kept. */
function forget({ drafts, gone }: Known, id: string): void {
  drafts.delete(id);
  gone.add(id);
}
