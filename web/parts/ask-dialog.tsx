import { useId, type ReactNode } from 'react';
import { useModal } from './use-modal.ts';

interface AskDialogProps {
  open: boolean;
  question: string;
  /** What comes of it. */
  children: ReactNode;
  /** What the button says that does it. */
  yes: string;
  no: string;
  onYes: () => void;
  onClose: () => void;
}

/** Asks before something is done that can't be taken back; the focus is on the way out. */
export function AskDialog({ open, question, children, yes, no, onYes, onClose }: AskDialogProps) {
  const ref = useModal(open);
  const id = useId();
  return (
    <dialog
      ref={ref}
      className="ask-dialog"
      aria-labelledby={`${id}-question`}
      aria-describedby={`${id}-words`}
      onClose={onClose}
      onKeyDown={(event) => {
        // What it stands in stays open.
        if (event.key === 'Escape') event.stopPropagation();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {open && (
        <div className="ask-dialog-body">
          <h2 id={`${id}-question`}>{question}</h2>
          <div id={`${id}-words`}>{children}</div>
          <div className="ask-dialog-deeds">
            <button type="button" className="button" autoFocus onClick={onClose}>
              {no}
            </button>
            <button type="button" className="button danger" onClick={onYes}>
              {yes}
            </button>
          </div>
        </div>
      )}
    </dialog>
  );
}
