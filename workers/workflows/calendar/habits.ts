import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { mealClock } from '../known-facts.ts';
import type { Work } from '../outcome.ts';
import { sayLength } from '../sentences.ts';

/** What events of one name mostly are; null where the last ones do not agree, or it is as it would be anyway. */
export interface Habit {
  minutes: number | null;
  location: string | null;
  /** The hour of the day that they begin at, as `HH:mm`, and how that is known. */
  hour: { clock: string; why: string } | null;
}

/** The last ones that are looked at, and how many of them have to agree. */
const LOOKED_AT = 3;
const AGREEING = 2;

/** How events of this name have been, where the user wants that to be remembered. */
export async function habitOf(work: Work, title: string): Promise<Habit | null> {
  if (!work.remembers) return null;
  const [last, settings] = await Promise.all([
    work.ports.events.namesakes(title, LOOKED_AT),
    work.ports.settings.read(),
  ]);
  const timed = last.filter((event) => !event.all_day);
  const hour = usual(
    timed.map(({ start }) => DateTime.fromISO(start, { zone: work.timezone }).toFormat('HH:mm')),
  );
  const minutes = usual(timed.map(minutesOf));
  const told = hour === null ? await mealClock(work, title) : null;
  const asTold = told === null ? null : { clock: told, why: 'as you told me' };
  return {
    minutes: minutes === settings.event_minutes ? null : minutes,
    location: usual(last.map(({ location }) => location)),
    hour: hour === null ? asTold : { clock: hour, why: 'as the last times' },
  };
}

const minutesOf = ({ start, end }: Event): number =>
  Math.round((Date.parse(end) - Date.parse(start)) / 60_000);

/** What most of them are, if it is more than one. */
function usual<T extends string | number>(values: readonly (T | null)[]): T | null {
  const found = values.find(
    (value) => value !== null && values.filter((other) => other === value).length >= AGREEING,
  );
  return found ?? null;
}

/** Why something is as it was not said: " 90 minutes at Main Street, as the last times." */
export function sayHabit(taken: { minutes: number | null; location: string | null }): string {
  const parts = [
    taken.minutes === null ? '' : sayLength(taken.minutes),
    taken.location === null ? '' : `at ${taken.location}`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` I took ${parts.join(' ')} from the last times.`;
}
