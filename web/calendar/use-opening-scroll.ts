import { useLayoutEffect, useRef, type RefObject } from 'react';
import type { Event } from '../../contracts/entities.ts';
import { dayOf, minutesOfDay, timeOf } from '../client/index.ts';
import { y } from './grid-scale.ts';

interface Opening {
  days: readonly string[];
  /** What has its hours among them; null until it was read. */
  events: readonly Event[] | null;
  /** When the working day begins, in minutes; null until it was read. */
  morning: number | null;
  now: Date;
}

const BEFORE_MINUTES = 60;
const MORNING = 8 * 60;
/** Room for the number of the hour, which stands on its line. */
const ABOVE_PX = 10;

/**
 * Hours open with the first event in sight, and with an hour before work begins and before now. Whoever then goes to other
 * days stays where they are in them, unless something would begin out of sight above.
 */
export function useOpeningScroll(
  scroller: RefObject<HTMLElement | null>,
  { days, events, morning, now }: Opening,
): void {
  const opened = useRef(false);
  const known = events !== null && morning !== null;
  useLayoutEffect(() => {
    const place = scroller.current;
    if (!place) return;
    const begins = (events ?? [])
      .filter(({ start }) => days.includes(dayOf(start)))
      .map(({ start }) => minutesOfDay(timeOf(start)));
    const top = (minutes: readonly number[]): number => Math.max(0, y(Math.min(...minutes)) - ABOVE_PX);
    if (opened.current) {
      if (begins.length > 0 && top(begins) < place.scrollTop) place.scrollTo({ top: top(begins) });
      return;
    }
    opened.current = known;
    const [today, time] = [dayOf(now.toISOString()), timeOf(now.toISOString())];
    const present = days.includes(today) ? [minutesOfDay(time) - BEFORE_MINUTES] : [];
    place.scrollTo({ top: top([...begins, (morning ?? MORNING) - BEFORE_MINUTES, ...present]) });
    // oxlint-disable-next-line react/exhaustive-deps -- once for other days, not for each event that is added to them
  }, [days.join(), known]);
}
