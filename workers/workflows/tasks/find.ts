import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import type { DateRange, Slots } from '../../../contracts/slots.ts';
import type { Step, Work } from '../outcome.ts';
import type { TaskFilter, TaskReader } from '../ports.ts';
import { BULK_MAX } from '../policy.ts';
import { notFound, resolveItems } from '../references.ts';
import { shownTo, type Shown } from '../shown.ts';
import { singular } from '../singular.ts';
import { deedsIn, isOtherDeed, ordersOf } from './deeds.ts';
import { tellApart } from './words.ts';

const localDay = (value: string, zone: string): string =>
  value.length === 10 ? value : (DateTime.fromISO(value, { zone }).toISODate() ?? value.slice(0, 10));

function days(range: DateRange | undefined, zone: string): Pick<TaskFilter, 'dueFrom' | 'dueTo'> {
  if (!range) return {};
  const start = range.start && localDay(range.start, zone);
  const end = range.end && localDay(range.end, zone);
  if (!start || !end) return { dueFrom: start, dueTo: end };
  // A range inside one day still covers that day: tasks are filed by day.
  const to = end > start ? end : (DateTime.fromISO(start, { zone }).plus({ days: 1 }).toISODate() ?? end);
  return { dueFrom: start, dueTo: to };
}

/**
 * A range of days as instants: when something was done has an hour. That is the server's, from which the words may count
 * as far off as their reference is.
 */
function doneIn(
  range: DateRange | undefined,
  { timezone: zone, receivedAt, reference }: Work,
): Pick<TaskFilter, 'doneFrom' | 'doneTo'> {
  if (!range) return {};
  const ahead = receivedAt.getTime() - reference.getTime();
  const [from, to] = [range.start, range.end].map((at) =>
    at === undefined ? undefined : DateTime.fromISO(at, { zone }).plus(ahead).toJSDate(),
  );
  return { doneFrom: from, doneTo: to };
}

/** What the act selects. Days mean when a task is due, and when it was done for those that are done. */
export function filterOf(work: Work, status: TaskFilter['status']): TaskFilter {
  const { slots, timezone, words, params } = work;
  const done = status === 'done' && !/\b(?:due|overdue)\b/i.test(words);
  return {
    status,
    ...(done ? doneIn(slots.date_range, work) : days(slots.date_range, timezone)),
    list: slots.list,
    tags: slots.tags,
    priority: slots.priority,
    text: slots.query,
    undated: params?.undated,
  };
}

/** What a filter selects. "Work tasks" are those of a list, or else of a tag, or else those that speak of it. */
export async function selected(
  reader: TaskReader,
  filter: TaskFilter,
  limit: number,
): Promise<{ tasks: Task[]; total: number }> {
  const { list, tags = [], text } = filter;
  const found = await reader.list(filter, limit);
  if (found.total > 0 || list === undefined) return found;
  const other = { ...filter, list: undefined };
  const tagged = await reader.list({ ...other, tags: [...tags, list] }, limit);
  if (tagged.total > 0 || (await hasList(reader, list))) return tagged;
  return reader.list({ ...other, text: [text, list].filter(Boolean).join(' ') }, limit);
}

const hasList = async (reader: TaskReader, name: string): Promise<boolean> =>
  (await reader.groups('list')).some((group) => group.name.toLowerCase() === name.toLowerCase());

const hasFilter = (slots: Slots): boolean =>
  [slots.date_range, slots.list, slots.tags, slots.priority, slots.query].some(
    (value) => value !== undefined,
  );

/** Which tasks the words are about, where they say so. */
export function statusOf({ params }: Work, usual: TaskFilter['status']): TaskFilter['status'] {
  return params?.status === 'all' ? undefined : (params?.status ?? usual);
}

/**
 * What the words name: where the verb is told too ("i called mum", "stop the vacuuming") a task of that verb rather than
 * any other of the same words. "The step sweep floor" is called "sweep floor", unless there is one of the whole name.
 */
