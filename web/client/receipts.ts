import type { Receipt } from '../../contracts/result.ts';
import type { Turn } from './turn-view.ts';

/** Every receipt of a turn: one per act that changed something. */
export function receiptsOf(turn: Turn): Receipt[] {
  if (!turn.result) return [];
  const all = [turn.result, ...turn.result.acts].flatMap(({ receipt }) => (receipt ? [receipt] : []));
  return [...new Map(all.map((receipt) => [receipt.receipt_id, receipt])).values()];
}

/** Receipts that have been taken back; undoing an undo brings the first one into force again. */
export function undoneReceipts(turns: readonly Turn[]): ReadonlySet<string> {
  const undone = new Set<string>();
  // Newest first: whether an undo holds is known before what it took back is judged.
  for (const turn of turns.toReversed()) {
    const taken = turn.result?.undone_receipt_id;
    if (taken === null || taken === undefined || turn.result?.status !== 'completed') continue;
    if (!receiptsOf(turn).some((receipt) => undone.has(receipt.receipt_id))) undone.add(taken);
  }
  return undone;
}

/** Until when a receipt can be taken back, in milliseconds; null when any part of it can't. */
export function undoUntil(receipt: Receipt): number | null {
  const ends = receipt.effects.map(({ undo }) =>
    undo === null ? Number.NaN : Date.parse(undo.replace(/^until /, '')),
  );
  const first = Math.min(...ends);
  return Number.isFinite(first) ? first : null;
}
