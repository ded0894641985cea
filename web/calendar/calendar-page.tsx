import '../styles/calendar.css';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Event } from '../../contracts/entities.ts';
import type { CalendarView } from '../app/calendar-view.ts';
import type { EventStore } from '../app/event-store.ts';
import type { Messages } from '../app/messages.ts';
import { useNow } from '../app/now.ts';
import type { SettingsStore } from '../app/settings-store.ts';
import { useStore } from '../app/store.ts';
import { useEvents } from '../app/use-events.ts';
import { useMedia } from '../app/use-media.ts';
import { addDays, dayOf, dayStart, todayOf, weekdayOf, type SessionClient } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { PageFrame } from '../parts/page-frame.tsx';
import { EventDialog } from './event-dialog.tsx';
import { WeekGrid } from './week-grid.tsx';

interface CalendarPageProps {
  session: SessionClient;
  messages: Messages;
  events: EventStore;
  settings: SettingsStore;
  view: CalendarView;
}

const SPANS = ['day', 'week'] as const;

/** The calendar by day or by week. */
export default function CalendarPage({
  session,
  messages,
  events: store,
  settings,
  view,
}: CalendarPageProps) {
  const { day, span: chosen, open } = useStore(view);
  const set = useStore(settings);
  const roomForWeek = useMedia('(min-width: 700px)');
  const span = chosen ?? (roomForWeek ? 'week' : 'day');
  const today = todayOf(useNow());
  const first = span === 'week' ? weekOf(day, set?.week_start ?? 'monday') : day;
  const days = Array.from({ length: span === 'week' ? 7 : 1 }, (_, index) => addDays(first, index));
  const from = dayStart(first).toISOString();
  const to = dayStart(addDays(first, days.length)).toISOString();
  const events = useEvents(store, from, to);
  const opened = open && events ? found(events, open) : null;
  const step = span === 'week' ? 7 : 1;
  return (
    <PageFrame
      title="Calendar"
      session={session}
      messages={messages}
      meanwhile="What is shown may be old."
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
      <WeekGrid
        days={days}
        events={events ?? []}
        store={store}
        working={set?.working_hours ?? null}
        onDay={(one) => view.show('day', one)}
        onOpen={(event) => view.open({ id: event.id, start: event.start })}
      />
      <EventDialog
        event={opened}
        store={store}
        onBecome={(event) => view.open(event)}
        onClose={() => view.open(null)}
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
