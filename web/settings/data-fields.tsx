import { useRef, useState, type FormEvent } from 'react';
import { ERASE_WORD } from '../../contracts/erasure.ts';
import { useLogin } from '../app/login-context.ts';
import { describe } from '../app/messages.ts';
import type { RestClient } from '../client/index.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Row } from './fields.tsx';

/** What a person takes along, and how they leave. */
export function DataFields({ rest }: { rest: RestClient }) {
  const [loading, setLoading] = useState<'jsonl' | 'ics' | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [erasing, setErasing] = useState(false);
  const load = async (format: 'jsonl' | 'ics'): Promise<void> => {
    setLoading(format);
    setFault(null);
    try {
      save(await rest.exported(format), `pulseplan.${format}`);
    } catch (error) {
      setFault(describe(error));
    } finally {
      setLoading(null);
    }
  };
  return (
    <>
      <Row
        label="Export"
        about="All that is kept of you, a JSON object a line; events, tasks and reminders also as a calendar."
        name="export"
        fault={fault}
      >
        <button
          type="button"
          className="button small"
          disabled={loading !== null}
          onClick={() => void load('jsonl')}
        >
          {loading === 'jsonl' ? 'One moment' : 'Everything'}
        </button>
        <button
          type="button"
          className="button small"
          disabled={loading !== null}
          onClick={() => void load('ics')}
        >
          {loading === 'ics' ? 'One moment' : 'Calendar'}
        </button>
      </Row>
      <Row label="Erase account" about="All that is kept of you goes, for ever." name="erase" fault={null}>
        <button type="button" className="button small danger" onClick={() => setErasing(true)}>
          Erase account…
        </button>
      </Row>
      <Dialog label={erasing ? 'Erase account' : null} onClose={() => setErasing(false)}>
        <EraseForm rest={rest} onLeave={() => setErasing(false)} />
      </Dialog>
    </>
  );
}

function EraseForm({ rest, onLeave }: { rest: RestClient; onLeave: () => void }) {
  const { erase } = useLogin();
  const [typed, setTyped] = useState('');
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  // A state is seen only after the next drawing.
  const sent = useRef(false);
  const isMeant = typed.trim().toLowerCase() === ERASE_WORD;
  const onSubmit = async (submitted: FormEvent): Promise<void> => {
    submitted.preventDefault();
    if (!isMeant || sent.current) return;
    sent.current = true;
    setSending(true);
    setFault(null);
    try {
      await erase(() => rest.eraseAccount());
    } catch (error) {
      setFault(describe(error));
      setSending(false);
      sent.current = false;
    }
  };
  return (
    <form className="erase" onSubmit={(submitted) => void onSubmit(submitted)}>
      <h2>Erase your account?</h2>
      <p>This can’t be undone. These go from every store at once:</p>
      <ul>
        <li>conversations, with every word of them</li>
        <li>tasks, events, reminders and people</li>
        <li>emails: drafts, what was sent, and what waits to be sent</li>
        <li>the history of changes, notices and settings</li>
      </ul>
      <p className="soft">
        Sums of usage stay for the books, under a random number that leads to nobody. Files of the stores are
        cleaned within a day. A subscription in a store is ended there, not here.
      </p>
      <label>
        <span>
          Type <b>{ERASE_WORD}</b> to go on
        </span>
        <input
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      {fault !== null && (
        <p className="setting-fault" role="alert">
          {fault}
        </p>
      )}
      <span className="erase-actions">
        <button type="submit" className="button small danger" disabled={!isMeant || sending}>
          {sending ? 'Erasing' : 'Erase for ever'}
        </button>
        <button type="button" className="link quiet" onClick={onLeave}>
          Keep it
        </button>
      </span>
    </form>
  );
}

/** As a file of the person's own. */
function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
