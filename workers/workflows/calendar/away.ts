import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { Work } from '../outcome.ts';
import { quote } from '../sentences.ts';
import { sayWhen } from './words.ts';

/** What a single day is called on which one is not there; a birthday is none. */
const AWAY =
  /\b(?:holidays?|vacations?|leave|away|off|abroad|trip|city\s+break|cruise|out\s+of\s+(?:the\s+)?office|out\s+of\s+town)\b/i;

/** Whether whole days are days away: several in a row, or one that is called so. */
export function isAway({ all_day: allDay, title, start, end, timezone: zone }: Event): boolean {
  if (!allDay) return false;
  const [from, to] = [start, end].map((at) => DateTime.fromISO(at, { zone }));
  return AWAY.test(title) || (from !== undefined && to !== undefined && to.diff(from, 'days').days > 1.5);
}

/** Days away leave room for whatever else is wanted, and are named. */
export function sayAway(away: readonly Event[], work: Work): string {
  const [first] = away;
  return first
    ? ` It is within ${quote(first.title)} (${sayWhen(first, work).replace(/, all day$/, '')}).`
    : '';
}
