import { Bell, CalendarX2 } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import type { Task } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import {
  dayOf,
  daysBetween,
  formatDate,
  formatMinutes,
  minutesBetween,
  sayTimes,
  timeOf,
  toLocal,
} from '../client/index.ts';
import { PageLink } from '../parts/page-link.tsx';
import { Roving } from '../parts/roving.tsx';
import { TaskRow } from '../today/task-row.tsx';
import { useChatActions } from './chat-actions.ts';
import { byDay, EventLine } from './event-card.tsx';

type Briefing = Extract<Card, { kind: 'briefing' }>['data'];

/** A day at a glance: what takes place, what is due, what collides, what is free. Empty parts are left out. */
export default function BriefingCard({ data }: { data: Briefing }) {
  const { openEvent } = useChatActions();
  const { events, due, overdue, reminders, conflicts, free, changed, changed_more: others } = data;
  const empty = [events, due, overdue, reminders].every(({ length }) => length === 0);
  const now = useNow();
  const isDay = daysBetween(dayOf(data.range.start), dayOf(data.range.end)) <= 1;
  return (
    <section className="card card-column briefing" aria-label={data.title}>
      <h3>{data.title}</h3>
      {empty && <p className="soft">Nothing takes place, and nothing is due.</p>}
      {overdue.length > 0 && (
        <Part title="Overdue" look="late">
          <Tasks tasks={overdue} />
        </Part>
      )}
      {events.length > 0 && (
        <Part title="Events">
          {byDay(events.map((event) => ({ event }))).map(([day, those]) => (
            <Fragment key={day}>
              {!isDay && <p className="briefing-day">{formatDate(day, now)}</p>}
              <ul className="briefing-events">
                {those.map(({ event }) => (
                  <li key={`${event.id} ${event.start}`}>
                    <EventLine event={event} onOpen={() => openEvent(event)} />
                  </li>
                ))}
              </ul>
            </Fragment>
          ))}
        </Part>
      )}
      {conflicts.length > 0 && (
        <Part title="At the same time" look="late">
          <ul>
            {conflicts.map(({ first, second }) => (
              <li key={`${first.id} ${second.id} ${first.start}`} className="briefing-conflict">
                <CalendarX2 size={14} aria-hidden />
                <span>
                  “{first.title}”, {sayTimes(first)}, and “{second.title}”, {sayTimes(second)}
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {due.length > 0 && (
        <Part title="Due">
          <Tasks tasks={due} />
        </Part>
      )}
      {reminders.length > 0 && (
        <Part title="Reminders">
          <ul className="briefing-reminders">
            {reminders.map(({ id, title, remind_at: at }) => (
              <li key={id}>
                <Bell size={13} aria-hidden />
                <span className="timeline-time">
                  {isDay ? timeOf(toLocal(at)) : formatDate(toLocal(at), now)}
                </span>
                <span>{title}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {free.length > 0 && (
        <Part title="Free">
          <ul className="slots">
            {free.map((slot) => (
              <li key={slot.start} className="slot">
                {!isDay && `${formatDate(dayOf(slot.start), now)}, `}
                {sayTimes(slot)} <span>{formatMinutes(minutesBetween(slot.start, slot.end))}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {changed.length > 0 && (
        <Part title="Since yesterday">
          <ul className="briefing-changed">
            {changed.map((sentence, index) => (
              <li key={index}>{sentence}</li>
            ))}
          </ul>
          {others > 0 && (
            <PageLink page="history" className="link card-more">
              and {others} more
            </PageLink>
          )}
        </Part>
      )}
    </section>
  );
}

function Part({ title, look = '', children }: { title: string; look?: string; children: ReactNode }) {
  return (
    <section className={`briefing-part ${look}`} aria-label={title}>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

function Tasks({ tasks }: { tasks: readonly Task[] }) {
  const { tasks: store } = useChatActions();
  const state = useStore(store);
  return (
    <Roving>
      <ul className="briefing-tasks">
        {tasks.map((task) => {
          const { item, gone } = itemAsItIs(state, task);
          return (
            <li key={task.id}>
              <TaskRow task={item} store={store} gone={gone} />
            </li>
          );
        })}
      </ul>
    </Roving>
  );
}
