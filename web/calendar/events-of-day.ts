import type { Event } from '../../contracts/entities.ts';
import { addDays, daysOfEvent, minutesOn } from '../client/index.ts';
import { DAY_MINUTES } from './grid-scale.ts';

/** What lasts a day or longer stands with the whole days. */
export const isWhole = (event: Event): boolean =>
  event.all_day || Date.parse(event.end) - Date.parse(event.start) >= DAY_MINUTES * 60_000;

export const isOn = (event: Event, day: string): boolean => {
  if (!event.all_day) return minutesOn(day, event) !== null;
  const { first, last } = daysOfEvent(event);
  return first <= day && day < addDays(last, 1);
};
