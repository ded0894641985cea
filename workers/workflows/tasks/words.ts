import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
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

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
