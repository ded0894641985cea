import { CalendarRange, X } from 'lucide-react';
import { useNow } from '../app/now.ts';
import { formatDate, todayOf } from '../client/index.ts';
import { useStore } from '../app/store.ts';
import type { EventPlace } from '../app/calendar-view.ts';
import type { Stores } from '../app/stores.ts';
import type { TaskStore } from '../app/task-store.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { MessageLine } from '../parts/message-line.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Roving } from '../parts/roving.tsx';
import { DayTimeline } from './day-timeline.tsx';
import { standsUnder } from './steps.ts';
import { groupTasks, type TaskGroup } from './task-groups.ts';
import { TaskRow } from './task-row.tsx';

interface TodayPanelProps {
  stores: Stores;
  onEvent: (event: EventPlace) => void;
  onClose?: () => void;
}

/** The day's events, and what is open, by when it is due. It follows every change, and what has just changed glows once. */
export function TodayPanel({ stores, onEvent, onClose }: TodayPanelProps) {
  const { tasks: store, messages } = stores;
  const { items, fresh, loaded } = useStore(store);
  const now = useNow();
  const groups = groupTasks(items.values(), now);
  return (
    <div className="today">
      <header className="panel-head">
        <div>
          <h2>Today</h2>
          <p className="panel-sub">{formatDate(todayOf(now), now, 'long')}</p>
        </div>
        <span className="panel-tools">
          <PageLink page="calendar" className="icon-button" label="Open the calendar" onOpen={onClose}>
            <CalendarRange size={18} strokeWidth={1.75} aria-hidden />
          </PageLink>
          {onClose && <IconButton icon={X} label="Close" onClick={onClose} />}
        </span>
      </header>
      <div className="panel-scroll" tabIndex={0} role="region" aria-label="Tasks">
        <DayTimeline stores={stores} onOpen={onEvent} />
        {loaded && groups.length === 0 && (
          <p className="panel-empty">Nothing is open. Say what is on your mind and it will stand here.</p>
        )}
        {groups.length > 0 && (
          <Roving>
            {groups.map((group) => (
              <Group key={group.key} group={group} fresh={fresh} store={store} />
            ))}
          </Roving>
        )}
      </div>
      <MessageLine messages={messages} />
    </div>
  );
}

interface GroupProps {
  group: TaskGroup;
  fresh: ReadonlyMap<string, number>;
  store: TaskStore;
}

function Group({ group, fresh, store }: GroupProps) {
  return (
    <section className={`group group-${group.key}`} aria-labelledby={`group-${group.key}`}>
      <h3 id={`group-${group.key}`}>
        {group.title} <span className="count">{group.tasks.length}</span>
      </h3>
      <ul>
        {group.tasks.map((task, index) => (
          <li key={task.id}>
            {/* A new key for each version that came as news starts the glow again; what is being typed stays. */}
            {fresh.has(task.id) && <span key={fresh.get(task.id)} className="glow" aria-hidden />}
            <TaskRow task={task} store={store} under={standsUnder(group.tasks, index)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
