import { isDeepStrictEqual } from 'node:util';
import { DateTime } from 'luxon';
import { DROP_CHOICE } from '../../../contracts/clarification.ts';
import type { Task } from '../../../contracts/entities.ts';
import { sayRecurrence } from '../../../contracts/recurrence.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import { toLocalInstant } from '../../../db/tasks.ts';
import { withItsMonth } from '../its-month.ts';
import { likelyHour, onDay } from '../likely-hour.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { withNote } from '../notes.ts';
import { quote, sayDate, sayLength, sayUnread } from '../sentences.ts';
import { sayOtherLength } from '../task-blocks.ts';
import { apply } from './apply.ts';
import type { TaskChange } from './effects.ts';
import { patched, patchOfSlots } from './fields.ts';
import { resolveTargets } from './find.ts';
import { renameGroup } from './groups.ts';
import { firstTime } from './repetition.ts';

/** Values that a new task could have just as well. */
const CARRIED = ['due_date', 'priority', 'duration_minutes', 'recurrence', 'list', 'tags'] as const;

/** "The report is due friday" of a report that is on no list: it may be meant to be noted. */
function addable({ slots, params, timezone, reference }: Work, found: Step): Step | null {
  const { target, ...said } = slots;
  const missing = 'done' in found && found.done.refused?.code === 'not_found';
  if (
    !missing ||
    !target?.query ||
    target.reference === 'all' ||
    params?.shift ||
    !CARRIED.some((slot) => said[slot])
  )
    return null;
  const title = target.query;
  const due = said.due_date === undefined ? '' : `, due ${sayDate(said.due_date, timezone, reference)}`;
  return ask({
    slot: 'query',
    kind: 'choice',
    question: `I found no task ${quote(title)}. Do you want to add it${due}?`,
    choices: [
      { choice_id: 'create_task', label: `Add ${quote(title)}` },
      { choice_id: DROP_CHOICE, label: 'No' },
    ],
    choiceSlots: { create_task: { ...said, title } },
  });
}

export const updateTask: Handler = async (work) => {
  const renaming = await renameGroup(work);
  if (renaming) return renaming;
  const { params } = work;
  const all = work.slots.target?.reference === 'all';
  const patch = patchOfSlots(work.slots);
  const datedOf = (task: Task): TaskPatch => {
    const { due_date } = withItsMonth(work, task.due_date).slots;
    return due_date === undefined ? {} : { due_date };
  };
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
    ...datedOf(task),
    ...atItsHour(task, { ...patch, ...datedOf(task) }, work),
    ...onItsDay(task, work),
    ...repeated(task, patch, work),
    ...(params?.reopen ? { status: 'open' as const } : {}),
    ...emptied(params?.clear ?? []),
    ...(params?.step ? { priority: stepped(task.priority, params.step) } : {}),
    ...(params?.shift ? { due_date: shiftedDue(task, params.shift, work) } : {}),
    ...tagsAfter(task, patch.tags, params?.untag),
    ...(params?.note ? { notes: withNote(task.notes, params.note) } : {}),
  });
  if (first && Object.keys(patchOf(first)).length === 0) {
    return ask({
      slot: 'due_date',
      question:
        `${sayUnread(params?.unread)} What should change about ${quote(first.title)}? You can give a date, a priority, a list or a new name.`.trimStart(),
    });
  }
  const changes = found.tasks
    .map((task) => ({ task, patch: patchOf(task) }))
    .filter((change) => changesAnything(change, work.now));
  if (first && changes.length === 0) return nothingNew(found.tasks, patchOf(first), work);
  const [only] = changes;
  const one = changes.length === 1 ? only : undefined;
  const minutes = one?.patch?.duration_minutes ?? null;
  return apply(work, {
    verb: params?.reopen ? 'reopen' : 'change',
    past: params?.reopen ? 'Reopened' : 'Changed',
    change: params?.reopen ? 'reopened' : 'updated',
    changes,
    detail: one
      ? sayPatch(one.patch ?? {}, work)
      : sayPatch({ ...patch, ...emptied(params?.clear ?? []) }, work),
    aside:
      one && minutes !== null ? await sayOtherLength(work.ports, { id: one.task.id, minutes }, work) : '',
  });
};

/** Whether a task is another one after it. */
function changesAnything({ task, patch }: TaskChange, now: Date): boolean {
  const { version: _old, ...before } = task;
  const { version: _new, ...after } = patched(task, patch ?? {}, now);
  return patch?.status === 'done' || !isDeepStrictEqual(before, after);
}

