import { Check, Clock, CornerDownRight, Flag, Hash, List, MapPin, Repeat } from 'lucide-react';
import type { Task } from '../../contracts/entities.ts';
import type { TaskStore } from '../app/task-store.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import { formatMinutes } from '../client/index.ts';
import { stopAt } from '../parts/roving.tsx';
import { DueField } from './due-field.tsx';
import { TaskTitle } from './task-title.tsx';

interface TaskRowProps {
  task: Task;
  store: TaskStore;
  /** It no longer exists: shown for the record only. */
  gone?: boolean;
  /** It stands below the task that it is a step of. */
  under?: boolean;
}

/** A task to work with: tick it, rename it, move it. One row of `Roving`. */
export function TaskRow({ task, store, gone = false, under = false }: TaskRowProps) {
  const done = task.status === 'done';
  const due = gone ? null : (
    <DueField task={task} onMove={(day) => void store.patch(task, { due_date: day })} />
  );
  const parent = under || task.parent_id === null ? undefined : store.get().items.get(task.parent_id);
  return (
    <div
      className={`task ${done ? 'done' : ''} ${gone ? 'gone' : ''} ${under ? 'step-row' : ''}`}
      data-row={task.id}
    >
      <button
        type="button"
        {...stopAt('tick')}
        role="checkbox"
        aria-checked={done}
        aria-label={`Done: ${task.title}`}
        className="tick"
        disabled={gone}
        onClick={() => void store.patch(task, { status: done ? 'open' : 'done' })}
      >
        <Check size={13} strokeWidth={3} aria-hidden />
      </button>
      <div className="task-body">
        <TaskTitle title={task.title} onRename={gone ? null : (title) => void store.patch(task, { title })} />
        <div className="details">
          {task.due_date !== null && due}
          {parent && (
            <span className="detail">
              <CornerDownRight size={13} aria-hidden />
              step of “{parent.title}”
            </span>
          )}
          <Details task={task} />
        </div>
      </div>
      {/* Beside the title, where it takes no room that words could need. */}
      {task.due_date === null && !done && due}
    </div>
  );
}

function Details({ task }: { task: Task }) {
  return (
    <>
      {(task.priority === 'high' || task.priority === 'urgent') && (
        <span className={`detail priority-${task.priority}`}>
          <Flag size={13} aria-hidden />
          {task.priority}
        </span>
      )}
      {task.duration_minutes !== null && (
        <span className="detail">
          <Clock size={13} aria-hidden />
          {formatMinutes(task.duration_minutes)}
        </span>
      )}
      {task.recurrence !== null && (
        <span className="detail">
          <Repeat size={13} aria-hidden />
          {sayRecurrence(task.recurrence)}
        </span>
      )}
      {task.location !== null && (
        <span className="detail">
          <MapPin size={13} aria-hidden />
          {task.location}
        </span>
      )}
      {task.list !== null && (
        <span className="detail">
          <List size={13} aria-hidden />
          {task.list}
        </span>
      )}
      {task.tags.map((tag) => (
        <span className="detail" key={tag}>
          <Hash size={13} aria-hidden />
          {tag}
        </span>
      ))}
    </>
  );
}
