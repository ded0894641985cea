import type { EntityKind } from '../../contracts/entities.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { Receipt } from '../../contracts/result.ts';
import { ClientError, type Page, type PulseClient } from '../client/index.ts';
import { describe, type Messages } from './messages.ts';
import { Problem } from './problem.ts';
import { Store } from './store.ts';

interface Versioned {
  readonly id: string;
  readonly version: number;
}

export interface ItemState<T> {
  /** As they are shown: as the server last told them, with the changes that are on their way. */
  readonly items: ReadonlyMap<string, T>;
  /** Versions that came as news: what has just changed glows once per version. */
  readonly fresh: ReadonlyMap<string, number>;
  /** Items known to be gone, with the version of their end. */
  readonly gone: ReadonlyMap<string, number>;
  /** How those that are gone were at last, where this page knew them. */
  readonly last: ReadonlyMap<string, T>;
  readonly loaded: boolean;
}

/** Which part of a list. */
export interface PageOf {
  limit: number;
  cursor?: string;
}

/** What an answer to a change says: the item, alone or with its receipt. */
interface Answer<T> {
  item: T | null;
  receipt: Receipt | null;
}

/** How a kind of things is read and written. */
interface Ways<T extends Versioned, P> {
  kind: EntityKind;
  newsOf(news: UserNews): { id: string; version: number; item: T | null } | null;
  nameOf(item: T): string;
  /** What taking one away is called, and what is said where it could not be. */
  removal?: readonly [done: string, not: string];
  /** All of the kind, newest first, whatever its state. */
  page(page: PageOf): Promise<Page<T>>;
  patch(item: T, patch: P): Promise<Answer<T>>;
  remove(item: T): Promise<Answer<T>>;
  /** How an item looks with a change that the server hasn't answered. */
  preview(item: T, patch: P): T;
  /** What is said when a change is done, with the way back beside it; null says nothing. */
  sayDone(patch: P, item: T): string | null;
}

/** An item that was shown once, as it is now; `gone` where it has been deleted since. */
export function itemAsItIs<T extends Versioned>(
  { items, gone, last }: Pick<ItemState<T>, 'items' | 'gone' | 'last'>,
  item: T,
): { item: T; gone: boolean } {
  const live = items.get(item.id);
  const goneAt = gone.get(item.id);
  const known = live ?? last.get(item.id);
  return {
    item: known && known.version >= item.version ? known : item,
    gone: live === undefined && goneAt !== undefined && goneAt >= item.version,
  };
}

const PAGES_MAX = 10;
const REMOVAL = ['Deleted', 'Not deleted'] as const;

/**
 * The pages of a list, up to a number nobody looks through; `whole` says whether that was all.
 *
 * @param enough ends the reading before that
 */
export async function readPages<T>(
  read: (page: PageOf) => Promise<Page<T>>,
  enough: (items: readonly T[]) => boolean = () => false,
): Promise<{ items: T[]; whole: boolean }> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await read({ limit: 200, ...(cursor !== undefined && { cursor }) });
    items.push(...found.items);
    if (found.next_cursor === null) return { items, whole: true };
    if (enough(items)) break;
    cursor = found.next_cursor;
  }
  return { items, whole: false };
}

/**
 * Things of the user as they are now: read once, then kept true by news; own changes show at once, then go to the
 * server, and come back if that refuses.
 */
export abstract class ItemStore<T extends Versioned, P extends object> extends Store<ItemState<T>> {
  /** Why the list could not be read. */
  readonly problem = new Problem();
  protected readonly client: PulseClient;
  readonly #ways: Ways<T, P>;
  readonly #messages: Messages;
  readonly #known = new Map<string, T>();
  /** Changes that the server hasn't answered, oldest first; those of one item go one after the other. */
  readonly #edits = new Map<string, readonly P[]>();
  /** What changed while the list is being read: there the reading may already be old. */
  readonly #overtaken = new Set<string>();
  /** Items that something on screen shows, whether a list has them or not. */
  readonly #wanted = new Set<string>();
  #running = false;
  #again = { list: false, wanted: false };

