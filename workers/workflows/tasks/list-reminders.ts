import { DateTime } from 'luxon';
import type { Reminder } from '../../../contracts/entities.ts';
import { occurrencesOf } from '../../../db/occurrences.ts';
import { done, type Handler, type Work } from '../outcome.ts';
import { localTo } from '../reminder-fields.ts';
import { count } from '../sentences.ts';
import { sayReminder } from './find-reminder.ts';

const LOOKED_MAX = 200;
const SHOWN_MAX = 50;
const SPOKEN_MAX = 10;
/** What was told longer ago and never answered is no news any more. */
const TOLD_SHOWN_MS = 24 * 3_600_000;

/** Those to come, and those told in the last day that nobody has answered. */
export const listReminders: Handler = async (work) => {
  const range = rangeOf(work);
  const text = work.slots.query
    ?.replace(/^(?:(?:my|the|all)\s+)*reminders?\s+(?:about|for|to|of|on)\s+/i, '')
    .replace(/^(?:the|my|an?)\s+/i, '');
  const { reminders } = await work.ports.reminders.list({ status: ['scheduled', 'fired'], text }, LOOKED_MAX);
  const waiting = reminders
    .filter(
      ({ status, fired_at }) =>
        status === 'scheduled' || work.now.getTime() - Date.parse(fired_at ?? '') < TOLD_SHOWN_MS,
    )
    .flatMap((reminder) => inRange(reminder, range))
    .toSorted((a, b) => Date.parse(a.remind_at) - Date.parse(b.remind_at));
  const total = waiting.length;
  const narrowed = range !== null || text !== undefined;
  if (total === 0) {
    return done({
      reply: narrowed
        ? 'No reminders match that.'
        : 'You have no reminders. Say "remind me to call mom at 5pm", and I will.',
      executionResult: { total },
    });
  }
  const lines = waiting
    .slice(0, SPOKEN_MAX)
    .map((reminder, index) => `${index + 1}. ${sayReminder(reminder, work)}`);
  const more = total > SPOKEN_MAX ? [`… and ${total - SPOKEN_MAX} more.`] : [];
  const title = `${count(total, 'reminder')}${narrowed ? ' like that' : ''}`;
  const shown = waiting.slice(0, SHOWN_MAX);
  return done({
    reply: [`You have ${title}:`, ...lines, ...more].join('\n'),
    cards: [{ kind: 'reminders', data: { reminders: shown, total, title } }],
    executionResult: { total, reminder_ids: shown.map(({ id }) => id) },
    shown: shown.map(({ id, title: name }) => ({ kind: 'reminder', id, title: name })),
  });
};

function rangeOf({ slots, timezone: zone }: Work): { from: Date; to: Date } | null {
  const { date_range: range } = slots;
  if (!range) return null;
  const at = (value: string | undefined, otherwise: number): Date =>
    value === undefined ? new Date(otherwise) : DateTime.fromISO(value, { zone }).toJSDate();
  return { from: at(range.start, 0), to: at(range.end, 8.64e15) };
}

/** The reminder with the first time that it comes in the range; one that repeats may come there later than next. */
function inRange(reminder: Reminder, range: { from: Date; to: Date } | null): Reminder[] {
  const at = new Date(reminder.remind_at);
  if (!range || (at >= range.from && at < range.to)) return [reminder];
  const { recurrence, timezone } = reminder;
  if (recurrence === null || at >= range.to) return [];
  const [first] = occurrencesOf({ start: at, timezone, recurrence }, range, 1);
  return first ? [{ ...reminder, remind_at: localTo(first, timezone) }] : [];
}
