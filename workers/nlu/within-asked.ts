import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Continuation, Entity } from '../../contracts/nlu.ts';
import { dateRange, type DateRange, type Slots } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { civilFromIso, DAY, formatDay, formatInstant } from './time/civil.ts';

/** A weekday by its name alone, with or without a part of it. */
const WEEKDAY = /^(?:on\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b/;
const WEEK = 7 * DAY;

/** "Friday next week" says which one it is. */
const WHICH = /\b(?:next|this|last|following|coming|weeks?|\d{1,2}(?:st|nd|rd|th))\b/;

export const isWeekdayAlone = (words: string): boolean =>
  WEEKDAY.test(words.toLowerCase()) && !WHICH.test(words.toLowerCase());

/** What was read of a second message, and what it goes on with. */
interface Read {
  continuation: Continuation;
  entities: Entity[];
  question: OpenQuestion | null;
  corrects?: { known: Slots };
}

/** "Thursday is better" to times that were looked for next week means the thursday of that week. */
export function withinAsked<T extends Read>(continued: T, { timezone }: Pick<Draft, 'timezone'>): T {
  const { continuation, corrects, entities, question } = continued;
  const asked = (corrects?.known ?? question?.slots)?.date_range;
  const said = entities.find(({ slot }) => slot === 'date_range');
  if (!('slots' in continuation) || !asked || !said) return continued;
  const range = isWeekdayAlone(said.text) ? dateRange.safeParse(said.value).data : undefined;
  const there = range && insideOf(range, asked, timezone);
  if (!there) return continued;
  const readings = [{ value: there, reason: 'in the days that were asked about' }];
  return {
    ...continued,
    continuation: { ...continuation, slots: { ...continuation.slots, date_range: there } },
    entities: entities.map((entity) => (entity === said ? { ...entity, value: there, readings } : entity)),
  };
}

/** The stretch moved by whole weeks into another; null where it is there already, or never is. */
export function insideOf(range: DateRange, asked: DateRange, zone: string): DateRange | null {
  const [start, end, from, to] = [range.start, range.end, asked.start, asked.end].map((at) =>
    at === undefined ? null : civilFromIso(at, zone),
  );
  if (!start || !end || !from || !to || (start.moment >= from.moment && start.moment < to.moment))
    return null;
  const weeks = Math.ceil((from.moment - start.moment) / WEEK) * WEEK;
  const moved = start.moment + weeks;
  if (moved >= to.moment) return null;
  const at = ({ hasTime }: { hasTime: boolean }, moment: number): string =>
    hasTime ? formatInstant(moment, zone) : formatDay(moment);
  return { start: at(start, moved), end: at(end, end.moment + weeks) };
}
