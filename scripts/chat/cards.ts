import type { Clarification } from '../../contracts/clarification.ts';
import type { Task } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { formatDate, formatMinutes } from '../../web/client/index.ts';
import { bold, dim, green, line } from './paper.ts';

function taskLine(task: Task): string {
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

/** A reply that lists the tasks of its card says it all. */
export const isTold = (card: Card, reply: string): boolean =>
  card.kind === 'tasks' && card.data.tasks.every((task) => reply.includes(task.title));

/** A card as lines of text. */
export function cardLines(card: Card): string[] {
  if (card.kind === 'task') {
    const { task, change } = card.data;
    return [`${taskLine(task)}${change === 'shown' ? '' : dim(`  (${change})`)}`];
  }
  if (card.kind !== 'tasks') return [];
  const hidden = card.data.total - card.data.tasks.length;
  return [
    bold(card.data.title),
    ...card.data.tasks.map(taskLine),
    ...(hidden > 0 ? [dim(`and ${hidden} more`)] : []),
  ];
}

/** The choices of a question, with the numbers that answer it. */
export function printChoices(question: Clarification): void {
  question.choices.forEach((choice, index) => line(`${bold(String(index + 1))}  ${choice.label}`));
}
