import { done, type Handler } from '../outcome.ts';
import { filterOf, statusOf } from './find.ts';
import { count, sayTask } from './words.ts';

const SHOWN_MAX = 50;
const SPOKEN_MAX = 10;
const KIND = { open: 'open task', done: 'done task', all: 'task' } as const;
const NONE = {
  open: 'You have no open tasks. Tell me what you want to get done.',
  done: 'You have no done tasks yet.',
  all: 'You have no tasks yet. Tell me what you want to get done.',
} as const;

/** Open tasks unless the words ask for those that are done, or for all; reply and card say which. */
export const listTasks: Handler = async (work) => {
  const status = statusOf(work, 'open');
  const which = status ?? 'all';
  const filter = filterOf(work, status);
  const { tasks, total } = await work.ports.tasks.list(filter, SHOWN_MAX);
  const narrowed = Object.entries(filter).some(([key, value]) => key !== 'status' && value !== undefined);
  if (total === 0) {
    return done({
      reply: narrowed ? `No ${KIND[which]}s match that.` : NONE[which],
      executionResult: { total, status: which },
    });
  }
  const lines = tasks
    .slice(0, SPOKEN_MAX)
    .map((task, index) => `${index + 1}. ${sayTask(task, work.timezone, work.reference)}`);
  const more = total > SPOKEN_MAX ? [`… and ${total - SPOKEN_MAX} more.`] : [];
  const title = `${count(total, KIND[which])}${narrowed ? ' like that' : ''}`;
  return done({
    reply: [`You have ${title}:`, ...lines, ...more].join('\n'),
    cards: [{ kind: 'tasks', data: { tasks, total, title } }],
    executionResult: { total, status: which, task_ids: tasks.map((task) => task.id) },
    shown: tasks.map((task) => ({ kind: 'task', id: task.id, title: task.title })),
  });
};
