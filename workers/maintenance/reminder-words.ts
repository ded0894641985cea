import { DateTime } from 'luxon';
import type { Notice } from '../../contracts/frames.ts';
import type { DueReminder } from '../../db/reminder-firing.ts';

/** From here on it is said that it comes late. */
const LATE_MS = 2 * 60_000;

/** What somebody is told when a reminder is due. */
export function reminderNotice(id: string, { reminder, itemAt }: DueReminder, now: Date): Notice {
  const zone = reminder.timezone;
  const at = DateTime.fromISO(reminder.remind_at, { zone });
  const local = DateTime.fromJSDate(now, { zone });
  const item = itemAt && DateTime.fromJSDate(itemAt, { zone });
  const details = [
    item && (item.hasSame(local, 'day') ? `at ${item.toFormat('HH:mm')}` : sayDay(item)),
    now.getTime() - at.toMillis() > LATE_MS &&
      `this was for ${at.hasSame(local, 'day') ? at.toFormat('HH:mm') : sayDay(at)}`,
  ].filter(Boolean);
  return {
    notice_id: id,
    kind: 'reminder_due',
    text: `Reminder: ${reminder.title}${details.length > 0 ? ` (${details.join('; ')})` : ''}`,
    data: {
      reminder_id: reminder.id,
      title: reminder.title,
      remind_at: reminder.remind_at,
      item_kind: reminder.item_kind,
      item_id: reminder.item_id,
      repeats: reminder.recurrence !== null,
    },
    created_at: now.toISOString(),
  };
}

const sayDay = (at: DateTime): string => at.toFormat("cccc d LLLL 'at' HH:mm", { locale: 'en' });
