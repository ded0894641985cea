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
import { useEffect, useId, useRef, useState } from 'react';
import type { Event } from '../../contracts/entities.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import type { EventPatch } from '../../contracts/requests.ts';
import type { EventStore, Scope } from '../app/event-store.ts';
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
  /** Something was changed here, and is on its way to the server. */
  onChange?: () => void;
}

const STEP_MINUTES = 30;

/** An event to work with: where it sits in its day, rename it, move it, delete it. */
export function EventBody({ event, store, gone, tag = null, onChange }: EventBodyProps) {
  const [editing, setEditing] = useState(false);
  const [scope, setScope] = useState<Scope>('this');
  const changeButton = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The form goes away, and its button has the focus again.
    if (wasEditing.current && !editing) changeButton.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const isPlan = event.calendar === 'plan';
  const isSeries = event.recurrence !== null;
  const change = (patch: EventPatch): void => {
    void (isSeries ? store.changeDay(event, scope, patch) : store.patch(event, patch));
    onChange?.();
  };
  const remove = (): void => {
    void (isSeries ? store.changeDay(event, scope, null) : store.remove(event));
    onChange?.();
  };
  return (
    <>
      <header className="event-head">
        <TaskTitle title={event.title} alone onRename={gone ? null : (title) => change({ title })} />
        {tag !== null && <span className="card-tag">{tag}</span>}
      </header>
      <EventFacts event={event} />
      {!gone && <EventDay event={event} store={store} />}
      {isSeries && !gone && <ScopeField title={event.title} scope={scope} onScope={setScope} />}
      {editing && !gone && (
        <TimesForm
          event={event}
          onKeep={(times) => {
            setEditing(false);
            change(times);
          }}
          onDrop={() => setEditing(false)}
        />
      )}
      {!gone && !editing && (
        <footer className="event-actions">
          {!event.all_day && (
            <span className="event-steps" role="group" aria-label={`Move ${event.title}`}>
              {[-STEP_MINUTES, STEP_MINUTES].map((minutes) => (
                <StepButton
                  key={minutes}
                  minutes={minutes}
                  onStep={() =>
                    change({ start: shifted(event.start, minutes), end: shifted(event.end, minutes) })
                  }
                />
              ))}
            </span>
          )}
          <button ref={changeButton} type="button" className="link quiet" onClick={() => setEditing(true)}>
            <Pencil size={14} aria-hidden /> Change time
          </button>
          <button type="button" className="link quiet" onClick={remove}>
            <Trash2 size={14} aria-hidden /> Delete
          </button>
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

const SCOPES: readonly (readonly [Scope, string])[] = [
  ['this', 'This day'],
  ['following', 'And following'],
  ['all', 'All days'],
];

interface ScopeFieldProps {
  title: string;
  scope: Scope;
  onScope: (scope: Scope) => void;
}

/** How much of a series a change is about. */
function ScopeField({ title, scope, onScope }: ScopeFieldProps) {
  const name = useId();
  return (
    <div className="segments radios event-scope" role="group" aria-label={`What of ${title} changes`}>
      {SCOPES.map(([one, label]) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === scope} onChange={() => onScope(one)} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}

function StepButton({ minutes, onStep }: { minutes: number; onStep: () => void }) {
  const label = `${Math.abs(minutes)} min ${minutes < 0 ? 'earlier' : 'later'}`;
  const Icon = minutes < 0 ? Minus : Plus;
  return (
    <button type="button" className="step-button" aria-label={label} title={label} onClick={onStep}>
      <Icon size={13} aria-hidden /> {Math.abs(minutes)} min
    </button>
  );
}
