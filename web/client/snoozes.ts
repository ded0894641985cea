import { todayOf } from './format-value.ts';
import { addDays, instantAt, shifted } from './local-time.ts';

const MORNING = '09:00';

/** The ways to put a reminder off; the moment is counted from the press. */
export function snoozes(now: Date): { label: string; at: () => string }[] {
  const inMinutes = (minutes: number) => () => shifted(new Date().toISOString(), minutes);
  return [
    { label: '10 min', at: inMinutes(10) },
    { label: '1 h', at: inMinutes(60) },
    { label: 'Tomorrow', at: () => instantAt(addDays(todayOf(now), 1), MORNING) },
  ];
}
