import { useState, type FormEvent } from 'react';
import type { Fact } from '../../contracts/entities.ts';
import { factName } from '../../contracts/fact-words.ts';
import type { FactStore } from '../app/fact-store.ts';
import { capitalised } from '../parts/capitalised.ts';

const VALUE_MAX = 4_000;
const LINE_CHARS = 40;
const LINES_MAX = 8;

interface FactFormProps {
  fact: Fact;
  facts: FactStore;
  onDone: () => void;
}

/** A field in the place of a value. What was typed stays until it is kept or dropped, whatever happens meanwhile. */
export function FactForm({ fact, facts, onDone }: FactFormProps) {
  const [typed, setTyped] = useState(facts.drafts.get(fact.id) ?? fact.value);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const type = (next: string): void => {
    facts.drafts.set(fact.id, next);
    setTyped(next);
    setFault(null);
  };
  const leave = (): void => {
    facts.drafts.delete(fact.id);
    onDone();
  };
  const keep = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    const value = typed.trim();
    if (saving) return;
    if (value === '') return setFault('Type what it is. To have it forgotten, cancel and press Forget.');
    if (value === fact.value) return leave();
    setSaving(true);
    const refused = await facts.attempt(fact, { value });
    setSaving(false);
    setFault(refused);
    if (refused === null) leave();
  };
  return (
    <form
      className="fact-form"
      aria-busy={saving}
      onSubmit={(event) => void keep(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The page itself goes back at Escape.
        event.preventDefault();
        event.stopPropagation();
        leave();
      }}
    >
      <textarea
        autoFocus
        data-field="change"
        maxLength={VALUE_MAX}
        aria-label={capitalised(factName(fact))}
        aria-invalid={fault !== null}
        value={typed}
        rows={Math.min(LINES_MAX, Math.ceil((typed.length + 1) / LINE_CHARS))}
        onFocus={({ target }) => target.setSelectionRange(typed.length, typed.length)}
        onChange={({ target }) => type(target.value.replaceAll(/\s*\n\s*/g, ' '))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          // What takes the field's place has the focus next, and must not be pressed by the same key.
          event.preventDefault();
          void keep();
        }}
      />
      <span className="fact-form-deeds">
        <button type="submit" data-field="change" className="button small" aria-disabled={saving}>
          {saving ? 'Keeping' : fault !== null && typed.trim() !== '' ? 'Retry' : 'Keep'}
        </button>
        <button type="button" data-field="change" className="link quiet" onClick={leave}>
          Cancel
        </button>
      </span>
      {fault !== null && (
        <p className="fact-fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}
