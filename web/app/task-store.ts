import type { Task } from '../../contracts/entities.ts';
import type { TaskPatch } from '../../contracts/requests.ts';
import type { PulseClient } from '../client/index.ts';
import { ItemStore, readPages } from './item-store.ts';
import type { Messages } from './messages.ts';

/** The user's open tasks as they are now. */
export class TaskStore extends ItemStore<Task, TaskPatch> {
  constructor(client: PulseClient, messages: Messages) {
    const { rest } = client;
    super(client, messages, {
      kind: 'task',
      newsOf: (news) => (news.type === 'entity.changed' && news.kind === 'task' ? news : null),
      nameOf: ({ title }) => title,
      page: (page) => rest.tasks(page),
      patch: (task, patch) => rest.patchTask(task.id, task.version, patch),
      remove: (task) => rest.deleteTask(task.id, task.version),
      preview: (task, patch) => ({ ...task, ...patch }),
      sayDone: (patch, { title }) => (patch.status === 'done' ? `Done: ${title}` : null),
    });
  }

  protected async read(): Promise<{ items: readonly Task[]; lists: (task: Task) => boolean }> {
    const { items } = await readPages((page) => this.client.rest.tasks({ status: 'open', ...page }));
    return { items, lists: ({ status }) => status === 'open' };
  }
}
