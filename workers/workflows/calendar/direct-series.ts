import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import type { EventPatch, SeriesDay } from '../../../contracts/requests.ts';
import { inZone } from '../../../db/events.ts';
import type { EventReader } from '../ports.ts';
import { quote, sayDate } from '../sentences.ts';
import { dateIn, nextDay, onDay, startsWithin } from './meant.ts';
import { callOff, goneFrom, partsFrom, wholeOf } from './parts.ts';
import {
  changeAll,
  changeDay,
  changeFollowing,
  isFirst,
  type Hand,
  type Planned,
  type Scope,
} from './series.ts';

/**
 * What a change of a series comes to, without words: a day of it, this and all following, or all of them, which is meant
 * where no day is named.
 */
export async function planSeries(
  events: EventReader,
  series: Event,
  { start, scope }: SeriesDay | { start: null; scope: 'all' },
  patch: EventPatch | null,
  how: Omit<Hand, 'words'> & { reason: string },
): Promise<Parting & { summary: string }> {
  const day = start === null ? onDay(series, new Date(series.start)) : dayAt(series, start);
  const hand: Hand = { now: how.now, newId: how.newId, words: '' };
  // "This and all following" of the first day are all of them.
  const meant = scope === 'following' && isFirst(series, day) ? 'all' : scope;
  const { effects, parted } = patch
    ? await changed(hand, events, { series, day, scope: meant }, withBoth(patch, day))
    : { effects: await callOff(hand, events, { event: series, day, scope: meant }, how.now), parted: [] };
  const when = sayDate(dateIn(day.start, series.timezone), series.timezone, how.now);
  const which = { this: ` on ${when}`, following: ` from ${when} on`, all: '' }[meant];
  return {
    summary: `${patch ? 'Changed' : 'Deleted'} ${quote(series.title)}${which}`,
    effects: effects.map((effect) => ({ ...effect, reason: how.reason })),
    parted,
  };
}

type Parting = Required<Pick<Planned, 'effects' | 'parted'>>;

/** Days move by their start and their end: where one of them is given, the other is as it was, or as long after. */
function withBoth(patch: EventPatch, day: Event): EventPatch {
  if (patch.start === undefined) return patch.end === undefined ? patch : { ...patch, start: day.start };
  if (patch.end !== undefined) return patch;
  const [from, to, start] = [day.start, day.end, patch.start].map((at) =>
    DateTime.fromISO(at, { zone: day.timezone }),
  ) as [DateTime, DateTime, DateTime];
  const apart = day.all_day && patch.all_day === false ? { hours: 1 } : null;
  const length = day.all_day ? to.diff(from, 'days') : to.diff(from);
  return { ...patch, end: inZone(start.plus(apart ?? length).toJSDate(), day.timezone) };
}

function dayAt(series: Event, start: string): Event {
  const at = new Date(start);
  const [found] = series.recurrence === null ? [] : startsWithin(series, at, new Date(at.getTime() + 1), 1);
  if (!found) throw new PulseError('validation_error', `${quote(series.title)} has no day that begins then.`);
  return onDay(series, found);
}

/** What was asked for stands first: the event that the day has become. Later parts of the series change alike. */
async function changed(
  hand: Hand,
  events: EventReader,
  { series, day, scope }: { series: Event; day: Event; scope: Scope },
  patch: EventPatch,
): Promise<Parting> {
  if (scope === 'this') return { effects: changeDay(hand, series, day, patch).effects.reverse(), parted: [] };
  const whole = await wholeOf(events, series);
  const parts = scope === 'all' ? whole.parts : partsFrom(whole, day);
  const own =
    scope === 'all' ? changeAll(hand, series, day, patch) : changeFollowing(hand, series, day, patch);
  const along = parts
    .filter(({ id }) => id !== series.id)
    .flatMap((part): Pick<Planned, 'effects' | 'parted'>[] => {
      const coming = nextDay(part, new Date(day.start));
      // A new rule is that of all days from then on.
      if (patch.recurrence !== undefined) return coming ? [{ effects: [goneFrom(hand, part, day)] }] : [];
      const own = (scope === 'following' && coming) || firstOf(part);
      const change = isFirst(part, own) ? changeAll : changeFollowing;
      return [change(hand, part, own, alike(patch, day, own))];
    });
  return {
    effects: [...own.effects.reverse(), ...along.flatMap(({ effects }) => effects)],
    parted: [own, ...along].flatMap(({ parted }) => parted ?? []),
  };
}

const firstOf = (part: Event): Event => onDay(part, new Date(part.start));

/** As many days and the same clock further as the day that was changed. */
function alike({ start, end, ...rest }: EventPatch, day: Event, own: Event): EventPatch {
  if (start === undefined || end === undefined) return rest;
  const at = (time: string): DateTime => DateTime.fromISO(time, { zone: own.timezone });
  const [from, to] = [at(day.start), at(start)];
  const days = Math.round(to.startOf('day').diff(from.startOf('day'), 'days').days);
  const begin = at(own.start).plus({ days }).set({ hour: to.hour, minute: to.minute });
  const length = at(end).diff(to);
  return {
    ...rest,
    start: inZone(begin.toJSDate(), own.timezone),
    end: inZone(begin.plus(length).toJSDate(), own.timezone),
  };
}
