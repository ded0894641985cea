import { Pencil, Quote, Trash2 } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Fact } from '../../contracts/entities.ts';
import { factName } from '../../contracts/fact-words.ts';
import { useNow } from '../app/now.ts';
import { dayOf, formatDate } from '../client/index.ts';
import { capitalised } from '../parts/capitalised.ts';
import { IconButton } from '../parts/icon-button.tsx';

const MINUTE_MS = 60_000;

interface FactRowProps {
  fact: Fact;
  onValue: (value: string) => void;
  onForget: () => void;
  onTurn: (sessionId: string, turnId: string) => void;
}

/** One thing that was told: what it is, since when, and the words it came from. */
export function FactRow({ fact, onValue, onForget, onTurn }: FactRowProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const { attribute, value, said, session_id: sessionId, turn_id: turnId } = fact;
  const name = factName(fact);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const next = typed?.trim() ?? '';
    if (next !== '' && next !== value) onValue(next);
    setTyped(null);
  };
  return (
    <article className="fact" aria-label={capitalised(name)}>
      <div className="fact-line">
        <h3>{capitalised(attribute)}</h3>
        {typed === null ? (
          <p className="fact-value">{value}</p>
        ) : (
          <form className="fact-form" onSubmit={keep}>
            <input
              required
              autoFocus
              maxLength={4000}
              aria-label={capitalised(name)}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                // The page itself goes back at Escape.
                event.preventDefault();
                event.stopPropagation();
                setTyped(null);
              }}
            />
            <button type="submit" className="button small">
              Keep
            </button>
          </form>
        )}
        <div className="fact-tools">
          {said !== null && (
            <IconButton
              icon={Quote}
              label={`Words: ${name}`}
              expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            />
          )}
          {typed === null && (
            <IconButton icon={Pencil} label={`Change: ${name}`} onClick={() => setTyped(value)} />
          )}
          <IconButton icon={Trash2} label={`Forget: ${name}`} onClick={onForget} />
        </div>
      </div>
      <p className="fact-since">
        <Since fact={fact} />
      </p>
      <div hidden={!isOpen} className="fact-words">
        {said !== null && <q>{said}</q>}
        {sessionId !== null && turnId !== null && (
          <button type="button" className="link quiet" onClick={() => onTurn(sessionId, turnId)}>
            Where it was said
          </button>
        )}
      </div>
    </article>
  );
}

function Since({ fact: { valid_from: from, valid_until: until, said } }: { fact: Fact }) {
  const now = useNow();
  // The page's clock shows whole minutes.
  const isAhead = Date.parse(from) - now.getTime() > MINUTE_MS;
  const last = until === null ? null : dayOf(new Date(Date.parse(until) - 1).toISOString());
  return (
    <>
      {isAhead ? 'from' : 'since'} <time dateTime={from}>{formatDate(dayOf(from), now)}</time>
      {until !== null && last !== null && (
        <>
          {' '}
          until <time dateTime={until}>{formatDate(last, now)}</time>
        </>
      )}
      {said === null && ' · changed by hand'}
    </>
  );
}