  constructor(client: PulseClient, messages: Messages, ways: Ways<T, P>) {
    super({ items: new Map(), fresh: new Map(), gone: new Map(), last: new Map(), loaded: false });
    this.client = client;
    this.#messages = messages;
    this.#ways = ways;
    client.onNews((news) => this.#onNews(news));
  }

  /**
   * Reads what this store lists.
   *
   * @returns the items, and which of those known before are gone if they are not among them
   */
  protected abstract read(): Promise<{ items: readonly T[]; lists: (item: T) => boolean }>;
  /** Something about an item has changed that a list made of it does not know yet. */
  protected onChanged(): void {}

  /** Reads everything (again); calls that come meanwhile are answered by one more reading. */
  load(): Promise<void> {
    return this.#read({ list: true });
  }

  /** Somebody looks at an item: it is kept true even where no list has it. */
  want(id: string): void {
    if (this.#wanted.has(id)) return;
    this.#wanted.add(id);
    if (!this.#known.has(id) && !this.get().gone.has(id)) void this.#read({ list: false });
  }

  /**
   * Changes an item: at once on the page, then at the server, and back if that refuses.
   *
   * @returns whether it was done; why not is said
   */
  async patch(item: T, patch: P): Promise<boolean> {
    const fault = await this.attempt(item, patch);
    if (fault !== null) this.#messages.say(fault);
    return fault === null;
  }

  /**
   * As `patch`, for whoever says beside the thing why it was not changed.
   *
   * @returns why it was not done; null when it was
   */
  async attempt(item: T, patch: P): Promise<string | null> {
    if (!this.#known.has(item.id)) this.#known.set(item.id, item);
    const before = this.#edits.get(item.id) ?? [];
    this.#edits.set(item.id, [...before, patch]);
    this.#show();
    // What waits behind another change of the same thing is written, or dropped, with that one.
    return before.length > 0 ? null : await this.#writeEdits(item.id);
  }

  /** Deletes an item; the line about it has the way back, or says which one could not be deleted. */
  async remove(item: T): Promise<void> {
    const [done, not] = this.#ways.removal ?? REMOVAL;
    const latest = this.#known.get(item.id) ?? item;
    // A way back beside it would be taken for this one's.
    this.#messages.dismiss();
    try {
      const { receipt } = await this.#ways.remove(latest);
      this.#forget(item.id, latest.version + 1);
      this.#say(`${done}: ${this.#ways.nameOf(latest)}`, receipt, latest.id, latest.version + 1);
    } catch (error) {
      this.#messages.say(`${not}: ${this.#ways.nameOf(latest)}. ${await this.#faultOf(error)}`);
    }
  }

  /** A newer form of an item; an older one that comes late says nothing. */
  protected learn(item: T): void {
    this.#overtaken.add(item.id);
    if ((this.#known.get(item.id)?.version ?? 0) > item.version) return;
    this.#known.set(item.id, item);
    this.#show();
  }

  async #read({ list }: { list: boolean }): Promise<void> {
    this.#again = { list: this.#again.list || list, wanted: true };
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#again.wanted) {
        const readsList = this.#again.list;
        this.#again = { list: false, wanted: false };
        this.#overtaken.clear();
        if (readsList) await this.#readList();
        await this.#readWanted();
      }
      this.problem.over();
    } catch (error) {
      // What is shown stays; where nothing is, this is what is said.
      this.problem.is(error);
    } finally {
      this.#running = false;
    }
  }

  async #readList(): Promise<void> {
    const { items, lists } = await this.read();
    for (const [id, item] of this.#known) if (lists(item) && !this.#overtaken.has(id)) this.#known.delete(id);
    for (const item of items) if (!this.#overtaken.has(item.id)) this.#known.set(item.id, item);
    this.set({ ...this.get(), items: this.#shown(), loaded: true });
  }

  async #readWanted(): Promise<void> {
    const asked = new Set(this.#wanted);
    if (asked.size === 0) return;
    const { items, whole } = await readPages(this.#ways.page, (found) => {
      const ids = new Set(found.map(({ id }) => id));
      return [...asked].every((id) => ids.has(id));
    });
    const found = new Map(items.map((item) => [item.id, item]));
    const gone = new Map(this.get().gone);
    for (const id of asked) {
      if (this.#overtaken.has(id)) continue;
      const item = found.get(id);
      const known = this.#known.get(id);
      if (item && (known?.version ?? 0) <= item.version) this.#known.set(id, item);
      // Of a list that was not read to its end nothing follows for what is not in it.
      if (item || !whole) continue;
      this.#known.delete(id);
      gone.set(id, known?.version ?? Number.MAX_SAFE_INTEGER);
    }
    this.set({ ...this.get(), items: this.#shown(), gone });
  }

  /** @returns why something of it was not done */
  async #writeEdits(id: string): Promise<string | null> {
    let fault: string | null = null;
    for (;;) {
      const [patch, ...later] = this.#edits.get(id) ?? [];
      const item = this.#known.get(id);
      if (!patch || !item) break;
      const refused = await this.#write(item, patch);
      fault ??= refused;
      // What was built on a change that was refused is dropped with it.
      this.#edits.set(id, refused === null ? (this.#edits.get(id) ?? later).slice(1) : []);
      this.#show();
    }
    this.#edits.delete(id);
    return fault;
  }

  async #write(item: T, patch: P): Promise<string | null> {
    try {
      const { item: changed, receipt } = await this.#ways.patch(item, patch);
      if (!changed) return null;
      this.learn(changed);
      this.onChanged();
      const isLatest = (this.#known.get(item.id)?.version ?? 0) <= changed.version;
      const done = this.#ways.sayDone(patch, item);
      if (done !== null) this.#say(done, isLatest ? receipt : null, item.id, changed.version);
      return null;
    } catch (error) {
      return await this.#faultOf(error);
    }
  }

  /** Why a change was not taken; what stands there instead has been read by then. */
  async #faultOf(error: unknown): Promise<string> {
    const conflict = error instanceof ClientError && error.code === 'version_conflict';
    if (conflict) await this.load();
    return conflict ? 'It was changed elsewhere meanwhile; here is how it stands now.' : describe(error);
  }

  #say(text: string, receipt: Receipt | null, id: string, version: number): void {
    const undo = receipt && { receiptId: receipt.receipt_id, kind: this.#ways.kind, id, version };
    this.#messages.say(text, undo);
  }

  #show(): void {
    this.set({ ...this.get(), items: this.#shown() });
  }

  #shown(): ReadonlyMap<string, T> {
    const items = new Map(this.#known);
    for (const [id, patches] of this.#edits) {
      const item = items.get(id);
      if (item)
        items.set(
          id,
          patches.reduce<T>((shown, patch) => this.#ways.preview(shown, patch), item),
        );
    }
    return items;
  }

  #forget(id: string, version: number): void {
    this.#overtaken.add(id);
    const gone = new Map(this.get().gone).set(id, version);
    const last = this.#bury(id);
    this.set({ ...this.get(), items: this.#shown(), gone, last });
    this.onChanged();
  }

  /** @returns what is known of the gone, with one more among them */
  #bury(id: string): ReadonlyMap<string, T> {
    const item = this.#known.get(id);
    this.#known.delete(id);
    return item ? new Map(this.get().last).set(id, item) : this.get().last;
  }

  #onNews(news: UserNews): void {
    const told = this.#ways.newsOf(news);
    if (!told || (this.#known.get(told.id)?.version ?? 0) > told.version) return;
    const { id, version, item } = told;
    const state = this.get();
    const gone = new Map(state.gone);
    this.#overtaken.add(id);
    let { last } = state;
    if (item) {
      this.#known.set(id, item);
      gone.delete(id);
    } else {
      last = this.#bury(id);
      gone.set(id, version);
    }
    const fresh = new Map(state.fresh).set(id, version);
    this.set({ ...state, items: this.#shown(), gone, last, fresh });
    this.onChanged();
  }
}
