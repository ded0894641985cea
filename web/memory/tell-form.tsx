import { useState, type FormEvent } from 'react';
import type { Messages } from '../app/messages.ts';
import { usePlace } from '../app/place.ts';
import { useConversationPart } from '../app/use-conversation.ts';
import { hasEnded, questionsOf, type SessionClient, type Turn } from '../client/index.ts';

const EXAMPLES = ['My dentist is Dr. Weber', 'I’m allergic to nuts', 'My gym is on Main Street'];
const PATIENCE_MS = 15_000;

interface TellFormProps {
  session: SessionClient;
  messages: Messages;
  isEmpty: boolean;
}

/**
 * What is told here is said in the conversation, which answers; a question takes one there. What can't be sent waits with
 * all else that was said, and what comes of it is told when it comes.
 */
export function TellForm({ session, messages, isEmpty }: TellFormProps) {
  const place = usePlace();
  const [text, setText] = useState('');
  const [telling, setTelling] = useState(false);
  /** Turns whose end nobody stands and waits for. */
  const [late, setLate] = useState<readonly string[]>([]);

  const answer = ({ result, error }: Turn): boolean => {
    const isUnderstood = result !== null && result.decision !== 'FALLBACK' && result.status === 'completed';
    messages.say(result?.reply.split('\n')[0] ?? error?.message ?? 'That did not work. Try it again.');
    return isUnderstood;
  };
  const waitFor = async (id: string): Promise<void> => {
    setText('');
    setLate((before) => [...before, id]);
    const turn = await session.ended(id);
    // Its question stands below the field.
    if (!turn.result?.clarification || place.get() !== 'memory') answer(turn);
  };
  const tell = async (said: string): Promise<void> => {
    const id = session.submit(said);
    // What was answered before is not about this.
    messages.dismiss();
    const isIt = (turn: Turn): boolean => turn.id === id && hasEnded(turn);
    setTelling(true);
    const { turns } = await session
      .until((state) => state.link !== 'online' || state.turns.some(isIt), AbortSignal.timeout(PATIENCE_MS))
      .catch(() => session.getState());
    setTelling(false);
    const turn = turns.find(isIt);
    if (!turn) return waitFor(id);
    if (turn.result?.clarification) return place.openChat();
    // What was not understood is there to be said in other words.
    if (answer(turn)) setText('');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && !telling) void tell(text.trim());
  };
  return (
    <>
      {isEmpty && (
        <p className="soft">
          Nothing so far. Tell PulsePlan something about you, and it will use it: who “my dentist” is, where
          “my gym” is, how you sign your emails.
        </p>
      )}
      <div className="fact-telling">
        <form className="fact-tell" onSubmit={submit} aria-busy={telling}>
          <input
            aria-label="Tell PulsePlan something about you"
            placeholder="Tell PulsePlan something about you"
            maxLength={4000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <button type="submit" className="button" aria-disabled={telling || text.trim() === ''}>
            {telling ? 'Telling' : 'Tell'}
          </button>
        </form>
        <LateTurns session={session} ids={late} />
      </div>
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

/** What still waits to be told, and what was asked back about it. */
function LateTurns({ session, ids }: { session: SessionClient; ids: readonly string[] }) {
  const place = usePlace();
  const turns = useConversationPart(session, (state) => state.turns).filter(({ id }) => ids.includes(id));
  return (
    <div role="status">
      {turns.map((turn) => {
        if (!hasEnded(turn))
          return (
            <p key={turn.id} className="fact-late">
              Will be told when the connection is back: “{turn.text}”
            </p>
          );
        const [question] = turn.phase === 'clarifying' ? questionsOf(turn) : [];
        return (
          question && (
            <p key={turn.id} className="fact-late">
              <span>{question.question}</span>
              <button type="button" className="link" onClick={() => place.openChat()}>
                Answer
              </button>
            </p>
          )
        );
      })}
    </div>
  );
}
