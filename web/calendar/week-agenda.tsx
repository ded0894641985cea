import '../styles/agenda.css';
import { Bell, BellRing, Plus } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { Event, Reminder } from '../../contracts/entities.ts';
import type { EventStore } from '../app/event-store.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { sayTimes, timeOf, todayOf } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { isOn, isWhole } from './events-of-day.ts';
import { longDay } from './grid-scale.ts';
import { placeOf, remindersOn } from './reminder-marks.tsx';
import { keptAt } from './use-kept-focus.ts';

interface WeekAgendaProps {
  days: readonly string[];
  /** Null until they were read. */
  events: readonly Event[] | null;
  reminders: readonly Reminder[];
  store: EventStore;
  onDay: (day: string) => void;
  onOpen: (event: Event) => void;
  onReminder: (reminder: Reminder) => void;
  onAdd: (day: string) => void;
}

/** The days of a week below each other, where there is no room for their hours side by side. */
export function WeekAgenda({ days, events, reminders, onAdd, ...props }: WeekAgendaProps) {
  const today = todayOf(useNow());
  const scroller = useRef<HTMLDivElement>(null);
  const known = events !== null;
  useLayoutEffect(() => {
    const place =
      scroller.current?.querySelector(`[data-day="${today}"]`) ?? scroller.current?.firstElementChild;
    place?.scrollIntoView({ block: 'start' });
    // oxlint-disable-next-line react/exhaustive-deps -- once for other days, not when midnight goes by
  }, [days.join(), known]);
  return (
    <div className="agenda" ref={scroller} tabIndex={0} role="region" aria-label="Days">
      {days.map((day) => (
        <AgendaDay
          key={day}
          day={day}
          isToday={day === today}
          events={events?.filter((event) => isOn(event, day)) ?? []}
          reminders={remindersOn(reminders, day)}
          onAdd={() => onAdd(day)}
          {...props}
        />
      ))}
    </div>
  );
}

interface AgendaDayProps extends Omit<WeekAgendaProps, 'days' | 'events' | 'onAdd'> {
  day: string;
  isToday: boolean;
  events: readonly Event[];
  onAdd: () => void;
}

function AgendaDay({
  day,
  isToday,
  events,
  reminders,
  store,
  onDay,
  onOpen,
  onReminder,
  onAdd,
}: AgendaDayProps) {
  const { fresh } = useStore(store);
  const entries = [
    ...events.map((event) => ({ kind: 'event' as const, at: isWhole(event) ? '' : event.start, event })),
    ...reminders.map((reminder) => ({ kind: 'reminder' as const, at: reminder.remind_at, reminder })),
  ].sort((a, b) => (Date.parse(a.at) || 0) - (Date.parse(b.at) || 0));
  return (
    <section className={`agenda-day ${isToday ? 'is-today' : ''}`} data-day={day}>
      <header>
        <h3>
          <button
            type="button"
            title="Show this day"
            aria-current={isToday ? 'date' : undefined}
            onClick={() => onDay(day)}
          >
            {longDay(day)}
          </button>
        </h3>
        {entries.length === 0 && <p className="agenda-empty">Nothing</p>}
        <IconButton icon={Plus} label={`New event, ${longDay(day)}`} onClick={onAdd} />
      </header>
      <ol>
        {entries.map((entry) =>
          entry.kind === 'event' ? (
            <li key={`${entry.event.id} ${entry.event.start}`}>
              {fresh.has(entry.event.id) && (
                <span key={fresh.get(entry.event.id)} className="glow" aria-hidden />
              )}
              <EventEntry event={entry.event} onOpen={() => onOpen(entry.event)} />
            </li>
          ) : (
            <li key={entry.reminder.id}>
              <ReminderEntry reminder={entry.reminder} onOpen={() => onReminder(entry.reminder)} />
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

function EventEntry({ event, onOpen }: { event: Event; onOpen: () => void }) {
  return (
    <button
      type="button"
      className={`agenda-entry ${event.calendar === 'plan' ? 'plan' : ''}`}
      {...keptAt(event)}
      onClick={onOpen}
    >
      <span className="agenda-bar" aria-hidden />
      <span className="agenda-words">
        <span className="agenda-title">{event.title}</span>
        <span className="agenda-sub">
          {isWhole(event) ? 'all day' : sayTimes(event)}
          {event.location !== null && ` · ${event.location}`}
        </span>
      </span>
    </button>
  );
}

function ReminderEntry({ reminder, onOpen }: { reminder: Reminder; onOpen: () => void }) {
  const { title, status, remind_at: at } = reminder;
  const Icon = status === 'fired' ? BellRing : Bell;
  return (
    <button
      type="button"
      className={`agenda-entry reminder ${status}`}
      {...keptAt(placeOf(reminder))}
      onClick={onOpen}
    >
      <Icon size={14} aria-label="Reminder" />
      <span className="agenda-words">
        <span className="agenda-title">{title}</span>
        <span className="agenda-sub">{timeOf(at)}</span>
      </span>
    </button>
  );
}
