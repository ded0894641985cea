import { Check, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Fact } from '../../contracts/entities.ts';
import type { Card, Receipt } from '../../contracts/result.ts';
import { useStore } from '../app/store.ts';
import { undoUntil, type UnderstoodAct } from '../client/index.ts';
import { useChatActions } from './chat-actions.ts';
import { sayReceipt } from './receipt-words.ts';
import { useWanted } from './use-wanted.ts';

interface ReceiptLineProps {
  receipt: Receipt;
  /** Of its turn. */
  cards: readonly Card[];
  understood: readonly UnderstoodAct[];
  undone: boolean;
  undoing: boolean;
}

/** What was changed and why, with the way back for as long as there is one. */
export function ReceiptLine(props: ReceiptLineProps) {
  const { receipt, cards, understood, undone: undoneBySaying, undoing } = props;
  const { undo, messages, facts } = useChatActions();
  useWanted(
    facts,
    receipt.effects.flatMap(({ kind, id }) => (kind === 'fact' ? id : [])),
  );
  const known = useStore(facts);
  const undone = useStore(messages.takenBack).has(receipt.receipt_id) || undoneBySaying;
  const holds = useHolds(undoUntil(receipt));
  const first = receipt.effects[0];
  if (!first) return null;
  const factOf = (id: string): Fact | undefined => known.items.get(id) ?? known.last.get(id);
  const what = sayReceipt(receipt, { cards, understood, factOf });
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
