import { Bell, BellOff, BellRing, Check, Repeat } from 'lucide-react';
import type { Reminder } from '../../contracts/entities.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import type { ReminderPatch } from '../../contracts/requests.ts';
import { useNow } from '../app/now.ts';
import type { ReminderStore } from '../app/reminder-store.ts';
import { formatDate, formatMinutes, snoozes, toLocal } from '../client/index.ts';

/** What it reminds of, when, and how it stands. */
export function ReminderLine({ reminder, gone }: { reminder: Reminder; gone: boolean }) {
  const now = useNow();
  const { title, status, remind_at: at, recurrence, before_minutes: before, item_kind: kind } = reminder;
  const Icon = gone || status === 'done' ? BellOff : status === 'fired' ? BellRing : Bell;
  const over = gone || status === 'done';
  return (
    <div className={`reminder-line ${over ? 'over' : ''} ${status}`}>
      <Icon size={16} aria-hidden />
      <div>
        <p className="reminder-title">{title}</p>
        <div className="details">
          <span className="detail">
            {status === 'done'
              ? 'done'
              : status === 'fired'
                ? `due since ${formatDate(toLocal(at), now)}`
                : formatDate(toLocal(at), now)}
          </span>
          {before !== null && kind !== null && (
            <span className="detail">
              {before === 0 ? `when the ${kind} is due` : `${formatMinutes(before)} before the ${kind}`}
            </span>
          )}
          {recurrence !== null && (
            <span className="detail">
              <Repeat size={13} aria-hidden />
              {sayRecurrence(recurrence)}
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

interface ReminderActionsProps {
  reminder: Reminder;
  store: ReminderStore;
  /** It was answered here, and that is on its way to the server. */
  onChange?: () => void;
}

/** Done, or later. */
export function ReminderActions({ reminder, store, onChange }: ReminderActionsProps) {
  const now = useNow();
  const answer = (patch: ReminderPatch): void => {
    void store.patch(reminder, patch);
    onChange?.();
  };
  return (
    <div className="reminder-actions" role="group" aria-label={`What becomes of ${reminder.title}`}>
      <button type="button" className="button small" onClick={() => answer({ status: 'done' })}>
        <Check size={14} aria-hidden /> Done
      </button>
      <span className="reminder-later">
        <span className="chip-label">Later:</span>
        {snoozes(now, reminder.remind_at).map(({ label, at }) => (
          <button
            key={label}
            type="button"
            className="link quiet"
            aria-label={`Remind me later: ${label}`}
            onClick={() => answer({ remind_at: at() })}
          >
            {label}
          </button>
        ))}
      </span>
    </div>
  );
}
