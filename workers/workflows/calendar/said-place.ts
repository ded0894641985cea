import type { Event } from '../../../contracts/entities.ts';
import { lastOfKind } from '../../../contracts/last-spoken.ts';
import { occurrencesOf } from '../../../db/occurrences.ts';
import type { Work } from '../outcome.ts';
import { nextDay, onDay, seriesOf, type Meant } from './meant.ts';

/** "The one on the 1st" is that one, whatever was spoken of last. */
const ONE = /\b(?:the|that|this)\s+ones?\b/i;

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
  const spoken = last?.kind === 'event' ? await ports.events.find(last.id) : null;
  const from = place.from ?? reference;
  const there = await ports.events.within({ ...place, from });
  const own = there.filter(({ id, title }) => id === spoken?.id || title === (spoken ?? last)?.title);
  const begins = own.filter(({ start }) => new Date(start) >= from);
  const [first] = begins.length > 0 ? begins : own;
  const isOne = ONE.test(words);
  // A day of it that was changed by itself, or a part of it that was, is still one of it.
  if (first && (spoken?.recurrence || isOne)) return [asMeant(first)];
  if (!isOne) return spoken?.recurrence ? [] : null;
  return there.filter(({ start }) => new Date(start) >= from).map(asMeant);
}

const asMeant = (event: Event): Meant => ({ event, day: event.recurrence === null ? null : event });

/** The day of a series that begins then; where none does, the first one after. */
export function dayFrom(event: Event, start: Date): Event {
  const exact = occurrencesOf(seriesOf(event), { from: start, to: new Date(start.getTime() + 1) }, 1);
  return (exact.length > 0 ? null : nextDay(event, start)) ?? onDay(event, start);
}
