import '../styles/dialog.css';
import { X } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  /** Null closes it. */
  label: string | null;
  onClose: () => void;
  children: ReactNode;
}

/** Something over the page; the browser's own dialog keeps the focus in and gives it back. */
export function Dialog({ label, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const isOpen = label !== null;
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (isOpen && dialog && !dialog.open) dialog.showModal();
    if (!isOpen && dialog?.open) dialog.close();
  }, [isOpen]);
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-label={label ?? undefined}
      onClose={onClose}
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
