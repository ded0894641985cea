import { done, type Handler } from '../outcome.ts';
import { filterOf } from './find.ts';
import { count, sayTask } from './words.ts';

const SHOWN_MAX = 50;
const SPOKEN_MAX = 10;

export const listTasks: Handler = async (work) => {
  const filter = { ...filterOf(work.slots, work.timezone), status: 'open' as const };
  const { tasks, total } = await work.ports.tasks.list(filter, SHOWN_MAX);
  const narrowed = Object.entries(filter).some(([key, value]) => key !== 'status' && value !== undefined);
  if (total === 0) {
    return done({
      reply: narrowed
        ? 'No open tasks match that.'
        : 'You have no open tasks. Tell me what you want to get done.',
      executionResult: { total },
    });
  }
  const lines = tasks
    .slice(0, SPOKEN_MAX)
    .map((task, index) => `${index + 1}. ${sayTask(task, work.timezone, work.reference)}`);
  const more = total > SPOKEN_MAX ? [`… and ${total - SPOKEN_MAX} more.`] : [];
  const title = `${count(total, 'open task')}${narrowed ? ' like that' : ''}`;
  return done({
    reply: [`You have ${title}:`, ...lines, ...more].join('\n'),
    cards: [{ kind: 'tasks', data: { tasks, total, title } }],
    executionResult: { total, task_ids: tasks.map((task) => task.id) },
    shown: tasks.map((task) => ({ kind: 'task', id: task.id, title: task.title })),
  });
};
