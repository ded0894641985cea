import type { Message, Messages } from '../app/messages.ts';
import { useStore } from '../app/store.ts';

interface MessageLineProps {
  messages: Messages;
  /** That thing was taken back, and the focus went with the button. */
  onUndone?: (id: string) => void;
}

/** What was just done by hand, with the way back. */
export function MessageLine({ messages, onUndone }: MessageLineProps) {
  const message = useStore(messages);
  const undo = async ({ receiptId, id }: NonNullable<Message['undo']>): Promise<void> => {
    const undone = await messages.undo(receiptId);
    if (undone && document.activeElement === document.body) onUndone?.(id);
  };
  return (
    <div className="panel-message" role="status">
      {message && (
        <p>
          <span>{message.text}</span>
          {message.undo && (
            <button type="button" className="link" onClick={() => message.undo && void undo(message.undo)}>
              Undo
            </button>
          )}
        </p>
      )}
    </div>
  );
}
