import type { ReceiptRecord } from '../client/index.ts';

/** A change with all that was done to take it back, and to bring it about again. */
export interface FoldedChange {
  readonly receipt: ReceiptRecord;
  readonly takenBack: boolean;
  /** What was done last about it: the change itself, its undo, the undo of that. */
  readonly latest: ReceiptRecord;
}

/** Changes without what only takes another one back: that is told where the other one stands, if it is at hand. */
export function foldUndos(receipts: readonly ReceiptRecord[]): FoldedChange[] {
  const ids = new Set(receipts.map(({ receipt_id: id }) => id));
  const undoOf = new Map(
    receipts.flatMap((one): [string, ReceiptRecord][] => (one.undoes === null ? [] : [[one.undoes, one]])),
  );
  return receipts
    .filter(({ undoes }) => undoes === null || !ids.has(undoes))
    .map((receipt) => {
      let [latest, takenBack] = [receipt, false];
      for (let undo = undoOf.get(latest.receipt_id); undo; undo = undoOf.get(latest.receipt_id))
        [latest, takenBack] = [undo, !takenBack];
      // Its undo may stand on no page that was read so far.
      return { receipt, latest, takenBack: takenBack || (latest === receipt && receipt.undone) };
    });
}
