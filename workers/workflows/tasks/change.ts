import type { Task } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import { ask, done, type Handler, type Outcome, type Step, type Work } from '../outcome.ts';
import { needsConfirmation } from '../policy.ts';
import { columnsOf, patched, patchOfSlots } from './fields.ts';
import { resolveTargets } from './find.ts';
import { count, quote, sayDate } from './words.ts';

type Change = Extract<Outcome['cards'][number], { kind: 'task' }>['data']['change'];

interface Plan {
  verb: string;
  past: string;
  change: Change;
  op: EffectWrite['op'];
  patch: TaskPatch;
  /** Columns that are no field a client may set. */
  columns?: Record<string, unknown>;
  detail?: string;
}

const whyOf = (work: Work): string => `you asked: "${work.words.slice(0, 300)}"`;

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
      question: `${capital(plan.verb)} ${subject}? ${preview(tasks)}`,
      choices: [
        { choice_id: 'yes', label: `Yes, ${plan.verb} ${tasks.length === 1 ? 'it' : 'them'}` },
        { choice_id: 'no', label: 'No' },
      ],
      choiceSlots: { yes: {}, no: {} },
    });
  }
  const columns = { ...columnsOf(plan.patch, work.timezone, work.now), ...plan.columns };
  const after = tasks.map((task) => patched(task, plan.patch, work.now));
  const sentence = `${plan.past} ${subject}${plan.detail ?? ''}`;
  return done({
    reply: `${sentence}.`,
    decision: work.confirmed ? 'CONFIRM' : 'AUTO',
    summary: sentence,
    effects: tasks.map((task) => ({
      kind: 'task',
      op: plan.op,
      id: task.id,
      version: task.version,
      fields: columns,
      reason: whyOf(work),
    })),
    cards:
      after.length === 1
        ? after.map((task) => ({ kind: 'task', data: { task, change: plan.change } }))
        : [{ kind: 'tasks', data: { tasks: after, total: after.length, title: sentence } }],
    requiresTaskCard: tasks.length === 1,
    executionResult: tasks.length === 1 ? { task_id: first.id } : { task_ids: tasks.map((task) => task.id) },
    item: tasks.length === 1 ? { kind: 'task', id: first.id, title: plan.patch.title ?? first.title } : null,
  });
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
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
    patch: { status: 'done' },
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
    patch: {},
    columns: { deleted_at: work.now.toISOString() },
  });
};

export const updateTask: Handler = async (work) => {
  const patch = patchOfSlots(work.slots);
  // With a target by words the filters of a batch are fields to write; only a target "all" selects by them.
  const found = await resolveTargets(
    {
      ...work,
      slots: work.slots.target
        ? { ...work.slots, list: undefined, tags: undefined, priority: undefined }
        : { target: undefined },
    },
    'change',
    undefined,
  );
  if ('step' in found) return found.step;
  const [first] = found.tasks;
  if (first && patch.tags && found.tasks.length === 1)
    patch.tags = [...new Set([...first.tags, ...patch.tags])];
  if (Object.keys(patch).length === 0) {
    return ask({
      slot: 'due_date',
      question: `What should change about ${first ? quote(first.title) : 'it'}? You can give a date, a priority, a list or a new name.`,
    });
  }
  return apply(work, found.tasks, {
    verb: 'change',
    past: 'Changed',
    change: 'updated',
    op: 'update',
    patch,
    detail: sayPatch(patch, work),
  });
};

function sayPatch(patch: TaskPatch, work: Work): string {
  const parts = [
    patch.title ? `it is called ${quote(patch.title)} now` : null,
    patch.due_date ? `due ${sayDate(patch.due_date, work.timezone, work.reference)}` : null,
    patch.priority ? `${patch.priority} priority` : null,
    patch.duration_minutes ? `${patch.duration_minutes} minutes` : null,
    patch.list ? `in ${patch.list}` : null,
    patch.tags ? `tagged ${patch.tags.join(', ')}` : null,
    patch.location ? `at ${patch.location}` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}
