import { DateTime } from 'luxon';
import { DROP_CHOICE } from '../../../contracts/clarification.ts';
import type { Task } from '../../../contracts/entities.ts';
import type { DateRange, Slots } from '../../../contracts/slots.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import type { TaskFilter } from '../ports.ts';
import { quote } from '../sentences.ts';
import { tellApart } from './words.ts';

/** Most items that one message changes at once without a paid feature. */
export const BATCH_MAX = 20;
const CHOICES_MAX = 5;

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

/** A range of days as instants: when something was done has an hour. */
function doneIn(range: DateRange | undefined, zone: string): Pick<TaskFilter, 'doneFrom' | 'doneTo'> {
  if (!range) return {};
  const [from, to] = [range.start, range.end].map((at) =>
    at === undefined ? undefined : DateTime.fromISO(at, { zone }).toJSDate(),
  );
  return { doneFrom: from, doneTo: to };
}

/** What the act selects. Days mean when a task is due, and when it was done for those that are done. */
export function filterOf(work: Work, status: TaskFilter['status']): TaskFilter {
  const { slots, timezone, words, params } = work;
  const done = status === 'done' && !/\b(?:due|overdue)\b/i.test(words);
  return {
    status,
    ...(done ? doneIn(slots.date_range, timezone) : days(slots.date_range, timezone)),
    list: slots.list,
    tags: slots.tags,
    priority: slots.priority,
    text: slots.query,
    undated: params?.undated,
  };
}

const hasFilter = (slots: Slots): boolean =>
  [slots.date_range, slots.list, slots.tags, slots.priority, slots.query].some(
    (value) => value !== undefined,
  );

/** Which tasks the words are about, where they say so. */
export function statusOf({ params }: Work, usual: TaskFilter['status']): TaskFilter['status'] {
  return params?.status === 'all' ? undefined : (params?.status ?? usual);
}

/** The tasks that an act means, or what to say instead: a question when several fit, a refusal when none does. */
export async function resolveTargets(
  work: Work,
  verb: string,
  only: 'open' | 'done' | undefined,
): Promise<{ tasks: Task[] } | { step: Step }> {
  const { target } = work.slots;
  const status = statusOf(work, only);
  const reader = work.ports.tasks;
  if (target?.id) {
    const task = await reader.find(target.id);
    return task ? { tasks: [task] } : notFound('That task is gone.');
  }
  if (target?.ids) {
    const found = await Promise.all(target.ids.map((id) => reader.find(id)));
    const tasks = found.filter((task) => task !== null);
    return tasks.length > 0 ? { tasks } : notFound('Those tasks are gone.');
  }
  if (target?.reference === 'all' || (!target && hasFilter(work.slots))) {
    const filter = {
      ...filterOf(work, status),
      text: target?.query ?? work.slots.query,
    };
    const { tasks, total } = await reader.list(filter, BATCH_MAX + 1);
    if (total === 0) return notFound('There are no tasks like that.');
    if (total > BATCH_MAX) {
      return refuse(
        'feature_unavailable',
        `That would ${verb} ${total} tasks at once. I do up to ${BATCH_MAX} in one go: narrow it down by list, tag or date.`,
      );
    }
    return { tasks };
  }
  const shown = work.context.shown;
  // "The last one" is the last of a list where one was shown, and otherwise the one spoken of last.
  if (
    target?.reference === 'ordinal' &&
    target.ordinal !== undefined &&
    (target.ordinal > 0 || shown.length > 0)
  ) {
    const item = target.ordinal < 0 ? shown.at(target.ordinal) : shown[target.ordinal - 1];
    const task = item ? await reader.find(item.id) : null;
    return task
      ? { tasks: [task] }
      : notFound('I have not shown a list with that many items. Say "show my tasks" first.');
  }
  const recent = work.context.last_receipt;
  // "It" is what was done last: where that is no task, none is meant for sure.
  const isTask = recent === null || recent.kind === 'task';
  if ((target?.reference === 'last' || target?.reference === 'ordinal') && isTask) {
    const task = (recent && (await reader.find(recent.item_id))) ?? (await reader.last());
    return task ? { tasks: [task] } : notFound('You have no tasks yet.');
  }
  if (target?.query) {
    const { tasks: matches, grade } = await reader.match(target.query, CHOICES_MAX + 1);
    const fitting = status ? matches.filter((task) => task.status === status) : matches;
    const candidates = fitting.length > 0 ? fitting : matches;
    if (candidates.length === 0) return notFound(`I found no task that matches ${quote(target.query)}.`);
    // Beginnings of words are enough for what can be seen at once, but not to delete something.
    const sure = grade === 'whole' || (grade === 'start' && work.action !== 'delete_task');
    if (!sure) {
      const wording = `I found no task ${quote(target.query)}. Which of these do you want to ${verb}, if any?`;
      return { step: whichOne(work, wording, candidates, true) };
    }
    if (candidates.length === 1) return { tasks: candidates };
    return { step: whichOne(work, `Which one do you want to ${verb}?`, candidates) };
  }
  const spoken = await spokenOf(work);
  if (spoken.length === 1 && work.action !== 'delete_task') return { tasks: [...spoken] };
  if (spoken.length > 0) return { step: whichOne(work, `Which one do you want to ${verb}?`, spoken) };
  const { tasks } = await reader.list({ status: status ?? 'open' }, CHOICES_MAX);
  if (tasks.length === 0) return notFound('You have no open tasks.');
  return { step: whichOne(work, `Which task do you want to ${verb}?`, tasks) };
}

/** Open tasks that the last reply named: the one it was about, or those of the list it showed. */
async function spokenOf({ context, ports }: Work): Promise<Task[]> {
  const { last_receipt: last, last_reply: reply, shown } = context;
  const said = last?.kind === 'task' && reply.includes(quote(last.title));
  const ids = said ? [last.item_id] : shown.filter(({ title }) => reply.includes(title)).map(({ id }) => id);
  const tasks = await Promise.all(ids.slice(0, CHOICES_MAX).map((id) => ports.tasks.find(id)));
  return tasks.filter((task) => task?.status === 'open').filter((task) => task !== null);
}

/** @param guess the tasks fit the words only loosely, so that none of them may be meant */
function whichOne(work: Work, question: string, tasks: readonly Task[], guess = false): Step {
  const shown = tasks.slice(0, CHOICES_MAX);
  const labels = tellApart(shown, work.timezone, work.reference);
  return ask({
    slot: 'target',
    kind: 'choice',
    question,
    guess,
    choices: [
      ...shown.map((task, index) => ({ choice_id: task.id, label: labels[index] ?? task.title })),
      ...(guess ? [{ choice_id: DROP_CHOICE, label: 'None of these' }] : []),
    ],
    choiceSlots: Object.fromEntries(
      shown.map((task) => [task.id, { target: { kind: 'task' as const, id: task.id } }]),
    ),
  });
}

function notFound(reply: string): { step: Step } {
  return { step: done({ reply, decision: 'REFUSE', refused: { code: 'not_found', message: reply } }) };
}
function refuse(code: 'feature_unavailable', reply: string): { step: Step } {
  return { step: done({ reply, decision: 'REFUSE', refused: { code, message: reply } }) };
}
