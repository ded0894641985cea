import { DateTime } from 'luxon';
import type { Settings } from '../../contracts/entities.ts';
import { endOfQuiet } from '../../db/quiet-hours.ts';

type Times = Pick<Settings, 'briefing_time' | 'timezone' | 'quiet_hours'>;

/**
 * When the next briefing after an instant is to be given; null where none is wanted. A time that a change of clocks
 * leaves out is taken as late as it would have been; one that comes twice counts when it comes first. What falls into
 * the quiet hours waits for their end.
 */
export function nextBriefing(after: Date, settings: Times): Date | null {
  const { briefing_time: time, timezone: zone } = settings;
  const quiet = { quiet: settings.quiet_hours, zone };
  if (time === null) return null;
  const today = DateTime.fromJSDate(after, { zone }).startOf('day');
  // Quiet hours may hold yesterday's back until today.
  for (let day = today.minus({ days: 1 }); ; day = day.plus({ days: 1 })) {
    const given = atTime(day, time).toJSDate();
    const at = endOfQuiet(given, quiet) ?? given;
    if (at > after) return at;
  }
}

/** When the briefing of the local day of an instant was or is to be given; null where none is wanted. */
export function briefingOn(instant: Date, settings: Times): Date | null {
  const day = DateTime.fromJSDate(instant, { zone: settings.timezone }).startOf('day');
  return nextBriefing(new Date(day.toMillis() - 1), settings);
}

export const localDateOf = (instant: Date, zone: string): string =>
  DateTime.fromJSDate(instant, { zone }).toFormat('yyyy-MM-dd');

/** By the clock on the wall: the day is not always 24 hours long. */
function atTime(day: DateTime, time: string): DateTime {
  return day.set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3, 5)) });
}