/** Nothing is written where all is so already, and it is said. */
function nothingNew(tasks: readonly Task[], patch: TaskPatch, work: Work): Step {
  const [first] = tasks;
  const one = tasks.length === 1 && first;
  const so = one ? sayPatch(patch, work) : '';
  return done({
    reply: one
      ? `${quote(first.title)} is like that already${so}.${sayUnread(work.params?.unread)}`
      : 'They are all like that already, so nothing was changed.',
    item: one ? { kind: 'task', id: first.id, title: first.title } : null,
  });
}

/** Another day comes with the hour that the task had, unless any time of it will do; an hour alone is of the day that it is due. */
function atItsHour(
  task: Task,
  { due_date: day }: TaskPatch,
  { words, params, timezone: zone, reference }: Work,
): TaskPatch {
  if (day && day === params?.day_kept && task.due_date !== null) {
    const [said, due] = [day, task.due_date].map((at) => DateTime.fromISO(at, { zone }));
    const moved = due?.set({ hour: said?.hour, minute: said?.minute, second: 0 });
    return moved && moved.toJSDate() > reference ? { due_date: toLocalInstant(moved) } : {};
  }
  if (day?.length !== 10 || (task.due_date?.length ?? 0) <= 10 || ANY_HOUR.test(words)) return {};
  const { hour, minute } = DateTime.fromISO(task.due_date ?? '', { zone });
  return { due_date: toLocalInstant(DateTime.fromISO(day, { zone }).set({ hour, minute })) };
}
const ANY_HOUR = /\b(?:any ?time|all day|whenever|no (?:set |fixed |particular )?(?:time|hour))\b/i;

/** An hour alone is of the day that the task is due on, as long as that is to come. */
function onItsDay(
  { due_date: due }: Task,
  { slots, params, words, timezone: zone, reference }: Work,
): TaskPatch {
  const said = slots.due_date;
  if (said === undefined || params?.day_kept !== said || due === null) return {};
  const [hour, day] = [said, due].map((at) => DateTime.fromISO(at, { zone }));
  if (!hour || !day) return {};
  const at = onDay(due.length > 10 && !params.recalled ? likelyHour(hour, day, words) : hour, day);
  return at.toJSDate() < reference ? {} : { due_date: toLocalInstant(at) };
}

/** What repeats otherwise from now on is due when its rule says so next, at the hour it had, and counts as it was said to. */
function repeated(task: Task, { recurrence, due_date }: TaskPatch, work: Work): TaskPatch {
  if (!recurrence) return {};
  const { timezone: zone, reference } = work;
  const repeats_from_completion = work.params?.from_completion === true;
  const due = task.due_date === null ? null : DateTime.fromISO(task.due_date, { zone });
  const from = DateTime.max(DateTime.fromJSDate(reference, { zone }), ...(due ? [due.startOf('day')] : []));
  const first = due_date ? null : firstTime(recurrence, zone, from.toJSDate());
  if (first === null) return { repeats_from_completion };
  if (!due || first.length > 10 || task.due_date?.length === 10)
    return { repeats_from_completion, due_date: first };
  const { hour, minute } = due;
  const at = DateTime.fromISO(first, { zone }).set({ hour, minute });
  return { repeats_from_completion, due_date: toLocalInstant(at) };
}

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
  recurrence: { recurrence: null, repeats_from_completion: false },
  list: { list: null },
  tags: { tags: [] },
  location: { location: null },
};

const emptied = (fields: readonly Field[]): TaskPatch =>
  fields.reduce<TaskPatch>((patch, field) => ({ ...patch, ...EMPTY[field] }), {});

/** Tags are added to those that a task has; others are taken off. */
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
    patch.duration_minutes ? `takes ${sayLength(patch.duration_minutes)}` : null,
    patch.duration_minutes === null ? 'no duration' : null,
    patch.recurrence ? `repeats ${sayRecurrence(patch.recurrence)}` : null,
    patch.recurrence === null ? 'it does not repeat' : null,
    patch.list ? `in ${patch.list}` : null,
    patch.list === null ? 'in no list' : null,
    patch.tags ? (patch.tags.length > 0 ? `tagged ${patch.tags.join(', ')}` : 'no tags') : null,
    patch.location ? `at ${patch.location}` : null,
    patch.location === null ? 'no place' : null,
    patch.notes && work.params?.note ? `noted ${quote(work.params.note)}` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}
