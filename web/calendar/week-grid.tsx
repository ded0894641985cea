import { useRef, type CSSProperties } from 'react';
import type { Event, Reminder, Settings } from '../../contracts/entities.ts';
import type { EventStore } from '../app/event-store.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { minutesOfDay, sayTimes, timeOf, todayOf, weekdayOf } from '../client/index.ts';
import { layOut } from './day-layout.ts';
import { isOn, isWhole } from './events-of-day.ts';
import { DAY_MINUTES, longDay, y } from './grid-scale.ts';
import { ReminderMarks } from './reminder-marks.tsx';
import { SlotArea, type Slot } from './slot-area.tsx';
import { keptAt } from './use-kept-focus.ts';
import { useOpeningScroll } from './use-opening-scroll.ts';

interface WeekGridProps {
  /** One day or seven. */
  days: readonly string[];
  /** Null until they were read. */
  events: readonly Event[] | null;
  reminders: readonly Reminder[];
  store: EventStore;
  working: Settings['working_hours'] | null;
  /** Where the keyboard begins to look for a place. */
  firstSlot: Slot;
  onDay: (day: string) => void;
  onOpen: (event: Event) => void;
  onReminder: (reminder: Reminder) => void;
  onAdd: (slot: Slot) => void;
}

/** Of the words of an event, and what is around them. */
const LINE_PX = 16.2;
const FRAME_PX = 8;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Days beside each other, hours below each other; what lasts whole days stands on top. */
export function WeekGrid({
  days,
  events,
  reminders,
  store,
  working,
  firstSlot,
  onDay,
  onOpen,
  onReminder,
  onAdd,
}: WeekGridProps) {
  const now = useNow();
  const today = todayOf(now);
  const scroller = useRef<HTMLDivElement>(null);
  const { fresh } = useStore(store);
  const wholeDays = events?.filter(isWhole) ?? [];
  const timed = events?.filter((event) => !isWhole(event)) ?? [];
  useOpeningScroll(scroller, {
    days,
    events: events && timed,
    morning: working && minutesOfDay(working.start),
    now,
  });
  const columns = { gridTemplateColumns: `var(--hours) repeat(${days.length}, minmax(0, 1fr))` };
  return (
    <div className={`grid ${days.length === 1 ? 'one-day' : ''}`}>
      <div className="grid-scroll" ref={scroller} tabIndex={0} role="region" aria-label="Hours">
        <div className="grid-top">
          <div className="grid-head" style={columns}>
            <span />
            {days.map((day) => (
              <DayHead key={day} day={day} isToday={day === today} single={days.length === 1} onDay={onDay} />
            ))}
          </div>
          {wholeDays.length > 0 && (
            <div className="grid-whole" style={columns}>
              <span className="grid-hour">all day</span>
              {days.map((day) => (
                <ul key={day} aria-label={`All day, ${longDay(day)}`}>
                  {wholeDays
                    .filter((event) => isOn(event, day))
                    .map((event) => (
                      <li key={`${event.id} ${event.start}`}>
                        <button
                          type="button"
                          className={`grid-event whole ${lookOf(event)}`}
                          title={event.title}
                          {...keptAt(event)}
                          onClick={() => onOpen(event)}
                        >
                          {event.title}
                        </button>
                      </li>
                    ))}
                </ul>
              ))}
            </div>
          )}
        </div>
        <SlotArea days={days} first={firstSlot} style={{ ...columns, height: y(DAY_MINUTES) }} onAdd={onAdd}>
          <div className="grid-scale" aria-hidden>
            {HOURS.slice(1).map((hour) => (
              <span key={hour} className="grid-hour" style={{ top: y(hour * 60) }}>
                {String(hour).padStart(2, '0')}
                <span className="grid-minutes">:00</span>
              </span>
            ))}
          </div>
          {days.map((day) => (
            <ol
              key={day}
              className={`grid-day ${day === today ? 'is-today' : ''}`}
              aria-label={longDay(day)}
              data-day={day}
            >
              <RestHours day={day} working={working} />
              {/* Below what is on now, whose words it would strike out. */}
              {day === today && <NowLine now={now} />}
              {layOut(timed, day).map(({ item, from, to, column, columns: of }) => (
                <li
                  key={`${item.id} ${item.start}`}
                  style={{
                    top: y(from) + 1,
                    height: y(Math.min(to, DAY_MINUTES) - from) - 2,
                    left: `calc(${(column / of) * 100}% + 2px)`,
                    width: `calc(${100 / of}% - 5px)`,
                  }}
                >
                  {fresh.has(item.id) && <span key={fresh.get(item.id)} className="glow" aria-hidden />}
                  <EventButton event={item} minutes={to - from} onOpen={onOpen} />
                </li>
              ))}
              <ReminderMarks day={day} reminders={reminders} onOpen={onReminder} />
            </ol>
          ))}
        </SlotArea>
      </div>
    </div>
  );
}

function EventButton({
  event,
  minutes,
  onOpen,
}: {
  event: Event;
  minutes: number;
  onOpen: (event: Event) => void;
}) {
  return (
    <button
      type="button"
      className={`grid-event ${lookOf(event)} ${minutes < 50 ? 'short' : ''}`}
      title={`${event.title}, ${sayTimes(event)}`}
      // Custom properties have no types of their own.
      style={{ '--lines': Math.max(1, Math.floor((y(minutes) - FRAME_PX) / LINE_PX)) } as CSSProperties}
      {...keptAt(event)}
      onClick={() => onOpen(event)}
    >
      <span className="grid-event-title">{event.title}</span>
      <span className="grid-event-time">{sayTimes(event)}</span>
      {event.location !== null && <span className="grid-event-place">{event.location}</span>}
    </button>
  );
}

interface DayHeadProps {
  day: string;
  isToday: boolean;
  single: boolean;
  onDay: (day: string) => void;
}

function DayHead({ day, isToday, single, onDay }: DayHeadProps) {
  const date = new Date(`${day}T12:00:00Z`);
  const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(date);
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(date);
  const inside = (
    <>
      <span className="grid-weekday">{weekday}</span> <span className="grid-date">{date.getUTCDate()}</span>
      <span className="visually-hidden"> {month}</span>
    </>
  );
  const look = `grid-day-head ${isToday ? 'is-today' : ''}`;
  if (single) return <span className={look}>{inside}</span>;
  return (
    <button
      type="button"
      className={look}
      title="Show this day"
      aria-current={isToday ? 'date' : undefined}
      onClick={() => onDay(day)}
    >
      {inside}
    </button>
  );
}

/** The hours outside of work are a shade darker; the weekend is all rest. */
function RestHours({ day, working }: { day: string; working: Settings['working_hours'] | null }) {
  if (!working) return null;
  const isWeekend = [0, 6].includes(weekdayOf(day));
  const [start, end] = isWeekend
    ? [DAY_MINUTES, DAY_MINUTES]
    : [minutesOfDay(working.start), minutesOfDay(working.end)];
  return (
    <>
      <li className="grid-rest" aria-hidden role="presentation" style={{ top: 0, height: y(start) }} />
      {end < DAY_MINUTES && (
        <li
          className="grid-rest"
          aria-hidden
          role="presentation"
          style={{ top: y(end), height: y(DAY_MINUTES - end) }}
        />
      )}
    </>
  );
}

const NowLine = ({ now }: { now: Date }) => (
  <li
    className="now-line"
    aria-hidden
    role="presentation"
    style={{ top: y(minutesOfDay(timeOf(now.toISOString()))) }}
  />
);

const lookOf = ({ calendar }: Event): string => (calendar === 'plan' ? 'plan' : '');
