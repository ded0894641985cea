import type { ScheduleInstance, ScheduleTask } from '../../../../contracts/schedule.ts';
import { inBand, type Calendar } from './compile.ts';

const DAY_MS = 24 * 3_600_000;

/** Work on a task in instants. */
export interface Span {
  start: number;
  end: number;
}

/** What it costs to leave a task out. */
export const dropCost = (instance: ScheduleInstance, task: ScheduleTask): number =>
  instance.priorityWeights[task.priority] *
  instance.weights.drop *
  (task.durationMinutes / instance.gridMinutes);

/**
 * What one slot of work on a task costs, by the instant it begins: how late it is, how long it waits, whether it lies in
 * the wrong part of the day or has moved. Chunks and tasks that are left out cost apart from it.
 */
export function slotCosts(
  instance: ScheduleInstance,
  calendar: Calendar,
  task: ScheduleTask,
): (ms: number, day: number, minute: number) => number {
  const { weights: cost } = instance;
  const weight = instance.priorityWeights[task.priority];
  const due = task.deadlineType === 'soft' && task.deadline !== null ? Date.parse(task.deadline) : Infinity;
  const released = task.release === null ? -Infinity : calendar.local(Date.parse(task.release)).day;
  const startDay = Math.max(calendar.firstDay, released) - calendar.firstDay;
  const before = instance.previous?.[task.id]?.map(spanOf);
  const { slotMs } = calendar;
  return (ms, day, minute) => {
    let sum = weight * cost.sooner * (day - startDay);
    if (ms + slotMs > due) {
      const days = Math.max(0, Math.floor((ms - due) / DAY_MS));
      sum += weight * Math.min(cost.lateCap, cost.late + cost.latePerDay * days);
    }
    if (task.preferred !== null && !inBand(minute, task.preferred)) sum += cost.preference;
    if (before && !before.some(({ start, end }) => start <= ms && ms + slotMs <= end)) sum += cost.move;
    return sum;
  };
}

/** What a whole plan costs: the objective of docs/scheduling.md. */
export function objectiveOf(
  instance: ScheduleInstance,
  calendar: Calendar,
  spansOf: (task: ScheduleTask) => readonly Span[],
): number {
  return instance.tasks.reduce((sum, task) => {
    const spans = spansOf(task);
    if (spans.length === 0) return sum + dropCost(instance, task);
    const costAt = slotCosts(instance, calendar, task);
    let own = instance.weights.chunk * (spans.length - 1);
    for (const { start, end } of spans)
      for (let ms = start; ms < end; ms += calendar.slotMs) {
        const { day, minute } = calendar.local(ms);
        own += costAt(ms, day - calendar.firstDay, minute);
      }
    return sum + own;
  }, 0);
}

export const spanOf = ({ start, end }: { start: string; end: string }): Span => ({
  start: Date.parse(start),
  end: Date.parse(end),
});
