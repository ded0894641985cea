import { DateTime } from 'luxon';
import { DROP_CHOICE } from '../../../contracts/clarification.ts';
import type { Task } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { sayRecurrence } from '../../../contracts/recurrence.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import { toLocalInstant } from '../../../db/tasks.ts';
import { ask, done, type Handler, type Outcome, type Step, type Work } from '../outcome.ts';
import { needsConfirmation } from '../policy.ts';
import { columnsOf, patched, patchOfSlots } from './fields.ts';
import { resolveTargets } from './find.ts';
import { sayUnread } from './words.ts';
import { capital, count, quote, sayDate } from '../sentences.ts';
import { cutText } from '../../../core/cut-text.ts';

type Change = Extract<Outcome['cards'][number], { kind: 'task' }>['data']['change'];

interface Plan {
  verb: string;
  past: string;
  change: Change;
  op: EffectWrite['op'];
  patchOf(task: Task): TaskPatch;
  /** Columns that are no field a client may set. */
  columns?: Record<string, unknown>;
  detail?: string;
}

const whyOf = (work: Work): string => `you asked: "${cutText(work.words, 300)}"`;

/** One change to one or many tasks: confirmed where policy wants it, otherwise planned at once. */
function apply(work: Work, tasks: readonly Task[], plan: Plan): Step {
  const first = tasks[0];
  if (!first) return done({ reply: 'There is nothing to change.' });
  if (work.confirmed === false) return done({ reply: 'All right, nothing was changed.' });
  const subject = tasks.length === 1 ? quote(first.title) : count(tasks.length, 'task');
  if (work.confirmed === null && needsConfirmation(work.action, tasks.length)) {
    return ask({
      slot: 'target',
      kind: 'confirm',
      question: `${capital(plan.verb)} ${subject}${plan.detail ?? ''}? ${preview(tasks)}`,
      choices: [
        { choice_id: 'yes', label: `Yes, ${plan.verb} ${tasks.length === 1 ? 'it' : 'them'}` },
        { choice_id: 'no', label: 'No' },
      ],
      choiceSlots: { yes: {}, no: {} },
    });
  }
  const after = tasks.map((task) => patched(task, plan.patchOf(task), work.now));
  const sentence = `${plan.past} ${subject}${plan.detail ?? ''}`;
  return done({
    reply: `${sentence}.${sayUnread(work.params?.unread)}`,
    decision: work.confirmed ? 'CONFIRM' : 'AUTO',
    summary: sentence,
    effects: tasks.map((task) => ({
      kind: 'task',
      op: plan.op,
      id: task.id,
      version: task.version,
      fields: { ...columnsOf(plan.patchOf(task), work.timezone, work.now), ...plan.columns },
      reason: whyOf(work),
    })),
    cards:
      after.length === 1
        ? after.map((task) => ({ kind: 'task', data: { task, change: plan.change } }))
        : [{ kind: 'tasks', data: { tasks: after, total: after.length, title: sentence } }],
    requiresTaskCard: tasks.length === 1,
    executionResult: tasks.length === 1 ? { task_id: first.id } : { task_ids: tasks.map((task) => task.id) },
    item:
      tasks.length === 1
        ? { kind: 'task', id: first.id, title: plan.patchOf(first).title ?? first.title }
        : null,
  });
}

const preview = (tasks: readonly Task[]): string => {
  const titles = tasks.slice(0, 3).map((task) => quote(task.title));
  return tasks.length > 3 ? `(${titles.join(', ')} and ${tasks.length - 3} more)` : `(${titles.join(', ')})`;
};

export const completeTask: Handler = async (work) => {
  const found = await resolveTargets(work, 'complete', 'open');
  if ('step' in found) return found.step;
  const open = found.tasks.filter((task) => task.status === 'open');
  const [only] = found.tasks;
  if (open.length === 0 && only) {
    return done({
      reply: `${quote(only.title)} is done already.`,
      item: { kind: 'task', id: only.id, title: only.title },
    });
  }
  return apply(work, open, {
    verb: 'complete',
    past: 'Completed',
    change: 'completed',
    op: 'update',
    patchOf: () => ({ status: 'done' }),
  });
};

export const deleteTask: Handler = async (work) => {
  // "All" means what is on the list; what is done is deleted only when it is named.
  const found = await resolveTargets(
    work,
    'delete',
    work.slots.target?.reference === 'all' ? 'open' : undefined,
  );
  if ('step' in found) return found.step;
  return apply(work, found.tasks, {
    verb: 'delete',
    past: 'Deleted',
    change: 'deleted',
    op: 'delete',
    patchOf: () => ({}),
    columns: { deleted_at: work.now.toISOString() },
  });
};

/** Values that a new task could have just as well. */
const CARRIED = ['due_date', 'priority', 'duration_minutes', 'recurrence', 'list', 'tags'] as const;

/** "The report is due friday" of a report that is on no list: it may be meant to be noted. */
function addable({ slots, params }: Work, found: Step): Step | null {
  const { target, ...said } = slots;
  const missing = 'done' in found && found.done.refused?.code === 'not_found';
  if (!missing || !target?.query || params?.shift || !CARRIED.some((slot) => said[slot])) return null;
  const title = target.query;
  return ask({
    slot: 'query',
    kind: 'choice',
    question: `I found no task ${quote(title)}. Do you want to add it?`,
    choices: [
      { choice_id: 'create_task', label: `Add ${quote(title)}` },
      { choice_id: DROP_CHOICE, label: 'No' },
    ],
    choiceSlots: { create_task: { ...said, title } },
  });
}

