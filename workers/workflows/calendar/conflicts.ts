import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { Slots } from '../../../contracts/slots.ts';
import { inZone } from '../../../db/events.ts';
import { nearestFree, type Stretch } from '../free-time.ts';
import { ask, type Step, type Work } from '../outcome.ts';
import { count } from '../sentences.ts';
import { workDaysOf, type DayNumbers } from '../work-days.ts';
import { isAway } from './away.ts';
import { startsWithin } from './meant.ts';
import { sayBusy, sayDay, sayList } from './words.ts';

/** How far the days of a series are looked at for what they overlap, and how many of them. */
const LOOKED_DAYS = 60;
const LOOKED_MAX = 100;
/** Around the wanted time, other times are looked for this far. */
const AROUND_DAYS = 7;
const OFFERED = 3;
const STEP_MINUTES = 30;
/** When people meet at all. */
const WAKING = { start: '08:00', end: '22:00' };
/** The choice that leaves the time as it was asked for. */
export const KEEP = 'keep';

/** What there is to say of overlaps. */
export interface Overlaps {
  /** What is overlapped, each once. */
  events: Event[];
  /** The days away that it is within. */
  away: Event[];
  /** The calendar that was looked at. */
  version: number;
}

/** An event as it would be, with what it must not be compared to. */
export interface Wanted {
  event: Event;
  /** The event itself, or the series that it is a day of. */
  isSelf(other: Event): boolean;
}

export const stretchOf = (event: Pick<Event, 'start' | 'end'>): Stretch => ({
  start: new Date(event.start),
  end: new Date(event.end),
});
export const overlap = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;

/** The days of an event that are looked at: its own, or those of a series that come next. */
function stretchesOf({ event }: Wanted, reference: Date): Stretch[] {
  if (event.recurrence === null) return [stretchOf(event)];
  const lengthMs = Date.parse(event.end) - Date.parse(event.start);
  const from = new Date(Math.max(Date.parse(event.start), reference.getTime()));
  const to = DateTime.fromJSDate(from).plus({ days: LOOKED_DAYS }).toJSDate();
  return startsWithin(event, from, to, LOOKED_MAX).map((start) => ({
    start,
    end: new Date(start.getTime() + lengthMs),
  }));
}

/** What an event would overlap. */
export const overlapsOf = async (work: Work, wanted: Wanted): Promise<Overlaps> => {
  const { found, away, version } = await overlapsOfEach(work, [wanted]);
  return { events: found.flat(), away: away.flat(), version };
};

/**
 * What each of several events would overlap, looked up together. Events of whole days leave room for others, and what is
 * over is left alone.
 */
export async function overlapsOfEach(
  { ports, reference }: Pick<Work, 'ports' | 'reference'>,
  wanted: readonly Wanted[],
): Promise<{ found: Event[][]; away: Event[][]; version: number }> {
  const all = wanted.map((one) => {
    const stretches = one.event.all_day ? [] : stretchesOf(one, reference);
    return (stretches.at(-1)?.end ?? reference) > reference ? stretches : [];
  });
  const times = all.flat();
  const none = wanted.map(() => []);
  if (times.length === 0) return { found: none, away: none, version: await ports.events.version() };
  const from = new Date(Math.min(...times.map(({ start }) => start.getTime())));
  const to = new Date(Math.max(...times.map(({ end }) => end.getTime())));
  const { events, version } = await ports.events.around({ from, to });
  const beside = (others: readonly Event[], index: number): Event[] =>
    others.filter(
      (other) =>
        wanted[index]?.isSelf(other) === false &&
        (all[index] ?? []).some((one) => overlap(one, stretchOf(other))),
    );
  const busy = events.filter((other) => !other.all_day);
  const daysAway = events.filter(isAway);
  return {
    found: wanted.map((_one, index) => beside(busy, index)),
    // A series goes on through any holiday.
    away: wanted.map(({ event }, index) => (event.recurrence === null ? beside(daysAway, index) : [])),
    version,
  };
}

