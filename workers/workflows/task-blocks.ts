import { DateTime } from 'luxon';
import type { Event, Task } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { Ports } from './ports.ts';
import { count, sayDate, sayLength } from './sentences.ts';

/** What becomes of a task, as far as its planned time is concerned. */
export interface Ending {
  task: Task;
  /** It is done, at least for this time, or gone; or it is to be done again. */
  becomes: 'over' | 'open';
}

/** Planned times of tasks that go or come back, with the effects that make it so. */
export interface BlocksAfter {
  effects: EffectWrite[];
  blocks: Event[];
}

/**
 * Time that is planned for a task is planned for as long as the task is to be done: what is still to come of it goes with
 * the task, and comes back with it where nothing else is there by then.
 *
 * @param clock.reference what has begun by then stays: it was worked on
 */
export async function blocksAfter(
  { events }: Pick<Ports, 'events'>,
  endings: readonly Ending[],
  { now, reference }: { now: Date; reference: Date },
): Promise<BlocksAfter> {
  const over = endings.filter(({ becomes }) => becomes === 'over').map(({ task }) => task.id);
  const open = endings.filter(({ becomes }) => becomes === 'open').map(({ task }) => task);
  const [gone, back] = await Promise.all([
    over.length === 0 ? [] : events.blocksOf(over, reference),
    Promise.all(open.map((task) => stillFree(events, task, reference))),
  ]);
  const [at, returning] = [now.toISOString(), back.flat()];
  return {
    effects: [
      ...gone.map((block) => effectOn(block, 'delete', { deleted_at: at, updated_at: at }, GONE)),
      ...returning.map((block) => effectOn(block, 'restore', { deleted_at: null, updated_at: at }, BACK)),
    ],
    blocks: [...gone, ...returning],
  };
}

const GONE = 'its task is done or gone';
const BACK = 'its task is open again';

/** What went when a task was ticked off, as far as its time is to come and free. */
async function stillFree(events: Ports['events'], task: Task, reference: Date): Promise<Event[]> {
  if (task.completed_at === null) return [];
  const went = await events.blocksGone(task.id, new Date(task.completed_at), reference);
  const [first, last] = [went[0], went.at(-1)];
  if (!first || !last) return [];
  const busy = await events.within({ from: new Date(first.start), to: new Date(last.end) });
  return went.filter((block) => !busy.some((other) => !other.all_day && overlap(block, other)));
}

const overlap = (a: Event, b: Event): boolean =>
  Date.parse(a.start) < Date.parse(b.end) && Date.parse(b.start) < Date.parse(a.end);

const effectOn = (
  { id, version }: Event,
  op: 'delete' | 'restore',
  fields: EffectWrite['fields'],
  reason: string,
): EffectWrite => ({ kind: 'event', op, id, version, fields, reason });

/** " The time planned for it, Thursday 19 November at 10:00, is free again." */
export function sayBlocks(
  { effects, blocks }: BlocksAfter,
  { timezone, reference }: { timezone: string; reference: Date },
): string {
  const [first] = blocks;
  if (!first) return '';
  const isBack = effects.every(({ op }) => op === 'restore');
  if (blocks.length === 1)
    return ` The time planned for it, ${sayDate(first.start, timezone, reference)}, is ${isBack ? 'in your calendar again' : 'free again'}.`;
  const whose = new Set(blocks.map(({ task_id }) => task_id)).size === 1 ? 'Its' : 'Their';
  return ` ${whose} ${count(blocks.length, 'planned block')} are ${isBack ? 'in your calendar again' : 'out of your calendar'}.`;
}

/**
 * A plan stays as it was agreed to. Where a task is said to take another time than it has planned, that is told, with the
 * words that plan it anew.
 */
export async function sayOtherLength(
  { events }: Pick<Ports, 'events'>,
  { id, minutes }: { id: string; minutes: number },
  { timezone: zone, reference }: { timezone: string; reference: Date },
): Promise<string> {
  const blocks = await events.blocksOf([id], reference);
  const [first] = blocks;
  const planned =
    blocks.reduce((sum, { start, end }) => sum + (Date.parse(end) - Date.parse(start)), 0) / 60_000;
  if (!first || planned === minutes) return '';
  const isThisWeek = DateTime.fromISO(first.start)
    .setZone(zone)
    .hasSame(DateTime.fromJSDate(reference, { zone }), 'week');
  const words = isThisWeek ? 'plan my week' : 'plan next week';
  return ` Your plan has ${planned < minutes ? 'only ' : ''}${sayLength(planned)} for it: say "${words}" to plan it anew.`;
}
