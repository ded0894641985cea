import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import { remindersAfter, remindersOfPart } from '../item-reminders.ts';
import type { Work } from '../outcome.ts';
import type { Ports } from '../ports.ts';
import { columnsOf, patched } from '../event-fields.ts';
import { seriesOf, type Meant } from './meant.ts';
import { changeAlike, partsFrom, type Alike, type Whole } from './parts.ts';
import { endingAlike } from './rule.ts';
import {
  atHourOf,
  changeAll,
  changeDay,
  changeFollowing,
  isFirst,
  update,
  type Planned,
  type Scope,
} from './series.ts';
import { changeWeekdays, changeWeekdaysOf, isOfSomeDays } from './weekdays.ts';

/** A change with that of the other parts of its series, where these are meant with it. */
export interface PlannedAll extends Planned {
  others: Event[];
}

export async function planAll(
  work: Work,
  { event }: Meant,
  how: { day: Event | null; scope: Scope | null; patch: EventPatch; whole: Whole | null },
): Promise<PlannedAll> {
  const { day, scope, patch, whole } = how;
  const all = whole?.parts ?? [event];
  const own = plan(work, event, day, scope, patch, all);
  if (!day || !whole) return { ...own, others: [] };
  const following = scope === 'following';
  const parts = (following ? partsFrom(whole, day) : whole.parts).filter(({ id }) => id !== event.id);
  if (isOfSomeDays(work, all, patch)) {
    const changes = parts.flatMap(
      (part) => changeWeekdaysOf(work, part, following ? day : null, patch) ?? [],
    );
    // Days that were parted before may be another part's alone.
    const [main = own, ...more] = own.effects.length > 0 ? [own, ...changes] : changes;
    return { ...joined(main, more), ofSomeDays: true };
  }
  const alike = await Promise.all(parts.map((part) => changeAlike(work, part, { day, patch, following })));
  return joined(
    own,
    alike.filter((one) => one !== null),
  );
}

function joined(own: Planned, others: readonly Alike[]): PlannedAll {
  return {
    ...own,
    effects: [...own.effects, ...others.flatMap(({ effects }) => effects)],
    parted: [...(own.parted ?? []), ...others.flatMap(({ parted }) => parted ?? [])],
    others: others.flatMap(({ event: other }) => other ?? []),
  };
}

/** The effects of a change with what they mean for reminders: of new parts they tell as of those they were taken from. */
export async function followed(
  ports: Pick<Ports, 'reminders' | 'events'>,
  { effects, parted = [] }: Pick<Planned, 'effects' | 'parted'>,
  now: Date,
): Promise<EffectWrite[]> {
  const [after, ...ofParts] = await Promise.all([
    remindersAfter(ports, effects, now),
    ...parted.map(({ from, part }) => remindersOfPart(ports, from.id, part, now)),
  ]);
  return [...effects, ...after, ...ofParts.flat()];
}

/** @param parts of the series, where it has several */
export function plan(
  work: Work,
  event: Event,
  day: Event | null,
  scope: Scope | null,
  patch: EventPatch,
  parts: readonly Event[] = [event],
): Planned {
  if (isOfSomeDays(work, parts, patch))
    return changeWeekdays(work, event, scope === 'following' ? day : null, patch) ?? { effects: [], event };
  if (day && scope === 'this') return changeDay(work, event, day, patch);
  const lasting = { ...patch, ...ruleOf(event, day, patch, parts) };
  if (day && scope === 'following' && !isFirst(event, day)) return changeFollowing(work, event, day, lasting);
  if (day && patch.recurrence === undefined) return changeAll(work, event, day, patch);
  // What does not repeat any more takes place when it would have come next.
  const ends = patch.recurrence === null && day ? { start: day.start, end: day.end } : {};
  const columns = {
    ...columnsOf({ ...ends, ...lasting }, event, work.now),
    ...(patch.recurrence === null && { exceptions: [] }),
    ...(patch.recurrence && { exceptions: event.exceptions.map(atHourOf(patch, event)) }),
  };
  return { effects: [update(work, event, columns)], event: patched(event, columns) };
}

/** A new rule, which ends with the series where it does not say otherwise. */
function ruleOf(
  event: Event,
  day: Event | null,
  { recurrence, start }: EventPatch,
  parts: readonly Event[],
): Pick<EventPatch, 'recurrence'> {
  if (!recurrence || event.recurrence === null) return {};
  const from = new Date(start === undefined || !day ? event.start : day.start);
  return { recurrence: endingAlike(recurrence, parts.map(seriesOf), from) };
}
