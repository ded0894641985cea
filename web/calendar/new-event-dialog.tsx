import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { EventCreate } from '../../contracts/requests.ts';
import type { EventStore } from '../app/event-store.ts';
import { addDays, instantAt, minutesOfDay, spanAt, timeAt, zoneNow } from '../client/index.ts';
import { Dialog } from '../parts/dialog.tsx';
import { DAY_MINUTES } from './grid-scale.ts';
import type { Slot } from './slot-area.tsx';

interface NewEventDialogProps {
  /** Null closes it. */
  slot: Slot | null;
  /** How long an event lasts, unless something else is typed. */
  minutes: number;
  store: EventStore;
  /** It begins on that day. */
  onAdded: (day: string) => void;
  onClose: () => void;
}

/** Something new for the calendar, typed. */
export function NewEventDialog({ slot, ...props }: NewEventDialogProps) {
  return (
    <Dialog label={slot && 'New event'} onClose={props.onClose}>
      {slot && <NewEventForm slot={slot} {...props} />}
    </Dialog>
  );
}

const later = (time: string, minutes: number): string =>
  timeAt((minutesOfDay(time) + minutes + DAY_MINUTES) % DAY_MINUTES);

function NewEventForm({ slot, minutes, store, onAdded, onClose }: NewEventDialogProps & { slot: Slot }) {
  const [title, setTitle] = useState('');
  const [allDay, setAllDay] = useState(false);
  const [day, setDay] = useState(slot.day);
  const [lastDay, setLastDay] = useState(slot.day);
  const [from, setFrom] = useState(slot.time);
  const [to, setTo] = useState(later(slot.time, minutes));
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const titleField = useRef<HTMLInputElement>(null);
  // What is in a dialog can have the focus only once that is open.
  useEffect(() => titleField.current?.focus(), []);

  const onSubmit = async (submitted: FormEvent): Promise<void> => {
    submitted.preventDefault();
    if (sending) return;
    setSending(true);
    setFault(null);
    const times: Pick<EventCreate, 'start' | 'end' | 'all_day'> = allDay
      ? { start: instantAt(day, '00:00'), end: instantAt(addDays(lastDay, 1), '00:00'), all_day: true }
      : spanAt(day, from, to);
    const refused = await store.create({ title: title.trim(), ...times, timezone: zoneNow() });
    setSending(false);
    setFault(refused);
    if (refused !== null) return;
    onAdded(day);
    onClose();
  };
  const moveTo = (next: string): void => {
    setDay(next);
    if (lastDay < next) setLastDay(next);
  };
  /** It goes on lasting as long. */
  const beginAt = (next: string): void => {
    if (from !== '' && to !== '' && next !== '') setTo(later(next, minutesOfDay(to) - minutesOfDay(from)));
    setFrom(next);
  };
  return (
    <form className="new-event" onSubmit={(submitted) => void onSubmit(submitted)}>
      <h2>New event</h2>
      <label className="new-event-title">
        Title
        <input
          ref={titleField}
          required
          // Blanks alone are no title.
          pattern=".*\S.*"
          maxLength={4_000}
          autoComplete="off"
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </label>
      <div className="new-event-times">
        <DayInput label={allDay ? 'From' : 'Day'} value={day} onValue={moveTo} />
        {allDay ? (
          <DayInput label="To" value={lastDay} min={day} onValue={setLastDay} />
        ) : (
          <>
            <TimeInput label="From" value={from} onValue={beginAt} />
            <TimeInput label={to <= from ? 'To, next day' : 'To'} value={to} onValue={setTo} />
          </>
        )}
      </div>
      <label className="new-event-whole">
        <input type="checkbox" checked={allDay} onChange={({ target }) => setAllDay(target.checked)} /> All
        day
      </label>
      {fault !== null && (
        <p className="new-event-fault" role="alert">
          {fault}
        </p>
      )}
      <span className="times-actions">
        <button type="submit" className="button small primary" disabled={sending}>
          Add
        </button>
        <button type="button" className="link quiet" onClick={onClose}>
          Leave it
        </button>
      </span>
    </form>
  );
}

interface InputProps {
  label: string;
  value: string;
  min?: string;
  onValue: (value: string) => void;
}

const DayInput = ({ label, value, min = '2000-01-01', onValue }: InputProps) => (
  <label>
    {label}
    <input
      type="date"
      required
      min={min}
      max="2199-12-31"
      value={value}
      onChange={({ target }) => onValue(target.value)}
    />
  </label>
);

const TimeInput = ({ label, value, onValue }: InputProps) => (
  <label>
    {label}
    <input type="time" required value={value} onChange={({ target }) => onValue(target.value)} />
  </label>
);
