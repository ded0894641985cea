import { useState, type FormEvent } from 'react';
import type { Draft } from '../../contracts/entities.ts';
import type { DraftPatch } from '../../contracts/requests.ts';
import type { DraftStore } from '../app/draft-store.ts';

interface EmailFormProps {
  draft: Draft;
  store: DraftStore;
  onDone: () => void;
}

/** Who an email is for, its subject and its text, to type. What was typed stays until it is kept or left. */
export function EmailForm({ draft, store, onDone }: EmailFormProps) {
  const [begun, setBegun] = useState(draft);
  const [to, setTo] = useState(begun.recipients.join(', '));
  const [subject, setSubject] = useState(begun.subject);
  const [body, setBody] = useState(begun.body);
  const [saving, setSaving] = useState(false);
  const overtaken = !saving && draft.version > begun.version;

  const keep = async (submitted: FormEvent): Promise<void> => {
    submitted.preventDefault();
    const patch = patchOf(begun, { to, subject, body });
    if (patch === null) return onDone();
    setSaving(true);
    const kept = await store.patch(draft, patch);
    setSaving(false);
    if (kept) onDone();
  };
  const again = (): void => {
    setBegun(draft);
    setTo(draft.recipients.join(', '));
    setSubject(draft.subject);
    setBody(draft.body);
  };
  return (
    <form
      className="email-form"
      aria-label={`Change the email ${begun.subject}`}
      aria-busy={saving}
      onSubmit={(submitted) => void keep(submitted)}
      onKeyDown={(pressed) => {
        if (pressed.key !== 'Escape') return;
        pressed.preventDefault();
        pressed.stopPropagation();
        onDone();
      }}
    >
      <label>
        To
        <input
          value={to}
          maxLength={4_000}
          placeholder="Names or addresses, with commas between"
          onChange={({ target }) => setTo(target.value)}
        />
      </label>
      <label>
        Subject
        <input value={subject} maxLength={4_000} onChange={({ target }) => setSubject(target.value)} />
      </label>
      <label>
        Text
        <textarea
          autoFocus
          value={body}
          maxLength={50_000}
          rows={Math.min(18, Math.max(6, body.split('\n').length + 1))}
          onChange={({ target }) => setBody(target.value)}
        />
      </label>
      {overtaken && (
        <p className="email-overtaken" role="status">
          It was changed elsewhere meanwhile. Keep puts your text in place of that, or{' '}
          <button type="button" className="link" onClick={again}>
            take the other one
          </button>
        </p>
      )}
      <div className="times-actions">
        <button type="submit" className="button small primary" disabled={saving}>
          {saving ? 'Keeping' : 'Keep'}
        </button>
        <button type="button" className="link quiet" onClick={onDone}>
          Leave it
        </button>
      </div>
    </form>
  );
}

/** Only what is other than before; null where nothing is. */
function patchOf(
  before: Draft,
  { to, subject, body }: { to: string; subject: string; body: string },
): DraftPatch | null {
  const recipients = to
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const patch: DraftPatch = {
    ...(recipients.join(', ') !== before.recipients.join(', ') && { recipients }),
    ...(subject !== before.subject && { subject }),
    ...(body !== before.body && { body }),
  };
  return Object.keys(patch).length > 0 ? patch : null;
}
