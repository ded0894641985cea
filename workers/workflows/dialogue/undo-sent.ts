import { z } from 'zod';
import { UNDO_WINDOW_MS } from '../policy.ts';
import type { Outcome } from '../outcome.ts';
import type { ReceiptReader, UndoableReceipt } from '../ports.ts';
import { quote } from '../sentences.ts';

type Row = Record<string, unknown>;
const email = z.object({ id: z.string(), subject: z.string(), status: z.enum(['draft', 'sending', 'sent']) });

/** Whether others are told by a change; only until then it can be taken back. */
export const sends = ({ effects, undoes }: UndoableReceipt): boolean =>
  undoes === null && effects.some(({ kind, op }) => kind === 'delivery' && op === 'create');

export const isOver = ({ undo_until: until }: UndoableReceipt, now: Date): boolean =>
  until === null || until <= now;

export const SENT = { code: 'version_conflict', message: 'It has been sent already.' } as const;

/**
 * The email of a receipt that has left, or is on its way: neither its sending nor its writing can be taken back any
 * more. Null where there is none, and for a sending that can still be stopped.
 *
 * @param items as they are once what came later is taken back
 */
export function sentIn(
  receipt: UndoableReceipt | null,
  items: { rowOf(id: string): Row | undefined },
  now: Date,
): { id: string; refused: NonNullable<Outcome['refused']> } | null {
  const left = receipt !== null && sends(receipt);
  if (!receipt || (left && !isOver(receipt, now))) return null;
  for (const { kind, item_id: id, after } of receipt.effects) {
    if (kind !== 'draft') continue;
    const { data } = email.safeParse({ ...after, ...items.rowOf(id) });
    if (!data || data.status === 'draft') continue;
    const message =
      left || data.status === 'sent'
        ? `${quote(data.subject)} has been sent already, and can't be taken back.`
        : `${quote(data.subject)} is on its way. Undo the sending first.`;
    return { id, refused: { code: 'version_conflict', message } };
  }
  return null;
}

/** The last changes by number: those among them count that can't be taken back because they were sent. */
export async function lastOf(
  reader: ReceiptReader,
  changes: readonly UndoableReceipt[],
  many: number,
  { now, lookedAt }: { now: Date; lookedAt: number },
): Promise<UndoableReceipt[]> {
  const since = now.getTime() - UNDO_WINDOW_MS;
  const sent = (await reader.recent(lookedAt)).filter(
    (receipt) =>
      sends(receipt) && !receipt.undone_by && isOver(receipt, now) && receipt.created_at.getTime() > since,
  );
  return [...changes, ...sent]
    .toSorted((a, b) => b.created_at.getTime() - a.created_at.getTime() || (a.id < b.id ? 1 : -1))
    .slice(0, many);
}
