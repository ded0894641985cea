import { useEffect, useRef, useState } from 'react';
import { Clamped } from '../parts/clamped.tsx';
import { stopAt } from '../parts/roving.tsx';
import { TitleField } from '../parts/title-field.tsx';

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
  return (
    <Clamped text={title} {...(!alone && { stop: 'more' })}>
      {(look) =>
        onRename ? (
          <button
            ref={button}
            type="button"
            {...(!alone && stopAt('title'))}
            className={`task-title ${look}`}
            title="Rename"
            dir="auto"
            onClick={() => setDraft(title)}
          >
            {title}
          </button>
        ) : (
          <span className={`task-title ${look}`} dir="auto">
            {title}
          </span>
        )
      }
    </Clamped>
  );
}
