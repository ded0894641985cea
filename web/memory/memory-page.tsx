import '../styles/pages.css';
import { useEffect, useRef, useState } from 'react';
import type { FactStore } from '../app/fact-store.ts';
import type { Messages } from '../app/messages.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import type { PulseClient, SessionClient } from '../client/index.ts';
import { LoadProblem } from '../parts/load-problem.tsx';
import { focusTitle, PageColumn, PageFrame } from '../parts/page-frame.tsx';
import { Roving } from '../parts/roving.tsx';
import { groupFacts } from './fact-groups.ts';
import { FactRow } from './fact-row.tsx';
import { ForgetAll } from './forget-all.tsx';
import { TellForm } from './tell-form.tsx';

interface MemoryPageProps {
  client: PulseClient;
  session: SessionClient;
  messages: Messages;
  facts: FactStore;
  /** Shows the conversation in which it was said. */
  onTurn: (sessionId: string, turnId: string) => void;
}

/** From so many on, looking for one takes longer than typing a word of it. */
const SEARCHED_FROM = 11;

/** What PulsePlan was told and keeps in mind: to look at, to put right, to have forgotten. */
export default function MemoryPage({ client, session, messages, facts, onTurn }: MemoryPageProps) {
  const { items, loaded } = useStore(facts);
  const problem = useStore(facts.problem);
  const now = useNow();
  const [words, setWords] = useState('');
  const all = groupFacts(items.values(), now, '');
  const count = all.reduce((sum, group) => sum + group.facts.length, 0);
  const isSearched = count >= SEARCHED_FROM;
  const groups = isSearched ? groupFacts(items.values(), now, words) : all;
  const focusBack = useFocusBack(items, groups.length === 0);
  return (
    <PageFrame
      title="Memory"
      session={session}
      messages={messages}
      meanwhile="What was told last may be missing."
      onUndone={focusBack}
    >
      <PageColumn label="Memory">
        <TellForm session={session} messages={messages} isEmpty={loaded && count === 0} />
        {!loaded && problem === null && <p className="soft">Reading</p>}
        {!loaded && problem !== null && (
          <LoadProblem onRetry={() => void facts.load()}>
            What you told could not be read. {problem}
          </LoadProblem>
        )}
        {isSearched && (
          <label className="fact-search">
            <span className="visually-hidden">Search your memory</span>
            <input
              type="search"
              placeholder="Search your memory"
              value={words}
              onChange={({ target }) => setWords(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape' || words === '') return;
                // The page itself goes back at Escape.
                event.preventDefault();
                setWords('');
              }}
            />
          </label>
        )}
        {isSearched && groups.length === 0 && <p className="soft">Nothing has these words.</p>}
        {groups.length > 0 && (
          <Roving of="facts" className="fact-groups">
            {groups.map(({ key, name, facts: own }, index) => (
              <section key={key} className="fact-group" aria-labelledby={`facts-${index}`}>
                <h2 id={`facts-${index}`} dir="auto">
                  {name}
                </h2>
                {own.map((fact) => (
                  <FactRow key={fact.id} fact={fact} facts={facts} onTurn={onTurn} />
                ))}
              </section>
            ))}
          </Roving>
        )}
        {count > 0 && !(isSearched && words.trim() !== '') && (
          <ForgetAll rest={client.rest} messages={messages} facts={facts} count={count} />
        )}
      </PageColumn>
    </PageFrame>
  );
}

/**
 * Where the focus goes when what had it is gone: the page's title where no row is left, and the row of a thing that was
 * taken back, once that stands there again.
 */
function useFocusBack(items: ReadonlyMap<string, unknown>, isEmpty: boolean): (id: string) => void {
  const awaited = useRef<string | null>(null);
  useEffect(() => {
    if (document.activeElement !== document.body) return void (awaited.current = null);
    if (isEmpty) focusTitle();
    if (awaited.current !== null && focusRow(awaited.current)) awaited.current = null;
  }, [items, isEmpty]);
  return (id) => {
    if (!focusRow(id)) awaited.current = id;
  };
}

function focusRow(id: string): boolean {
  const stop = document.querySelector<HTMLElement>(`[data-row="${id}"] [data-stop="change"]`);
  stop?.focus();
  return stop !== null;
}