/**
 * Asks what to do about what would be overlapped, with other times for it; nothing is refused.
 *
 * @param known slots that are settled by now, with which a new time is understood
 */
export async function askAbout(
  work: Work,
  wanted: Wanted,
  { events }: Overlaps,
  known: Slots,
): Promise<Step> {
  const { event } = wanted;
  const start = new Date(event.start);
  const minutes = Math.round((Date.parse(event.end) - start.getTime()) / 60_000);
  const free = await freeTimes(work, wanted, minutes);
  const sameDay = free.every((one) => dayIn(one.start, work) === dayIn(start, work));
  const timesOf = (at: Stretch): Slots => ({
    ...known,
    start: inZone(at.start, work.timezone),
    end: inZone(at.end, work.timezone),
  });
  const choices = free
    .toSorted((a, b) => a.start.getTime() - b.start.getTime())
    .map((at, index) => ({
      choice_id: `free_${index + 1}`,
      label: sayStart(at.start, work, sameDay),
      slots: timesOf(at),
    }));
  const keep = {
    choice_id: KEEP,
    label: `Keep ${sayStart(start, work, true)} anyway`,
    slots: timesOf(stretchOf(event)),
  };
  const all = [...choices, keep];
  return ask({
    slot: 'start',
    kind: 'choice',
    question: `That overlaps ${sayOverlaps(events, work, event.recurrence !== null)}. ${choices.length > 0 ? 'Which time do you want?' : 'Do you want to keep it?'}`,
    choices: all.map(({ choice_id, label }) => ({ choice_id, label })),
    choiceSlots: {
      ...Object.fromEntries(all.map(({ choice_id, slots }) => [choice_id, slots])),
      ...beside(event, events, minutes, timesOf),
    },
    settled: {
      ...known,
      start: inZone(start, work.timezone),
      end: inZone(new Date(event.end), work.timezone),
    },
  });
}

/** Times that are named by what is there: "right after it", "before the standup". */
function beside(
  event: Event,
  taken: readonly Event[],
  minutes: number,
  timesOf: (at: Stretch) => Slots,
): Record<string, Slots> {
  if (event.recurrence !== null || taken.length === 0) return {};
  const first = Math.min(...taken.map(({ start }) => Date.parse(start)));
  const last = Math.max(...taken.map(({ end }) => Date.parse(end)));
  const from = (at: number): Slots => timesOf({ start: new Date(at), end: new Date(at + minutes * 60_000) });
  return { before: from(first - minutes * 60_000), after: from(last) };
}

/** The nearest free time, where the choice is left to us ("you choose") and not merely skipped. */
export async function freeInstead(
  work: Work,
  wanted: Wanted,
): Promise<{ start: string; end: string } | null> {
  if (!LEFT_TO_US.test(work.words)) return null;
  const { start, end } = wanted.event;
  const minutes = Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
  const [free] = await freeTimes(work, wanted, minutes);
  return free ? { start: inZone(free.start, work.timezone), end: inZone(free.end, work.timezone) } : null;
}

