import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Draft } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { useStore } from '../app/store.ts';
import { useChatActions } from './chat-actions.ts';

type EmailCardData = Extract<Card, { kind: 'email' }>['data'];

const CHANGES = {
  created: 'Draft',
  updated: 'Changed',
  deleted: 'Deleted',
  restored: 'Brought back',
  shown: null,
} as const;
const METHODS = { template: 'From a template', llm: 'Written by the language model' } as const;

/** Longer letters are folded. */
const SHOWN_CHARS = 700;
const SHOWN_LINES = 12;
const COPIED_MS = 2_500;

/** A draft as it is now, not as it was when the reply was written. It is kept, not sent. */
export function EmailCard({ data }: { data: EmailCardData }) {
  const { drafts } = useChatActions();
  const state = useStore(drafts);
  const { id } = data.draft;
  useEffect(() => drafts.want(id), [drafts, id]);
  const live = state.drafts.get(id);
  const draft = live && live.version >= data.draft.version ? live : data.draft;
  const gone = live === undefined && (data.change === 'deleted' || state.gone.has(id));
  const tag = gone ? CHANGES.deleted : data.change === 'deleted' ? CHANGES.restored : CHANGES[data.change];
  return (
    <section className={`card email ${gone ? 'gone' : ''}`} aria-label={`Email draft: ${draft.subject}`}>
      <header>
        <Recipients recipients={draft.recipients} />
        {tag !== null && <span className="card-tag">{tag}</span>}
      </header>
      <h3 className="email-subject">{draft.subject === '' ? 'No subject' : draft.subject}</h3>
      <Body draft={draft} gone={gone} />
      <footer>
        <span className="email-method">{METHODS[draft.method]}</span>
        {!gone && <CopyButton text={draft.body} />}
      </footer>
    </section>
  );
}

function Recipients({ recipients }: { recipients: readonly string[] }) {
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

/** Puts a text on the clipboard and says for a moment whether that worked. */
function CopyButton({ text }: { text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (next: 'copied' | 'refused'): void => {
    setState(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('idle'), COPIED_MS);
  };
  const copy = (): void => {
    // Browsers have no clipboard on a page that is neither local nor encrypted.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) return tell('refused');
    clipboard.writeText(text).then(
      () => tell('copied'),
      () => tell('refused'),
    );
  };
  const words = { idle: 'Copy text', copied: 'Copied', refused: 'Your browser did not allow it' } as const;
  return (
    <button type="button" className="link" aria-live="polite" onClick={copy}>
      {state === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />} {words[state]}
    </button>
  );
}
