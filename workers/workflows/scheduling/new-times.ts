import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { nearestFree, type FreeTimeSearch, type Stretch } from '../free-time.ts';
import { overlap, stretchOf } from './around.ts';
import { quote } from '../sentences.ts';
import type { DayNumbers } from '../work-days.ts';

/** A day later weighs as much as this many hours at another time of the day. */
const DAY_HOURS = 3;
const HOUR_MS = 3_600_000;
const EVENING_END = '22:00';

export interface NewTime {
  time: Stretch;
  reason: string;
}

/** Where an event may go. */
export interface Destination {
  from: DateTime;
  to: DateTime;
  hours: FreeTimeSearch['hours'];
  days: DayNumbers;
}

/**
 * The time that suits an event best: as soon as there is room, and as near as can be to the hour that it has now. Null
 * where nothing is free.
 *
 * @param busy everything else that takes time, with what was given a new time before
 */
export function newTimeFor(event: Event, busy: readonly Event[], to: Destination): NewTime | null {
  const zone = to.from.zoneName ?? 'utc';
  const now = stretchOf(event);
  const start = DateTime.fromJSDate(now.start, { zone });
  const minutes = (now.end.getTime() - now.start.getTime()) / 60_000;
  // Where it is now it is not to stay, not even half of it.
  const taken = [...busy.map(stretchOf), now];
  const hours = hoursFor(start, start.plus({ minutes }), to.hours);
  // What is on a weekend may stay on one.
  const isOpen = (day: DateTime): boolean =>
    to.days.has(day.weekday) || (start.weekday >= 6 && day.weekday >= 6);
  let best: { time: Stretch; wanted: Date; cost: number } | undefined;
  for (let day = to.from.startOf('day'), index = 0; day < to.to; day = day.plus({ days: 1 }), index += 1) {
    if (!isOpen(day)) continue;
    // Later days can't be better any more.
    if (best && index * DAY_HOURS >= best.cost) break;
    const wanted = day.set({ hour: start.hour, minute: start.minute }).toJSDate();
    const from = day < to.from ? to.from : day;
    const end = day.plus({ days: 1 }) > to.to ? to.to : day.plus({ days: 1 });
    const search = { busy: taken, from: from.toJSDate(), to: end.toJSDate(), minutes, hours, timezone: zone };
    const [time] = nearestFree(wanted, search, 1);
    if (!time) continue;
    const cost = index * DAY_HOURS + Math.abs(time.start.getTime() - wanted.getTime()) / HOUR_MS;
    if (!best || cost < best.cost) best = { time, wanted, cost };
  }
  return best ? { time: best.time, reason: reasonOf(best, busy, to, now) } : null;
}

function reasonOf(
  { time, wanted }: { time: Stretch; wanted: Date },
  busy: readonly Event[],
  { from }: Destination,
  now: Stretch,
): string {
  const lengthMs = now.end.getTime() - now.start.getTime();
  const zone = from.zoneName ?? 'utc';
  if (time.start.getTime() === wanted.getTime()) {
    const first = DateTime.fromJSDate(time.start, { zone }).hasSame(from, 'day');
    return first ? 'Free at the same time of day' : 'The first day that is free at the same time';
  }
  const clock = DateTime.fromJSDate(wanted, { zone }).toFormat('HH:mm');
  const usual = { start: wanted, end: new Date(wanted.getTime() + lengthMs) };
  const [other] = busy.filter((event) => overlap(stretchOf(event), usual));
  if (other) return `The nearest free time; ${clock} is taken by ${quote(other.title)}`;
  return 'The nearest free time';
}

/** The working day; what lies outside of it keeps to its own part of the day. */
function hoursFor(start: DateTime, end: DateTime, working: Destination['hours']): Destination['hours'] {
  const [from, until] = [start.toFormat('HH:mm'), end.toFormat('HH:mm')];
  if (working.end <= working.start || !start.hasSame(end, 'day')) return { start: '00:00', end: '24:00' };
  if (from >= working.start && until <= working.end) return working;
  if (until > working.end) {
    const evening = from < working.end ? from : working.end;
    return { start: evening, end: until > EVENING_END ? until : EVENING_END };
  }
  return { start: from, end: working.end };
}
