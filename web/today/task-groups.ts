import type { Task } from '../../contracts/entities.ts';
import { dayNumber, todayOf } from '../client/index.ts';
import { behindTheirTask } from './steps.ts';

export interface TaskGroup {
  key: 'overdue' | 'today' | 'upcoming' | 'undated' | 'done';
  title: string;
  tasks: Task[];
}

/**
 * Open tasks by when they are due, the nearest first, and what was ticked today. A step stands with its task, unless it is
 * due in a nearer group, or that is done.
 */
export function groupTasks(tasks: Iterable<Task>, now: Date): TaskGroup[] {
  const today = dayNumber(todayOf(now));
  const groups: Record<TaskGroup['key'], TaskGroup> = {
    overdue: { key: 'overdue', title: 'Overdue', tasks: [] },
    today: { key: 'today', title: 'Today', tasks: [] },
    upcoming: { key: 'upcoming', title: 'Upcoming', tasks: [] },
    undated: { key: 'undated', title: 'No date', tasks: [] },
    done: { key: 'done', title: 'Done', tasks: [] },
  };
  const all = [...tasks];
  const order = Object.keys(groups);
  const byId = new Map(all.map((task) => [task.id, task]));
  for (const task of all) {
    const parent = task.parent_id === null ? undefined : byId.get(task.parent_id);
    const [own, its] = [groupOf(task, today), parent && groupOf(parent, today)];
    const near = its === undefined || its === 'done' || order.indexOf(own) < order.indexOf(its);
    groups[near ? own : its].tasks.push(task);
  }
  for (const group of Object.values(groups)) group.tasks = behindTheirTask(group.tasks.sort(byDue));
  return Object.values(groups).filter((group) => group.tasks.length > 0);
}

function groupOf(task: Task, today: number): TaskGroup['key'] {
  if (task.status === 'done') return 'done';
  if (task.due_date === null) return 'undated';
  const due = dayNumber(task.due_date);
  return due < today ? 'overdue' : due === today ? 'today' : 'upcoming';
}

const RANK = { urgent: 0, high: 1, medium: 2, low: 3 };

function byDue(a: Task, b: Task): number {
  const [dueA, dueB] = [a.due_date ?? '9999', b.due_date ?? '9999'];
  if (dueA.slice(0, 10) !== dueB.slice(0, 10)) return dueA < dueB ? -1 : 1;
  return RANK[a.priority] - RANK[b.priority] || (dueA < dueB ? -1 : dueA > dueB ? 1 : 0);
}
