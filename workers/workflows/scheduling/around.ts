import type { Event } from '../../../contracts/entities.ts';
import type { Stretch } from '../free-time.ts';
import type { Work } from '../outcome.ts';

/** Whole days off leave no time for anything else; a birthday does. */
const OFF = /\b(?:off|holidays?|vacation|leave|sick|away)\b/i;

/** Whether nothing else can be done at the time of an event. */
export const takesTime = (event: Event): boolean =>
  (!event.all_day || OFF.test(event.title)) && Date.parse(event.end) > Date.parse(event.start);

export const stretchOf = ({ start, end }: { start: string; end: string }): Stretch => ({
  start: new Date(start),
  end: new Date(end),
});

export const overlap = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;

/** What takes time within a range, with the version of the calendar that was read. */
export async function calendarAround(
  { ports }: Work,
  range: { from: Date; to: Date },
): Promise<{ version: number; events: Event[] }> {
  const { version, events } = await ports.events.around(range);
  return { version, events: events.filter(takesTime) };
}
