import { DateTime } from 'luxon';
import type { Event, Settings } from '../../../contracts/entities.ts';
import type { Stretch } from '../free-time.ts';
import type { Work } from '../outcome.ts';
import { ALL_DAYS } from '../work-days.ts';
import { quote, sayLength } from '../sentences.ts';
import { overlap, stretchOf } from './around.ts';
import type { PlannedTask } from './plan-problem.ts';
import type { Wish } from './preview.ts';
import { frameOf, gapsIn, rangeOf, sayRange, sayTimes, type Range } from './when.ts';

/** A task at the place that was asked for. */
interface Placed {
  task: string;
  title: string;
  start: string;
  end: string;
}

/** Where wishes put their tasks, and what is said of those that can't be had. */
export interface Granted {
  placed: Placed[];
  refused: { wish: Wish; reply: string }[];
}

/** All of a plan begins when it was said to begin, as far as that is within its range. */
export function begunAt(range: Range, wishes: readonly Wish[]): Range {
  const wish = wishes.findLast(({ task }) => task === null);
  const from = wish ? DateTime.fromISO(wish.from, { zone: range.from.zoneName ?? 'utc' }) : range.from;
  return from > range.from && from < range.to ? { ...range, from } : range;
}

/** The tasks that somebody wants at a place of their own, one after the other; each in one piece. */
export function grant(
  wishes: readonly Wish[],
  around: { tasks: readonly PlannedTask[]; fixed: readonly Event[]; range: Range; settings: Settings },
  work: Work,
): Granted {
  const granted: Granted = { placed: [], refused: [] };
  for (const wish of wishes) {
    const own = around.tasks.find(({ task }) => task.id === wish.task);
    const isGone = wish.task !== null && own === undefined;
    if (isGone) continue;
    const busy = [...around.fixed, ...granted.placed].map(({ title, ...at }) => ({
      title,
      ...stretchOf(at),
    }));
    const found = placeOf(wish, own, { ...around, busy }, work);
    if (typeof found === 'string') granted.refused.push({ wish, reply: found });
    else if (own && found) {
      const { id, title } = own.task;
      granted.placed.push({
        task: id,
        title,
        start: found.start.toISOString(),
        end: found.end.toISOString(),
      });
    }
  }
  return granted;
}

/** @returns the place, null where all of the plan is meant, or why it can't be had */
function placeOf(
  { from, to }: Wish,
  own: PlannedTask | undefined,
  {
    busy,
    range,
    settings,
  }: { busy: readonly (Stretch & { title: string })[]; range: Range; settings: Settings },
  work: Work,
): Stretch | string | null {
  const { timezone, reference } = work;
  const start = new Date(from);
  const end = to === null ? start : new Date(to);
  if (to === null ? start < reference : end <= reference) return 'That time is over already.';
  const isBeyond = start >= range.to.toJSDate() || end < range.from.startOf('day').toJSDate();
  if (isBeyond)
    return `This plan is for ${sayRange(range, work)}. Ask for another one, for example "plan next week".`;
  if (!own) return null;
  const { minutes, task } = own;
  if (to === null) {
    const place = { start, end: new Date(start.getTime() + minutes * 60_000) };
    const taken = busy.find((event) => overlap(event, place));
    return taken ? `${sayTimes(place, timezone, reference)} is taken by ${quote(taken.title)}.` : place;
  }
  const within = rangeOf({ start: from, end: to }, work);
  const [gap] = within
    ? gapsIn(within, { ...frameOf(within, settings, ''), days: ALL_DAYS }, busy, minutes)
    : [];
  if (gap) return { start: gap.start, end: new Date(gap.start.getTime() + minutes * 60_000) };
  return `${quote(task.title)} takes ${sayLength(minutes)}, and no such time is free ${within ? sayRange(within, work) : 'then'}.`;
}
