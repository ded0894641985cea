import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import type { Slots } from '../../../contracts/slots.ts';
import { toLocalInstant } from '../../../db/tasks.ts';

/** The columns behind a due date: the local day always, the instant and its zone when a time was given. */
function dueFields(due: string | null, zone: string): Record<string, unknown> {
  if (due === null) return { due_on: null, due_at: null, due_zone: null };
  if (due.length === 10) return { due_on: due, due_at: null, due_zone: null };
  return { due_on: due.slice(0, 10), due_at: new Date(due).toISOString(), due_zone: zone };
}

/** What was said of a task, as a patch. Slots that are no field of a task are left out. */
export function patchOfSlots(slots: Slots): TaskPatch {
  const { title, due_date, priority, duration_minutes, list, tags, recurrence, location } = slots;
  const patch: TaskPatch = { title, due_date, priority, duration_minutes, list, tags, recurrence, location };
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

/** A patch as columns of the table `tasks`, with what follows from it. */
export function columnsOf(patch: TaskPatch, zone: string, now: Date): Record<string, unknown> {
  const { due_date, status, ...rest } = patch;
  return {
    ...rest,
    ...(due_date === undefined ? {} : dueFields(due_date, zone)),
    ...(status === undefined ? {} : { status, completed_at: status === 'done' ? now.toISOString() : null }),
    updated_at: now.toISOString(),
  };
}

/** A whole new row; everything not said has its default. */
export function newTaskColumns(
  patch: TaskPatch & { title: string },
  zone: string,
  now: Date,
): Record<string, unknown> {
  return {
    status: 'open',
    due_on: null,
    due_at: null,
    due_zone: null,
    priority: 'medium',
    duration_minutes: null,
    list: null,
    tags: [],
    recurrence: null,
    repeats_from_completion: false,
    location: null,
    notes: null,
    parent_id: null,
    completed_at: null,
    deleted_at: null,
    created_at: now.toISOString(),
    ...columnsOf(patch, zone, now),
  };
}

/** The task that a patch leads to, as clients will see it after the commit. */
export function patched(task: Task, patch: TaskPatch, now: Date): Task {
  const changed = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const { due_date: due } = patch;
  // As it will be read from the table, whatever way it was written.
  if (due && due.length > 10) changed['due_date'] = toLocalInstant(DateTime.fromISO(due, { setZone: true }));
  const completed_at =
    patch.status === undefined ? task.completed_at : patch.status === 'done' ? now.toISOString() : null;
  return { ...task, ...changed, completed_at, version: task.version + 1 };
}

export function newTask(id: string, patch: TaskPatch & { title: string }, now: Date): Task {
  const blank: Task = {
    id,
    title: patch.title,
    status: 'open',
    due_date: null,
    priority: 'medium',
    duration_minutes: null,
    list: null,
    tags: [],
    recurrence: null,
    repeats_from_completion: false,
    location: null,
    notes: null,
    parent_id: null,
    version: 0,
    created_at: now.toISOString(),
    completed_at: null,
  };
  return patched(blank, patch, now);
}
