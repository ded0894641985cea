import { useEffect, useRef, useState } from 'react';
import { stopAt } from '../parts/roving.tsx';

/** Longer titles are shown in part. */
const SHOWN_CHARS = 140;

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
    return <TitleField title={title} draft={draft} onDraft={setDraft} onKeep={keep} />;
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

interface TitleFieldProps {
  title: string;
  draft: string;
  onDraft: (draft: string | null) => void;
  onKeep: () => void;
}

function TitleField({ title, draft, onDraft, onKeep }: TitleFieldProps) {
  return (
    <input
      className="task-title-field"
      data-field="title"
      aria-label={`New title of ${title}`}
      value={draft}
      maxLength={4_000}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => onDraft(event.target.value)}
      onBlur={onKeep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onKeep();
        if (event.key === 'Escape') {
          // Only the field is left, not the dialog or the page that it stands in.
          event.preventDefault();
          event.stopPropagation();
          onDraft(null);
        }
      }}
    />
  );
}
