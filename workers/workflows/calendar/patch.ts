import type { Event } from '../../../contracts/entities.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import { withItsMonth } from '../its-month.ts';
import { withNote } from '../notes.ts';
import type { Work } from '../outcome.ts';
import { namesWhich } from './find.ts';
import { newTimes } from './new-times.ts';
import { firstStart, withoutHour } from './rule.ts';
import { zoneSaid } from './said-zone.ts';

/** What changes of an event, or of one day of a series. */
export async function patchFor(said: Work, event: Event): Promise<EventPatch> {
  const work = withItsMonth(said, event.start);
  const { slots, params, timezone } = work;
  const cleared = params?.clear ?? [];
  const recurrence = cleared.includes('recurrence')
    ? null
    : slots.recurrence === undefined
      ? undefined
      : withoutHour(slots.recurrence);
  const location = cleared.includes('location') ? null : slots.location;
  const participants = guestsAfter(work, event);
  const times = (await newTimes(work, event)) ?? undefined;
  const there = times && !times.all_day ? zoneSaid(work.words) : null;
  return {
    ...(slots.title !== undefined && slots.title !== event.title && { title: slots.title }),
    ...(location !== undefined && location !== event.location && { location }),
    ...(params?.note && { notes: withNote(event.notes, params.note) }),
    ...(participants && { participants }),
    ...(recurrence !== undefined && recurrence !== event.recurrence && { recurrence }),
    ...aligned(event, times, recurrence, timezone),
    ...(there && there !== event.timezone && { timezone: there }),
  };
}

type NewTimes = Pick<EventPatch, 'start' | 'end' | 'all_day'>;

/** What is to repeat begins on a day that its rule has. */
function aligned(
  event: Event,
  times: NewTimes | undefined,
  rule: string | null | undefined,
  zone: string,
): NewTimes {
  const start = times?.start ?? event.start;
  if (!rule) return times ?? {};
  const first = firstStart(rule, new Date(start), zone);
  const laterMs = first.getTime() - Date.parse(start);
  if (laterMs === 0) return times ?? {};
  const end = Date.parse(times?.end ?? event.end) + laterMs;
  return { ...times, start: first.toISOString(), end: new Date(end).toISOString() };
}

/** Who is to come: whoever is named is added, unless the name only says which event is meant. */
function guestsAfter(work: Work, event: Event): string[] | null {
  const gone = new Set(work.params?.uninvite?.map((name) => name.toLowerCase()));
  const isGone = (name: string): boolean =>
    [...gone].some((one) => name.toLowerCase() === one || name.toLowerCase().startsWith(`${one} `));
  const added = (work.slots.participants ?? []).filter(
    (name) => !gone.has(name.toLowerCase()) && !namesWhich(work, name),
  );
  const known = new Set(event.participants.map((name) => name.toLowerCase()));
  const after = [
    ...event.participants.filter((name) => !isGone(name)),
    ...added.filter((name) => !known.has(name.toLowerCase())),
  ];
  return after.length === event.participants.length && added.every((name) => known.has(name.toLowerCase()))
    ? null
    : after;
}
