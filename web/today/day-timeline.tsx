import { Bell } from 'lucide-react';
import { useState } from 'react';
import type { Event, Reminder } from '../../contracts/entities.ts';
import { useNow } from '../app/now.ts';
import type { ReminderStore } from '../app/reminder-store.ts';
import { useStore } from '../app/store.ts';
import { useEvents } from '../app/use-events.ts';
import { Clamped } from '../parts/clamped.tsx';
import type { Stores } from '../app/stores.ts';
import {
  addDays,
  dayOf,
  dayStart,
  formatMinutes,
  instantAt,
  minutesBetween,
  sayTimes,
  timeOf,
  todayOf,
} from '../client/index.ts';
import { ReminderActions } from './reminder-parts.tsx';

/** Less between two events is no time to begin anything. */
const GAP_MINUTES = 30;

type Entry =
  | { at: number; key: string; kind: 'event'; event: Event }
  | { at: number; key: string; kind: 'reminder'; reminder: Reminder }
  | { at: number; key: string; kind: 'gap'; minutes: number }
  | { at: number; key: string; kind: 'now' };

interface DayTimelineProps {
  stores: Pick<Stores, 'events' | 'reminders' | 'settings'>;
  onOpen: (event: Event) => void;
}

/** The day's events in order, with the present between them and the time that is free. */
export function DayTimeline({ stores, onOpen }: DayTimelineProps) {
  const now = useNow();
  const today = todayOf(now);
  const [from, to] = [today, addDays(today, 1)].map((day) => dayStart(day).toISOString());
  const events = useEvents(stores.events, from ?? '', to ?? '');
  const { fresh } = useStore(stores.events);
  const reminders = useStore(stores.reminders).items;
  const working = useStore(stores.settings)?.working_hours ?? null;
  const due = [...reminders.values()].filter(
    ({ status, remind_at: at }) => status !== 'done' && dayOf(at) === today,
  );
  if (!events || (events.length === 0 && due.length === 0)) return null;
  const whole = events.filter(({ all_day: allDay }) => allDay);
  const end = working ? Date.parse(instantAt(today, working.end)) : 0;
  const entries = entriesOf(
    events.filter(({ all_day: allDay }) => !allDay),
    due,
    { now: now.getTime(), end },
  );
  return (
    <section className="timeline" aria-labelledby="timeline-heading">
      <h3 id="timeline-heading" className="visually-hidden">
        The day
      </h3>
      {whole.length > 0 && (
        <ul className="timeline-whole" aria-label="All day">
          {whole.map((event) => (
            <li key={event.id}>
              <button type="button" className="grid-event whole" onClick={() => onOpen(event)}>
                {event.title}
              </button>
            </li>
          ))}
        </ul>
      )}
      <ol>
        {entries.map((entry) => (
          <Line
            key={entry.key}
            entry={entry}
            now={now}
            fresh={fresh}
            reminders={stores.reminders}
            onOpen={onOpen}
          />
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  entry: Entry;
  now: Date;
  fresh: ReadonlyMap<string, number>;
  reminders: ReminderStore;
  onOpen: (event: Event) => void;
}

function Line({ entry, now, fresh, reminders, onOpen }: LineProps) {
  switch (entry.kind) {
    case 'now':
      return (
        <li className="timeline-now" aria-label={`Now, ${timeOf(now.toISOString())}`}>
          <span>{timeOf(now.toISOString())}</span>
        </li>
      );
    case 'gap':
      return <li className="timeline-gap">{formatMinutes(entry.minutes)} free</li>;
    case 'reminder':
      return <ReminderEntry reminder={entry.reminder} store={reminders} />;
    case 'event':
      return <EventEntry event={entry.event} now={now} fresh={fresh} onOpen={onOpen} />;
  }
}

/** A reminder among the hours; pressed, it can be answered in place. */
function ReminderEntry({ reminder, store }: { reminder: Reminder; store: ReminderStore }) {
  const [open, setOpen] = useState(false);
  return (
    <li className="timeline-reminder">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="timeline-time">{timeOf(reminder.remind_at)}</span>
        <Bell size={13} aria-label="Reminder" />
        <span className="timeline-title">{reminder.title}</span>
      </button>
      {open && <ReminderActions reminder={reminder} store={store} onChange={() => setOpen(false)} />}
    </li>
  );
}

function EventEntry({
  event,
  now,
  fresh,
  onOpen,
}: Omit<LineProps, 'entry' | 'reminders'> & { event: Event }) {
  const [start, end] = [Date.parse(event.start), Date.parse(event.end)];
  const phase = end <= now.getTime() ? 'past' : start <= now.getTime() ? 'running' : '';
  return (
    <li className={`timeline-event ${phase} ${event.calendar === 'plan' ? 'plan' : ''}`}>
      {fresh.has(event.id) && <span key={fresh.get(event.id)} className="glow" aria-hidden />}
      <Clamped text={event.title}>
        {(look) => (
          <button type="button" title="Open in the calendar" onClick={() => onOpen(event)}>
            <span className="timeline-time">{timeOf(event.start)}</span>
            <span className="timeline-bar" aria-hidden />
            <span className="timeline-words">
              <span className={`timeline-title ${look}`} dir="auto">
                {event.title}
              </span>
              <span className="timeline-sub">
                {sayTimes(event)}
                {event.location !== null && ` · ${event.location}`}
              </span>
            </span>
          </button>
        )}
      </Clamped>
    </li>
  );
}

/** Free time is shown from now on, between what is left of the day and before the end of work. */
function entriesOf(
  events: readonly Event[],
  reminders: readonly Reminder[],
  { now, end }: { now: number; end: number },
): Entry[] {
  const entries: Entry[] = [
    { at: now, key: 'now', kind: 'now' },
    ...reminders.map((reminder): Entry => ({
      at: Date.parse(reminder.remind_at),
      key: reminder.id,
      kind: 'reminder',
      reminder,
    })),
  ];
  let free = now;
  const gap = (until: number): void => {
    const minutes = minutesBetween(new Date(free).toISOString(), new Date(until).toISOString());
    if (minutes >= GAP_MINUTES) entries.push({ at: free + 1, key: `gap ${until}`, kind: 'gap', minutes });
  };
  for (const event of events) {
    const start = Date.parse(event.start);
    entries.push({ at: start, key: `${event.id} ${event.start}`, kind: 'event', event });
    gap(start);
    free = Math.max(free, Date.parse(event.end));
  }
  gap(end);
  return entries.sort((a, b) => a.at - b.at);
}
