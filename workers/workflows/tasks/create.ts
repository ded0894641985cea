import type { Task } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import { ask, done, type Handler, type Work } from '../outcome.ts';
import { newReminder } from '../reminder-fields.ts';
import { quote, sayDate, sayUnread } from '../sentences.ts';
import { whyOf } from './apply.ts';
import { enrich, type Enriched } from './enrich.ts';
import { leaveOut } from './leave-out.ts';
import { newTask, newTaskColumns, patchOfSlots } from './fields.ts';
import { firstTime } from './repetition.ts';
import { createSteps } from './steps.ts';
import { askObject, sayRepetition } from './words.ts';

/** Only a title that says something is needed; everything else has a default that an undo can take back. */
export const createTask: Handler = async (work) => {
  const { slots, params, timezone, reference, now } = work;
  if (params?.steps) return createSteps(work, params.steps);
  const left = await leaveOut(work);
  if (left) return left;
  const skipped = work.skipped.includes('title');
  const vague = work.missing.includes('title') && !skipped;
  const title = slots.title ?? (skipped ? 'Untitled task' : undefined);
  if (title === undefined || vague) {
    return ask({
      slot: 'title',
      question: slots.title ? askObject(slots.title) : 'What should the task be called?',
    });
  }
  const named = skipped ? await titleLeftToUs(work, title) : { title, told: '', enriched: false };
  const patch = { ...patchOf(work), title: named.title };
  const task = newTask(work.newId(), patch, now);
  const due = task.due_date
    ? `, ${task.recurrence ? 'first ' : ''}due ${sayDate(task.due_date, timezone, reference)}`
    : '';
  // A day that does not exist is told back, and another one is taken without being asked for.
  const isLost = task.due_date === null && (params?.unread ?? []).some((words) => /\d/.test(words));
  const another = isLost ? ' Tell me another one, and it is due then.' : '';
  const inList = task.list ? ` to ${task.list}` : '';
  const again = task.recurrence ? `, ${sayRepetition(task)}` : '';
  const reminding = reminderFor(work, task);
  return done({
    reply: `Added ${quote(task.title)}${inList}${again}${due}.${reminding.told}${named.told}${sayUnread(params?.unread)}${another}`,
    summary: `Added ${quote(task.title)}`,
    effects: [
      {
        kind: 'task',
        op: 'create',
        id: task.id,
        version: null,
        fields: newTaskColumns(patch, timezone, now),
        reason: whyOf(work),
      },
      ...reminding.effects,
    ],
    cards: [{ kind: 'task', data: { task, change: 'created' } }],
    requiresTaskCard: true,
    executionResult: { task_id: task.id, ...(named.enriched && { llm_enriched: true }) },
    item: { kind: 'task', id: task.id, title: task.title },
  });
};

/** What was said of it. What repeats is due for the first time when its rule says so, unless a date was given. */
function patchOf({ slots, params, timezone, reference }: Work): TaskPatch {
  const said = patchOfSlots(slots);
  if (!said.recurrence) return said;
  const first = said.due_date ? null : firstTime(said.recurrence, timezone, reference);
  return {
    ...said,
    ...(first && { due_date: first }),
    ...(params?.from_completion && { repeats_from_completion: true }),
  };
}

/** A title that nobody wanted to say more of. */
const titleLeftToUs = (work: Work, title: string): Promise<Enriched> =>
  work.slots.title === undefined
    ? Promise.resolve({ title, told: ' I kept it as it was said.', enriched: false })
    : enrich(work, title);

/** The reminder that was asked for in the same breath; before a time that is due, it moves with it. */
function reminderFor(work: Work, task: Task): { effects: EffectWrite[]; told: string } {
  const { remind_at } = work.slots;
  if (remind_at === undefined) return { effects: [], told: '' };
  const at = new Date(remind_at);
  if (at <= work.reference)
    return { effects: [], told: ' The time to remind you is past, so there is no reminder.' };
  const due = task.due_date && task.due_date.length > 10 ? new Date(task.due_date) : null;
  const before = due && due >= at ? Math.round((due.getTime() - at.getTime()) / 60_000) : null;
  const wanted = {
    title: task.title,
    remind_at: at,
    timezone: work.timezone,
    item: { kind: 'task' as const, id: task.id },
    before_minutes: before,
  };
  const { effect } = newReminder(work.newId(), wanted, {
    now: work.now,
    saidAt: work.receivedAt,
    reason: whyOf(work),
  });
  return {
    effects: [effect],
    told: ` I'll remind you on ${sayDate(remind_at, work.timezone, work.reference)}.`,
  };
}
