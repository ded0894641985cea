import { useState } from 'react';

interface TaskTitleProps {
  title: string;
  onRename: (title: string) => void;
}

/** A title that turns into a field when pressed: Enter keeps the change, Escape drops it. */
export function TaskTitle({ title, onRename }: TaskTitleProps) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null)
    return (
      <button type="button" className="task-title" title="Rename" onClick={() => setDraft(title)}>
        {title}
      </button>
    );
  const keep = (): void => {
    const text = draft.trim();
    if (text !== '' && text !== title) onRename(text);
    setDraft(null);
  };
  return (
    <input
      className="task-title-field"
      aria-label={`New title of ${title}`}
      value={draft}
      maxLength={400}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
