import { useEffect, useRef, useState } from 'react';
import { stopAt } from '../parts/roving.tsx';
import { TitleField } from '../parts/title-field.tsx';

/** Longer titles are shown in part. */
const SHOWN_CHARS = 140;
const TITLE_MAX = 4_000;

interface TaskTitleProps {
  title: string;
  /** Null where it can't be renamed. */
  onRename: ((title: string) => void) | null;
  /** It stands by itself, in no rows that the arrow keys go through. */
  alone?: boolean;
}

/** A title that turns into a field when pressed: Enter keeps the change, Escape drops it. */
export function TaskTitle({ title, onRename, alone = false }: TaskTitleProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [whole, setWhole] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasField = useRef(false);
  useEffect(() => {
    // Rows give the focus back themselves.
    if (alone && wasField.current && draft === null && document.activeElement === document.body)
      button.current?.focus();
    wasField.current = draft !== null;
  }, [alone, draft]);
  if (draft !== null && onRename) {
    const keep = (): void => {
      const text = draft.trim();
      if (text !== '' && text !== title) onRename(text);
      setDraft(null);
    };
    return <TitleField title={title} most={TITLE_MAX} draft={draft} onDraft={setDraft} onKeep={keep} />;
  }
  const isLong = title.length > SHOWN_CHARS;
  const look = `task-title ${isLong && !whole ? 'clamped' : ''}`;
  return (
    <>
      {onRename ? (
        <button
          ref={button}
          type="button"
          {...(!alone && stopAt('title'))}
          className={look}
          title="Rename"
          onClick={() => setDraft(title)}
        >
          {title}
        </button>
      ) : (
        <span className={look}>{title}</span>
      )}
      {isLong && (
        <button
          type="button"
          {...(!alone && stopAt('more'))}
          className="link task-title-more"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all'}
        </button>
      )}
    </>
  );
}
