import type { Event } from '../../contracts/entities.ts';
import type { EventStore } from '../app/event-store.ts';
import { Dialog } from '../parts/dialog.tsx';
import { EventBody } from './event-body.tsx';

interface EventDialogProps {
  /** Null closes it. */
  event: Event | null;
  store: EventStore;
  onClose: () => void;
}

/** The details of an event over the calendar. A change ends them: what became of it, and the way back, stand below. */
export function EventDialog({ event, store, onClose }: EventDialogProps) {
  return (
    <Dialog label={event && `Event: ${event.title}`} onClose={onClose}>
      {event && <EventBody event={event} store={store} gone={false} onChange={onClose} />}
    </Dialog>
  );
}
