import { IANAZone } from 'luxon';
import { BANDS, WEEKDAYS, type ScheduleInstance } from '../../../../contracts/schedule.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const DAY_MINUTES = 24 * 60;

/** No working window. */
export const NO_WINDOW = -1;

/**
 * The time of an instance as slots of its grid, from the first local midnight of the horizon on. Working windows go by
 * the clock on the wall and are looked up slot by slot, so that a day on which the clocks change just has other slots.
 */
export interface Calendar {
  /** The instant at which slot 0 begins. */
  originMs: number;
  slotMs: number;
  count: number;
  /** Local day of each slot, counted from the first of the horizon; -1 outside of it. */
  day: Int32Array;
  /** Minutes after local midnight, by the clock. */
  minute: Int16Array;
  /** Number of the working window, `NO_WINDOW` where there is none or it is over. */
  window: Int32Array;
  /** Days since 1970 of the horizon's first day. */
  firstDay: number;
  days: number;
  /** What stands on the clock of the zone. */
  local(ms: number): { day: number; minute: number };
}

/** The slots of an instance with its working windows; events and tasks are no part of it. */
export function compile(instance: ScheduleInstance): Calendar {
  const { horizon, gridMinutes } = instance;
  const slotMs = gridMinutes * MINUTE_MS;
  const offset = offsetsOf(instance.timezone);
  const local = (ms: number): { day: number; minute: number } => {
    const wall = Math.floor(ms / MINUTE_MS) + offset(ms);
    const day = Math.floor(wall / DAY_MINUTES);
    return { day, minute: wall - day * DAY_MINUTES };
  };
  const firstDay = Math.round(Date.parse(`${horizon.start}T00:00:00Z`) / DAY_MS);
  // No zone is more than a day from UTC; what lies outside of the horizon is marked so.
  const originMs = (firstDay - 1) * DAY_MS;
  const count = ((horizon.days + 2) * DAY_MS) / slotMs;
  const day = new Int32Array(count);
  const minute = new Int16Array(count);
  const window = new Int32Array(count).fill(NO_WINDOW);
  const hours = WEEKDAYS.map((name) =>
    (instance.workingHours[name] ?? []).map((pair) => pair.map(minutesOf) as [number, number]),
  );
  const nowMs = Date.parse(instance.now);
  for (let slot = 0; slot < count; slot += 1) {
    const ms = originMs + slot * slotMs;
    const at = local(ms);
    const inside = at.day >= firstDay && at.day < firstDay + horizon.days;
    day[slot] = inside ? at.day - firstDay : -1;
    minute[slot] = at.minute;
    if (!inside || ms < nowMs) continue;
    // Day 0 was a Thursday.
    const of = hours[(((at.day + 3) % 7) + 7) % 7] ?? [];
    const index = of.findIndex(([from, to]) => at.minute >= from && at.minute < to);
    const until = of[index]?.[1] ?? 0;
    if (index >= 0 && at.minute + gridMinutes <= until) window[slot] = (at.day - firstDay) * 32 + index;
  }
  return { originMs, slotMs, count, day, minute, window, firstDay, days: horizon.days, local };
}

/** Whether the clock at a slot shows a time within a band of the day. */
export function inBand(minute: number, band: keyof typeof BANDS): boolean {
  const [from, to] = BANDS[band];
  return minute >= from * 60 && minute < to * 60;
}

function minutesOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}

/** Minutes from UTC to the clock of a zone. Asked once for a day, and again only where the day has two answers. */
function offsetsOf(timezone: string): (ms: number) => number {
  const zone = IANAZone.create(timezone);
  const known = new Map<number, number>();
  const at = (ms: number): number => {
    const found = known.get(ms) ?? zone.offset(ms);
    known.set(ms, found);
    return found;
  };
  return (ms) => {
    const begin = Math.floor(ms / DAY_MS) * DAY_MS;
    const offset = at(begin);
    return offset === at(begin + DAY_MS) ? offset : at(Math.floor(ms / (15 * MINUTE_MS)) * 15 * MINUTE_MS);
  };
}
