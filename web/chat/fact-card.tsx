import { BookmarkCheck } from 'lucide-react';
import type { Fact } from '../../contracts/entities.ts';
import { factName, sayFact } from '../../contracts/fact-words.ts';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { endOf } from '../memory/end-of-fact.ts';
import { isSecret, MASK } from '../memory/secrets.ts';
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
  const ending = endOf(fact, gone, state.items.values(), useNow());
  const tag = ending ?? CHANGES[data.change];
  return (
    <section
      className={`card card-column fact-card ${ending === null ? '' : 'gone'}`}
      aria-label={`Memory: ${factName(fact)}, ${isSecret(fact) ? MASK : fact.value}`}
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
  const now = useNow();
  const shown = data.facts.map((one) => {
    const { item, gone } = itemAsItIs(state, one);
    return { item, ending: endOf(item, gone, state.items.values(), now) };
  });
  const more = data.total - shown.length;
  return (
    <section className="card card-column fact-card" aria-label={data.title}>
      <p className="fact-title">{data.title}</p>
      <ul className="plain-list">
        {shown.map(({ item, ending }) => (
          <li key={item.id} className={ending === null ? 'event-head' : 'event-head gone'}>
            <FactLine fact={item} />
            {ending !== null && <span className="card-tag">{ending}</span>}
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
      <p className="reminder-title" dir="auto">
        {capitalised(sayFact(fact))}
      </p>
    </div>
  );
}
