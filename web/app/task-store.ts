import type { Task } from '../../contracts/entities.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { TaskPatch } from '../../contracts/requests.ts';
import { ClientError, type PulseClient } from '../client/index.ts';
import { Store } from './store.ts';

export interface TaskState {
  /** As they are shown: as the server last told them, with the changes that are on their way. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** Versions that came as news: what has just changed glows once per version. */
  readonly fresh: ReadonlyMap<string, number>;
  /** Tasks known to be gone, with the version of their end. */
  readonly gone: ReadonlyMap<string, number>;
  readonly loaded: boolean;
  readonly message: Message | null;
}

/** A line about what was just done here. */
interface Message {
  readonly text: string;
  /** The way back, for as long as the task is as that change left it. */
  readonly undo: { readonly receiptId: string; readonly taskId: string; readonly version: number } | null;
}

/** A task that was shown once, as it is now; `gone` where it has been deleted since. */
export function taskAsItIs({ tasks, gone }: TaskState, task: Task): { task: Task; gone: boolean } {
  const live = tasks.get(task.id);
  const goneAt = gone.get(task.id);
  return {
    task: live && live.version >= task.version ? live : task,
    gone: live === undefined && goneAt !== undefined && goneAt >= task.version,
  };
}

const PAGES_MAX = 10;
const MESSAGE_MS = 8_000;

/** The user's open tasks as they are now: read once, then kept true by news; own changes show at once. */
export class TaskStore extends Store<TaskState> {
  readonly #client: PulseClient;
  readonly #known = new Map<string, Task>();
  /** Changes that the server hasn't answered, oldest first; those of one task go one after the other. */
  readonly #edits = new Map<string, readonly TaskPatch[]>();
  /** What changed while the list is being read: there the reading may already be old. */
  readonly #overtaken = new Set<string>();
  #messageTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PulseClient) {
    super({ tasks: new Map(), fresh: new Map(), gone: new Map(), loaded: false, message: null });
    this.#client = client;
    client.onNews((news) => this.#onNews(news));
  }

  async load(): Promise<void> {
    this.#overtaken.clear();
    try {
      const found = await this.#readAll();
      for (const [id, { status }] of this.#known)
        if (status === 'open' && !this.#overtaken.has(id)) this.#known.delete(id);
      for (const task of found) if (!this.#overtaken.has(task.id)) this.#known.set(task.id, task);
      this.set({ ...this.get(), tasks: this.#shown(), loaded: true });
    } catch {
      // What is shown stays; the connection line says what is wrong.
    }
  }

  /** Changes a task: at once on the page, then at the server, and back if that refuses. */
  async patch(task: Task, patch: TaskPatch): Promise<void> {
    if (!this.#known.has(task.id)) this.#known.set(task.id, task);
    const before = this.#edits.get(task.id) ?? [];
    this.#edits.set(task.id, [...before, patch]);
    this.set({ ...this.get(), tasks: this.#shown() });
    if (before.length === 0) await this.#writeEdits(task.id);
  }

  async undo(receiptId: string): Promise<void> {
    this.dismiss();
    try {
      const { item } = await this.#client.rest.undoReceipt(receiptId);
      if (item && 'due_date' in item) this.#learn(item);
    } catch (error) {
      const overtaken = error instanceof ClientError && error.code === 'version_conflict';
      this.#say(overtaken ? 'It has been changed or taken back since then.' : describe(error), null);
    }
  }

  dismiss(): void {
    clearTimeout(this.#messageTimer);
    this.set({ ...this.get(), message: null });
  }

  async #readAll(): Promise<Task[]> {
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
    return found;
  }

  async #writeEdits(id: string): Promise<void> {
    for (;;) {
      const [patch, ...later] = this.#edits.get(id) ?? [];
      const task = this.#known.get(id);
      if (!patch || !task) break;
      const written = await this.#write(task, patch);
      // What was built on a change that was refused is dropped with it.
      this.#edits.set(id, written ? (this.#edits.get(id) ?? later).slice(1) : []);
      this.set({ ...this.get(), tasks: this.#shown() });
    }
    this.#edits.delete(id);
  }

  async #write(task: Task, patch: TaskPatch): Promise<boolean> {
    try {
      const answer = await this.#client.rest.patchTask(task.id, task.version, patch);
      const changed = 'receipt' in answer ? answer.item : answer;
      if (changed) this.#learn(changed);
      if (patch.status === 'done') {
        const receiptId = 'receipt' in answer ? answer.receipt.receipt_id : null;
        const known = this.#known.get(task.id)?.version ?? 0;
        const isLatest = changed !== null && known <= changed.version;
        const undo =
          receiptId !== null && isLatest ? { receiptId, taskId: task.id, version: changed.version } : null;
        this.#say(`Done: ${task.title}`, undo);
      }
      return true;
    } catch (error) {
      const conflict = error instanceof ClientError && error.code === 'version_conflict';
      this.#say(
        conflict ? 'It was changed elsewhere meanwhile; here is how it stands now.' : describe(error),
        null,
      );
      if (conflict) await this.load();
      return false;
    }
  }

  /** A newer form of a task; an older one that comes late says nothing. */
  #learn(task: Task): void {
    this.#overtaken.add(task.id);
    if ((this.#known.get(task.id)?.version ?? 0) > task.version) return;
    this.#known.set(task.id, task);
    this.set({ ...this.get(), tasks: this.#shown() });
  }

  #shown(): ReadonlyMap<string, Task> {
    const tasks = new Map(this.#known);
    for (const [id, patches] of this.#edits) {
      const task = tasks.get(id);
      if (task)
        tasks.set(
          id,
          patches.reduce<Task>((shown, patch) => ({ ...shown, ...patch }), task),
        );
    }
    return tasks;
  }

  #say(text: string, undo: Message['undo']): void {
    clearTimeout(this.#messageTimer);
    this.set({ ...this.get(), message: { text, undo } });
    this.#messageTimer = setTimeout(() => this.dismiss(), MESSAGE_MS);
  }

  #onNews(news: UserNews): void {
    if (news.type !== 'entity.changed' || news.kind !== 'task') return;
    if ((this.#known.get(news.id)?.version ?? 0) > news.version) return;
    const { message } = this.get();
    if (message?.undo?.taskId === news.id && news.version > message.undo.version) this.dismiss();
    const state = this.get();
    const gone = new Map(state.gone);
    this.#overtaken.add(news.id);
    if (news.item) {
      this.#known.set(news.id, news.item);
      gone.delete(news.id);
    } else {
      this.#known.delete(news.id);
      gone.set(news.id, news.version);
    }
    const fresh = new Map(state.fresh).set(news.id, news.version);
    this.set({ ...state, tasks: this.#shown(), gone, fresh });
  }
}

const describe = (error: unknown): string =>
  error instanceof ClientError ? error.message : 'That did not work.';
