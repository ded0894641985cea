import type { Task } from '../../contracts/entities.ts';

/** Tasks in their order, but each step right behind its task where that is among them. */
export function behindTheirTask(tasks: readonly Task[]): Task[] {
  const ids = new Set(tasks.map(({ id }) => id));
  const isStep = ({ parent_id: parent }: Task): boolean => parent !== null && ids.has(parent);
  return tasks
    .filter((task) => !isStep(task))
    .flatMap((task) => [task, ...tasks.filter(({ parent_id: parent }) => parent === task.id)]);
}

/** Whether a task of a list stands right below the task it is a step of, with nothing but other steps of it between. */
export function standsUnder(tasks: readonly Task[], index: number): boolean {
  const parent = tasks[index]?.parent_id ?? null;
  if (parent === null) return false;
  const before = tasks.slice(0, index).findLast(({ parent_id: other }) => other !== parent);
  return before?.id === parent;
}
