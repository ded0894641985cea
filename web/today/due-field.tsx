import { CalendarDays, CalendarPlus } from 'lucide-react';
import { useEffect, useRef, useState, type ChangeEvent, type KeyboardEvent } from 'react';
import type { Task } from '../../contracts/entities.ts';
import { useNow } from '../app/now.ts';
import { dayNumber, formatDate, instantAt, todayOf } from '../client/index.ts';
import { stopAt } from '../parts/roving.tsx';

/** A year beyond these is one that is still being typed. */
const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2199-12-31';

interface DueFieldProps {
  task: Task;
  onMove: (dueDate: string | null) => void;
}

/** When a task is due; pressed, it turns into the browser's own field for a date. */
export function DueField({ task, onMove }: DueFieldProps) {
  const [editing, setEditing] = useState<'typed' | 'picked' | null>(null);
  const now = useNow();
  const due = task.due_date;
  if (editing !== null)
    return (
      <DateInput
        label={`Due date of ${task.title}`}
        day={due?.slice(0, 10) ?? ''}
        pick={editing === 'picked'}
        onDay={(day) => onMove(day === '' ? null : onDay(due, day))}
        onClose={() => setEditing(null)}
      />
    );
  const late = due !== null && task.status === 'open' && dayNumber(due) < dayNumber(todayOf(now));
  const shown = due === null ? null : formatDate(due, now);
  const Icon = due === null ? CalendarPlus : CalendarDays;
  return (
    <button
      type="button"
      {...stopAt('due')}
      className={`detail due ${late ? 'late' : ''} ${due === null ? 'unset' : ''}`}
      aria-label={shown === null ? `Add a date to ${task.title}` : `${shown}, due date of ${task.title}`}
      title={shown === null ? 'Add a date' : 'Change the date'}
      // A press of a key has no detail; the picker would take the keyboard away from the field.
      onClick={({ detail }) => setEditing(detail > 0 ? 'picked' : 'typed')}
    >
      <Icon size={due === null ? 15 : 13} aria-hidden />
      {shown}
    </button>
  );
}

interface DateInputProps {
  label: string;
  /** `2026-11-30`, or empty. */
  day: string;
  /** Whether the browser's picker opens at once. */
  pick: boolean;
  onDay: (day: string) => void;
  onClose: () => void;
}

/**
 * A date to type or to pick. While it is typed every digit makes another date, so it is kept by Enter or by going
 * elsewhere, and Escape drops it; a pick is meant at once.
 */
function DateInput({ label, day, pick, onDay, onClose }: DateInputProps) {
  const field = useRef<HTMLInputElement>(null);
  const typing = useRef(false);
  const kept = useRef(day);
  useEffect(() => {
    field.current?.focus();
    if (pick) field.current?.showPicker();
  }, [pick]);

  const keep = ({ value, validity }: HTMLInputElement): void => {
    if (!validity.valid || value === kept.current) return;
    kept.current = value;
    onDay(value);
  };
  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    if (!typing.current) keep(currentTarget);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const { key, currentTarget } = event;
    if (key === 'Enter') {
      event.preventDefault();
      // The browser says what is wrong with a date that can't be meant.
      if (!currentTarget.reportValidity()) return;
      keep(currentTarget);
      onClose();
    } else if (key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      currentTarget.value = kept.current;
      onClose();
    } else if (key !== 'Tab' && key !== 'Shift') typing.current = true;
  };
  return (
    <input
      ref={field}
      type="date"
      className="due-input"
      data-field="due"
      aria-label={label}
      defaultValue={day}
      min={FIRST_DAY}
      max={LAST_DAY}
      onChange={onChange}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget }) => {
        keep(currentTarget);
        onClose();
      }}
    />
  );
}

/** The same time of day on another day; the offset is the one this device has then. */
const onDay = (due: string | null, day: string): string =>
  due === null || due.length <= 10 ? day : instantAt(day, due.slice(11, 16));
