import { Check, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Receipt } from '../../contracts/result.ts';
import { useStore } from '../app/store.ts';
import { undoUntil } from '../client/index.ts';
import { useChatActions } from './chat-actions.ts';

const OPS = { create: 'Created', update: 'Changed', delete: 'Deleted', restore: 'Restored' } as const;

interface ReceiptLineProps {
  receipt: Receipt;
  undone: boolean;
  undoing: boolean;
}

/** What was changed and why, with the way back for as long as there is one. */
export function ReceiptLine({ receipt, undone: undoneBySaying, undoing }: ReceiptLineProps) {
  const { undo, messages } = useChatActions();
  const undone = useStore(messages.takenBack).has(receipt.receipt_id) || undoneBySaying;
  const holds = useHolds(undoUntil(receipt));
  const first = receipt.effects[0];
  if (!first) return null;
  // How an email travels is no change of anybody's.
  const more = receipt.effects.filter(({ kind }) => kind !== 'delivery').length - 1;
  const what = `${OPS[first.op]} “${first.title}”${more > 0 ? ` and ${more} more` : ''}`;
  return (
    <p className={`receipt ${undone ? 'undone' : ''}`}>
      {undone ? <Undo2 size={14} aria-hidden /> : <Check size={14} aria-hidden />}
      <span className="receipt-what" title={first.reason}>
        {undone ? 'Taken back' : what}
        {!undone && <span className="receipt-why"> · {first.reason}</span>}
      </span>
      {!undone && holds && (
        <button
          type="button"
          className="link"
          disabled={undoing}
          aria-label={`Undo: ${what}`}
          onClick={() => undo(receipt.receipt_id)}
        >
          {undoing ? 'Undoing' : 'Undo'}
        </button>
      )}
    </p>
  );
}

/** Whether a moment is still ahead; turns false by itself when it comes. */
function useHolds(until: number | null): boolean {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const leftMs = (until ?? 0) - Date.now();
    if (leftMs <= 0 || leftMs > 2_000_000_000) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), leftMs + 50);
    return () => clearTimeout(timer);
  }, [until]);
  return until !== null && until > now;
}
