import '../styles/pages.css';
import { useState, type FormEvent } from 'react';
import type { FactStore } from '../app/fact-store.ts';
import { describe, type Messages } from '../app/messages.ts';
import { useNow } from '../app/now.ts';
import { usePlace } from '../app/place.ts';
import { useStore } from '../app/store.ts';
import type { PulseClient, SessionClient } from '../client/index.ts';
import { PageColumn, PageFrame } from '../parts/page-frame.tsx';
import { groupFacts } from './fact-groups.ts';
import { FactRow } from './fact-row.tsx';

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
const EXAMPLES = ['My dentist is Dr. Weber', 'I’m allergic to nuts', 'My gym is on Main Street'];
const PATIENCE_MS = 15_000;

/** What PulsePlan was told and keeps in mind: to look at, to put right, to have forgotten. */
export default function MemoryPage({ client, session, messages, facts, onTurn }: MemoryPageProps) {
  const { items, loaded } = useStore(facts);
  const now = useNow();
  const [words, setWords] = useState('');
  const all = groupFacts(items.values(), now, '');
  const count = all.reduce((sum, group) => sum + group.facts.length, 0);
  const isSearched = count >= SEARCHED_FROM;
  const groups = isSearched ? groupFacts(items.values(), now, words) : all;
  return (
    <PageFrame
      title="Memory"
      session={session}
      messages={messages}
      meanwhile="What was told last may be missing."
    >
      <PageColumn label="Memory">
        <TellForm session={session} messages={messages} isEmpty={loaded && count === 0} />
        {!loaded && <p className="soft">Reading</p>}
        {isSearched && (
          <label className="fact-search">
            <span className="visually-hidden">Search your memory</span>
            <input
              type="search"
              placeholder="Search your memory"
              value={words}
              onChange={({ target }) => setWords(target.value)}
            />
          </label>
        )}
        {isSearched && groups.length === 0 && <p className="soft">Nothing has these words.</p>}
        {groups.map(({ key, name, facts: own }, index) => (
          <section key={key} className="fact-group" aria-labelledby={`facts-${index}`}>
            <h2 id={`facts-${index}`}>{name}</h2>
            {own.map((fact) => (
              <FactRow
                key={fact.id}
                fact={fact}
                onValue={(value) => void facts.patch(fact, { value })}
                onForget={() => void facts.remove(fact)}
                onTurn={onTurn}
              />
            ))}
          </section>
        ))}
        {count > 0 && <ForgetAll client={client} messages={messages} facts={facts} count={count} />}
      </PageColumn>
    </PageFrame>
  );
}

interface TellFormProps {
  session: SessionClient;
  messages: Messages;
  isEmpty: boolean;
}

/** What is told here is said in the conversation, which answers; a question takes one there. */
function TellForm({ session, messages, isEmpty }: TellFormProps) {
  const place = usePlace();
  const [text, setText] = useState('');
  const [telling, setTelling] = useState(false);
  const tell = async (said: string): Promise<void> => {
    setTelling(true);
    try {
      const { result } = await session.ended(session.submit(said), AbortSignal.timeout(PATIENCE_MS));
      if (result?.clarification) return place.openChat();
      messages.say(result?.reply.split('\n')[0] ?? 'That did not work. Try it again.');
      setText('');
    } catch (error) {
      messages.say(describe(error));
    } finally {
      setTelling(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void tell(text.trim());
  };
  return (
    <>
      {isEmpty && (
        <p className="soft">
          Nothing so far. Tell PulsePlan something about you, and it will use it: who “my dentist” is, where
          “my gym” is, how you sign your emails.
        </p>
      )}
      <form className="fact-tell" onSubmit={submit} aria-busy={telling}>
        <input
          aria-label="Tell PulsePlan something about you"
          placeholder="Tell PulsePlan something about you"
          maxLength={4000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <button type="submit" className="button" disabled={telling || text.trim() === ''}>
          {telling ? 'Telling' : 'Tell'}
        </button>
      </form>
      {isEmpty && (
        <ul className="fact-examples" aria-label="Examples">
          {EXAMPLES.map((example) => (
            <li key={example}>
              <button type="button" className="button small" onClick={() => setText(example)}>
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ForgetAllProps {
  client: PulseClient;
  messages: Messages;
  facts: FactStore;
  count: number;
}

function ForgetAll({ client, messages, facts, count }: ForgetAllProps) {
  const [asked, setAsked] = useState(false);
  const forget = async (): Promise<void> => {
    setAsked(false);
    try {
      const { receipt } = await client.rest.deleteFacts();
      const [first] = receipt.effects;
      await facts.load();
      messages.say(
        'Forgot everything.',
        // It stands until something is told again, whatever the versions were.
        first ? { receiptId: receipt.receipt_id, kind: 'fact', id: first.id, version: Infinity } : null,
      );
    } catch (error) {
      messages.say(describe(error));
    }
  };
  return (
    <div className="fact-all">
      {asked ? (
        <>
          <span>Forget all of it? {count === 1 ? 'That is 1 thing.' : `These are ${count} things.`}</span>
          <button type="button" className="button small" autoFocus onClick={() => void forget()}>
            Forget everything
          </button>
          <button type="button" className="link quiet" onClick={() => setAsked(false)}>
            Keep it
          </button>
        </>
      ) : (
        <button type="button" className="link quiet" onClick={() => setAsked(true)}>
          Forget everything
        </button>
      )}
    </div>
  );
}
