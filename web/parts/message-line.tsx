import type { Messages } from '../app/messages.ts';
import { useStore } from '../app/store.ts';

/** What was just done by hand, with the way back. */
export function MessageLine({ messages }: { messages: Messages }) {
  const message = useStore(messages);
  return (
    <div className="panel-message" role="status">
      {message && (
        <p>
          <span>{message.text}</span>
          {message.undo && (
            <button
              type="button"
              className="link"
              onClick={() => message.undo && void messages.undo(message.undo.receiptId)}
            >
              Undo
            </button>
          )}
        </p>
      )}
    </div>
  );
}
