import type { Task } from '../../contracts/entities.ts';
import { formatDate, formatMinutes } from '../../web/client/index.ts';
import { bold, dim, green } from './paper.ts';

/** A task with its box and what is known of it. */
export function taskLine(task: Task): string {
  const details = [
    task.due_date === null ? null : formatDate(task.due_date, new Date()),
    task.priority === 'medium' ? null : task.priority,
    task.duration_minutes === null ? null : formatMinutes(task.duration_minutes),
    task.list,
    ...task.tags.map((tag) => `#${tag}`),
  ].filter((detail) => detail !== null);
  const box = task.status === 'done' ? green('[x]') : '[ ]';
  return `${box} ${bold(task.title)}${details.length > 0 ? dim(`  ${details.join(' · ')}`) : ''}`;
}
