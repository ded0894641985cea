import type { Slots } from '../../../contracts/slots.ts';
import { civilFromIso, civilInZone, DAY, formatDay, formatInstant, startOfDay } from '../time/civil.ts';

const WEEK = 7 * DAY;

/**
 * Slots with times that are still to come: what is over comes on the same day of the week, at the same hour, as soon as it
 * can. A deadline that has passed is none for something new.
 */
export function comingTimes(slots: Slots, { now, timezone }: { now: Date; timezone: string }): Slots {
  const { due_date: due, date_range: _asked, ...rest } = slots;
  const today = civilInZone(now, timezone);
  const anchor = rest.start ?? rest.remind_at;
  const first = anchor === undefined ? null : civilFromIso(anchor, timezone);
  const late = first ? (first.hasTime ? today : startOfDay(today)) - first.moment : 0;
  const weeks = late > 0 ? Math.ceil(late / WEEK) : 0;
  const moved = (iso: string): string => {
    const at = civilFromIso(iso, timezone);
    if (!at || weeks === 0) return iso;
    const moment = at.moment + weeks * WEEK;
    return at.hasTime ? formatInstant(moment, timezone) : formatDay(moment);
  };
  const dueAt = due === undefined ? null : civilFromIso(due, timezone);
  const isAhead = dueAt !== null && dueAt.moment >= (dueAt.hasTime ? today : startOfDay(today));
  return {
    ...rest,
    ...(rest.start !== undefined && { start: moved(rest.start) }),
    ...(rest.end !== undefined && { end: moved(rest.end) }),
    ...(rest.remind_at !== undefined && { remind_at: moved(rest.remind_at) }),
    ...(due !== undefined && isAhead && { due_date: due }),
  };
}
