import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import { sayRecurrence } from '../../../contracts/recurrence.ts';
import { toLocalInstant } from '../../../db/tasks.ts';
import { capital, sayDate } from '../sentences.ts';

/** A bare activity said as a question: "What do you want to study?" */
export function askObject(activity: string): string {
  const verb = activity
    .toLowerCase()
    .replace(/(?:^|\s+)(?:some\s+|a few\s+)?(?:something|stuff|things?|someone|somebody)$/, '');
  if (/\b(?:tasks|to-?dos|todos|items)$/.test(verb)) return 'What should the first one be called?';
  if (/[a-z]{3}ing$/.test(verb)) return `${capital(verb)} what?`;
  return `What do you want to ${verb === '' ? 'do' : verb}?`;
}

/** "every 3 days, counted from when it was done" */
export const sayRepetition = ({ recurrence, repeats_from_completion: after }: Task): string =>
  recurrence === null ? '' : `${sayRecurrence(recurrence)}${after ? ', counted from when it was done' : ''}`;

/** One line of a list. */
export function sayTask(task: Task, zone: string, reference: Date): string {
  const details = [
    task.status === 'done' ? 'done' : null,
    task.due_date ? `due ${sayDate(task.due_date, zone, reference)}` : null,
    task.priority === 'high' || task.priority === 'urgent' ? `${task.priority} priority` : null,
  ].filter((detail) => detail !== null);
  return details.length > 0 ? `${task.title} (${details.join(', ')})` : task.title;
}

/** Lines for tasks to choose from, no two of them alike: by list and age where the rest is the same. */
export function tellApart(tasks: readonly Task[], zone: string, reference: Date): string[] {
  const steps: ((task: Task) => string)[] = [
    (task) => (task.list ? `in ${task.list}` : ''),
    ({ tags }) => (tags.length > 0 ? `tagged ${tags.join(', ')}` : ''),
    ({ created_at: at }) =>
      `added ${sayDate(toLocalInstant(DateTime.fromISO(at, { zone })), zone, reference)}`,
    (task) => `added as number ${tasks.filter(({ id }) => id < task.id).length + 1}`,
  ];
  return steps.reduce<string[]>(
    (lines, step) => {
      const more = tasks.map((task) => step(task));
      // What the alike have in common tells nothing.
      const tells = (line: string): boolean =>
        new Set(more.filter((_, index) => lines[index] === line)).size > 1;
      return lines.map((line, index) => (tells(line) && more[index] ? `${line}, ${more[index]}` : line));
    },
    tasks.map((task) => sayTask(task, zone, reference)),
  );
}

/** "30 minutes", "an hour", "2 days"; @param capitalised where a sentence begins with it */
export function sayMinutes(minutes: number, capitalised = false): string {
  const [size, unit] =
    minutes % 10_080 === 0
      ? [10_080, 'week']
      : minutes % 1_440 === 0
        ? [1_440, 'day']
        : minutes % 60 === 0
          ? [60, 'hour']
          : [1, 'minute'];
  const n = minutes / size;
  const one = unit === 'hour' ? 'an hour' : `a ${unit}`;
  const said = n === 1 ? one : `${n} ${unit}s`;
  return capitalised ? capital(said) : said;
}
