import { RotateCcw, X } from 'lucide-react';
import type { Turn } from '../client/index.ts';
import { useChatActions } from './chat-actions.ts';
import { isUndoOfOlder, shownFault } from './shown-reply.ts';

const ORDINALS = ['Next in line', '2nd in line', '3rd in line'];

/** Where a turn stands, in words, for as long as that is of interest. */
export function TurnStatus({ turn, ahead, online }: { turn: Turn; ahead: number; online: boolean }) {
  const { retry, forget, cancel } = useChatActions();
  if (turn.phase === 'sending')
    return <p className="status">{online ? 'Sending' : 'Will be sent when the connection is back'}</p>;
  if (turn.phase === 'queued')
    return (
      <p className="status">
        {ahead === 0 ? 'Received' : (ORDINALS[ahead - 1] ?? `${ahead}th in line`)}
        {ahead > 0 && (
          <button type="button" className="link" onClick={() => cancel(turn.id)}>
            Cancel
          </button>
        )}
      </p>
    );
  if (turn.phase === 'cancelled') return <p className="status">Cancelled</p>;
  if (turn.phase !== 'failed') return null;
  return (
    <p className="status failed" role="alert">
      <span>{shownFault(turn)}</span>
      <span className="status-actions">
        {!isUndoOfOlder(turn) && (
          <button type="button" className="link" onClick={() => retry(turn.id)}>
            <RotateCcw size={13} aria-hidden /> Try again
          </button>
        )}
        {turn.seq === null && (
          <button type="button" className="link" onClick={() => forget(turn.id)}>
            <X size={13} aria-hidden /> Remove
          </button>
        )}
      </span>
    </p>
  );
}
