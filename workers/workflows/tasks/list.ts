import { DateTime } from 'luxon';
import { done, type Handler, type Work } from '../outcome.ts';
import type { TaskFilter } from '../ports.ts';
import { filterOf, statusOf } from './find.ts';
import { count } from '../sentences.ts';
import { sayTask } from './words.ts';

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
  const soon = await nextWeek(work, filter);
  if (total === 0) {
    return done({
      reply: [narrowed ? `No ${KIND[which]}s match that.` : NONE[which], ...soon].join(' '),
      executionResult: { total, status: which },
    });
  }
  const lines = tasks
    .slice(0, SPOKEN_MAX)
    .map((task, index) => `${index + 1}. ${sayTask(task, work.timezone, work.reference)}`);
  const more = total > SPOKEN_MAX ? [`… and ${total - SPOKEN_MAX} more.`] : [];
  const title = `${count(total, KIND[which])}${narrowed ? ' like that' : ''}`;
  return done({
    reply: [`You have ${title}:`, ...lines, ...more, ...soon].join('\n'),
    cards: [{ kind: 'tasks', data: { tasks, total, title } }],
    executionResult: { total, status: which, task_ids: tasks.map((task) => task.id) },
    shown: tasks.map((task) => ({ kind: 'task', id: task.id, title: task.title })),
  });
};

/** On a weekend "this week" is nearly over; what follows is mentioned. */
async function nextWeek(work: Work, filter: TaskFilter): Promise<string[]> {
  const today = DateTime.fromJSDate(work.reference, { zone: work.timezone });
  if (today.weekday < 6 || filter.status !== 'open' || !/\bthis week\b/i.test(work.words)) return [];
  const monday = today.startOf('week').plus({ weeks: 1 });
  const days = {
    dueFrom: monday.toFormat('yyyy-MM-dd'),
    dueTo: monday.plus({ weeks: 1 }).toFormat('yyyy-MM-dd'),
  };
  const { total } = await work.ports.tasks.list({ ...filter, ...days }, 1);
  return total === 0 ? [] : [`Next week there ${total === 1 ? 'is' : 'are'} ${count(total, 'task')} due.`];
}
