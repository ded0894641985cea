import '../styles/dialog.css';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { useModal } from './use-modal.ts';

interface DialogProps {
  /** Null closes it. */
  label: string | null;
  onClose: () => void;
  children: ReactNode;
}

/** Something over the page; the browser's own dialog keeps the focus in and gives it back. */
export function Dialog({ label, onClose, children }: DialogProps) {
  const isOpen = label !== null;
  const ref = useModal(isOpen);
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-label={label ?? undefined}
      onClose={onClose}
      onKeyDown={(event) => {
        // What it stands in stays open.
        if (event.key === 'Escape') event.stopPropagation();
      }}
      onClick={(pressed) => {
        if (pressed.target === ref.current) onClose();
      }}
    >
      {isOpen && (
        <div className="dialog-body card-column">
          <IconButton icon={X} label="Close" className="dialog-close" onClick={onClose} />
          {children}
        </div>
      )}
    </dialog>
  );
}
