import type { Reminder } from '../../contracts/entities.ts';
import type { ReminderStore } from '../app/reminder-store.ts';
import { ReminderActions, ReminderLine } from '../today/reminder-parts.tsx';
import { Dialog } from '../parts/dialog.tsx';

interface ReminderDialogProps {
  /** Null closes it. */
  reminder: Reminder | null;
  store: ReminderStore;
  onClose: () => void;
}

/** A reminder over the calendar, to be answered. */
export function ReminderDialog({ reminder, store, onClose }: ReminderDialogProps) {
  return (
    <Dialog label={reminder && `Reminder: ${reminder.title}`} onClose={onClose}>
      {reminder && (
        <>
          <header className="event-head">
            <ReminderLine reminder={reminder} gone={false} />
          </header>
          <ReminderActions reminder={reminder} store={store} onChange={onClose} />
        </>
      )}
    </Dialog>
  );
}
