import { civilInZone, formatDay, formatInstant } from '../../nlu/time/civil.ts';
import { firstTimeOf } from '../../nlu/time/recurrence/first-time.ts';

/** The first time that an RRULE comes, from the reference on: a day, or an instant where it says the hour; null where it has none. */
export function firstTime(rule: string, zone: string, reference: Date): string | null {
  const first = firstTimeOf(rule, civilInZone(reference, zone));
  if (first === null) return null;
  return /(?:^|;)BYHOUR=/.test(rule) ? formatInstant(first, zone) : formatDay(first);
}
