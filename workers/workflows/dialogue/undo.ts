import { toTask } from '../../../db/tasks.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { done, type Handler, type Outcome } from '../outcome.ts';
import type { ReceiptReader, UndoableEffect, UndoableReceipt } from '../ports.ts';
import { UNDO_RECEIPTS_MAX } from '../policy.ts';

/** Columns that every write sets; they are no part of what a change meant. */
const BOOKKEEPING = new Set(['version', 'updated_at']);

/** The change that takes an effect back. Its version check finds out whether the item is still as we left it. */
function inverse(effect: UndoableEffect, now: Date): EffectWrite {
  const version = Number(effect.after['version']);
  const { before } = effect;
  if (!before) {
    return {
      kind: effect.kind,
      op: 'delete',
      id: effect.item_id,
      version,
      fields: { deleted_at: now.toISOString() },
      reason: 'undo',
    };
  }
  const fields = Object.fromEntries(
    Object.entries(before).filter(
      ([key, value]) => !BOOKKEEPING.has(key) && JSON.stringify(value) !== JSON.stringify(effect.after[key]),
    ),
  );
  const revived = before['deleted_at'] === null && effect.after['deleted_at'] !== null;
  return {
    kind: effect.kind,
    op: revived ? 'restore' : 'update',
    id: effect.item_id,
    version,
    fields: { ...fields, updated_at: now.toISOString() },
    reason: 'undo',
  };
}

/** Why a receipt can't be taken back, in plain words; null when it can. */
export function undoObstacle(receipt: UndoableReceipt | null, now: Date): Outcome['refused'] {
  if (!receipt) return { code: 'not_found', message: 'There is nothing to undo.' };
  if (receipt.undone_by) return { code: 'version_conflict', message: 'That has been undone already.' };
  if (!receipt.undo_until || receipt.undo_until <= now)
    return { code: 'version_conflict', message: 'That is too long ago to undo.' };
  return null;
}

/** What taking a receipt back comes to; the same for words, for the button and for REST. */
export function undoOutcome(receipt: UndoableReceipt, now: Date): Outcome {
  // In reverse, so that several changes to one item are unwound in order.
  const effects = receipt.effects.toReversed().map((effect) => inverse(effect, now));
  const redo = receipt.undoes !== null;
  const what = receipt.summary.replace(/^Undone: /, '');
  const tasks = receipt.effects.map((effect, index) => {
    const write = effects[effects.length - 1 - index];
    const row = { ...(effect.before ?? effect.after), version: Number(effect.after['version']) + 1 };
    return {
      task: toTask(row),
      change:
        write?.op === 'delete'
          ? ('deleted' as const)
          : write?.op === 'restore'
            ? ('restored' as const)
            : ('updated' as const),
    };
  });
  const [first] = tasks;
  const outcome = done({
    reply: redo ? `Put back: ${what}.` : `Undone: ${what}.`,
    summary: redo ? what : `Undone: ${what}`,
    effects,
    undoes: receipt.id,
    cards: tasks.map((data) => ({ kind: 'task', data })),
    requiresTaskCard: tasks.length === 1,
    executionResult: { undone_receipt_id: receipt.id, ...(first ? { task_id: first.task.id } : {}) },
    item: first && tasks.length === 1 ? { kind: 'task', id: first.task.id, title: first.task.title } : null,
  });
  if (!('done' in outcome)) throw new Error('Undo asks nothing');
  return outcome.done;
}

async function pick(receipts: ReceiptReader, words: string | undefined): Promise<UndoableReceipt | null> {
  const recent = (await receipts.undoable(UNDO_RECEIPTS_MAX)).filter((receipt) => receipt.undoes === null);
  if (!words) return recent[0] ?? null;
  const needle = words.toLowerCase();
  return recent.find((receipt) => receipt.summary.toLowerCase().includes(needle)) ?? null;
}

export const undo: Handler = async (work) => {
  const receipt = await pick(work.ports.receipts, work.slots.target?.query);
  const refused = undoObstacle(receipt, work.now);
  if (refused || !receipt)
    return done({ reply: refused?.message ?? 'There is nothing to undo.', decision: 'REFUSE', refused });
  return { done: undoOutcome(receipt, work.now) };
};
