import { Check, Copy, OctagonX, Send } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Draft } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { formatDate, toLocal } from '../client/index.ts';
import { CHANGES } from './changes.ts';
import { useChatActions } from './chat-actions.ts';
import { useWanted } from './use-wanted.ts';

type EmailCardData = Extract<Card, { kind: 'email' }>['data'];

const METHODS = { template: 'From a template', llm: 'Written by the language model' } as const;

/** Longer letters are folded. */
const SHOWN_CHARS = 700;
const SHOWN_LINES = 12;
const COPIED_MS = 2_500;

/** An email as it is now, not as it was when the reply was written: kept, on its way, or sent. */
export function EmailCard({ data }: { data: EmailCardData }) {
  const { drafts } = useChatActions();
  useWanted(drafts, [data.draft.id]);
  const state = useStore(drafts);
  const live = state.items.get(data.draft.id);
  const { item: draft } = itemAsItIs(state, data.draft);
  const gone = live === undefined && (data.change === 'deleted' || state.gone.has(draft.id));
  return (
    <section className={`card email ${gone ? 'gone' : ''} ${draft.status}`} aria-label={labelOf(draft)}>
      <header>
        <Recipients recipients={draft.recipients} />
        <Tag data={data} draft={draft} gone={gone} />
      </header>
      <h3 className="email-subject">{draft.subject === '' ? 'No subject' : draft.subject}</h3>
      <Body draft={draft} gone={gone} />
      {draft.status === 'sending' && !gone && (
        <Sending draft={draft} onStop={() => void drafts.stop(draft)} />
      )}
      <footer>
        <span className="email-method">{METHODS[draft.method]}</span>
        {draft.status !== 'draft' && draft.addresses.length > 0 && (
          <span className="email-method">To {draft.addresses.join(', ')}</span>
        )}
        {!gone && <CopyButton text={draft.body} />}
      </footer>
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
  const change = gone ? 'deleted' : data.change === 'deleted' ? 'restored' : data.change;
  const words = change === 'created' ? 'Draft' : CHANGES[change];
  return words === null ? null : <span className="card-tag">{words}</span>;
}

/** The seconds in which an email can be stopped, going by. */
function Sending({ draft, onStop }: { draft: Draft; onStop: () => void }) {
  const seconds = useSecondsUntil(draft.send_at);
  const [stopping, setStopping] = useState(false);
  return (
    <div className="email-sending">
      <Send size={15} aria-hidden />
      {/* Spoken once: each second would be too much. */}
      <span>
        {seconds > 0 ? (
          <>
            Goes out in <b>{seconds} s</b>
          </>
        ) : (
          'Going out now'
        )}
      </span>
      {seconds > 0 && (
        <button
          type="button"
          className="button small"
          disabled={stopping}
          onClick={() => {
            setStopping(true);
            onStop();
          }}
        >
          <OctagonX size={14} aria-hidden /> Stop
        </button>
      )}
    </div>
  );
}

function useSecondsUntil(instant: string | null): number {
  const left = (): number =>
    instant === null ? 0 : Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const tick = (): void => setSeconds(left());
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- it is made of the instant alone
  }, [instant]);
  return seconds;
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