async function matched(work: Work, words: string, limit: number): ReturnType<TaskReader['match']> {
  const { tasks: reader } = work.ports;
  const found = await reader.match(words, limit);
  const whole = found.grade === 'whole' && found.tasks.length > 0;
  const deeds = work.action === 'complete_task' && whole ? deedsIn(work.words) : [];
  for (const order of whole ? deeds.map((verb) => `${verb} ${words}`) : ordersOf(words)) {
    const own = await reader.match(order, limit);
    if (own.grade === 'whole' && own.tasks.some(({ status }) => status === 'open')) return own;
  }
  // What tells to do something else is only asked about.
  const open = found.tasks.filter(({ status }) => status === 'open');
  if (open.length > 0 && open.every(({ title }) => isOtherDeed(title, deeds)))
    return { ...found, grade: 'part' };
  const bare = words.replace(/^(?:sub-?\s?tasks?|steps?)\s+(?=\S)/i, '');
  if (bare === words || (found.grade === 'whole' && found.tasks.length > 0)) return found;
  const step = await reader.match(bare, limit);
  return step.tasks.length > 0 ? step : found;
}

/** "Eggs and bread" where no task is called so, but one is called by each of the names; none where one of them is not there. */
async function eachNamed(work: Work, words: string): Promise<Task[]> {
  const names = words.split(/\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+/i);
  if (names.length < 2 || names.length > NAMED_MAX) return [];
  const found = await Promise.all(
    names.map(async (name) => {
      const { tasks, grade } = await matched(work, name.replace(/^(?:the|my|our)\s+/i, ''), NAMED_MAX);
      const open = tasks.filter(({ status }) => status === 'open');
      return grade === 'whole' && open.length === 1 ? open : [];
    }),
  );
  if (found.some(({ length }) => length === 0)) return [];
  return [...new Map(found.flat().map((task) => [task.id, task])).values()];
}
const NAMED_MAX = 6;

/** The tasks that an act means, or what to say instead; `named` where each of several was called by its own name. */
export async function resolveTargets(
  work: Work,
  verb: string,
  only: 'open' | 'done' | undefined,
): Promise<{ tasks: Task[]; named: boolean } | { step: Step }> {
  const { tasks: reader } = work.ports;
  const shown = shownTo(work);
  if (shown?.kind === 'task') return shownTasks(work, shown);
  const status = statusOf(work, only);
  let apart: Task[] = [];
  const found = await resolveItems<Task>(
    work,
    {
      kind: 'task',
      noun: 'task',
      find: (id) => reader.find(id),
      last: () => reader.last(),
      newest: async (limit) =>
        (await reader.list({ status: 'open' }, BULK_MAX)).tasks
          .toSorted((a, b) => b.created_at.localeCompare(a.created_at))
          .slice(0, limit),
      match: async (words, limit) => {
        const { tasks, grade } = await matched(work, words, limit);
        apart = tasks.length > 0 && grade !== 'part' ? [] : await eachNamed(work, words);
        return apart.length > 1
          ? { items: apart, grade: 'whole' }
          : { items: onItsList(tasks, work.slots.list), grade };
      },
      each: () => apart.length > 1,
      select: async (limit) => {
        const filter = filterOf(work, status);
        const text = work.slots.target?.query ?? work.slots.query;
        const said = await selected(reader, { ...filter, text }, limit);
        const { tasks, total } =
          said.total > 0 || text === undefined
            ? said
            : await selected(reader, { ...filter, text: singular(text) }, limit);
        return { items: tasks, total };
      },
      narrowed: hasFilter(work.slots),
      usual: (task) => task.status === (status ?? task.status),
      offered: async (limit) => (await reader.list({ status: status ?? 'open' }, limit)).tasks,
      labels: (tasks) => tellApart(tasks, work.timezone, work.reference),
      idOf: ({ id }) => id,
      careful: work.action === 'delete_task',
      most: BULK_MAX,
      none: 'You have no open tasks.',
    },
    verb,
  );
  return 'items' in found ? { tasks: found.items, named: apart.length > 1 } : found;
}

/** Of several of a name those of the list that was said, where there are any on it. */
function onItsList(tasks: Task[], list: string | undefined): Task[] {
  const named = list?.toLowerCase();
  const there = tasks.filter((task) => task.list?.toLowerCase() === named);
  return there.length > 0 && named !== undefined ? there : tasks;
}

/** Those that were shown and are still there. */
async function shownTasks({ ports }: Work, { shown }: Shown): ReturnType<typeof resolveTargets> {
  const { tasks } = await ports.tasks.list({ ids: shown }, shown.length);
  if (tasks.length > 0) return { tasks, named: false };
  return notFound(shown.length === 1 ? 'That task is gone.' : 'Those tasks are gone.');
}
