import type { Event, Settings, Task } from '../../../contracts/entities.ts';
import type { Work } from '../outcome.ts';
import { calendarAround } from './around.ts';
import { dueAt, minutesOf, type PlannedTask } from './plan-problem.ts';
import type { Preview } from './preview.ts';
import { leftAlone, type LeftAlone } from './left-alone.ts';
import { frameOf, type Frame, type Range } from './when.ts';

/** More tasks than these are never planned at once. */
export const TASKS_MAX = 200;
/** What is due later than this after the range need not be begun in it. */
const AHEAD_DAYS = 7;

/** What a plan is made of, as it stands now. */
export interface State {
  range: Range;
  frame: Frame;
  settings: Settings;
  version: number;
  tasks: PlannedTask[];
  /** What stands fast. */
  fixed: Event[];
  /** Blocks for what is done or gone, or planned no more. */
  idle: Event[];
  /** Tasks that are planned outside of the range, or worked on just now. */
  elsewhere: number;
  unread: number;
  /** Within the range, as far as they have a date. */
  alone: LeftAlone;
}

export async function readState(work: Work, range: Range, settings: Settings, words: string): Promise<State> {
  const { ports, reference } = work;
  const frame = frameOf(range, settings, words);
  const from = range.from.toJSDate();
  const to = range.to.toJSDate();
  const { version, events } = await calendarAround(work, { from, to });
  const [{ tasks: open, total }, later] = await Promise.all([
    ports.tasks.list({ status: 'open' }, TASKS_MAX),
    ports.events.within({ from: reference, calendar: 'plan' }),
  ]);
  const byId = new Map(open.map((task) => [task.id, task]));
  const isBlock = (event: Event): boolean => event.calendar === 'plan' && event.task_id !== null;
  const movable = events.filter(
    (event) =>
      isBlock(event) && Date.parse(event.start) >= from.getTime() && Date.parse(event.end) <= to.getTime(),
  );
  const known = total <= TASKS_MAX;
  const alone = await leftAlone(work, open);
  const isAlone = new Set([...alone.atTheirHour, ...alone.things].map(({ id }) => id));
  const idle = movable.filter(({ task_id: id }) => isAlone.has(id ?? '') || (known && !byId.has(id ?? '')));
  const blocksOf = (task: Task): Event[] => movable.filter((event) => event.task_id === task.id);
  const others = later.filter((event) => !movable.some(({ id }) => id === event.id));
  const elsewhere = new Set(others.map(({ task_id: id }) => id));
  /** What is planned already outside of the range is not planned twice. */
  const leftOf = (task: Task): number =>
    others
      .filter((event) => event.task_id === task.id)
      .reduce((left, event) => left - minutesIn(event), minutesOf(task, settings.task_minutes));
  const parents = new Set(open.map((task) => task.parent_id));
  const ahead = range.to.plus({ days: AHEAD_DAYS });
  const wanted = open.filter(
    (task) =>
      !parents.has(task.id) &&
      !isAlone.has(task.id) &&
      (task.due_date === null || dueAt(task.due_date, work.timezone) <= ahead || blocksOf(task).length > 0),
  );
  const tasks = wanted
    .filter((task) => blocksOf(task).length > 0 || !elsewhere.has(task.id))
    .map((task) => ({ task, minutes: Math.max(15, leftOf(task)), blocks: blocksOf(task) }));
  const planned = new Set(tasks.map(({ task }) => task.id));
  const fixed = events.filter(
    (event) => !idle.includes(event) && !(movable.includes(event) && planned.has(event.task_id ?? '')),
  );
  return {
    range,
    frame,
    settings,
    version,
    tasks,
    fixed,
    idle,
    elsewhere: wanted.length - tasks.length,
    unread: total - open.length,
    alone: {
      atTheirHour: alone.atTheirHour.filter(({ due_date }) => isWithin(due_date, range)),
      things: alone.things.filter(
        ({ due_date }) => due_date === null || dueAt(due_date, work.timezone) <= ahead,
      ),
    },
  };
}

const isWithin = (due: string | null, { from, to }: Range): boolean => {
  const at = Date.parse(due ?? '');
  return at >= from.toMillis() && at < to.toMillis();
};

const minutesIn = ({ start, end }: Event): number =>
  Math.floor((Date.parse(end) - Date.parse(start)) / (15 * 60_000)) * 15;

export function isSame(agreed: Preview, state: State, { reference }: Work): boolean {
  const versions = Object.fromEntries(state.tasks.map(({ task }) => [task.id, task.version]));
  const sameTasks = Object.entries(agreed.tasks).every(([id, version]) => versions[id] === version);
  const inTime = agreed.schedule.blocks.every(({ start }) => Date.parse(start) >= reference.getTime());
  return agreed.version === state.version && sameTasks && inTime;
}

export const beforeOf = ({ tasks }: State): ReadonlyMap<string, readonly Event[]> =>
  new Map(tasks.filter(({ blocks }) => blocks.length > 0).map(({ task, blocks }) => [task.id, blocks]));
