import { useState, type FormEvent } from 'react';
import type { Event } from '../../contracts/entities.ts';
import { daysOfEvent, spanAt, timeOf } from '../client/index.ts';

interface TimesFormProps {
  event: Event;
  onKeep: (times: { start: string; end?: string }) => void;
  onDrop: () => void;
}

/** Day, beginning and end of an event, to type or to pick. */
export function TimesForm({ event, onKeep, onDrop }: TimesFormProps) {
  const [day, setDay] = useState(daysOfEvent(event).first);
  const [from, setFrom] = useState(timeOf(event.start));
  const [to, setTo] = useState(timeOf(event.end));

  const onSubmit = (submitted: FormEvent): void => {
    submitted.preventDefault();
    // Whole days are those of the event's own calendar; noon is on the day meant in any reading.
    if (event.all_day) return onKeep({ start: `${day}T12:00:00${event.start.slice(19)}` });
    onKeep(spanAt(day, from, to));
  };
  return (
    <form
      className="times-form"
      aria-label={`Time of ${event.title}`}
      onSubmit={onSubmit}
      onKeyDown={(pressed) => {
        if (pressed.key !== 'Escape') return;
        pressed.preventDefault();
        pressed.stopPropagation();
        onDrop();
      }}
    >
      <label>
        Day
        <input
          type="date"
          required
          autoFocus
          min="2000-01-01"
          max="2199-12-31"
          value={day}
          onChange={({ target }) => setDay(target.value)}
        />
      </label>
      {!event.all_day && (
        <>
          <label>
            From
            <input type="time" required value={from} onChange={({ target }) => setFrom(target.value)} />
          </label>
          <label>
            To
            <input type="time" required value={to} onChange={({ target }) => setTo(target.value)} />
          </label>
        </>
      )}
      <span className="times-actions">
        <button type="submit" className="button small">
          Keep
        </button>
        <button type="button" className="link quiet" onClick={onDrop}>
          Leave it
        </button>
      </span>
    </form>
  );
}
