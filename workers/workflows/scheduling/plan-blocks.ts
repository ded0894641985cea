import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { PlanBlock } from '../../../contracts/result.ts';
import type { Work } from '../outcome.ts';
import { capital } from '../sentences.ts';
import type { Stretch } from '../free-time.ts';
import { created, moved, removed } from './writes.ts';

/** A block of the new plan with the one of the plan before that it takes the place of. */
export interface Pair<T> {
  block: T;
  before: Event | null;
}

const same = (a: { start: string; end: string }, b: { start: string; end: string }): boolean =>
  Date.parse(a.start) === Date.parse(b.start) && Date.parse(a.end) === Date.parse(b.end);

/** Which block of a task stays, which moves, and which is new; `left` are those that go. */
export function pairUp<T extends { start: string; end: string }>(
  blocks: readonly T[],
  before: readonly Event[],
): { pairs: Pair<T>[]; left: Event[] } {
  const kept = new Map(
    blocks.flatMap((block) => {
      const own = before.find((event) => same(event, block));
      return own ? [[block, own] as const] : [];
    }),
  );
  const others = before.filter((event) => ![...kept.values()].includes(event));
  const pairs = blocks.map((block) => ({ block, before: kept.get(block) ?? others.shift() ?? null }));
  return { pairs, left: others };
}

export const stays = ({ block, before }: Pair<{ start: string; end: string }>): boolean =>
  before !== null && same(before, block);

/** The plan in the calendar: its blocks with the effects that bring it there. */
export async function writePlan(
  work: Work,
  blocks: readonly PlanBlock[],
  before: ReadonlyMap<string, readonly Event[]>,
): Promise<{ effects: EffectWrite[]; eventIds: string[]; titles: Record<string, string> }> {
  const effects: EffectWrite[] = [];
  const eventIds: string[] = [];
  const titles: Record<string, string> = {};
  for (const event of [...before.values()].flat()) titles[event.id] = event.title;
  const tasks = new Set([...blocks.map(({ task_id }) => task_id), ...before.keys()]);
  for (const task of tasks) {
    const own = blocks.filter(({ task_id }) => task_id === task);
    const { pairs, left } = pairUp(own, before.get(task) ?? []);
    for (const pair of pairs) {
      const { block, before: event } = pair;
      if (event) eventIds.push(event.id);
      if (stays(pair)) continue;
      if (event) {
        effects.push(...(await moved(work, event, block, block.reason)));
        continue;
      }
      const { title, start, end, reason } = block;
      const made = created(work, { title, start, end }, { calendar: 'plan', task_id: task }, reason);
      effects.push(made.effect);
      eventIds.push(made.event.id);
      titles[made.event.id] = title;
    }
    for (const event of left)
      effects.push(...(await removed(work, event, 'the new plan has no place for it')));
  }
  return { effects, eventIds, titles };
}

/** What the reason of a block is made of. */
export interface Grounds {
  /** "due Friday 20 November", or what else makes it matter. */
  matters: string;
  /** The first time that is long enough, as far as events go. */
  firstFree: Date | undefined;
  /** What takes the time before it, quoted; empty where nothing does. */
  inTheWay: readonly string[];
  stays: boolean;
  /** It was asked for just there. */
  wished: boolean;
  /** It is over only after it is due: since there is no room before, or since that time is not looked at. */
  late: 'no' | 'no_room' | 'not_before';
  part: string;
}

/** Why a block stands where it does. */
export function sayWhy(block: Stretch, { part, matters, ...grounds }: Grounds): string {
  return capital([part, matters, placeOf(block, grounds)].filter(Boolean).join(', '));
}

function placeOf(
  block: Stretch,
  { late, stays: same, wished, firstFree, inTheWay }: Omit<Grounds, 'part' | 'matters'>,
): string {
  if (wished) return late === 'no' ? 'where you want it' : 'so it will be late, where you want it';
  if (late === 'no_room') return 'there is no room before that';
  const after = inTheWay.length > 0 ? ` after ${inTheWay.join(' and ')}` : '';
  const place = same
    ? 'stays where it was'
    : firstFree && firstFree.getTime() >= block.start.getTime()
      ? `first free time${after}`
      : `next free time${after}`;
  return late === 'not_before' ? `so it will be late, ${place}` : place;
}
