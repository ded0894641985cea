import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import { remindersAfter, remindersOfPart } from '../item-reminders.ts';
import type { Work } from '../outcome.ts';
import { columnsOf, patched } from './fields.ts';
import type { Meant } from './meant.ts';
import { changeAlike, partsFrom, type Whole } from './parts.ts';
import { withoutDaysOf } from './rule.ts';
import {
  changeAll,
  changeDay,
  changeFollowing,
  changeWeekdays,
  isFirst,
  type Planned,
  type Scope,
} from './series.ts';
import { whyOf } from './words.ts';

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
  const own = plan(work, event, day, scope, patch);
  if (!day || !whole) return { ...own, others: [] };
  const parts = (scope === 'following' ? partsFrom(whole, day) : whole.parts).filter(
    ({ id }) => id !== event.id,
  );
  const alike = await Promise.all(
    parts.map((part) => changeAlike(work, part, { series: event, day, patch })),
  );
  return {
    ...own,
    effects: [...own.effects, ...alike.flatMap(({ effects }) => effects)],
    others: alike.flatMap(({ event: other }) => other ?? []),
  };
}

/** What a change means for reminders. @param series the event as it was */
export async function followed(
  work: Work,
  series: Event,
  { effects, event, parted }: Planned,
): Promise<EffectWrite[]> {
  const after = await remindersAfter(work.ports, effects, work.now);
  return parted ? [...after, ...(await remindersOfPart(work.ports, series.id, event, work.now))] : after;
}

export function plan(
  work: Work,
  event: Event,
  day: Event | null,
  scope: Scope | null,
  patch: EventPatch,
): Planned {
  const left = isOfSomeDays(work, patch) && withoutDaysOf(event.recurrence ?? '', patch.recurrence);
  if (left) return changeWeekdays(work, event, left, patch);
  if (day && scope === 'this') return changeDay(work, event, day, patch);
  if (day && scope === 'following' && !isFirst(event, day)) return changeFollowing(work, event, day, patch);
  if (day && patch.recurrence === undefined) return changeAll(work, event, day, patch);
  // What does not repeat any more takes place when it would have come next.
  const ends = patch.recurrence === null && day ? { start: day.start, end: day.end } : {};
  const columns = {
    ...columnsOf({ ...ends, ...patch }, event, work.now),
    ...(patch.recurrence !== undefined && { exceptions: [] }),
  };
  return { effects: [updateOf(work, event, columns)], event: patched(event, columns) };
}

/** Days that are named with a new hour; "only on mondays" gives up the others. */
const isOfSomeDays = (
  { words }: Work,
  patch: EventPatch,
): patch is EventPatch & { recurrence: string; start: string } =>
  typeof patch.recurrence === 'string' &&
  patch.start !== undefined &&
  !/\b(?:only|just|instead|no longer|any\s?more|not)\b/i.test(words);

const updateOf = (work: Work, { id, version }: Event, fields: Record<string, unknown>): EffectWrite => ({
  kind: 'event',
  op: 'update',
  id,
  version,
  fields,
  reason: whyOf(work),
});
