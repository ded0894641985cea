import type { Step, Work } from '../outcome.ts';
import { quote, sayDate } from '../sentences.ts';
import { apply } from './apply.ts';
import { completing } from './completion.ts';

const LEAVES_OUT = /^skip(?:ping)?\s+(?<what>\S.*?)(?:\s+(?:this|next)\s+(?:time|one|week|month|year))?$/i;
const CANDIDATES_MAX = 5;

/** "Skip watering the plants": one that repeats goes on to its next time; null where nothing of the kind repeats. */
export async function leaveOut(work: Work): Promise<Step | null> {
  const what = LEAVES_OUT.exec(work.slots.title ?? '')?.groups?.['what'];
  if (what === undefined) return null;
  const { tasks } = await work.ports.tasks.match(what, CANDIDATES_MAX);
  const repeating = tasks.filter(({ status, recurrence }) => status === 'open' && recurrence !== null);
  const [task] = repeating;
  if (!task || repeating.length > 1) return null;
  const patch = completing(task, work.timezone, work.reference);
  const { due_date: next } = patch;
  return apply(work, {
    verb: 'skip',
    past: 'Skipped',
    change: next ? 'updated' : 'completed',
    changes: [{ task, patch }],
    told: next
      ? `Skipped this time: ${quote(task.title)}. Next: ${sayDate(next, work.timezone, work.reference)}.`
      : `Skipped ${quote(task.title)}. That was the last time, so it is done.`,
  });
}
