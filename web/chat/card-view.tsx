import type { Task } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { useStore } from '../app/store.ts';
import { Roving } from '../parts/roving.tsx';
import { TaskRow } from '../today/task-row.tsx';
import { useChatActions } from './chat-actions.ts';

const CHANGES = {
  created: 'New',
  updated: 'Changed',
  completed: 'Done',
  reopened: 'Open again',
  deleted: 'Deleted',
  restored: 'Brought back',
  shown: null,
} as const;

/** The thing itself, as it is now, not as it was when the reply was written. */
export function CardView({ card }: { card: Card }) {
  if (card.kind === 'task') {
    const change = CHANGES[card.data.change];
    return (
      <div className="card">
        <Roving>
          <LiveTask task={card.data.task} deleted={card.data.change === 'deleted'} />
        </Roving>
        {change !== null && <span className="card-tag">{change}</span>}
      </div>
    );
  }
  if (card.kind !== 'tasks') return null;
  const hidden = card.data.total - card.data.tasks.length;
  return (
    <div className="card card-list">
      <h3>{card.data.title}</h3>
      <Roving>
        <ol>
          {card.data.tasks.map((task) => (
            <li key={task.id}>
              <LiveTask task={task} deleted={false} />
            </li>
          ))}
        </ol>
      </Roving>
      {hidden > 0 && <p className="card-more">and {hidden} more</p>}
    </div>
  );
}

function LiveTask({ task, deleted }: { task: Task; deleted: boolean }) {
  const { tasks } = useChatActions();
  const state = useStore(tasks);
  const live = state.tasks.get(task.id);
  const goneAt = state.gone.get(task.id);
  const shown = live && live.version >= task.version ? live : task;
  const gone = live === undefined && (deleted || (goneAt !== undefined && goneAt >= task.version));
  return <TaskRow task={shown} store={tasks} gone={gone} />;
}
