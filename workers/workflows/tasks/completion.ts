import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import { recurrenceParts } from '../../../contracts/recurrence.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import { nextOccurrence, occurrencesOf, type Series } from '../../../db/occurrences.ts';
import { toLocalInstant } from '../../../db/tasks.ts';
import type { Ports } from '../ports.ts';

/**
 * What completing a task comes to. One that repeats stays open and goes on to its next time, which is to come whenever it
 * was done; what it was each time stands in the receipts. After its last time it is done.
 *
 * @param zone whose days and hours it repeats by
 */
export function completing(task: Task, zone: string, now: Date): TaskPatch {
  if (task.recurrence === null) return { status: 'done' };
  const { series, after } = seriesOf({ ...task, recurrence: task.recurrence }, zone, now);
  const next = nextOccurrence(series, after);
  if (next === null) return { status: 'done' };
  const at = DateTime.fromJSDate(next, { zone });
  return {
    due_date: isTimed(task) ? toLocalInstant(at) : at.toFormat('yyyy-MM-dd'),
    ...shortened(series, next),
  };
}

/** Who completes what repeats later than this after it was done last means its next time. */
const LOOKED_BACK_DAYS = 31;

/**
 * Whether a task that repeats has been done for now: its next time is still to come, and when it was done last is nearer
 * than that. Whoever taps twice, or says it again, means the same time.
 *
 * @param clock.aheadMs how far the clock of the record is ahead of `now`
 */
export async function isDoneForNow(
  { receipts }: Pick<Ports, 'receipts'>,
  task: Task,
  { zone, now, aheadMs = 0 }: { zone: string; now: Date; aheadMs?: number },
): Promise<boolean> {
  if (task.recurrence === null || task.due_date === null) return false;
  const today = DateTime.fromJSDate(now, { zone });
  const due = DateTime.fromISO(task.due_date, { zone });
  const isToCome = task.due_date.length > 10 ? due > today : due.startOf('day') > today;
  if (!isToCome) return false;
  const from = today.minus({ days: LOOKED_BACK_DAYS }).plus(aheadMs).toJSDate();
  const at = await receipts.completed(task.id, from);
  if (!at) return false;
  const last = DateTime.fromJSDate(at, { zone }).minus(aheadMs);
  if (last.hasSame(due, 'day')) return +today - +last <= +due - +today;
  const days = (one: DateTime, other: DateTime): number =>
    other.startOf('day').diff(one.startOf('day'), 'days').days;
  return days(last, today) <= days(today, due);
}

const isTimed = ({ due_date, recurrence }: Task): boolean =>
  (due_date?.length ?? 0) > 10 || /FREQ=(?:SECONDLY|MINUTELY|HOURLY)/.test(recurrence ?? '');

/** From when it counts, and what its next time has to be after: today is over for what is due by days. */
function seriesOf(
  task: Task & { recurrence: string },
  zone: string,
  now: Date,
): { series: Series; after: Date } {
  const { due_date, recurrence, repeats_from_completion: fromCompletion } = task;
  const moment = DateTime.fromJSDate(now, { zone });
  const today = isTimed(task) ? moment : moment.startOf('day');
  const due = due_date === null ? today : DateTime.fromISO(due_date, { zone });
  const { hour, minute } = due;
  const doneAt =
    (due_date?.length ?? 0) > 10 ? today.set({ hour, minute, second: 0, millisecond: 0 }) : today;
  const start = fromCompletion ? doneAt : due;
  const after = fromCompletion ? start : DateTime.max(due, today);
  return { series: { start: start.toJSDate(), timezone: zone, recurrence }, after: after.toJSDate() };
}

/** A rule that comes a number of times has those behind it no more: it counts from the next one. */
function shortened(series: Series, next: Date): Pick<TaskPatch, 'recurrence'> {
  const times = Number(recurrenceParts(series.recurrence).get('COUNT'));
  if (!Number.isInteger(times)) return {};
  const past = occurrencesOf(series, { from: series.start, to: next }).length;
  return { recurrence: series.recurrence.replace(/COUNT=\d+/, `COUNT=${Math.max(1, times - past)}`) };
}

/** "this week", for what comes once in it; null where no such words fit. */
export function stretchDone({ due_date, recurrence }: Task, zone: string, now: Date): string | null {
  if (due_date === null || recurrence === null) return null;
  const parts = recurrenceParts(recurrence);
  const several = (parts.get('BYDAY') ?? '').includes(',');
  const unit = several ? 'day' : UNIT_OF[parts.get('FREQ') ?? ''];
  if (!unit || Number(parts.get('INTERVAL') ?? 1) !== 1) return null;
  const due = DateTime.fromISO(due_date, { zone });
  const is = due.hasSame(DateTime.fromJSDate(now, { zone }), unit);
  return is ? (unit === 'day' ? 'today' : `this ${unit}`) : null;
}

const UNIT_OF: Readonly<Record<string, 'day' | 'week' | 'month' | 'year'>> = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};
