import { BookmarkCheck } from 'lucide-react';
import type { Fact } from '../../contracts/entities.ts';
import { factName, sayFact } from '../../contracts/fact-words.ts';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useStore } from '../app/store.ts';
import { capitalised } from '../parts/capitalised.ts';
import { PageLink } from '../parts/page-link.tsx';
import { CHANGES } from './changes.ts';
import { useChatActions } from './chat-actions.ts';
import { useWanted } from './use-wanted.ts';

/** Something that was told, as it is now. */
export function FactCard({ data }: { data: Extract<Card, { kind: 'fact' }>['data'] }) {
  const { facts } = useChatActions();
  useWanted(facts, [data.fact.id]);
  const state = useStore(facts);
  const { item: fact, gone: isGone } = itemAsItIs(state, data.fact);
  const gone = isGone || (data.change === 'deleted' && !state.items.has(fact.id));
  const tag = gone ? CHANGES.deleted : CHANGES[data.change];
  return (
    <section
      className={`card card-column fact-card ${gone ? 'gone' : ''}`}
      aria-label={`Memory: ${factName(fact)}`}
    >
      <header className="event-head">
        <FactLine fact={fact} />
        {tag !== null && <span className="card-tag">{tag}</span>}
      </header>
    </section>
  );
}

/** What was asked for, with the way to all of it. */
export function FactsCard({ data }: { data: Extract<Card, { kind: 'facts' }>['data'] }) {
  const { facts } = useChatActions();
  useWanted(
    facts,
    data.facts.map(({ id }) => id),
  );
  const state = useStore(facts);
  const shown = data.facts.map((one) => itemAsItIs(state, one));
  const more = data.total - shown.length;
  return (
    <section className="card card-column fact-card" aria-label={data.title}>
      <p className="fact-title">{data.title}</p>
      <ul className="plain-list">
        {shown.map(({ item, gone }) => (
          <li key={item.id} className={gone ? 'gone' : undefined}>
            <FactLine fact={item} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="soft">and {more} more</p>}
      <PageLink page="memory" className="link quiet">
        Open Memory
      </PageLink>
    </section>
  );
}

function FactLine({ fact }: { fact: Fact }) {
  return (
    <div className="reminder-line">
      <BookmarkCheck size={16} aria-hidden />
      <p className="reminder-title">{capitalised(sayFact(fact))}</p>
    </div>
  );
}
