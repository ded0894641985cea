import type { ScheduleInstance, ScheduleTask } from '../../../../contracts/schedule.ts';
import { compile, NO_WINDOW, type Calendar } from './compile.ts';
import type { SchedulingEngine, Violation } from './engine.ts';
import { spanOf, type Span } from './objective.ts';

interface Block extends Span {
  task: string;
}
type Report = (rule: string, message: string) => void;

/** The rules that a plan breaks, by the names of docs/scheduling.md; for plans from anywhere. */
export const checkPlan: SchedulingEngine['check'] = (instance, plan) => {
  const found: Violation[] = [];
  const report: Report = (rule, message) => found.push({ rule, message });
  const calendar = compile(instance);
  const known = new Set(instance.tasks.map(({ id }) => id));
  const blocks: Block[] = [];
  for (const block of plan.blocks) {
    if (!known.has(block.task)) report('task', `There is no task ${block.task}.`);
    else blocks.push({ task: block.task, ...spanOf(block) });
  }
  blocks.sort((a, b) => a.start - b.start || a.end - b.end);
  for (const block of blocks) checkBlock(instance, calendar, block, report);
  checkNeighbours(instance, blocks, report);
  checkDays(instance, calendar, blocks, report);
  const unscheduled = new Set(plan.unscheduled);
  for (const id of unscheduled) if (!known.has(id)) report('task', `There is no task ${id}.`);
  const ofTask = new Map<string, Block[]>();
  for (const block of blocks) ofTask.set(block.task, [...(ofTask.get(block.task) ?? []), block]);
  for (const task of instance.tasks) {
    const own = ofTask.get(task.id) ?? [];
    if (unscheduled.has(task.id) === own.length > 0)
      report('unscheduled', `${task.id} has to be planned or listed as unscheduled, and not both.`);
    if (own.length === 0 && task.pinned) report('pinned', `${task.id} is pinned and has no block.`);
    if (own.length > 0) checkTask(instance, task, own, ofTask, report);
  }
  return found;
};

function checkBlock(
  instance: ScheduleInstance,
  calendar: Calendar,
  { task, start, end }: Block,
  report: Report,
): void {
  const { originMs, slotMs, window, day } = calendar;
  if (!(start < end)) return report('block', `A block of ${task} is empty.`);
  if (start % slotMs !== 0 || end % slotMs !== 0) report('grid', `A block of ${task} is off the grid.`);
  if (start < Date.parse(instance.now)) report('now', `A block of ${task} begins in the past.`);
  const first = Math.floor((start - originMs) / slotMs);
  const last = Math.ceil((end - originMs) / slotMs) - 1;
  const slots = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  if (slots.some((slot) => (day[slot] ?? -1) < 0))
    report('horizon', `A block of ${task} leaves the horizon.`);
  const own = window[first] ?? NO_WINDOW;
  if (own === NO_WINDOW || slots.some((slot) => window[slot] !== own))
    report('hours', `A block of ${task} leaves its working hours.`);
  const bufferMs = instance.bufferMinutes * 60_000;
  for (const event of instance.events) {
    const { start: from, end: to } = spanOf(event);
    if (start < to && from < end + bufferMs)
      report(from < end ? 'event' : 'buffer', `A block of ${task} meets ${event.id}.`);
  }
}

function checkNeighbours(instance: ScheduleInstance, blocks: readonly Block[], report: Report): void {
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1];
    if (!before) continue;
    if (block.start < before.end) report('overlap', `${before.task} and ${block.task} overlap.`);
    else if (block.start < before.end + instance.bufferMinutes * 60_000)
      report('buffer', `${block.task} follows ${before.task} too soon.`);
  }
}

function checkDays(
  instance: ScheduleInstance,
  calendar: Calendar,
  blocks: readonly Block[],
  report: Report,
): void {
  const minutes = new Map<number, number>();
  for (const { start, end } of blocks) {
    const { day } = calendar.local(start);
    minutes.set(day, (minutes.get(day) ?? 0) + (end - start) / 60_000);
  }
  for (const sum of minutes.values())
    if (sum > instance.maxDailyMinutes) report('daily', `A day has ${sum} minutes of work.`);
}

function checkTask(
  instance: ScheduleInstance,
  task: ScheduleTask,
  own: readonly Block[],
  ofTask: ReadonlyMap<string, readonly Block[]>,
  report: Report,
): void {
  const { id } = task;
  const minutesOf = ({ start, end }: Span): number => (end - start) / 60_000;
  const total = own.reduce((sum, block) => sum + minutesOf(block), 0);
  if (total !== task.durationMinutes)
    report('duration', `${id} has ${total} of ${task.durationMinutes} minutes.`);
  if (task.pinned) {
    const key = ({ start, end }: Span): string => `${start}-${end}`;
    if (task.pinned.map(spanOf).map(key).sort().join() !== own.map(key).sort().join())
      report('pinned', `${id} is not where it is pinned.`);
  }
  if (!task.splittable && own.length > 1) report('split', `${id} is split.`);
  for (const [index, block] of own.entries()) {
    const before = own[index - 1];
    if (!task.splittable) break;
    const size = minutesOf(block);
    if (size < (task.minChunkMinutes ?? 0) || size > (task.maxChunkMinutes ?? Infinity))
      report('chunk', `${id} has a chunk of ${size} minutes.`);
    if (before && block.start - before.end < instance.chunkGapMinutes * 60_000)
      report('gap', `Chunks of ${id} follow each other too soon.`);
  }
  const [start, end] = [Math.min(...own.map((b) => b.start)), Math.max(...own.map((b) => b.end))];
  if (task.release !== null && start < Date.parse(task.release)) report('release', `${id} begins too early.`);
  if (task.deadlineType === 'hard' && task.deadline !== null && end > Date.parse(task.deadline))
    report('deadline', `${id} ends after its deadline.`);
  for (const other of task.after) {
    const those = ofTask.get(other) ?? [];
    if (those.length === 0) report('after', `${id} follows ${other}, which is not planned.`);
    else if (start < Math.max(...those.map((block) => block.end)))
      report('after', `${id} begins before ${other} is over.`);
  }
}
