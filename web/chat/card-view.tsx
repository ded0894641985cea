import { lazy, Suspense } from 'react';
import type { Clarification } from '../../contracts/clarification.ts';
import type { Task } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useStore } from '../app/store.ts';
import { Roving } from '../parts/roving.tsx';
import { standsUnder } from '../today/steps.ts';
import { TaskRow } from '../today/task-row.tsx';
import { useChatActions } from './chat-actions.ts';
import { CHANGES } from './changes.ts';
import { ContactCard } from './contact-card.tsx';
import { FactCard, FactsCard } from './fact-card.tsx';
import { EmailCard } from './email-card.tsx';
import { EventCard, EventsCard } from './event-card.tsx';
import { ReminderCard, RemindersCard } from './reminder-card.tsx';
import { UpgradeCard } from './upgrade-card.tsx';
import { UsageCard } from './usage-card.tsx';

// Not every conversation has one of these.
const ScheduleCard = lazy(() => import('./schedule-card.tsx'));
const BriefingCard = lazy(() => import('./briefing-card.tsx'));
const SearchCard = lazy(() => import('./search-card.tsx'));

interface CardViewProps {
  card: Card;
  /** The turn's question; some cards hold its choices. */
  question: Clarification | null;
  /** It can be answered still. */
  isOpen: boolean;
  /** The choice that answered it, where this client knows. */
  chosen: string | null;
  /** Nothing was said since. */
  isLast: boolean;
}

/** The thing itself, as it is now, not as it was when the reply was written. */
export function CardView(props: CardViewProps) {
  return (
    <Suspense fallback={<div className="card card-awaited" aria-busy />}>
      <Drawn {...props} />
    </Suspense>
  );
}

function Drawn({ card, question, isOpen, chosen, isLast }: CardViewProps) {
  switch (card.kind) {
    case 'task':
      return <TaskCard {...card.data} />;
    case 'tasks':
      return <TasksCard {...card.data} />;
    case 'email':
      return <EmailCard data={card.data} isLast={isLast} isAsked={isOpen} />;
    case 'usage':
      return <UsageCard data={card.data} />;
    case 'upgrade':
      return <UpgradeCard offer={card.data} question={question} isOpen={isOpen} chosen={chosen} />;
    case 'event':
      return <EventCard data={card.data} />;
    case 'events':
      return <EventsCard data={card.data} />;
    case 'reminder':
      return <ReminderCard data={card.data} />;
    case 'reminders':
      return <RemindersCard data={card.data} />;
    case 'schedule':
      return <ScheduleCard data={card.data} isOpen={isOpen} />;
    case 'briefing':
      return <BriefingCard data={card.data} />;
    case 'search':
      return <SearchCard data={card.data} />;
    case 'contact':
      return <ContactCard data={card.data} />;
    case 'fact':
      return <FactCard data={card.data} />;
    case 'facts':
      return <FactsCard data={card.data} />;
  }
}

function TaskCard({ task, change }: Extract<Card, { kind: 'task' }>['data']) {
  const tag = CHANGES[change];
  return (
    <div className="card">
      <Roving>
        <LiveTask task={task} deleted={change === 'deleted'} />
      </Roving>
      {tag !== null && <span className="card-tag">{tag}</span>}
    </div>
  );
}

function TasksCard({ tasks, total, title }: Extract<Card, { kind: 'tasks' }>['data']) {
  const hidden = total - tasks.length;
  return (
    <div className="card card-list">
      <h3>{title}</h3>
      <Roving>
        <ol>
          {tasks.map((task, index) => (
            <li key={task.id}>
              <LiveTask task={task} deleted={false} under={standsUnder(tasks, index)} />
            </li>
          ))}
        </ol>
      </Roving>
      {hidden > 0 && <p className="card-more">and {hidden} more</p>}
    </div>
  );
}

interface LiveTaskProps {
  task: Task;
  deleted: boolean;
  under?: boolean;
}

function LiveTask({ task, deleted, under = false }: LiveTaskProps) {
  const { tasks } = useChatActions();
  const state = useStore(tasks);
  const now = itemAsItIs(state, task);
  const isGone = now.gone || (deleted && !state.items.has(task.id));
  return <TaskRow task={now.item} store={tasks} gone={isGone} under={under} />;
}
