import { DateTime } from 'luxon';
import { inNearestMonth } from '../../contracts/nearest-month.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Work } from './outcome.ts';

const ISO_DAY = 'yyyy-MM-dd';

/** A change as it is meant of an item: "to the 25th" is in the month nearest to where the item is. */
export function withItsMonth(work: Work, itemStart: string | null): Work {
  const { slots, params, timezone: zone, reference } = work;
  const said = slots.due_date ?? slots.start ?? slots.date_range?.start;
  if (!params?.month_kept || said === undefined || itemStart === null) return work;
  const day = DateTime.fromISO(said, { zone });
  const item = DateTime.fromISO(itemStart, { zone }).toFormat(ISO_DAY);
  const today = DateTime.fromJSDate(reference, { zone }).toFormat(ISO_DAY);
  const near = DateTime.fromISO(inNearestMonth(day.toFormat(ISO_DAY), { item, today }), { zone });
  const days = Math.round(near.diff(day.startOf('day'), 'days').days);
  return days === 0 ? work : { ...work, slots: { ...slots, ...movedBy(slots, days, zone) } };
}

function movedBy({ due_date, start, end, date_range: range }: Slots, days: number, zone: string): Slots {
  const moved = <Said extends string | undefined>(at: Said): Said | string => {
    if (at === undefined) return at;
    const to = DateTime.fromISO(at, { zone }).plus({ days });
    return at.length === ISO_DAY.length
      ? to.toFormat(ISO_DAY)
      : (to.toISO({ suppressMilliseconds: true }) ?? at);
  };
  return {
    ...(due_date !== undefined && { due_date: moved(due_date) }),
    ...(start !== undefined && { start: moved(start) }),
    ...(end !== undefined && { end: moved(end) }),
    ...(range && {
      date_range: {
        ...(range.start !== undefined && { start: moved(range.start) }),
        ...(range.end !== undefined && { end: moved(range.end) }),
      },
    }),
  };
}
