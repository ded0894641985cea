import { ask, done, type Step, type Work } from '../outcome.ts';
import { refuse } from '../references.ts';
import { count, quote, sayDate, sayUnread } from '../sentences.ts';
import { whyOf } from './apply.ts';
import { newTask, newTaskColumns, patchOfSlots } from './fields.ts';
import { resolveTargets } from './find.ts';

type Steps = NonNullable<NonNullable<Work['params']>['steps']>;

/** Another step goes where the last one went. */
async function parentSpokenOf(
  { context, ports }: Work,
  words: string | undefined,
): Promise<NonNullable<Work['slots']['target']>> {
  if (words !== undefined) return { kind: 'task', query: words };
  const last = context.last_receipt?.kind === 'task' ? context.last_receipt.item_id : undefined;
  const spoken = last === undefined ? await ports.tasks.last() : await ports.tasks.find(last);
  return spoken?.parent_id ? { kind: 'task', id: spoken.parent_id } : { kind: 'task', reference: 'last' };
}

/** "Add a step to the report: collect figures": each a task of its own under that one. */
export async function createSteps(work: Work, { of: parentWords, titles: said }: Steps): Promise<Step> {
  const { slots, timezone, reference, now } = work;
  const target = slots.target ?? (await parentSpokenOf(work, parentWords));
  const found = await resolveTargets({ ...work, slots: { target } }, 'add it to', 'open');
  if ('step' in found) return found.step;
  const [parent] = found.tasks;
  if (!parent) return done({ reply: 'That task is gone.' });
  if (parent.parent_id !== null)
    return refuse(`${quote(parent.title)} is a step itself, and a step has no steps of its own.`).step;
  const titles = said.length > 0 ? said : slots.title === undefined ? [] : [slots.title];
  if (titles.length === 0)
    return ask({ slot: 'title', question: `What is the step of ${quote(parent.title)} called?` });
  const made = titles.map((title) => {
    const list = slots.list ?? parent.list;
    const patch = { ...patchOfSlots(slots), list, title, parent_id: parent.id };
    return { patch, task: newTask(work.newId(), patch, now) };
  });
  const steps = made.map(({ task }) => task);
  const [only] = steps;
  const one = steps.length === 1 && only;
  const due = only?.due_date ? `, due ${sayDate(only.due_date, timezone, reference)}` : '';
  const what = one
    ? `the step ${quote(only.title)} to ${quote(parent.title)}`
    : `${count(steps.length, 'step')} to ${quote(parent.title)}: ${titles.map(quote).join(', ')}`;
  return done({
    reply: `Added ${what}${due}.${sayUnread(work.params?.unread)}`,
    summary: `Added ${one ? what : `${count(steps.length, 'step')} to ${quote(parent.title)}`}`,
    effects: made.map(({ task, patch }) => ({
      kind: 'task',
      op: 'create',
      id: task.id,
      version: null,
      fields: newTaskColumns(patch, timezone, now),
      reason: whyOf(work),
    })),
    cards: one
      ? [{ kind: 'task', data: { task: only, change: 'created' } }]
      : [
          {
            kind: 'tasks',
            data: { tasks: [parent, ...steps], total: steps.length + 1, title: parent.title },
          },
        ],
    requiresTaskCard: Boolean(one),
    executionResult: one ? { task_id: only.id } : { task_ids: steps.map(({ id }) => id) },
    item: one
      ? { kind: 'task', id: only.id, title: only.title }
      : { kind: 'task', id: parent.id, title: parent.title },
  });
}
