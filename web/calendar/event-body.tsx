import {
  Clock,
  Globe,
  MapPin,
  Minus,
  Pencil,
  Plus,
  Repeat,
  Trash2,
  TriangleAlert,
  Users,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Event } from '../../contracts/entities.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import type { EventStore } from '../app/event-store.ts';
import { useNow } from '../app/now.ts';
import { useEvents } from '../app/use-events.ts';
import {
  addDays,
  daysOfEvent,
  dayStart,
  sayElsewhere,
  sayLength,
  sayTimes,
  sayWhen,
  shifted,
} from '../client/index.ts';
import { TaskTitle } from '../today/task-title.tsx';
import { DayStrip } from './day-strip.tsx';
import { TimesForm } from './times-form.tsx';

interface EventBodyProps {
  event: Event;
  store: EventStore;
  /** It no longer exists: shown for the record only. */
  gone: boolean;
  /** Something that stands beside the title. */
  tag?: string | null;
}

const STEP_MINUTES = 30;

/** An event to work with: where it sits in its day, rename it, move it, delete it. */
export function EventBody({ event, store, gone, tag = null }: EventBodyProps) {
  const [editing, setEditing] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The form goes away, and its button has the focus again.
    if (wasEditing.current && !editing) change.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const isPlan = event.calendar === 'plan';
  return (
    <>
      <header className="event-head">
        <TaskTitle
          title={event.title}
          alone
          onRename={gone ? null : (title) => void store.patch(event, { title })}
        />
        {tag !== null && <span className="card-tag">{tag}</span>}
      </header>
      <EventFacts event={event} />
      {!gone && <EventDay event={event} store={store} />}
      {editing && !gone && (
        <TimesForm
          event={event}
          onKeep={(times) => {
            setEditing(false);
            void store.move(event, times);
          }}
          onDrop={() => setEditing(false)}
        />
      )}
      {!gone && !editing && (
        <footer className="event-actions">
          {!event.all_day && (
            <span className="event-steps" role="group" aria-label={`Move ${event.title}`}>
              <StepButton event={event} store={store} minutes={-STEP_MINUTES} />
              <StepButton event={event} store={store} minutes={STEP_MINUTES} />
            </span>
          )}
          <button ref={change} type="button" className="link quiet" onClick={() => setEditing(true)}>
            <Pencil size={14} aria-hidden /> Change time
          </button>
          <button type="button" className="link quiet" onClick={() => void store.remove(event)}>
            <Trash2 size={14} aria-hidden /> Delete
          </button>
          {event.recurrence !== null && <span className="event-note">Changes all days of the series</span>}
          {isPlan && <span className="event-note">Planned time for a task</span>}
        </footer>
      )}
    </>
  );
}

/** When, how often, where and with whom. */
export function EventFacts({ event }: { event: Event }) {
  const now = useNow();
  const elsewhere = sayElsewhere(event);
  const length = sayLength(event);
  return (
    <div className="details event-facts">
      <span className="detail event-when">
        <Clock size={13} aria-hidden />
        {sayWhen(event, now)}
        {length !== '' && <span className="event-length">{length}</span>}
      </span>
      {elsewhere !== null && (
        <span className="detail">
          <Globe size={13} aria-hidden />
          {elsewhere}
        </span>
      )}
      {event.recurrence !== null && (
        <span className="detail">
          <Repeat size={13} aria-hidden />
          {sayRecurrence(event.recurrence)}
        </span>
      )}
      {event.location !== null && (
        <span className="detail">
          <MapPin size={13} aria-hidden />
          {event.location}
        </span>
      )}
      {event.participants.length > 0 && (
        <span className="detail">
          <Users size={13} aria-hidden />
          {event.participants.join(', ')}
        </span>
      )}
      {event.notes !== null && event.notes !== '' && <p className="event-notes">{event.notes}</p>}
    </div>
  );
}

function EventDay({ event, store }: { event: Event; store: EventStore }) {
  const { first } = daysOfEvent(event);
  const [from, to] = [first, addDays(first, 1)].map((day) => dayStart(day).toISOString());
  const events = useEvents(store, from ?? '', to ?? '') ?? [];
  const others = events.filter(
    ({ id, start }) => id !== event.id || (event.recurrence !== null && start !== event.start),
  );
  const conflicts = event.all_day ? [] : others.filter((other) => overlaps(event, other));
  return (
    <>
      {!event.all_day && <DayStrip day={first} event={event} others={others} />}
      {conflicts.map((other) => (
        <p key={`${other.id} ${other.start}`} className="event-conflict">
          <TriangleAlert size={14} aria-hidden />
          <span>
            Overlaps with “{other.title}”, {sayTimes(other)}
          </span>
        </p>
      ))}
    </>
  );
}

/** Whole days are no obstacle to an hour in them. */
const overlaps = (event: Event, other: Event): boolean =>
  !other.all_day &&
  Date.parse(event.start) < Date.parse(other.end) &&
  Date.parse(other.start) < Date.parse(event.end);

function StepButton({ event, store, minutes }: { event: Event; store: EventStore; minutes: number }) {
  const label = `${Math.abs(minutes)} min ${minutes < 0 ? 'earlier' : 'later'}`;
  const Icon = minutes < 0 ? Minus : Plus;
  return (
    <button
      type="button"
      className="step-button"
      aria-label={label}
      title={label}
      onClick={() =>
        void store.move(event, { start: shifted(event.start, minutes), end: shifted(event.end, minutes) })
      }
    >
      <Icon size={13} aria-hidden /> {Math.abs(minutes)} min
    </button>
  );
}
