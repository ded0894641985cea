import { isDeepStrictEqual } from 'node:util';
import type { Work } from '../outcome.ts';
import type { EventFilter } from '../ports.ts';
import { singular } from '../singular.ts';
import { originOf, type Meant } from './meant.ts';

/** How an event is looked for. */
export interface Search {
  /** Words of its title, place or people; none where only its time or kind was said. */
  text: string | undefined;
  people: readonly string[];
  /** Where it is now. */
  place: EventFilter | null;
}

/** Words that say that there are several, and name none of them. */
export const EACH_LEAD = /^(?:both|all|every|each)(?:\s+(?:of|single))*(?:\s+(?:my|the|our))?\s+(?=\S)/i;
const WEEK_MS = 6 * 86_400_000;

/** Whether a time is a week or longer: all of it are the days of a series that are in it. */
export const isWeek = ({ from, to }: EventFilter): boolean =>
  from !== undefined && to !== undefined && to.getTime() - from.getTime() >= WEEK_MS;

/**
 * Whether words that several events fit mean each of them: "my lunches", "every lunch this week", and of a series its days of
 * a whole week. A title that is a plural itself may be that of one of them.
 */
export function meansEach(work: Work, { text, place }: Search, items: readonly Meant[]): boolean {
  const { target } = work.slots;
  const said = target?.query?.trim() ?? '';
  if (/^both\s/i.test(said)) return items.length === 2;
  if (EACH_LEAD.test(said) || (target?.scope === 'all' && place !== null)) return true;
  const isPlural = text !== undefined && singular(text) !== text;
  const last = (text ?? '').split(/\s+/).at(-1)?.toLowerCase() ?? '';
  if (isPlural && !items.some(({ event }) => wordsOf(event.title).includes(last))) return true;
  const origins = new Set(items.map(({ event, day }) => (day ? originOf(event) : event.id)));
  return place !== null && isWeek(place) && origins.size === 1 && staysOnItsDay(work);
}

const wordsOf = (title: string): string[] => title.toLowerCase().split(/[^\p{L}\p{N}]+/u);

/** Several days do not go to one other day. */
export const staysOnItsDay = ({ slots, params, action }: Work): boolean =>
  action === 'cancel_event' ||
  ((slots.start === undefined || slots.start === params?.day_kept) &&
    (slots.date_range === undefined ||
      isDeepStrictEqual(slots.date_range, params?.where?.date_range ?? params?.was)));
