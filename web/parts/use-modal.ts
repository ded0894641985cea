import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The browser's own modal dialog, open as long as it is wanted: it keeps the focus in, answers Escape and gives the focus back. */
export function useModal(isOpen: boolean): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (isOpen && dialog && !dialog.open) dialog.showModal();
    if (!isOpen && dialog?.open) dialog.close();
  }, [isOpen]);
  return ref;
}
