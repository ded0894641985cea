import { DateTime } from 'luxon';
import { EVENT_GAP_MINUTES, leastMinutesBetween } from '../../../contracts/recurrence.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';

/** Refuses what would fill the calendar: a series that comes every minute. */
export function refuseOften({ slots }: Work): Step | null {
  if (slots.recurrence === undefined || leastMinutesBetween(slots.recurrence) >= EVENT_GAP_MINUTES)
    return null;
  const message =
    `That would be too often for a calendar: an event comes every ${EVENT_GAP_MINUTES} minutes at most. ` +
    'For less I can remind you: say for example "remind me every 10 minutes to stretch".';
  return done({ reply: message, decision: 'REFUSE', refused: { code: 'feature_unavailable', message } });
}

/** Asks for the end of what would last longer than a year. */
export function askShorter({ start, end }: { start?: string; end?: string }): Step | null {
  if (start === undefined || end === undefined) return null;
  const [from, to] = [DateTime.fromISO(start), DateTime.fromISO(end)];
  if (to <= from.plus({ years: 1 })) return null;
  return ask({ slot: 'end', question: 'An event lasts a year at most. When does it end?' });
}
