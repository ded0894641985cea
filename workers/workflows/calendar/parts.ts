import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import { inZone } from '../../../db/events.ts';
import type { Work } from '../outcome.ts';
import type { EventReader } from '../ports.ts';
import { nextDay, onDay, originOf } from './meant.ts';
import { patchFor } from './patch.ts';
import { weekdayOf } from './rule.ts';
import {
  changeAll,
  changeFollowing,
  endedAt,
  isFirst,
  withoutDay,
  type Hand,
  type Planned,
  type Scope,
} from './series.ts';
import { whyOf } from './words.ts';

/** A series with the other parts of it, in order. */
export interface Whole {
  parts: Event[];
  /** Days that were changed by themselves, of any part. */
  ownDays: Event[];
}

/** All that a series is: what was changed from a day on stands in parts, each a series of its own. */
export async function wholeOf(events: EventReader, series: Event): Promise<Whole> {
  const all = await events.ofSeries(originOf(series));
  const parts = all.filter(({ recurrence }) => recurrence !== null);
  const later = parts.filter(({ id }) => id !== originOf(series));
  const theirs = await Promise.all(later.map(({ id }) => events.ofSeries(id)));
  const own = [...all, ...theirs.flat()].filter(({ recurrence }) => recurrence === null);
  return { parts, ownDays: own };
}

/** Parts that come on a day or later; of days of the week that were parted several go on side by side. */
export const partsFrom = ({ parts }: Whole, day: Event): Event[] =>
  parts.filter((part) => nextDay(part, new Date(day.start)) !== null);

/** What it takes that a part does not come from a day on. */
export const goneFrom = (work: Hand, part: Event, day: Event): EffectWrite =>
  Date.parse(part.start) >= Date.parse(day.start) ? gone(work, part) : endedAt(work, part, day);

export const gone = (work: Hand, { id, version }: Event): EffectWrite => ({
  kind: 'event',
  op: 'delete',
  id,
  version,
  fields: { deleted_at: work.now.toISOString(), updated_at: work.now.toISOString() },
  reason: whyOf(work),
});

/** What it takes to call off a series: a day of it, all from a day on, or all of it. */
export async function callOff(
  work: Hand,
  events: EventReader,
  { event, day, scope }: { event: Event; day: Event | null; scope: Scope | null },
  reference: Date,
): Promise<EffectWrite[]> {
  if (scope === 'this' && day) return [withoutDay(work, event, [day])];
  if (scope === null) return [gone(work, event)];
  const whole = await wholeOf(events, event);
  const from = scope === 'following' && day ? day : null;
  const ends = from !== null && !isFirst(event, from);
  const parts = from ? partsFrom(whole, from) : whole.parts;
  const others = parts.filter(({ id }) => id !== event.id);
  // Days that were changed by themselves belong to it still.
  const since = from ? new Date(from.start) : reference;
  const ownDays = whole.ownDays.filter(({ end }) => new Date(end) > since);
  return [
    ends ? endedAt(work, event, from) : gone(work, event),
    ...others.map((one) => (from ? goneFrom(work, one, from) : gone(work, one))),
    ...ownDays.map((one) => gone(work, one)),
  ];
}

/** A change of another part, and what that is then; null where it comes no more. */
export type Alike = Pick<Planned, 'effects' | 'parted'> & { event: Event | null };

/**
 * What a change of one part means for another: the same, at its own days. A new rule is that of all days from then on, so
 * that later parts have none of their own any more.
 *
 * @param meant the day that was spoken of, what changes about it, and whether only that and later ones do
 */
export async function changeAlike(
  work: Work,
  part: Event,
  { day, patch, following }: { day: Event; patch: EventPatch; following: boolean },
): Promise<Alike | null> {
  const coming = nextDay(part, new Date(day.start));
  if (patch.recurrence !== undefined)
    return coming ? { effects: [goneFrom(work, part, day)], event: null } : null;
  const own = (following ? coming : nextDay(part, work.reference)) ?? onDay(part, new Date(part.start));
  const { start: _start, end: _end, all_day: _allDay, ...rest } = await patchFor(work, own);
  const times = patch.start === undefined ? {} : await timesOf(work, own, { day, patch });
  const alike = { ...rest, ...times };
  if (Object.keys(alike).length === 0) return null;
  return following && !isFirst(part, own)
    ? changeFollowing(work, part, own, alike)
    : changeAll(work, part, own, alike);
}

/** "An hour later" counts from where each is; "at ten" and "on thursday" are the same for all. */
async function timesOf(
  work: Work,
  own: Event,
  { day, patch }: { day: Event; patch: EventPatch },
): Promise<EventPatch> {
  const { params, slots } = work;
  const isSaid = [slots.start, slots.end, slots.date_range].some((value) => value !== undefined);
  if (!isSaid || params?.shift) {
    const { start, end, all_day } = await patchFor(work, own);
    return start === undefined ? {} : { start, end, all_day };
  }
  const zone = own.timezone;
  const at = (time: string | undefined): DateTime => DateTime.fromISO(time ?? '', { zone });
  const [from, to, begin] = [at(day.start), at(patch.start), at(own.start)];
  const days = daysBetween(from, to);
  const weekdays = to.weekday - begin.weekday;
  // To the same day of the week as the one that was spoken of, and as far as that.
  const shift =
    days !== 0 && weekdayOf(own.recurrence) ? weekdays + 7 * Math.round((days - weekdays) / 7) : days;
  // What was not said to change is as it is there.
  const clock = isSameClock(from, to) ? begin : to;
  const start = begin.plus({ days: shift }).set({ hour: clock.hour, minute: clock.minute });
  const [lengthBefore, length] = [at(day.end).diff(from), at(patch.end).diff(to)];
  const end = start.plus(+lengthBefore === +length ? at(own.end).diff(begin) : length);
  return {
    start: inZone(start.toJSDate(), zone),
    end: inZone(end.toJSDate(), zone),
    ...(patch.all_day !== undefined && { all_day: patch.all_day }),
  };
}

const isSameClock = (one: DateTime, other: DateTime): boolean =>
  one.hour === other.hour && one.minute === other.minute;
const daysBetween = (from: DateTime, to: DateTime): number =>
  Math.round(to.startOf('day').diff(from.startOf('day'), 'days').days);
