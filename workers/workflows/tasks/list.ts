import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import { alsoInCalendar } from '../both-kinds.ts';
import { done, type Handler, type Work } from '../outcome.ts';
import type { TaskFilter } from '../ports.ts';
import { count } from '../sentences.ts';
import { stepsOf } from './effects.ts';
import { filterOf, selected, statusOf } from './find.ts';
import { listGroups } from './groups.ts';
import { whenIs } from './when-is.ts';
import { sayTask } from './words.ts';

const SHOWN_MAX = 50;
const SPOKEN_MAX = 10;
const KIND = { open: 'open task', done: 'done task', all: 'task' } as const;
const NONE = {
  open: 'You have no open tasks. Tell me what you want to get done.',
  done: 'You have no done tasks yet.',
  all: 'You have no tasks yet. Tell me what you want to get done.',
} as const;
/** Tasks that were looked for by a word are shown with all of their steps when they are this few. */
const WITH_STEPS_MAX = 3;

/** Open tasks unless the words ask for those that are done, or for all; reply and card say which. */
export const listTasks: Handler = async (work) => {
  const groups = await listGroups(work);
  if (groups) return groups;
  if (work.params?.asks === 'time' && work.slots.query !== undefined) return whenIs(work, work.slots.query);
  const parent = STEPS_OF.exec(work.words)?.groups?.['of'];
  const status = parent === undefined ? statusOf(work, 'open') : undefined;
  const which = status ?? 'all';
  const filter = { ...filterOf(work, status), ...(parent !== undefined && { text: parent }) };
  const { tasks: found, total: counted } = await eitherOf(work, filter);
  const narrowed = Object.entries(filter).some(([key, value]) => key !== 'status' && value !== undefined);
  const range = work.slots.date_range;
  const soon = [
    ...(await nextWeek(work, filter)),
    ...(range && status === 'open' ? await alsoInCalendar(work, range) : []),
  ];
  if (counted === 0) {
    return done({
      reply: [narrowed ? `No ${KIND[which]}s match that.` : NONE[which], ...soon].join(' '),
      executionResult: { total: counted, status: which },
    });
  }
  const steps = await stepsOf(work.ports, found);
  const { tasks, more: added } = withSteps(found, filter.text === undefined ? [] : steps);
  const total = counted + added;
  const lines = tasks
    .slice(0, SPOKEN_MAX)
    .map(
      (task, index) =>
        `${indentOf(task, tasks)}${index + 1}. ${sayTask(task, work.timezone, work.reference)}${progress(task, steps)}`,
    );
  const more = total > SPOKEN_MAX ? [`… and ${total - SPOKEN_MAX} more.`] : [];
  const title = `${count(total, KIND[which])}${narrowed ? ' like that' : ''}`;
  return done({
    reply: [`You have ${title}:`, ...lines, ...more, ...soon].join('\n'),
    cards: [{ kind: 'tasks', data: { tasks, total, title } }],
    executionResult: { total, status: which, task_ids: tasks.map((task) => task.id) },
    shown: tasks.map((task) => ({ kind: 'task', id: task.id, title: task.title })),
  });
};

/** "Overdue or urgent": what is one of both, and each once. */
async function eitherOf(
  { words, ports }: Work,
  filter: TaskFilter,
): Promise<{ tasks: Task[]; total: number }> {
  const { priority, dueFrom, dueTo, ...rest } = filter;
  const isEither = EITHER.test(words) && priority !== undefined && dueTo !== undefined;
  if (!isEither) return selected(ports.tasks, filter, SHOWN_MAX);
  const all = await Promise.all([
    selected(ports.tasks, { ...rest, dueFrom, dueTo }, SHOWN_MAX),
    selected(ports.tasks, { ...rest, priority }, SHOWN_MAX),
  ]);
  const tasks = [...new Map(all.flatMap((one) => one.tasks).map((task) => [task.id, task])).values()];
  return { tasks, total: tasks.length };
}
const EITHER =
  /\b(?:overdue|due|late)\b.{0,30}\bor\b.{0,20}\b(?:urgent|important|critical|priority)\b|\b(?:urgent|important|critical|priority)\b.{0,20}\bor\b.{0,30}\b(?:overdue|due|late)\b/i;

const STEPS_OF =
  /\b(?:sub-?\s?tasks?|steps?)\s+(?:of|for|in|under|to)\s+(?:the\s+|my\s+)?(?<of>[^?.!]+?)(?:\s+task)?\s*[?.!]*$/i;

/** Each step behind its task, with those that the filter did not find where they are asked for along with it. */
function withSteps(found: readonly Task[], steps: readonly Task[]): { tasks: Task[]; more: number } {
  const known = new Set(found.map(({ id }) => id));
  const parents = found.filter(({ parent_id }) => parent_id === null);
  const asked = parents.length <= WITH_STEPS_MAX ? steps.filter(({ id }) => !known.has(id)) : [];
  const all = [...found, ...asked];
  const isUnder = (task: Task): boolean => task.parent_id !== null && known.has(task.parent_id);
  const tasks = all
    .filter((task) => !isUnder(task))
    .flatMap((task) => [task, ...all.filter(({ parent_id }) => parent_id === task.id)]);
  return { tasks: tasks.slice(0, SHOWN_MAX), more: asked.length };
}

const indentOf = ({ parent_id }: Task, tasks: readonly Task[]): string =>
  parent_id !== null && tasks.some(({ id }) => id === parent_id) ? '   ' : '';

/** ", 2 of 3 steps done" */
function progress(task: Task, steps: readonly Task[]): string {
  const own = steps.filter(({ parent_id }) => parent_id === task.id);
  const ready = own.filter(({ status }) => status === 'done').length;
  return own.length === 0 ? '' : `, ${ready} of ${count(own.length, 'step')} done`;
}

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
