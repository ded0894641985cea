interface TitleFieldProps {
  title: string;
  /** The longest title. */
  most: number;
  draft: string;
  /** Null leaves the title as it is. */
  onDraft: (draft: string | null) => void;
  onKeep: () => void;
}

/** A field in the place of a title: Enter keeps what was typed, and so does going elsewhere; Escape drops it. */
export function TitleField({ title, most, draft, onDraft, onKeep }: TitleFieldProps) {
  return (
    <input
      className="task-title-field"
      data-field="title"
      aria-label={`New title of ${title}`}
      value={draft}
      maxLength={most}
      autoFocus
      onFocus={({ target }) => {
        target.select();
        // It begins where reading does.
        target.scrollLeft = 0;
      }}
      onChange={(event) => onDraft(event.target.value)}
      onBlur={onKeep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          // What takes the field's place has the focus next, and must not be pressed by the same key.
          event.preventDefault();
          onKeep();
        }
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
