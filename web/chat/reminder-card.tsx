import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useStore } from '../app/store.ts';
import { ReminderActions, ReminderLine } from '../today/reminder-parts.tsx';
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