export const updateTask: Handler = async (work) => {
  const { params } = work;
  const all = work.slots.target?.reference === 'all';
  const patch = patchOfSlots(work.slots);
  // The slots are the new values; what selects the tasks stands apart from them.
  const found = await resolveTargets(
    {
      ...work,
      slots: { target: work.slots.target, ...params?.where },
    },
    'change',
    all ? 'open' : undefined,
  );
  if ('step' in found) return addable(work, found.step) ?? found.step;
  const [first] = found.tasks;
  const patchOf = (task: Task): TaskPatch => ({
    ...patch,
    ...(params?.reopen ? { status: 'open' as const } : {}),
    ...emptied(params?.clear ?? []),
    ...(params?.step ? { priority: stepped(task.priority, params.step) } : {}),
    ...(params?.shift ? { due_date: shiftedDue(task, params.shift, work) } : {}),
    ...tagsAfter(task, found.tasks.length === 1 ? patch.tags : undefined, params?.untag),
  });
  if (first && Object.keys(patchOf(first)).length === 0) {
    return ask({
      slot: 'due_date',
      question:
        `${sayUnread(params?.unread)} What should change about ${quote(first.title)}? You can give a date, a priority, a list or a new name.`.trimStart(),
    });
  }
  return apply(work, found.tasks, {
    verb: params?.reopen ? 'reopen' : 'change',
    past: params?.reopen ? 'Reopened' : 'Changed',
    change: params?.reopen ? 'reopened' : 'updated',
    op: 'update',
    patchOf,
    detail:
      first && found.tasks.length === 1
        ? sayPatch(patchOf(first), work)
        : sayPatch({ ...patch, ...emptied(params?.clear ?? []) }, work),
  });
};

const LEVELS = ['low', 'medium', 'high', 'urgent'] as const;

/** A level higher or lower, as far as there is one. */
function stepped(level: Task['priority'], by: number): Task['priority'] {
  return LEVELS[Math.min(LEVELS.length - 1, Math.max(0, LEVELS.indexOf(level) + by))] ?? level;
}

type Field = NonNullable<NonNullable<Work['params']>['clear']>[number];

/** What a field is when nothing is said of it. */
const EMPTY: Record<Field, TaskPatch> = {
  due_date: { due_date: null },
  priority: { priority: 'medium' },
  duration_minutes: { duration_minutes: null },
  recurrence: { recurrence: null },
  list: { list: null },
  tags: { tags: [] },
  location: { location: null },
};

const emptied = (fields: readonly Field[]): TaskPatch =>
  fields.reduce<TaskPatch>((patch, field) => ({ ...patch, ...EMPTY[field] }), {});

/** Tags are added to those of a task that is named alone; others are taken off. */
function tagsAfter(
  task: Task,
  add: readonly string[] | undefined,
  take: readonly string[] | undefined,
): TaskPatch {
  const gone = new Set(take?.map((tag) => tag.toLowerCase()));
  if (!add && gone.size === 0) return {};
  return { tags: [...new Set([...task.tags, ...(add ?? [])])].filter((tag) => !gone.has(tag.toLowerCase())) };
}

/** A date moved from where it is; from today, or from now for hours, where there is none. */
function shiftedDue(
  task: Task,
  { unit, count }: NonNullable<NonNullable<Work['params']>['shift']>,
  { timezone, reference }: Work,
): string {
  const now = DateTime.fromJSDate(reference, { zone: timezone });
  const hours = unit === 'hour' || unit === 'minute';
  const timed = (task.due_date?.length ?? 0) > 10 || hours;
  const due = task.due_date === null ? now : DateTime.fromISO(task.due_date, { zone: timezone });
  const from = hours && (task.due_date?.length ?? 0) <= 10 ? now : due;
  const to = unit === 'workday' ? workdaysFrom(from, count) : from.plus({ [`${unit}s`]: count });
  return timed ? toLocalInstant(to) : to.toFormat('yyyy-MM-dd');
}

function workdaysFrom(from: DateTime, count: number): DateTime {
  let to = from;
  for (let left = Math.min(Math.abs(Math.round(count)), 2_000); left > 0;) {
    to = to.plus({ days: count < 0 ? -1 : 1 });
    if (to.weekday <= 5) left -= 1;
  }
  return to;
}

function sayPatch(patch: TaskPatch, work: Work): string {
  const parts = [
    patch.title ? `it is called ${quote(patch.title)} now` : null,
    patch.due_date ? `due ${sayDate(patch.due_date, work.timezone, work.reference)}` : null,
    patch.due_date === null ? 'no due date' : null,
    patch.priority ? `${patch.priority} priority` : null,
    patch.duration_minutes ? `${patch.duration_minutes} minutes` : null,
    patch.duration_minutes === null ? 'no duration' : null,
    patch.recurrence ? `repeats ${sayRecurrence(patch.recurrence)}` : null,
    patch.recurrence === null ? 'it does not repeat' : null,
    patch.list ? `in ${patch.list}` : null,
    patch.list === null ? 'in no list' : null,
    patch.tags ? (patch.tags.length > 0 ? `tagged ${patch.tags.join(', ')}` : 'no tags') : null,
    patch.location ? `at ${patch.location}` : null,
    patch.location === null ? 'no place' : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}
