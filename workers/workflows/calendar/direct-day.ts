import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch, SeriesDay } from '../../../contracts/requests.ts';
import { inZone } from '../../../db/events.ts';
import type { EventReader } from '../ports.ts';
import { quote, sayDate } from '../sentences.ts';
import { dateIn, nextDay, onDay, startsWithin } from './meant.ts';
import { callOff, goneFrom, partsFrom, wholeOf } from './parts.ts';
import { changeAll, changeDay, changeFollowing, isFirst, type Hand, type Scope } from './series.ts';

/** What a change of a day of a series comes to, without words: this day, it and all following, or all of them. */
export async function planDay(
  events: EventReader,
  series: Event,
  { start, scope }: SeriesDay,
  patch: EventPatch | null,
  how: Omit<Hand, 'words'> & { reason: string },
): Promise<{ summary: string; effects: EffectWrite[] }> {
  const day = dayAt(series, start);
  const hand: Hand = { now: how.now, newId: how.newId, words: '' };
  // "This and all following" of the first day are all of them.
  const meant = scope === 'following' && isFirst(series, day) ? 'all' : scope;
  const effects = patch
    ? await changed(hand, events, { series, day, scope: meant }, patch)
    : await callOff(hand, events, { event: series, day, scope: meant }, how.now);
  const when = sayDate(dateIn(day.start, series.timezone), series.timezone, how.now);
  const which = { this: ` on ${when}`, following: ` from ${when} on`, all: '' }[meant];
  return {
    summary: `${patch ? 'Changed' : 'Deleted'} ${quote(series.title)}${which}`,
    effects: effects.map((effect) => ({ ...effect, reason: how.reason })),
  };
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
): Promise<EffectWrite[]> {
  if (scope === 'this') return changeDay(hand, series, day, patch).effects.reverse();
  const whole = await wholeOf(events, series);
  const parts = scope === 'all' ? whole.parts : partsFrom(whole, day);
  const others = parts.filter(({ id }) => id !== series.id);
  const own =
    scope === 'all'
      ? changeAll(hand, series, day, patch).effects
      : changeFollowing(hand, series, day, patch).effects.reverse();
  const along = others.flatMap((part) => {
    // A new rule is that of all days from then on.
    const coming = nextDay(part, new Date(day.start));
    if (patch.recurrence !== undefined) return coming ? [goneFrom(hand, part, day)] : [];
    const own = (scope === 'following' && coming) || firstOf(part);
    const change = isFirst(part, own) ? changeAll : changeFollowing;
    return change(hand, part, own, alike(patch, day, own)).effects;
  });
  return [...own, ...along];
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
