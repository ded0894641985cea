import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import { toLocalInstant } from '../../../db/tasks.ts';
import { capital } from '../sentences.ts';

/** "Monday 30 November", "Friday 4 December at 15:00"; the year only where it is another one. */
export function sayDate(value: string, zone: string, reference: Date): string {
  const timed = value.length > 10;
  const at = timed ? DateTime.fromISO(value, { setZone: true }) : DateTime.fromISO(value, { zone });
  const today = DateTime.fromJSDate(reference, { zone });
  const day = at.toFormat(at.year === today.year ? 'cccc d LLLL' : 'cccc d LLLL yyyy', { locale: 'en' });
  return timed ? `${day} at ${at.toFormat('HH:mm')}` : day;
}

export const quote = (title: string): string => `"${title.length > 120 ? `${title.slice(0, 119)}…` : title}"`;

/** A bare activity said as a question: "What do you want to study?" */
export function askObject(activity: string): string {
  const verb = activity
    .toLowerCase()
    .replace(/(?:^|\s+)(?:some\s+|a few\s+)?(?:something|stuff|things?|someone|somebody)$/, '');
  if (/\b(?:tasks|to-?dos|todos|items)$/.test(verb)) return 'What should the first one be called?';
  if (/[a-z]{3}ing$/.test(verb)) return `${capital(verb)} what?`;
  return `What do you want to ${verb === '' ? 'do' : verb}?`;
}

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

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
