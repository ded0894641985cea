import { CircleAlert, X } from 'lucide-react';
import { hasEnded, receiptsOf, undoUntil, undoneReceipts, type Turn } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { useChatActions } from './chat-actions.ts';
import type { StopRefused } from './use-stop.ts';

interface StopBarProps {
  refused: StopRefused;
  turns: readonly Turn[];
  onDismiss: () => void;
}

/** Where Stop was pressed and did not work: why, and what can be done instead. */
export function StopBar({ refused, turns, onDismiss }: StopBarProps) {
  const { undo } = useChatActions();
  const turn = turns.find(({ id }) => id === refused.turnId);
  if (!turn) return null;
  const undone = undoneReceipts(turns);
  const receipts = receiptsOf(turn);
  const left = receipts.filter((receipt) => !undone.has(receipt.receipt_id));
  if (receipts.length > 0 && left.length === 0) return null;
  const undoable = left.filter((receipt) => (undoUntil(receipt) ?? 0) > Date.now());
  return (
    <div className="stop-bar" role="status">
      <CircleAlert size={15} aria-hidden />
      <span>{refused.fault === null ? lateText(turn) : `That could not be stopped. ${refused.fault}`}</span>
      {undoable.length > 0 && (
        <button
          type="button"
          className="link"
          onClick={() => {
            for (const receipt of undoable.toReversed()) undo(receipt.receipt_id);
            onDismiss();
          }}
        >
          Undo it
        </button>
      )}
      <IconButton icon={X} label="Dismiss" onClick={onDismiss} />
    </div>
  );
}

function lateText(turn: Turn): string {
  if (!hasEnded(turn)) return 'Too late to stop: it is being finished.';
  return receiptsOf(turn).length > 0
    ? `Too late to stop: “${turn.text}” is done.`
    : 'Too late to stop: it was finished. It changed nothing.';
}
