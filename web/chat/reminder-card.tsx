import { Bell, BellOff, BellRing, Check, Repeat } from 'lucide-react';
import type { Reminder } from '../../contracts/entities.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useNow } from '../app/now.ts';
import type { ReminderStore } from '../app/reminder-store.ts';
import { useStore } from '../app/store.ts';
import { formatDate, formatMinutes, snoozes, toLocal } from '../client/index.ts';
import { CHANGES } from './changes.ts';
import { useChatActions } from './chat-actions.ts';
import { useWanted } from './use-wanted.ts';

/** A reminder as it is now: done, or put off, with one press. */
export function ReminderCard({ data }: { data: Extract<Card, { kind: 'reminder' }>['data'] }) {
  const { reminder, change } = data;
  const { reminders } = useChatActions();
  useWanted(reminders, [reminder.id]);
  const state = useStore(reminders);
  const now = itemAsItIs(state, reminder);
  const gone = now.gone || (change === 'deleted' && !state.items.has(reminder.id));
  const tag = gone ? CHANGES.deleted : change === 'deleted' ? CHANGES.restored : CHANGES[change];
  return (
    <section
      className={`card card-column reminder-card ${gone ? 'gone' : ''}`}
      aria-label={`Reminder: ${now.item.title}`}
    >
      <header className="event-head">
        <ReminderLine reminder={now.item} gone={gone} />
        {tag !== null && <span className="card-tag">{tag}</span>}
      </header>
      {!gone && now.item.status !== 'done' && <ReminderActions reminder={now.item} store={reminders} />}
    </section>
  );
}

export function RemindersCard({ data }: { data: Extract<Card, { kind: 'reminders' }>['data'] }) {
  const { reminders: store } = useChatActions();
  useWanted(
    store,
    data.reminders.map(({ id }) => id),
  );
  const state = useStore(store);
  const hidden = data.total - data.reminders.length;
  return (
    <div className="card card-list">
      <h3>{data.title}</h3>
      <ol>
        {data.reminders.map((reminder) => {
          const { item, gone } = itemAsItIs(state, reminder);
          return (
            <li key={reminder.id}>
              <div className="reminder-item">
                <ReminderLine reminder={item} gone={gone} />
                {!gone && item.status !== 'done' && <ReminderActions reminder={item} store={store} />}
              </div>
            </li>
          );
        })}
      </ol>
      {hidden > 0 && <p className="card-more">and {hidden} more</p>}
    </div>
  );
}

function ReminderLine({ reminder, gone }: { reminder: Reminder; gone: boolean }) {
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

function ReminderActions({ reminder, store }: { reminder: Reminder; store: ReminderStore }) {
  const now = useNow();
  return (
    <div className="reminder-actions" role="group" aria-label={`What becomes of ${reminder.title}`}>
      <button
        type="button"
        className="button small"
        onClick={() => void store.patch(reminder, { status: 'done' })}
      >
        <Check size={14} aria-hidden /> Done
      </button>
      <span className="reminder-later">
        <span className="chip-label">Later:</span>
        {snoozes(now).map(({ label, at }) => (
          <button
            key={label}
            type="button"
            className="link quiet"
            aria-label={`Remind me later: ${label}`}
            onClick={() => void store.patch(reminder, { remind_at: at() })}
          >
            {label}
          </button>
        ))}
      </span>
    </div>
  );
}
