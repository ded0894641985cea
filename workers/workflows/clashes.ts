import type { Event } from '../../contracts/entities.ts';

/** Two events at the same time. */
export interface Clash {
  first: Event;
  second: Event;
}

/** Whether an event takes its hours: whole days do not, nor does what has no length. */
export const takesTime = ({ all_day, start, end }: Event): boolean =>
  !all_day && Date.parse(start) < Date.parse(end);

/** Pairs that overlap, of events in order of their start; `most` of them at most. */
export function clashesIn(events: readonly Event[], most: number): Clash[] {
  const timed = events.filter(takesTime);
  const pairs: Clash[] = [];
  for (const [index, first] of timed.entries()) {
    const end = Date.parse(first.end);
    for (const second of timed.slice(index + 1)) {
      if (Date.parse(second.start) >= end) break;
      pairs.push({ first, second });
      if (pairs.length === most) return pairs;
    }
  }
  return pairs;
}
