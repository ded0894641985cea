import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Event } from '../../contracts/entities.ts';
import type { EventStore } from '../app/event-store.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { EventBody } from './event-body.tsx';

interface EventDialogProps {
  /** Null closes it. */
  event: Event | null;
  store: EventStore;
  onBecome: (event: { id: string; start: string }) => void;
  onClose: () => void;
}

/** The details of an event over the calendar; the browser's own dialog keeps the focus in and gives it back. */
export function EventDialog({ event, store, onBecome, onClose }: EventDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const isOpen = event !== null;
  useEffect(() => {
    const dialog = ref.current;
    if (isOpen && dialog && !dialog.open) dialog.showModal();
    if (!isOpen && dialog?.open) dialog.close();
  }, [isOpen]);
  return (
    <dialog
      ref={ref}
      className="event-dialog"
      aria-label={event === null ? 'Event' : `Event: ${event.title}`}
      onClose={onClose}
      // Escape closes the details, not the page.
      onKeyDown={(pressed) => pressed.key === 'Escape' && pressed.stopPropagation()}
      onClick={(pressed) => {
        if (pressed.target === ref.current) onClose();
      }}
    >
      {event && (
        <div className="event-dialog-body card-column">
          <IconButton icon={X} label="Close" className="event-dialog-close" onClick={onClose} />
          <EventBody event={event} store={store} gone={false} onBecome={onBecome} />
        </div>
      )}
    </dialog>
  );
}
