import { ask, done, type Handler } from '../outcome.ts';
import { newTask, newTaskColumns, patchOfSlots } from './fields.ts';
import { askObject, quote, sayDate } from './words.ts';

/** Only a title that says something is needed; everything else has a default that an undo can take back. */
export const createTask: Handler = async (work) => {
  const { slots, timezone, reference, now } = work;
  const vague = work.missing.includes('title') && !work.skipped.includes('title');
  const title = slots.title ?? (work.skipped.includes('title') ? 'Untitled task' : undefined);
  if (title === undefined || vague) {
    return ask({
      slot: 'title',
      question: slots.title ? askObject(slots.title) : 'What should the task be called?',
    });
  }
  const patch = { ...patchOfSlots(slots), title };
  const task = newTask(work.newId(), patch, now);
  const due = task.due_date ? `, due ${sayDate(task.due_date, timezone, reference)}` : '';
  const inList = task.list ? ` to ${task.list}` : '';
  const reply = `Added ${quote(title)}${inList}${due}.`;
  return done({
    reply,
    summary: `Added ${quote(title)}`,
    effects: [
      {
        kind: 'task',
        op: 'create',
        id: task.id,
        version: null,
        fields: newTaskColumns(patch, timezone, now),
        reason: `you asked: "${work.words.slice(0, 300)}"`,
      },
    ],
    cards: [{ kind: 'task', data: { task, change: 'created' } }],
    requiresTaskCard: true,
    executionResult: { task_id: task.id },
    item: { kind: 'task', id: task.id, title },
  });
};
