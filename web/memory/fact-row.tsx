import { Eye, EyeOff, Pencil, Quote, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Fact } from '../../contracts/entities.ts';
import { factName } from '../../contracts/fact-words.ts';
import type { FactStore } from '../app/fact-store.ts';
import { useNow } from '../app/now.ts';
import { dayOf, formatDate } from '../client/index.ts';
import { capitalised } from '../parts/capitalised.ts';
import { Clamped } from '../parts/clamped.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { stopAt } from '../parts/roving.tsx';
import { FactForm } from './fact-form.tsx';
import { isSecret, MASK } from './secrets.ts';

const MINUTE_MS = 60_000;

interface FactRowProps {
  fact: Fact;
  facts: FactStore;
  onTurn: (sessionId: string, turnId: string) => void;
}

/** One thing that was told: what it is, since when, and the words it came from. One row of `Roving`. */
export function FactRow({ fact, facts, onTurn }: FactRowProps) {
  const [isChanged, setChanged] = useState(facts.drafts.has(fact.id));
  const [isOpen, setOpen] = useState(false);
  const [isShown, setShown] = useState(!isSecret(fact));
  const { attribute, value, said, session_id: sessionId, turn_id: turnId } = fact;
  const name = factName(fact);
  return (
    <article className="fact" aria-label={capitalised(name)} data-row={fact.id}>
      <div className="fact-line">
        <h3 dir="auto">{capitalised(attribute)}</h3>
        {isChanged ? (
          <FactForm fact={fact} facts={facts} onDone={() => setChanged(false)} />
        ) : (
          <>
            <div className="fact-value" dir="auto">
              {isShown ? (
                <Clamped text={value} stop="more">
                  {(look) => <p className={look}>{value}</p>}
                </Clamped>
              ) : (
                <p>
                  <span aria-hidden>{MASK}</span>
                  <span className="visually-hidden">Hidden</span>
                </p>
              )}
            </div>
            <div className="fact-tools">
              {isSecret(fact) && (
                <IconButton
                  icon={isShown ? EyeOff : Eye}
                  label={`${isShown ? 'Hide' : 'Show'}: ${name}`}
                  stop="show"
                  onClick={() => setShown(!isShown)}
                />
              )}
              {said !== null && (
                <IconButton
                  icon={Quote}
                  label={`Words: ${name}`}
                  stop="words"
                  expanded={isOpen}
                  onClick={() => setOpen(!isOpen)}
                />
              )}
              <IconButton
                icon={Pencil}
                label={`Change: ${name}`}
                stop="change"
                onClick={() => setChanged(true)}
              />
              <IconButton
                icon={Trash2}
                label={`Forget: ${name}`}
                stop="forget"
                onClick={() => void facts.remove(fact)}
              />
            </div>
          </>
        )}
      </div>
      <p className="fact-since">
        <Since fact={fact} />
      </p>
      <div hidden={!isOpen || isChanged} className="fact-words">
        {said !== null && <q dir="auto">{isShown ? said : MASK}</q>}
        {sessionId !== null && turnId !== null && (
          <button
            type="button"
            {...stopAt('turn')}
            className="link quiet"
            onClick={() => onTurn(sessionId, turnId)}
          >
            Where it was said
          </button>
        )}
      </div>
    </article>
  );
}

function Since({ fact }: { fact: Fact }) {
  const { valid_from: from, valid_until: until, created_at: created, said } = fact;
  const now = useNow();
  // The page's clock shows whole minutes.
  const isAhead = Date.parse(from) - now.getTime() > MINUTE_MS;
  // Of most things nobody said since when they are so.
  const isTold = Math.abs(Date.parse(created) - Date.parse(from)) < MINUTE_MS;
  const last = until === null ? null : dayOf(new Date(Date.parse(until) - 1).toISOString());
  return (
    <>
      {isAhead ? 'from' : isTold ? 'told' : 'since'}{' '}
      <time dateTime={from}>{formatDate(dayOf(from), now)}</time>
      {until !== null && last !== null && (
        <>
          {isTold && ','} until <time dateTime={until}>{formatDate(last, now)}</time>
        </>
      )}
      {said === null && ' · changed by hand'}
    </>
  );
}
