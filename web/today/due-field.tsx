import { CalendarDays } from 'lucide-react';
import { useRef } from 'react';
import type { Task } from '../../contracts/entities.ts';
import { useNow } from '../app/now.ts';
import { dayNumber, formatDate, todayOf } from '../client/index.ts';

interface DueFieldProps {
  task: Task;
  onMove: (dueDate: string | null) => void;
}

/** When a task is due; opens the browser's own date picker to move it. */
export function DueField({ task, onMove }: DueFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const now = useNow();
  const due = task.due_date;
  const late = due !== null && task.status === 'open' && dayNumber(due) < dayNumber(todayOf(now));
  return (
    <label className={`detail due ${late ? 'late' : ''} ${due === null ? 'unset' : ''}`}>
      <CalendarDays size={13} aria-hidden />
      <span aria-hidden>{due === null ? 'Add date' : formatDate(due, now)}</span>
      <input
        ref={input}
        type="date"
        aria-label={`Due date of ${task.title}`}
        value={due?.slice(0, 10) ?? ''}
        onClick={() => input.current?.showPicker()}
        onChange={(event) => onMove(event.target.value === '' ? null : onDay(due, event.target.value))}
      />
    </label>
  );
}

/** The same time of day on another day; the offset is the one this device has then. */
function onDay(due: string | null, day: string): string {
  if (due === null || due.length <= 10) return day;
  const time = due.slice(11, 16);
  const minutes = -new Date(`${day}T${time}`).getTimezoneOffset();
  const size = Math.abs(minutes);
  const offset = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return `${day}T${time}:00${minutes < 0 ? '-' : '+'}${offset}`;
}
