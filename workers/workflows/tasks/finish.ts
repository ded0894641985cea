import type { Task } from '../../../contracts/entities.ts';
import { ask, done, type Handler, type Work } from '../outcome.ts';
import { count, quote, sayDate } from '../sentences.ts';
import { isShownAgain, shownTo } from '../shown.ts';
import { apply } from './apply.ts';
import { isDoneForNow, stretchDone } from './completion.ts';
import { completion, deletion, stepsOf, type TaskChange } from './effects.ts';
import { resolveTargets } from './find.ts';

/** One that repeats goes on to its next time; one with open steps is asked about. */
export const completeTask: Handler = async (work) => {
  const found = await resolveTargets(work, 'complete', 'open');
  if ('step' in found) return found.step;
  const open = await stillToDo(work, found.tasks);
  const [only] = found.tasks;
  if (open.length === 0 && only) {
    return done({
      reply: `${quote(only.title)} is done already.${nextTime(work, only)}`,
      item: { kind: 'task', id: only.id, title: only.title },
    });
  }
  const steps = await stepsOf(work.ports, open);
  const [task] = open;
  if (open.length === 1 && task && !isShownAgain(work)) return completeOne(work, task, steps);
  const named = new Set(open.map(({ id }) => id));
  const ending = new Set(open.filter(({ recurrence }) => recurrence === null).map(({ id }) => id));
  // All of many are meant with all that belongs to them.
  const belonging = steps.filter(
    ({ id, status, parent_id }) =>
      !named.has(id) && status === 'open' && parent_id !== null && ending.has(parent_id),
  );
  const all = open.map((each) => completion(each, steps, work.timezone, work.reference));
  const own = all.flatMap(([first]) => (first ? [first] : []));
  const others = all.flatMap(([, ...rest]) => rest).filter(({ task: other }) => !named.has(other.id));
  return apply(work, {
    verb: 'complete',
    past: 'Completed',
    change: 'completed',
    changes: [...own, ...belonging.map((step): TaskChange => ({ task: step, patch: { status: 'done' } }))],
    along: others,
    // As if each had been told in a sentence of its own.
    agreed: found.named,
  });
};

/** Those that are open, without what repeats and has been done for now. */
async function stillToDo(work: Work, tasks: readonly Task[]): Promise<Task[]> {
  const { ports, timezone: zone, reference: now, receivedAt } = work;
  const clock = { zone, now, aheadMs: receivedAt.getTime() - now.getTime() };
  const all = await Promise.all(
    tasks.map(async (task) => task.status === 'open' && !(await isDoneForNow(ports, task, clock))),
  );
  return tasks.filter((_task, index) => all[index]);
}

const nextTime = ({ timezone, reference }: Work, { status, due_date }: Task): string =>
  status === 'open' && due_date !== null ? ` Next: ${sayDate(due_date, timezone, reference)}.` : '';

async function completeOne(work: Work, task: Task, steps: readonly Task[]): ReturnType<Handler> {
  const left = steps.filter(({ status }) => status === 'open');
  const [own, ...reopened] = completion(task, steps, work.timezone, work.reference);
  if (!own) return done({ reply: 'There is nothing to change.' });
  const ends = own.patch?.status === 'done';
  // A yes to what was shown says nothing of steps that came since.
  const agreed = shownTo(work) ? false : work.confirmed;
  if (ends && left.length > 0 && agreed === null) {
    return ask({
      slot: 'target',
      kind: 'confirm',
      question: `${quote(task.title)} has ${count(left.length, 'open step')}. Complete ${left.length === 1 ? 'it' : 'them'} too?`,
      choices: [
        { choice_id: 'yes', label: left.length === 1 ? 'Yes, the step too' : 'Yes, the steps too' },
        { choice_id: 'no', label: 'No, only the task' },
      ],
      choiceSlots: {
        yes: { target: { kind: 'task', id: task.id } },
        no: { target: { kind: 'task', id: task.id } },
      },
    });
  }
  const too = ends && agreed === true ? left : [];
  const stay = ends && agreed === false ? left.length : 0;
  const told = ends
    ? `Completed ${quote(task.title)}${too.length > 0 ? ` and ${count(too.length, 'step')}` : ''}.${endWords(task, stay)}`
    : nextWords(task, own, work);
  return apply(work, {
    verb: 'complete',
    past: 'Completed',
    change: 'completed',
    changes: [own],
    along: [...reopened, ...too.map((step): TaskChange => ({ task: step, patch: { status: 'done' } }))],
    told: `${told}${await progressOf(work, task)}`,
    agreed: agreed !== null,
  });
}

const endWords = (task: Task, stay: number): string =>
  `${task.recurrence === null ? '' : ' That was the last time.'}${stay > 0 ? ` ${count(stay, 'step')} ${stay === 1 ? 'stays' : 'stay'} open.` : ''}`;

/** "Done for this week: "water the plants". Next: Monday 7 December." */
function nextWords(task: Task, { patch }: TaskChange, { timezone, reference }: Work): string {
  const stretch = stretchDone(task, timezone, reference);
  const next = patch?.due_date ? sayDate(patch.due_date, timezone, reference) : 'open';
  return `Done for ${stretch ?? 'this time'}: ${quote(task.title)}. Next: ${next}.`;
}

/** How far the task has come that a step belongs to. */
async function progressOf({ ports }: Work, step: Task): Promise<string> {
  const parent = step.parent_id === null ? null : await ports.tasks.find(step.parent_id);
  if (!parent) return '';
  const steps = await stepsOf(ports, [parent]);
  const ready = steps.filter(({ id, status }) => status === 'done' || id === step.id).length;
  return ready === steps.length
    ? ` That was the last step of ${quote(parent.title)}.`
    : ` ${ready} of ${count(steps.length, 'step')} of ${quote(parent.title)} ${ready === 1 ? 'is' : 'are'} done.`;
}

export const deleteTask: Handler = async (work) => {
  // "All" means what is on the list; what is done is deleted only when it is named.
  const all = work.slots.target?.reference === 'all';
  const found = await resolveTargets(work, 'delete', all ? 'open' : undefined);
  if ('step' in found) return found.step;
  const named = new Set(found.tasks.map(({ id }) => id));
  const steps = (await stepsOf(work.ports, found.tasks)).filter(({ id }) => !named.has(id));
  const [only] = found.tasks;
  return apply(work, {
    verb: 'delete',
    past: 'Deleted',
    change: 'deleted',
    changes: found.tasks.map((task): TaskChange => ({ task, patch: null })),
    along: found.tasks.flatMap((task) => deletion(task, steps).slice(1)),
    detail:
      steps.length > 0 ? ` and ${only && named.size === 1 ? 'its ' : ''}${count(steps.length, 'step')}` : '',
  });
};
