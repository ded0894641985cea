import type { ScheduleInstance, ScheduleTask } from '../../../../contracts/schedule.ts';

/** A task with what those that follow it pass on to it: it is as important, and has to be over in time for them. */
interface Ranked {
  task: ScheduleTask;
  weight: number;
  due: number;
  hard: boolean;
}

type Comparison = (a: Ranked, b: Ranked) => number;

const byWeight: Comparison = (a, b) => b.weight - a.weight;
const byDue: Comparison = (a, b) => (a.due === b.due ? 0 : a.due - b.due);
const byHardness: Comparison = (a, b) => Number(b.hard) - Number(a.hard);
const longFirst: Comparison = (a, b) => b.task.durationMinutes - a.task.durationMinutes;
const shortFirst: Comparison = (a, b) => -longFirst(a, b);
/** The last word, so that the order in which tasks are listed changes nothing. */
const byId: Comparison = (a, b) => (a.task.id < b.task.id ? -1 : 1);

const firstOf =
  (...rules: readonly Comparison[]): Comparison =>
  (a, b) => {
    for (const rule of rules) {
      const sign = rule(a, b);
      if (sign !== 0) return sign;
    }
    return 0;
  };

/** Each suits another kind of week: too much to do, tight dates, long pieces of work. */
const RULES: readonly Comparison[] = [
  firstOf(byWeight, byDue, shortFirst, byId),
  firstOf(byHardness, byDue, byWeight, shortFirst, byId),
  firstOf(byWeight, byHardness, longFirst, byId),
  firstOf(byDue, byWeight, longFirst, byId),
];

/** Orders in which tasks may be given their places: always those first that others wait for. */
export function ordersOf(instance: ScheduleInstance): {
  orders: (() => ScheduleTask[])[];
  /** Certain tasks before all others. */
  first(chosen: readonly ScheduleTask[]): ScheduleTask[];
} {
  const ranked = rank(instance);
  const sorted = (rule: Comparison): ScheduleTask[] =>
    afterOthers(ranked.toSorted(rule).map(({ task }) => task));
  return {
    orders: RULES.map((rule) => () => sorted(rule)),
    first: (chosen) => {
      const isChosen = new Set(chosen);
      const chosenFirst: Comparison = (a, b) => Number(isChosen.has(b.task)) - Number(isChosen.has(a.task));
      return sorted(firstOf(chosenFirst, byWeight, byDue, longFirst, byId));
    },
  };
}

function rank(instance: ScheduleInstance): Ranked[] {
  const followers = new Map<string, ScheduleTask[]>(instance.tasks.map((task) => [task.id, []]));
  for (const task of instance.tasks) for (const id of task.after) followers.get(id)?.push(task);
  const done = new Map<string, Ranked>();
  const visit = (task: ScheduleTask, path: ReadonlySet<string>): Ranked => {
    const known = done.get(task.id);
    if (known) return known;
    const own: Ranked = {
      task,
      weight: instance.priorityWeights[task.priority],
      due: task.deadlineType !== 'none' && task.deadline !== null ? Date.parse(task.deadline) : Infinity,
      hard: task.deadlineType === 'hard',
    };
    const further = new Set([...path, task.id]);
    const ranked = (followers.get(task.id) ?? [])
      // Those that wait for each other are never planned; they must not be followed for ever.
      .filter(({ id }) => !further.has(id))
      .map((other) => visit(other, further))
      .reduce<Ranked>(
        (sum, other) => ({
          task,
          weight: Math.max(sum.weight, other.weight),
          due: Math.min(sum.due, other.due - other.task.durationMinutes * 60_000),
          hard: sum.hard || other.hard,
        }),
        own,
      );
    done.set(task.id, ranked);
    return ranked;
  };
  return instance.tasks.map((task) => visit(task, new Set()));
}

/** The same order, but each task after those that it follows; without those that wait for each other in a circle. */
function afterOthers(tasks: readonly ScheduleTask[]): ScheduleTask[] {
  const placed = new Set<string>();
  const order: ScheduleTask[] = [];
  let waiting = [...tasks];
  for (;;) {
    const next = waiting.find(({ after }) => after.every((id) => placed.has(id)));
    if (!next) return order;
    placed.add(next.id);
    order.push(next);
    waiting = waiting.filter((task) => task !== next);
  }
}
