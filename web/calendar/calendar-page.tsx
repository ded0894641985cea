import '../styles/calendar.css';
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Event, Reminder } from '../../contracts/entities.ts';
import type { CalendarView } from '../app/calendar-view.ts';
import type { EventStore } from '../app/event-store.ts';
import type { Messages } from '../app/messages.ts';
import { useNow } from '../app/now.ts';
import type { ReminderStore } from '../app/reminder-store.ts';
import type { SettingsStore } from '../app/settings-store.ts';
import { useStore } from '../app/store.ts';
import { useEvents } from '../app/use-events.ts';
import { useMedia } from '../app/use-media.ts';
import {
  addDays,
  dayOf,
  dayStart,
  minutesOfDay,
  timeAt,
  timeOf,
  todayOf,
  weekdayOf,
  type SessionClient,
} from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { PageFrame } from '../parts/page-frame.tsx';
import { EventDialog } from './event-dialog.tsx';
import { NewEventDialog } from './new-event-dialog.tsx';
import { ReminderDialog } from './reminder-dialog.tsx';
import type { Slot } from './slot-area.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import { WeekAgenda } from './week-agenda.tsx';
import { WeekGrid } from './week-grid.tsx';

interface CalendarPageProps {
  session: SessionClient;
  messages: Messages;
  events: EventStore;
  reminders: ReminderStore;
  settings: SettingsStore;
  view: CalendarView;
}

/** Until the settings were read. */
const MORNING = '09:00';
const EVENT_MINUTES = 60;
const SPANS = ['day', 'week'] as const;

/** The calendar by day or by week. */
export default function CalendarPage({
  session,
  messages,
  events: store,
  reminders: reminderStore,
  settings,
  view,
}: CalendarPageProps) {
  const { day, span: chosen, open } = useStore(view);
  const set = useStore(settings);
  const roomForWeek = useMedia('(min-width: 700px)');
  const span = chosen ?? (roomForWeek ? 'week' : 'day');
  const now = useNow();
  const today = todayOf(now);
  const first = span === 'week' ? weekOf(day, set?.week_start ?? 'monday') : day;
  const days = Array.from({ length: span === 'week' ? 7 : 1 }, (_, index) => addDays(first, index));
  const from = dayStart(first).toISOString();
  const to = dayStart(addDays(first, days.length)).toISOString();
  const events = useEvents(store, from, to);
  const opened = open && events ? found(events, open) : null;
  const reminders = useStore(reminderStore).items;
  const [asked, setAsked] = useState<string | null>(null);
  const [slot, setSlot] = useState<Slot | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  const slotOn = (one: string): Slot => ({
    day: one,
    time: one === today ? nextHour(now) : (set?.working_hours.start ?? MORNING),
  });
  const firstSlot = slotOn(days.includes(today) ? today : first);
  const shown = {
    days,
    events,
    reminders: [...reminders.values()],
    store,
    onDay: (one: string) => view.show('day', one),
    onOpen: ({ id, start }: Event) => view.open({ id, start }),
    onReminder: ({ id }: Reminder) => setAsked(id),
  };
  const step = span === 'week' ? 7 : 1;
  return (
    <PageFrame
      title="Calendar"
      session={session}
      messages={messages}
      meanwhile="What is shown may be old."
      escapes={false}
      tools={
        <div className="segments" role="group" aria-label="Show">
          {SPANS.map((one) => (
            <button key={one} type="button" aria-pressed={one === span} onClick={() => view.show(one)}>
              {one === 'day' ? 'Day' : 'Week'}
            </button>
          ))}
        </div>
      }
    >
      <div className="calendar-tools">
        <h2 aria-live="polite">{titleOf(days)}</h2>
        <div className="calendar-moves">
          <IconButton icon={Plus} label="New event" onClick={() => setSlot(firstSlot)} />
          <IconButton
            icon={ChevronLeft}
            label={`Previous ${span}`}
            onClick={() => view.go(addDays(day, -step))}
          />
          <button
            type="button"
            className="button small"
            disabled={days.includes(today)}
            onClick={() => view.go(today)}
          >
            Today
          </button>
          <IconButton
            icon={ChevronRight}
            label={`Next ${span}`}
            onClick={() => view.go(addDays(day, step))}
          />
        </div>
      </div>
      <div className="calendar-place" ref={place}>
        {span === 'week' && !roomForWeek ? (
          <WeekAgenda {...shown} onAdd={(one) => setSlot(slotOn(one))} />
        ) : (
          <WeekGrid {...shown} working={set?.working_hours ?? null} firstSlot={firstSlot} onAdd={setSlot} />
        )}
      </div>
      <EventDialog event={opened} store={store} onClose={() => view.open(null)} />
      <ReminderDialog
        reminder={(asked !== null && reminders.get(asked)) || null}
        store={reminderStore}
        onClose={() => setAsked(null)}
      />
      <NewEventDialog
        slot={slot}
        minutes={set?.event_minutes ?? EVENT_MINUTES}
        store={store}
        onAdded={(one) => {
          if (!days.includes(one)) view.go(one);
        }}
        onClose={() => setSlot(null)}
      />
    </PageFrame>
  );
}

/** An event that was moved while it is open is found by its id, a day of a series within its day. */
const found = (events: readonly Event[], { id, start }: { id: string; start: string }): Event | null =>
  events.find((event) => event.id === id && Date.parse(event.start) === Date.parse(start)) ??
  events.find(
    (event) => event.id === id && (event.recurrence === null || dayOf(event.start) === dayOf(start)),
  ) ??
  null;

/** The next full hour; in the last one of a day the half of it, which is still that day. */
function nextHour(now: Date): string {
  const minutes = minutesOfDay(timeOf(now.toISOString()));
  return timeAt(Math.min(Math.ceil(minutes / 60) * 60, 23 * 60 + 30));
}

function weekOf(day: string, start: 'monday' | 'sunday'): string {
  const back = (weekdayOf(day) + (start === 'monday' ? 6 : 0)) % 7;
  return addDays(day, -back);
}

/** `16 – 22 November 2026`, `30 November – 6 December 2026`, `Wednesday 18 November 2026`. */
function titleOf(days: readonly string[]): string {
  const at = (day: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
      .format(new Date(`${day}T12:00:00Z`))
      .replace(',', '');
  const [first, last] = [days[0] ?? '', days.at(-1) ?? ''];
  const month = { day: 'numeric', month: 'long' } as const;
  const whole = { ...month, year: 'numeric' } as const;
  if (first === last) return at(first, { weekday: 'long', ...whole });
  if (first.slice(0, 7) === last.slice(0, 7)) return `${at(first, { day: 'numeric' })} – ${at(last, whole)}`;
  return `${at(first, first.slice(0, 4) === last.slice(0, 4) ? month : whole)} – ${at(last, whole)}`;
}
