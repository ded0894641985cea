import type { Event } from '../../../contracts/entities.ts';
import { lastOfKind } from '../../../contracts/last-spoken.ts';
import type { DateRange, Target } from '../../../contracts/slots.ts';
import { occurrencesOf } from '../../../db/occurrences.ts';
import type { Work } from '../outcome.ts';
import { quote } from '../sentences.ts';
import { isWeek, staysOnItsDay } from './each-meant.ts';
import { nextDay, onDay, seriesOf, type Meant } from './meant.ts';
import { sayRange } from '../say-range.ts';
import { sayWhen } from './words.ts';

/** "The one on the 1st" is that one, whatever was spoken of last. */
const ONE = /\b(?:the|that|this)\s+ones?\b/i;

export const saysOne = (words: string): boolean => ONE.test(words);

/**
 * What is meant by "it", "the one on december 1st" where a day is said beside: of the series spoken of last that day, and
 * not its next one; else what is there, where words point at it.
 *
 * @returns null where the day says nothing of which is meant
 */
export async function spokenThere(
  work: Work,
  place: { from?: Date | undefined; to?: Date | undefined },
): Promise<Meant[] | null> {
  const { context, ports, words, reference } = work;
  const last = lastOfKind(context, 'event');
  const spoken = await spokenEvent(work);
  const from = place.from ?? reference;
  const there = await ports.events.within({ ...place, from });
  const own = there.filter(({ id, title }) => id === spoken?.id || title === (spoken ?? last)?.title);
  const begins = own.filter(({ start }) => new Date(start) >= from);
  const [first] = begins.length > 0 ? begins : own;
  const isOne = saysOne(words);
  // All of a week are its days in it, unless they go to another day.
  if (!isOne && spoken?.recurrence && isWeek({ ...place, from }) && staysOnItsDay(work))
    return begins.map(asMeant);
  // A day of it that was changed by itself, or a part of it that was, is still one of it.
  if (first && (spoken?.recurrence || isOne)) return [asMeant(first)];
  if (!isOne) return spoken?.recurrence ? [] : null;
  return there.filter(({ start }) => new Date(start) >= from).map(asMeant);
}

/** The event spoken of last; its series, where more is meant than the day that was changed by itself. */
async function spokenEvent({ context, ports, slots }: Work): Promise<Event | null> {
  const last = lastOfKind(context, 'event');
  const event = last?.kind === 'event' ? await ports.events.find(last.id) : null;
  return event && wholeSeries(event, slots.target?.scope, ports);
}

/** "All following ones", said after a day of a series was moved, is about the series and not about that day. */
export async function wholeSeries(
  event: Event,
  scope: Target['scope'],
  { events }: Pick<Work['ports'], 'events'>,
): Promise<Event> {
  if (event.recurrence !== null || event.series_id === null || scope === undefined || scope === 'this')
    return event;
  const series = await events.find(event.series_id);
  return series?.recurrence ? series : event;
}

/** When the series spoken of last comes, where a day was said that it does not come on; null where none was spoken of. */
export async function nextOfSpoken(work: Work, place: DateRange | undefined): Promise<string | null> {
  const spoken = await spokenEvent(work);
  if (!spoken?.recurrence) return null;
  const none = `There is nothing called ${quote(spoken.title)} ${place ? sayRange(place, work) : 'then'}`;
  const next = nextDay(spoken, work.reference);
  return next ? `${none}: it comes next on ${sayWhen(next, work)}.` : `${none}, and does not come any more.`;
}

const asMeant = (event: Event): Meant => ({ event, day: event.recurrence === null ? null : event });

/** The day of a series that begins then; where none does, the first one after. */
export function dayFrom(event: Event, start: Date): Event {
  const exact = occurrencesOf(seriesOf(event), { from: start, to: new Date(start.getTime() + 1) }, 1);
  return (exact.length > 0 ? null : nextDay(event, start)) ?? onDay(event, start);
}
