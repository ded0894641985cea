import type { Event } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { toldAsItIs } from '../app/event-store.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { EventBody } from '../calendar/event-body.tsx';
import { daysOfEvent, formatDate, sayTimes } from '../client/index.ts';
import { CHANGES } from './changes.ts';
import { useChatActions } from './chat-actions.ts';
import { useWanted } from './use-wanted.ts';

/** An event in its day, as it is now. */
export function EventCard({ data }: { data: Extract<Card, { kind: 'event' }>['data'] }) {
  const { events } = useChatActions();
  useWanted(events, [data.event.id]);
  const state = useStore(events);
  const now = toldAsItIs(state, data.event);
  const gone = now.gone || (data.change === 'deleted' && !state.items.has(data.event.id));
  const tag = gone ? CHANGES.deleted : data.change === 'deleted' ? CHANGES.restored : CHANGES[data.change];
  return (
    <section
      className={`card card-column event-card ${gone ? 'gone' : ''}`}
      aria-label={`Event: ${now.event.title}`}
    >
      <EventBody event={now.event} store={events} gone={gone} tag={tag} />
    </section>
  );
}

/** Events by their days, in order. */
export function EventsCard({ data }: { data: Extract<Card, { kind: 'events' }>['data'] }) {
  const { events: store, openEvent } = useChatActions();
  const now = useNow();
  useWanted(
    store,
    data.events.map(({ id }) => id),
  );
  const state = useStore(store);
  const hidden = data.total - data.events.length;
  const shown = data.events.map((event, index) => ({ number: index + 1, ...toldAsItIs(state, event) }));
  return (
    <div className="card card-list">
      <h3>{data.title}</h3>
      {byDay(shown).map(([day, events]) => (
        <section key={day} className="event-day" aria-label={formatDate(day, now, 'long')}>
          <h4>{formatDate(day, now)}</h4>
          <ol>
            {events.map(({ number, event, gone }) => (
              <li key={`${event.id} ${event.start}`} value={number} data-number={number}>
                <EventLine event={event} gone={gone} onOpen={() => openEvent(event)} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {hidden > 0 && <p className="card-more">and {hidden} more</p>}
    </div>
  );
}

interface EventLineProps {
  event: Event;
  gone?: boolean;
  onOpen?: () => void;
}

/** An event as a line of a list: its hours and its title; pressed, it opens in the calendar. */
export function EventLine({ event, gone = false, onOpen }: EventLineProps) {
  const look = `event-line ${gone ? 'gone' : ''} ${event.calendar === 'plan' ? 'plan' : ''}`;
  const inside = (
    <>
      <span className="event-line-time">{event.all_day ? 'all day' : sayTimes(event)}</span>
      <span className="event-line-title">
        {event.title}
        {event.location !== null && <span className="event-line-place"> · {event.location}</span>}
      </span>
    </>
  );
  if (gone || !onOpen) return <span className={look}>{inside}</span>;
  return (
    <button type="button" className={look} title="Open in the calendar" onClick={onOpen}>
      {inside}
    </button>
  );
}

export function byDay<T extends { event: Event }>(events: readonly T[]): [string, T[]][] {
  const days = new Map<string, T[]>();
  for (const one of events) {
    const { first } = daysOfEvent(one.event);
    days.set(first, [...(days.get(first) ?? []), one]);
  }
  return [...days];
}
