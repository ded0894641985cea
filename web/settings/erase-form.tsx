import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ERASE_WORD } from '../../contracts/erasure.ts';
import { useLogin } from '../app/login-context.ts';
import { ClientError, type RestClient } from '../client/index.ts';
import { useExport } from './use-export.ts';

interface EraseFormProps {
  rest: RestClient;
  onLeave: () => void;
}

/** The last question before an account goes: what goes and what stays, and the word that has to be typed. */
export function EraseForm({ rest, onLeave }: EraseFormProps) {
  const { erase } = useLogin();
  const [typed, setTyped] = useState('');
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { loading, done, fault: exportFault, load } = useExport(rest);
  // A state is seen only after the next drawing.
  const sent = useRef(false);
  const wayOut = useRef<HTMLButtonElement>(null);
  // What is in a dialog can have the focus only once that is open.
  useEffect(() => wayOut.current?.focus(), []);
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
      setFault(sayFault(ClientError.from(error)));
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
        <li>what you told PulsePlan to remember</li>
        <li>tasks, events, reminders and people</li>
        <li>emails: drafts, what was sent, and what waits to be sent</li>
        <li>the history of changes, notices and settings</li>
      </ul>
      <p className="soft">
        Sums of usage stay for the books, under a random number that leads to nobody. Files of the stores are
        cleaned within a day. A subscription in a store is ended there, not here.
      </p>
      <p className="erase-export">
        <span>Take it along first:</span>
        <button type="button" className="link" aria-disabled={loading !== null} onClick={() => load('jsonl')}>
          {loading === null ? 'Download everything' : 'One moment'}
        </button>
        <span role="status">{exportFault ?? (done === null ? '' : 'Downloaded')}</span>
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
        <button type="submit" className="button small danger" disabled={!isMeant} aria-disabled={sending}>
          {sending ? 'Erasing' : 'Erase for ever'}
        </button>
        <button ref={wayOut} type="button" className="link quiet" onClick={onLeave}>
          Keep my account
        </button>
      </span>
    </form>
  );
}

/** After these nobody knows whether the server heard of it. */
const UNKNOWN: readonly string[] = [
  'unreachable',
  'unreadable_answer',
  'dependency_unavailable',
  'deadline_exceeded',
  'internal_error',
];

const sayFault = ({ code, message }: ClientError): string =>
  UNKNOWN.includes(code)
    ? `${message} Whether it was erased is not known: trying it again does no harm.`
    : `Nothing was erased. ${message}`;
