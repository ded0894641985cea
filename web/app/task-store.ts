import type { Task } from '../../contracts/entities.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { TaskPatch } from '../../contracts/requests.ts';
import { ClientError, type PulseClient } from '../client/index.ts';
import { Store } from './store.ts';

export interface TaskState {
  readonly tasks: ReadonlyMap<string, Task>;
  /** Versions that came as news: what has just changed glows once per version. */
  readonly fresh: ReadonlyMap<string, number>;
  /** Tasks known to be gone, with the version of their end. */
  readonly gone: ReadonlyMap<string, number>;
  readonly loaded: boolean;
  readonly message: { readonly text: string; readonly undoReceiptId: string | null } | null;
}

const PAGES_MAX = 10;
const MESSAGE_MS = 8_000;

/** The user's open tasks as they are now: read once, then kept true by news; changes show at once. */
export class TaskStore extends Store<TaskState> {
  readonly #client: PulseClient;
  #messageTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PulseClient) {
    super({ tasks: new Map(), fresh: new Map(), gone: new Map(), loaded: false, message: null });
    this.#client = client;
    client.onNews((news) => this.#onNews(news));
  }

  async load(): Promise<void> {
    try {
      const found: Task[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES_MAX; page++) {
        const { items, next_cursor: next } = await this.#client.rest.tasks({
          status: 'open',
          limit: 200,
          ...(cursor !== undefined && { cursor }),
        });
        found.push(...items);
        if (next === null) break;
        cursor = next;
      }
      const state = this.get();
      // News that overtook the reading win by their version.
      const tasks = new Map(found.map((task) => [task.id, newer(task, state.tasks.get(task.id))]));
      for (const task of state.tasks.values()) if (task.status === 'done') tasks.set(task.id, task);
      for (const [id, version] of state.gone) if ((tasks.get(id)?.version ?? 0) <= version) tasks.delete(id);
      this.set({ ...state, tasks, loaded: true });
    } catch {
      // What is shown stays; the connection line says what is wrong.
    }
  }

  /** Changes a task: at once on the page, then at the server, and back if that refuses. */
  async patch(task: Task, patch: TaskPatch): Promise<void> {
    this.#put({ ...task, ...patch });
    try {
      const answer = await this.#client.rest.patchTask(task.id, task.version, patch);
      const changed = 'receipt' in answer ? answer.item : answer;
      if (changed) this.#put(changed);
      if (patch.status === 'done')
        this.#say(`Done: ${task.title}`, 'receipt' in answer ? answer.receipt.receipt_id : null);
    } catch (error) {
      // Unless news has brought a newer one meanwhile.
      if (this.get().tasks.get(task.id)?.version === task.version) this.#put(task);
      const conflict = error instanceof ClientError && error.code === 'version_conflict';
      this.#say(
        conflict ? 'It was changed elsewhere meanwhile; here is how it stands now.' : describe(error),
        null,
      );
      if (conflict) await this.load();
    }
  }

  async undo(receiptId: string): Promise<void> {
    this.dismiss();
    try {
      const { item } = await this.#client.rest.undoReceipt(receiptId);
      if (item) this.#put(item);
    } catch (error) {
      this.#say(describe(error), null);
    }
  }

  dismiss(): void {
    clearTimeout(this.#messageTimer);
    this.set({ ...this.get(), message: null });
  }

  #put(task: Task): void {
    this.set({ ...this.get(), tasks: new Map(this.get().tasks).set(task.id, task) });
  }

  #say(text: string, undoReceiptId: string | null): void {
    clearTimeout(this.#messageTimer);
    this.set({ ...this.get(), message: { text, undoReceiptId } });
    this.#messageTimer = setTimeout(() => this.dismiss(), MESSAGE_MS);
  }

  #onNews(news: UserNews): void {
    if (news.type !== 'entity.changed' || news.kind !== 'task') return;
    const state = this.get();
    const known = state.tasks.get(news.id);
    if (known && known.version > news.version) return;
    const tasks = new Map(state.tasks);
    const gone = new Map(state.gone);
    if (news.item) {
      tasks.set(news.id, news.item);
      gone.delete(news.id);
    } else {
      tasks.delete(news.id);
      gone.set(news.id, news.version);
    }
    this.set({ ...state, tasks, gone, fresh: new Map(state.fresh).set(news.id, news.version) });
  }
}

const newer = (task: Task, known: Task | undefined): Task =>
  known && known.version > task.version ? known : task;

const describe = (error: unknown): string =>
  error instanceof ClientError ? error.message : 'That did not work.';
