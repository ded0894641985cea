import { DateTime } from 'luxon';

/** A stretch of time; the end is exclusive. */
export interface Stretch {
  start: Date;
  end: Date;
}

/** Where free time is looked for. */
export interface FreeTimeSearch {
  /** What is taken, in any order; it may overlap. */
  busy: readonly Stretch[];
  from: Date;
  to: Date;
  /** What has to fit. */
  minutes: number;
  /** Of each day, by the clock of the zone: "09:00" to "17:30". An end that is not after the start is on the next day. */
  hours: { start: string; end: string };
  timezone: string;
  /** Free time begins at a whole step of the clock; 15 unless given. */
  stepMinutes?: number;
}

/** No search looks at more days than these. */
const DAYS_MAX = 400;
const MINUTE_MS = 60_000;
/** As fine as times are offered. */
const STEP_MINUTES = 15;

/** The free gaps within the hours of each day that are long enough, each as long as it can be, in order. */
export function freeSlots(search: FreeTimeSearch): Stretch[] {
  const { minutes, timezone, stepMinutes = STEP_MINUTES } = search;
  const busy = joined(search.busy);
  return windowsOf(search).flatMap((window) =>
    gapsIn(window, busy)
      .map(({ start, end }) => ({ start: onStep(start, timezone, stepMinutes), end }))
      .filter(({ start, end }) => end.getTime() - start.getTime() >= minutes * MINUTE_MS),
  );
}

/**
 * Free times of the wanted length that are nearest to a wanted start, the nearest first, of two as near the later one.
 * They are one step apart from each other at least.
 */
export function nearestFree(wanted: Date, search: FreeTimeSearch, count: number): Stretch[] {
  const { minutes, stepMinutes = STEP_MINUTES } = search;
  const lengthMs = minutes * MINUTE_MS;
  const distance = (at: number): number => Math.abs(at - wanted.getTime());
  return freeSlots(search)
    .flatMap(({ start, end }) => startsNear(wanted, start, end.getTime() - lengthMs, stepMinutes, count))
    .sort((a, b) => distance(a) - distance(b) || b - a)
    .slice(0, count)
    .map((at) => ({ start: new Date(at), end: new Date(at + lengthMs) }));
}

/** The starts within one gap that are nearest; no more of them are needed than are wanted on either side. */
function startsNear(wanted: Date, first: Date, lastMs: number, stepMinutes: number, count: number): number[] {
  const step = stepMinutes * MINUTE_MS;
  const firstMs = first.getTime();
  const steps = Math.floor((lastMs - firstMs) / step);
  const near = Math.min(steps, Math.max(0, Math.round((wanted.getTime() - firstMs) / step)));
  const from = Math.max(0, near - count);
  const to = Math.min(steps, near + count);
  return Array.from({ length: to - from + 1 }, (_, index) => firstMs + (from + index) * step);
}

/** The hours of each day, cut to the time that is looked at. */
function windowsOf({ from, to, hours, timezone: zone }: FreeTimeSearch): Stretch[] {
  const windows: Stretch[] = [];
  // Hours that go beyond midnight may have begun the day before.
  let day = DateTime.fromJSDate(from, { zone }).startOf('day').minus({ days: 1 });
  for (let days = 0; days < DAYS_MAX && day.toMillis() < to.getTime(); days += 1) {
    const start = clockOn(day, hours.start);
    const until = clockOn(day, hours.end);
    const end = until > start ? until : clockOn(day.plus({ days: 1 }), hours.end);
    const window = {
      start: new Date(Math.max(start.toMillis(), from.getTime())),
      end: new Date(Math.min(end.toMillis(), to.getTime())),
    };
    if (window.start < window.end) windows.push(window);
    day = day.plus({ days: 1 });
  }
  return windows;
}

function clockOn(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  // As the clock shows it, also on a day that is an hour longer or shorter.
  return hour >= 24 ? day.plus({ days: 1 }).startOf('day') : day.set({ hour, minute });
}

/** Stretches in order, those that touch as one. */
function joined(busy: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  const inOrder = [...busy].sort((a, b) => a.start.getTime() - b.start.getTime());
  for (const { start, end } of inOrder) {
    const last = all.at(-1);
    if (last && start <= last.end) last.end = end > last.end ? end : last.end;
    else all.push({ start, end });
  }
  return all;
}

function gapsIn(window: Stretch, busy: readonly Stretch[]): Stretch[] {
  const gaps: Stretch[] = [];
  let free = window.start;
  for (const { start, end } of busy) {
    if (end <= free) continue;
    if (start >= window.end) break;
    if (start > free) gaps.push({ start: free, end: start });
    free = end;
  }
  if (free < window.end) gaps.push({ start: free, end: window.end });
  return gaps;
}

/** The next whole step by the clock of the zone. */
function onStep(at: Date, zone: string, stepMinutes: number): Date {
  const local = DateTime.fromJSDate(at, { zone });
  const step = stepMinutes * MINUTE_MS;
  const sinceHour = at.getTime() - local.startOf('hour').toMillis();
  return new Date(local.startOf('hour').toMillis() + Math.ceil(sinceHour / step) * step);
}
