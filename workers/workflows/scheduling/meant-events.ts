import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { refuse, resolveItems } from '../references.ts';
import { quote } from '../sentences.ts';
import { sayTimes } from './when.ts';
import { stretchOf } from './around.ts';

/** As far ahead as the next day of a series is looked for. */
const AHEAD_DAYS = 366;

/** The events that are to get new times: single ones, and of a series the day that is meant. */
export async function meantEvents(
  work: Work,
  /** Where they are now, as far as that was said. */
  source: { from: Date; to: Date } | null,
): Promise<{ events: Event[] } | { step: Step }> {
  const { ports, reference, timezone, slots } = work;
  const { events: reader } = ports;
  const from = source?.from ?? reference;
  const to = source?.to ?? DateTime.fromJSDate(from).plus({ days: AHEAD_DAYS }).toJSDate();
  /** The day of a series that comes next, or the one that was said. */
  const dayOf = async (event: Event): Promise<Event> => {
    if (event.recurrence === null) return event;
    const days = await reader.within({ from, to });
    return days.find(({ id }) => id === event.id) ?? event;
  };
  const select = async (limit: number): Promise<{ items: Event[]; total: number }> => {
    const end = source?.to ?? DateTime.fromJSDate(reference, { zone: timezone }).endOf('day').toJSDate();
    const found = await reader.within({ from, to: end, participants: slots.participants });
    // What has begun or takes the whole day is left where it is.
    const items = found.filter((event) => !event.all_day && Date.parse(event.start) >= reference.getTime());
    return { items: items.slice(0, limit), total: items.length };
  };
  const found = await resolveItems<Event>(
    work,
    {
      kind: 'event',
      noun: 'event',
      find: async (id, start) => {
        const event = await reader.find(id);
        if (!event || start === undefined) return event && dayOf(event);
        const at = new Date(start);
        const days = await reader.within({ from: at, to: new Date(at.getTime() + 1) });
        return days.find((day) => day.id === id && Date.parse(day.start) === at.getTime()) ?? null;
      },
      last: async () => {
        const event = await reader.last();
        return event && dayOf(event);
      },
      match: async (words, limit) => {
        const { events, grade } = await reader.match(words, limit);
        const days = await Promise.all(events.map(dayOf));
        const there = source ? days.filter((day) => overlaps(day, source)) : days;
        return { items: there, grade };
      },
      select,
      narrowed: false,
      usual: (event) => Date.parse(event.end) > reference.getTime(),
      offered: async (limit) => (await select(limit)).items,
      labels: (events) =>
        events.map((event) => `${event.title}, ${sayTimes(stretchOf(event), timezone, reference)}`),
      idOf: ({ id }) => id,
      startOf: ({ recurrence, start }) => (recurrence === null ? undefined : start),
      careful: false,
      none: 'There is nothing in your calendar to move.',
    },
    'reschedule',
  );
  if ('step' in found) return { step: (await asTask(work, found.step)) ?? found.step };
  const events = found.items.filter((event) => !event.all_day);
  if (events.length === 0)
    return refuse('That takes the whole day. Say which day it should be, for example "move it to friday".');
  return { events };
}

const overlaps = ({ start, end }: Event, { from, to }: { from: Date; to: Date }): boolean =>
  Date.parse(start) < to.getTime() && Date.parse(end) > from.getTime();

/** What is no event may be a task, whose day is changed in other words. */
async function asTask({ ports, slots }: Work, step: Step): Promise<Step | null> {
  const query = slots.target?.query;
  const missing = 'done' in step && step.done.refused?.code === 'not_found';
  if (!missing || query === undefined) return null;
  const { tasks, grade } = await ports.tasks.match(query, 1);
  const [task] = tasks;
  if (!task || grade !== 'whole') return null;
  const reply = `${quote(task.title)} is a task without a time in your calendar. Say "move ${task.title} to friday" to change when it is due, or "plan my week" to find time for it.`;
  return done({ reply, decision: 'REFUSE', refused: { code: 'not_found', message: reply } });
}

/** The instants of a range of days or times that was said. */
export function instantsOf(range: DateRange, zone: string, reference: Date): { from: Date; to: Date } {
  const at = (value: string): Date => DateTime.fromISO(value, { zone }).toJSDate();
  const from = range.start === undefined ? reference : at(range.start);
  const to =
    range.end === undefined ? DateTime.fromJSDate(from, { zone }).endOf('day').toJSDate() : at(range.end);
  return { from, to };
}
