import { DateTime } from 'luxon';
import type { Reminder } from '../../contracts/entities.ts';
import { nextOccurrence } from '../../db/occurrences.ts';
import { daysAfter } from './item-reminders.ts';
import type { Ports } from './ports.ts';
import { putOff } from './reminder-fields.ts';

/**
 * What "done" makes of a reminder, as columns. One that repeats is done for this time and comes the next; after the last
 * it is over. What was told and is nearer than its next time was that one, so that nothing is left to change: null.
 *
 * @param clock.reference the instant that "today" counts from
 */
export async function doneForNow(
  ports: Pick<Ports, 'events' | 'receipts'>,
  reminder: Reminder,
  { now, reference }: { now: Date; reference: Date },
): Promise<Record<string, unknown> | null> {
  const over = { status: 'done', updated_at: now.toISOString() };
  if (reminder.recurrence === null) return over;
  if (!isThisTime(reminder, reference)) return null;
  // Its moment is told to the second.
  const from = new Date(Math.max(Date.parse(reminder.remind_at) + 999, reference.getTime()));
  const next = await nextTime(ports, reminder, from);
  return next ? putOff(next, now) : over;
}

/** Whether the time that is to come is the one that is meant: today's, unless it was just told of the one before. */
function isThisTime({ remind_at, fired_at, timezone: zone }: Reminder, reference: Date): boolean {
  const [at, now] = [DateTime.fromISO(remind_at, { zone }), DateTime.fromJSDate(reference, { zone })];
  if (at.startOf('day') > now.startOf('day')) return false;
  if (fired_at === null) return true;
  const told = DateTime.fromISO(fired_at, { zone });
  return !told.hasSame(now, 'day') || +now - +told > +at - +now;
}

async function nextTime(
  { events, receipts }: Pick<Ports, 'events' | 'receipts'>,
  { id, recurrence, item_kind, item_id, before_minutes: before, timezone }: Reminder,
  from: Date,
): Promise<Date | null> {
  if (item_kind === 'event' && item_id !== null && before !== null) {
    const leadMs = before * 60_000;
    const day = (await daysAfter({ events }, item_id))?.(new Date(from.getTime() + leadMs)) ?? null;
    return day && new Date(day.getTime() - leadMs);
  }
  const start = (await receipts.rows([id])).get(id)?.['series_start'];
  const series = {
    start: typeof start === 'string' ? new Date(start) : from,
    timezone,
    recurrence: recurrence ?? '',
  };
  return nextOccurrence(series, from);
}
