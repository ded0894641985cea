import { X } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { IconButton } from '../parts/icon-button.tsx';

interface CalendarDialogProps {
  /** Null closes it. */
  label: string | null;
  onClose: () => void;
  children: ReactNode;
}

/** Something over the calendar; the browser's own dialog keeps the focus in and gives it back. */
export function CalendarDialog({ label, onClose, children }: CalendarDialogProps) {
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
      className="calendar-dialog"
      aria-label={label ?? undefined}
      onClose={onClose}
      onClick={(pressed) => {
        if (pressed.target === ref.current) onClose();
      }}
    >
      {isOpen && (
        <div className="calendar-dialog-body card-column">
          <IconButton icon={X} label="Close" className="calendar-dialog-close" onClick={onClose} />
          {children}
        </div>
      )}
    </dialog>
  );
}
