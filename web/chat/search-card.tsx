import { CalendarDays, Circle, CircleCheck, Mail, MessageSquare, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Card, SearchHit } from '../../contracts/result.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { formatDate, toLocal } from '../client/index.ts';
import { Marked } from '../parts/marked.tsx';
import { Roving } from '../parts/roving.tsx';
import { TaskRow } from '../today/task-row.tsx';
import { useChatActions } from './chat-actions.ts';
import { EmailCard } from './email-card.tsx';
import { useWanted } from './use-wanted.ts';

const KINDS: Record<SearchHit['kind'], { icon: LucideIcon; name: string }> = {
  task: { icon: Circle, name: 'Task' },
  event: { icon: CalendarDays, name: 'Event' },
  draft: { icon: Mail, name: 'Email' },
  turn: { icon: MessageSquare, name: 'Said' },
};
const DONE = { icon: CircleCheck, name: 'Done task' };

/** What was found, the best first; each opens what it is. */
export default function SearchCard({ data }: { data: Extract<Card, { kind: 'search' }>['data'] }) {
  const { tasks } = useChatActions();
  useWanted(
    tasks,
    data.hits.filter(({ kind }) => kind === 'task').map(({ id }) => id),
  );
  const { items } = useStore(tasks);
  const hidden = data.total - data.hits.length;
  return (
    <section className="card card-list search-card" aria-label={`Found for ${data.query}`}>
      <h3>
        {data.total === 0 ? 'Nothing found for' : 'Found for'} “{data.query}”
      </h3>
      <ol>
        {data.hits.map((hit) => (
          <li key={`${hit.kind} ${hit.id}`}>
            <Hit hit={hit} query={data.query} done={items.get(hit.id)?.status === 'done'} />
          </li>
        ))}
      </ol>
      {hidden > 0 && <p className="card-more">and {hidden} more</p>}
    </section>
  );
}

function Hit({ hit, query, done }: { hit: SearchHit; query: string; done: boolean }) {
  const { openEvent, openTurn } = useChatActions();
  const [open, setOpen] = useState(false);
  const now = useNow();
  const { icon: Icon, name } = done ? DONE : KINDS[hit.kind];
  const opensHere = hit.kind === 'task' || hit.kind === 'draft';
  const onOpen = (): void => {
    if (hit.kind === 'event') openEvent({ id: hit.id, start: hit.at ?? new Date().toISOString() });
    else if (hit.kind === 'turn' && hit.session_id !== null) openTurn(hit.session_id, hit.id);
    else setOpen(!open);
  };
  const snippet = hit.snippet === hit.title ? '' : hit.snippet;
  return (
    <div className="hit">
      <button
        type="button"
        className="hit-button"
        aria-expanded={opensHere ? open : undefined}
        onClick={onOpen}
      >
        <Icon size={16} aria-hidden />
        <span className="hit-words">
          <span className="visually-hidden">{name}: </span>
          <span className="hit-title">
            <Marked text={hit.title === '' ? 'No title' : hit.title} query={query} />
          </span>
          {snippet !== '' && (
            <span className="hit-snippet">
              <Marked text={snippet} query={query} />
            </span>
          )}
        </span>
        {hit.at !== null && (
          <span className="hit-at">{formatDate(hit.at.length > 10 ? toLocal(hit.at) : hit.at, now)}</span>
        )}
      </button>
      {open && hit.kind === 'task' && <FoundTask id={hit.id} />}
      {open && hit.kind === 'draft' && <FoundDraft id={hit.id} />}
    </div>
  );
}

function FoundTask({ id }: { id: string }) {
  const { tasks } = useChatActions();
  const { items, gone } = useStore(tasks);
  const task = items.get(id);
  if (!task)
    return <p className="hit-inside soft">{gone.has(id) ? 'It has been deleted since.' : 'Looking it up'}</p>;
  return (
    <div className="hit-inside">
      <Roving>
        <TaskRow task={task} store={tasks} />
      </Roving>
    </div>
  );
}

function FoundDraft({ id }: { id: string }) {
  const { drafts } = useChatActions();
  useWanted(drafts, [id]);
  const { items, gone } = useStore(drafts);
  const draft = items.get(id);
  if (!draft)
    return <p className="hit-inside soft">{gone.has(id) ? 'It has been deleted since.' : 'Looking it up'}</p>;
  return (
    <div className="hit-inside">
      <EmailCard data={{ draft, change: 'shown' }} isLast={false} />
    </div>
  );
}
