import { sayRecurrence } from '../../../contracts/recurrence.ts';
import { ask, done, type Handler } from '../outcome.ts';
import { newTask, newTaskColumns, patchOfSlots } from './fields.ts';
import { firstTime } from './repetition.ts';
import { quote, sayDate } from '../sentences.ts';
import { askObject, sayUnread } from './words.ts';
import { cutText } from '../../../core/cut-text.ts';

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
  const said = patchOfSlots(slots);
  // What repeats is due for the first time when its rule says so, unless a date was given.
  const first = said.recurrence && !said.due_date ? firstTime(said.recurrence, timezone, reference) : null;
  const patch = { ...said, ...(first && { due_date: first }), title };
  const task = newTask(work.newId(), patch, now);
  const due = task.due_date
    ? `, ${task.recurrence ? 'first ' : ''}due ${sayDate(task.due_date, timezone, reference)}`
    : '';
  const inList = task.list ? ` to ${task.list}` : '';
  const asIs = work.skipped.includes('title') ? ' I kept it as it was said.' : '';
  const again = task.recurrence ? `, ${sayRecurrence(task.recurrence)}` : '';
  const reply = `Added ${quote(title)}${inList}${again}${due}.${asIs}${sayUnread(work.params?.unread)}`;
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
        reason: `you asked: "${cutText(work.words, 300)}"`,
      },
    ],
    cards: [{ kind: 'task', data: { task, change: 'created' } }],
    requiresTaskCard: true,
    executionResult: { task_id: task.id },
    item: { kind: 'task', id: task.id, title },
  });
};
