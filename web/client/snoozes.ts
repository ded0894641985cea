import { todayOf } from './format-value.ts';
import { addDays, instantAt, shifted } from './local-time.ts';

const MORNING = '09:00';

/**
 * The ways to put a reminder off: counted from the press, or from when it is to come where that is still ahead.
 *
 * @param due when it comes, as an instant
 */
export function snoozes(now: Date, due?: string): { label: string; at: () => string }[] {
  const isAhead = due !== undefined && Date.parse(due) > now.getTime();
  const inMinutes = (minutes: number) => () => shifted(isAhead ? due : new Date().toISOString(), minutes);
  const soon = [
    { label: '10 min', at: inMinutes(10) },
    { label: '1 h', at: inMinutes(60) },
  ];
  const morning = instantAt(addDays(todayOf(now), 1), MORNING);
  // Later is never earlier: what comes on another day goes to the day behind that.
  if (isAhead && Date.parse(morning) <= Date.parse(due))
    return [...soon, { label: '1 day', at: inMinutes(24 * 60) }];
  return [...soon, { label: 'Tomorrow', at: () => morning }];
}
