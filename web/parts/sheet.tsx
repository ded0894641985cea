import type { ReactNode } from 'react';
import { useModal } from './use-modal.ts';

interface SheetProps {
  open: boolean;
  onClose: () => void;
  /** From which edge it comes in. */
  side: 'left' | 'bottom';
  label: string;
  children: ReactNode;
}

/** A modal drawer or sheet: the browser's own dialog keeps the focus in, answers Escape and gives the focus back. */
export function Sheet({ open, onClose, side, label, children }: SheetProps) {
  const ref = useModal(open);
  return (
    <dialog
      ref={ref}
      className={`sheet sheet-${side}`}
      aria-label={label}
      onClose={(event) => {
        // React tells of the dialogs inside as well.
        if (event.target === ref.current) onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {open && <div className="sheet-body">{children}</div>}
    </dialog>
  );
}
