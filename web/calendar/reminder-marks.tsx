import { Bell, BellRing } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Reminder } from '../../contracts/entities.ts';
import { dayOf, timeOf } from '../client/index.ts';
import { layOut } from './day-layout.ts';
import { y } from './grid-scale.ts';
import { keptAt } from './use-kept-focus.ts';

/** Those that still have something to say, in order. */
export const remindersOn = (reminders: Iterable<Reminder>, day: string): Reminder[] =>
  [...reminders]
    .filter(({ status, remind_at: at }) => status !== 'done' && dayOf(at) === day)
    .sort((a, b) => Date.parse(a.remind_at) - Date.parse(b.remind_at));

/** What keeps the focus at a reminder, and what a list knows it by. */
export const placeOf = ({ id, remind_at: start }: Reminder) => ({ id, start });

interface ReminderMarksProps {
  day: string;
  reminders: Iterable<Reminder>;
  onOpen: (reminder: Reminder) => void;
}

/** The reminders of a day as small marks over its hours, beside each other where they would cover one another. */
export function ReminderMarks({ day, reminders, onOpen }: ReminderMarksProps) {
  const moments = remindersOn(reminders, day).map((reminder) => ({
    reminder,
    start: reminder.remind_at,
    end: reminder.remind_at,
  }));
  return layOut(moments, day).map(({ item: { reminder }, from, column, columns }) => (
    <li
      key={reminder.id}
      className="grid-reminder"
      // Custom properties have no types of their own.
      style={{ top: y(from), '--column': column, '--columns': columns } as CSSProperties}
    >
      <ReminderMark reminder={reminder} onOpen={() => onOpen(reminder)} />
    </li>
  ));
}

function ReminderMark({ reminder, onOpen }: { reminder: Reminder; onOpen: () => void }) {
  const { title, status, remind_at: at } = reminder;
  const Icon = status === 'fired' ? BellRing : Bell;
  const name = `Reminder, ${timeOf(at)}: ${title}`;
  return (
    <button
      type="button"
      className={`reminder-mark ${status}`}
      aria-label={name}
      title={name}
      {...keptAt(placeOf(reminder))}
      onClick={onOpen}
    >
      <Icon size={13} aria-hidden />
      <span className="reminder-mark-title">{title}</span>
    </button>
  );
}
