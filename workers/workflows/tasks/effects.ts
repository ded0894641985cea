import type { Task } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import { remindersAfter } from '../item-reminders.ts';
import type { Ports } from '../ports.ts';
import { blocksAfter, type BlocksAfter, type Ending } from '../task-blocks.ts';
import { columnsOf } from './fields.ts';
import { completing } from './completion.ts';

/** One task and what becomes of it. */
export interface TaskChange {
  task: Task;
  /** Null deletes it. */
  patch: TaskPatch | null;
  /** It is done for this time and comes again. */
  isDoneForNow?: boolean;
}

/**
 * Changes of tasks as effects, in their order, with what follows for their reminders and their planned time behind them.
 *
 * @param about.zone of due times that are given
 * @param about.reference from when time is still to come
 */
export async function effectsOf(
  ports: Pick<Ports, 'reminders' | 'events'>,
  changes: readonly TaskChange[],
  about: { zone: string; now: Date; reference: Date; reason: string },
): Promise<{ effects: EffectWrite[]; planned: BlocksAfter }> {
  const { zone, now, reference, reason } = about;
  const effects = changes.map(({ task, patch }): EffectWrite => ({
    kind: 'task',
    op: patch === null ? 'delete' : 'update',
    id: task.id,
    version: task.version,
    fields:
      patch === null
        ? { deleted_at: now.toISOString(), updated_at: now.toISOString() }
        : columnsOf(patch, zone, now),
    reason,
  }));
  // A task that never had an hour has no reminder that counts from it.
  const telling = effects.filter((_effect, index) => {
    const { task, patch } = changes[index] ?? {};
    return !patch || patch.status === 'done' || hasHour(task?.due_date) || hasHour(patch.due_date);
  });
  const [reminders, planned] = await Promise.all([
    remindersAfter(ports, telling, now),
    blocksAfter(ports, changes.flatMap(endingOf), { now, reference }),
  ]);
  return { effects: [...effects, ...reminders, ...planned.effects], planned };
}

function endingOf({ task, patch, isDoneForNow }: TaskChange): Ending[] {
  if (patch === null || patch.status === 'done' || isDoneForNow) return [{ task, becomes: 'over' }];
  return patch.status === 'open' && task.status === 'done' ? [{ task, becomes: 'open' }] : [];
}

const hasHour = (due: string | null | undefined): boolean => (due?.length ?? 0) > 10;

/** More steps of one task are never looked at together. */
const STEPS_MAX = 1_000;

/** The steps of tasks, in the order of lists. */
export async function stepsOf(
  ports: Pick<Ports, 'tasks'>,
  parents: readonly Task[],
  status?: Task['status'],
): Promise<Task[]> {
  const ids = parents.filter(({ parent_id }) => parent_id === null).map(({ id }) => id);
  if (ids.length === 0) return [];
  return (await ports.tasks.list({ parents: ids, status }, STEPS_MAX)).tasks;
}

/**
 * Completing a task: one that repeats begins anew with all of its steps open, any other leaves them as they are.
 *
 * @param zone whose days and hours it repeats by
 */
export function completion(task: Task, steps: readonly Task[], zone: string, now: Date): TaskChange[] {
  const patch = completing(task, zone, now);
  const own = steps.filter(({ parent_id, status }) => parent_id === task.id && status === 'done');
  const reopened = patch.status === 'done' ? [] : own;
  return [
    { task, patch, isDoneForNow: patch.status !== 'done' },
    ...reopened.map((step): TaskChange => ({ task: step, patch: { status: 'open' } })),
  ];
}

/** Deleting a task takes its steps along. */
export const deletion = (task: Task, steps: readonly Task[]): TaskChange[] =>
  [task, ...steps.filter(({ parent_id }) => parent_id === task.id)].map((gone) => ({
    task: gone,
    patch: null,
  }));
