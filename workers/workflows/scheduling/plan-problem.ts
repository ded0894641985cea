import { DateTime } from 'luxon';
import type { Event, Task } from '../../../contracts/entities.ts';
import { instanceFormat, WEEKDAYS, type ScheduleInstance } from '../../../contracts/schedule.ts';
import type { Frame, Range } from './when.ts';

const GRID_MINUTES = 15;
/** Longer work may be done in parts. */
const SPLIT_ABOVE = 120;
const CHUNK = { min: 30, max: 120 };
const GAP_MINUTES = 15;

/** What stands on the scales: a day of waiting is little, being late is much, and leaving something out is worst. */
const WEIGHTS = {
  drop: 100,
  late: 20,
  latePerDay: 5,
  lateCap: 80,
  sooner: 1,
  preference: 6,
  chunk: 8,
  move: 5,
};
const PRIORITY_WEIGHTS = { 1: 1, 2: 2, 3: 4, 4: 8 };
const PRIORITY = { low: 1, medium: 2, high: 3, urgent: 4 } as const;

/** Work to be planned, with the blocks of an earlier plan that it replaces. */
export interface PlannedTask {
  task: Task;
  minutes: number;
  /** To come, in order. */
  blocks: Event[];
}

/** The engine's problem: tasks within a range, around what stands fast. */
export function problemOf(
  tasks: readonly PlannedTask[],
  fixed: readonly Pick<Event, 'id' | 'title' | 'start' | 'end'>[],
  range: Range,
  frame: Frame,
): ScheduleInstance {
  const { from, to } = range;
  const zone = from.zoneName ?? 'utc';
  const lastDay = to.minus({ milliseconds: 1 }).startOf('day');
  const days = Math.round(lastDay.diff(from.startOf('day'), 'days').days) + 1;
  const utc = (at: DateTime): string => at.toUTC().toISO() ?? '';
  // Whoever stops at noon stops there also where the day goes on.
  const rest =
    to < lastDay.plus({ days: 1 })
      ? [{ id: 'rest', title: '', start: utc(to), end: utc(lastDay.plus({ days: 1 })) }]
      : [];
  return {
    format: instanceFormat,
    id: 'plan',
    timezone: zone,
    horizon: { start: from.toFormat('yyyy-MM-dd'), days },
    now: utc(from),
    gridMinutes: GRID_MINUTES,
    workingHours: hoursOf(frame),
    maxDailyMinutes: 24 * 60,
    bufferMinutes: 0,
    chunkGapMinutes: GAP_MINUTES,
    priorityWeights: PRIORITY_WEIGHTS,
    weights: WEIGHTS,
    events: [...fixed.map(({ id, title, start, end }) => ({ id, title, start, end })), ...rest],
    tasks: tasks.map(({ task, minutes }) => ({
      id: task.id,
      title: task.title,
      durationMinutes: minutes,
      priority: PRIORITY[task.priority],
      splittable: minutes > SPLIT_ABOVE,
      ...(minutes > SPLIT_ABOVE && { minChunkMinutes: CHUNK.min, maxChunkMinutes: CHUNK.max }),
      release: null,
      deadline: task.due_date === null ? null : (dueAt(task.due_date, zone).toUTC().toISO() ?? ''),
      deadlineType: task.due_date === null ? 'none' : 'soft',
      after: [],
      preferred: null,
      pinned: null,
    })),
    previous: Object.fromEntries(
      tasks
        .filter(({ blocks }) => blocks.length > 0)
        .map(({ task, blocks }) => [task.id, blocks.map(({ start, end }) => ({ start, end }))]),
    ),
  };
}

/** When a task has to be done: a day means its end. */
export const dueAt = (due: string, zone: string): DateTime =>
  due.length === 10 ? DateTime.fromISO(due, { zone }).plus({ days: 1 }) : DateTime.fromISO(due, { zone });

/** As long as was said, or as is usual; in steps of the grid. */
export const minutesOf = (task: Task, usual: number): number =>
  Math.max(GRID_MINUTES, Math.ceil((task.duration_minutes ?? usual) / GRID_MINUTES) * GRID_MINUTES);

function hoursOf({ hours, days }: Frame): ScheduleInstance['workingHours'] {
  const { start, end } = hours;
  // Hours around midnight are two windows.
  const windows: [string, string][] =
    end > start
      ? [[start, end]]
      : [...(end > '00:00' ? [['00:00', end] as [string, string]] : []), [start, '24:00']];
  const open = WEEKDAYS.filter((_day, index) => days.has(index + 1));
  return Object.fromEntries(open.map((day) => [day, windows]));
}