const LEFT_TO_US =
  /\b(?:you|u)(?:'ll)? (?:choose|pick|decide|say)\b|\bup to you\b|\b(?:whatever|whichever|any(?: of them| one|thing)?|surprise)\b/i;

const dayIn = (at: Date, { timezone: zone }: Work): string =>
  DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');

function sayStart(at: Date, { timezone: zone, reference }: Work, sameDay: boolean): string {
  const local = DateTime.fromJSDate(at, { zone });
  const clock = local.toFormat('HH:mm');
  const day = sayDay(
    { start: local.toISO() ?? '', end: '', all_day: false, timezone: zone },
    { timezone: zone, reference },
  );
  return sameDay ? clock : `${day} at ${clock}`;
}

/** `"Team sync" (14:00 to 15:00)`; of a series the days, too. */
function sayOverlaps(events: readonly Event[], work: Work, isSeries: boolean): string {
  const named = events.slice(0, 2).map((event) => {
    const day = isSeries ? ` on ${sayDay(event, work)}` : '';
    return `${sayBusy(event, work)}${day}`;
  });
  const more = events.length > 2 ? [`${count(events.length - 2, 'more event')}`] : [];
  return sayList([...named, ...more]);
}

/** The nearest times at which nothing else is, as long as the event, in the hours that fit it. */
async function freeTimes(work: Work, wanted: Wanted, minutes: number): Promise<Stretch[]> {
  const { ports, reference, timezone } = work;
  const { event } = wanted;
  const start = new Date(event.start);
  if (event.recurrence !== null) return freeForSeries(work, wanted);
  const local = DateTime.fromJSDate(start, { zone: timezone });
  const from = new Date(
    Math.max(reference.getTime(), local.startOf('day').minus({ days: AROUND_DAYS }).toMillis()),
  );
  const to = local
    .startOf('day')
    .plus({ days: AROUND_DAYS + 1 })
    .toJSDate();
  const there = await ports.events.within({ from, to });
  const busy = there.filter((other) => !other.all_day && !wanted.isSelf(other)).map(stretchOf);
  const settings = await ports.settings.read();
  const { working_hours: working } = settings;
  const workDays = workDaysOf(settings);
  const atWork = workDays.has(local.weekday) && fitsIn(local, minutes, working);
  const weekends = atWork ? daysOffWithin(from, to, timezone, workDays) : [];
  const search = { busy: [...busy, ...weekends], from, to, minutes, timezone, stepMinutes: STEP_MINUTES };
  return nearestFree(start, { ...search, hours: atWork ? working : WAKING }, OFFERED);
}

function fitsIn(start: DateTime, minutes: number, hours: { start: string; end: string }): boolean {
  const end = start.plus({ minutes });
  return (
    start.hasSame(end, 'day') && start.toFormat('HH:mm') >= hours.start && end.toFormat('HH:mm') <= hours.end
  );
}

/** Whoever meets on a working day is not offered a Saturday. */
function daysOffWithin(from: Date, to: Date, zone: string, workDays: DayNumbers): Stretch[] {
  const days: Stretch[] = [];
  for (
    let day = DateTime.fromJSDate(from, { zone }).startOf('day');
    day.toMillis() < to.getTime();
    day = day.plus({ days: 1 })
  )
    if (!workDays.has(day.weekday))
      days.push({ start: day.toJSDate(), end: day.plus({ days: 1 }).toJSDate() });
  return days;
}

/** Hours at which none of the days that are looked at overlaps anything. */
async function freeForSeries(work: Work, wanted: Wanted): Promise<Stretch[]> {
  const stretches = stretchesOf(wanted, work.reference);
  const [first, last] = [stretches[0], stretches.at(-1)];
  if (!first || !last) return [];
  const from = DateTime.fromJSDate(first.start).minus({ days: 1 }).toJSDate();
  const to = DateTime.fromJSDate(last.end).plus({ days: 1 }).toJSDate();
  const there = await work.ports.events.within({ from, to });
  const busy = there.filter((other) => !other.all_day && !wanted.isSelf(other)).map(stretchOf);
  const begin = DateTime.fromISO(wanted.event.start, { zone: work.timezone });
  const lengthMs = Date.parse(wanted.event.end) - Date.parse(wanted.event.start);
  const found: Stretch[] = [];
  for (let step = 1; step <= 24 && found.length < OFFERED; step += 1)
    for (const sign of [1, -1]) {
      const minutes = sign * step * STEP_MINUTES;
      const moved = begin.plus({ minutes });
      const ends = moved.plus({ milliseconds: lengthMs });
      const fits =
        moved.hasSame(begin, 'day') && ends.hasSame(begin, 'day') && moved.hour >= 7 && ends.hour < 22;
      const shifted = stretches.map((one) => ({
        start: new Date(one.start.getTime() + minutes * 60_000),
        end: new Date(one.end.getTime() + minutes * 60_000),
      }));
      const isFree = !shifted.some((one) => busy.some((other) => overlap(one, other)));
      if (fits && isFree && found.length < OFFERED)
        found.push({ start: moved.toJSDate(), end: ends.toJSDate() });
    }
  return found;
}
