import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Draft } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { formatDate, toLocal } from '../client/index.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { CHANGES } from './changes.ts';
import { useChatActions } from './chat-actions.ts';
import { EmailDeeds } from './email-deeds.tsx';
import { EmailForm } from './email-form.tsx';
import { EmailSending } from './email-sending.tsx';
import { useWanted } from './use-wanted.ts';

type EmailCardData = Extract<Card, { kind: 'email' }>['data'];

const METHODS = { template: 'From a template', llm: 'Written by the language model' } as const;

/** Longer letters are folded. */
const SHOWN_CHARS = 700;
const SHOWN_LINES = 12;

interface EmailCardProps {
  data: EmailCardData;
  /** It stands in the last turn, so that "it" means this email. */
  isLast: boolean;
  /** It stands below a question about it. */
  isAsked?: boolean;
}

/** An email as it is now, not as it was when the reply was written: kept, on its way, or sent. */
export function EmailCard({ data, isLast, isAsked = false }: EmailCardProps) {
  const { drafts } = useChatActions();
  useWanted(drafts, [data.draft.id]);
  const state = useStore(drafts);
  const live = state.items.get(data.draft.id);
  const { item: draft } = itemAsItIs(state, data.draft);
  const gone = live === undefined && (data.change === 'deleted' || state.gone.has(draft.id));
  const rests = !gone && draft.status === 'draft';
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    // The form goes away, and its button has the focus again.
    if (wasEditing.current && !editing) edit.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  return (
    <section className={`card email ${gone ? 'gone' : ''} ${draft.status}`} aria-label={labelOf(draft)}>
      {editing && rests ? (
        <EmailForm draft={draft} store={drafts} onDone={() => setEditing(false)} />
      ) : (
        <>
          <header>
            <Recipients draft={draft} />
            <Tag data={data} draft={draft} gone={gone} />
          </header>
          <h3 className="email-subject">{draft.subject === '' ? 'No subject' : draft.subject}</h3>
          <Body draft={draft} gone={gone} />
          {draft.status === 'sending' && !gone && (
            <EmailSending draft={draft} onStop={() => void drafts.stop(draft)} />
          )}
          {rests && (
            <EmailDeeds
              draft={draft}
              isLast={isLast}
              isAsked={isAsked}
              editButton={edit}
              onEdit={() => setEditing(true)}
            />
          )}
          <footer>
            <span className="email-method">{METHODS[draft.method]}</span>
            {!gone && <CopyButton text={draft.body} />}
          </footer>
        </>
      )}
    </section>
  );
}

const labelOf = ({ status, subject }: Draft): string =>
  `${status === 'draft' ? 'Email draft' : status === 'sent' ? 'Sent email' : 'Email on its way'}: ${subject}`;

function Tag({ data, draft, gone }: { data: EmailCardData; draft: Draft; gone: boolean }) {
  const now = useNow();
  if (!gone && draft.status === 'sent')
    return (
      <span className="card-tag">
        <Check size={14} aria-hidden /> Sent
        {draft.sent_at !== null && ` ${formatDate(toLocal(draft.sent_at), now)}`}
      </span>
    );
  if (!gone && draft.status === 'sending') return <span className="card-tag">Sending</span>;
  if (!gone && data.draft.status === 'sending') return <span className="card-tag">Not sent</span>;
  const change = gone ? 'deleted' : data.change === 'deleted' ? 'restored' : data.change;
  const words = change === 'created' ? 'Draft' : CHANGES[change];
  return words === null ? null : <span className="card-tag">{words}</span>;
}

function Recipients({ draft: { recipients, addresses, status } }: { draft: Draft }) {
  const others = status === 'draft' ? [] : addresses.filter((address) => !recipients.includes(address));
  return (
    <div className="email-to">
      <span className="chip-label">To</span>
      {recipients.length === 0 ? (
        <span className="chip-label">nobody so far</span>
      ) : (
        <ul aria-label="Recipients">
          {recipients.map((recipient) => (
            <li key={recipient} className="chip">
              {recipient}
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && <span className="email-method">{others.join(', ')}</span>}
    </div>
  );
}

/** Of a letter that is gone little is shown, long or not. */
function Body({ draft, gone }: { draft: Draft; gone: boolean }) {
  const [whole, setWhole] = useState(false);
  const isLong = gone || draft.body.length > SHOWN_CHARS || draft.body.split('\n').length > SHOWN_LINES;
  return (
    <>
      <p className={`email-body ${isLong && !whole ? 'folded' : ''}`}>{draft.body}</p>
      {isLong && (
        <button
          type="button"
          className="link email-more"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all'}
        </button>
      )}
    </>
  );
}
