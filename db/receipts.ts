import { z } from 'zod';
import { committed, type Committed, type ReceiptWrite } from '../contracts/records.ts';
import type { Db } from './connect.ts';
import { retrying } from './turns.ts';

const effect = z.object({
  ordinal: z.int(),
  kind: z.string(),
  op: z.enum(['create', 'update', 'delete', 'restore']),
  item_id: z.string(),
  reason: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()),
});
const row = z.object({
  id: z.string(),
  session_id: z.string().nullable(),
  turn_id: z.string().nullable(),
  intent: z.string().nullable(),
  action: z.string(),
  summary: z.string(),
  undoes: z.string().nullable(),
  undone_by: z.string().nullable(),
  created_at: z.date(),
  undo_until: z.date().nullable(),
  effects: z.array(effect),
});
export type StoredReceipt = z.infer<typeof row>;

const withEffects = (db: Db, userId: string) =>
  db('receipts as r')
    .where({ 'r.user_id': userId })
    .select<unknown[]>(
      'r.*',
      db.raw(
        `(select coalesce(jsonb_agg(
            to_jsonb(e) - 'receipt_id' - 'user_id' order by e.ordinal), '[]')
          from receipt_effects e where e.receipt_id = r.id) as effects`,
      ),
    );

export async function findReceipt(db: Db, userId: string, id: string): Promise<StoredReceipt | null> {
  const found: unknown = await withEffects(db, userId).where({ 'r.id': id }).first();
  return found === undefined ? null : row.parse(found);
}

/** What can still be taken back, newest first: inside its window and not undone. */
export async function undoableReceipts(
  db: Db,
  userId: string,
  now: Date,
  limit: number,
): Promise<StoredReceipt[]> {
  const rows = await withEffects(db, userId)
    .whereNull('r.undone_by')
    .where('r.undo_until', '>', now)
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit);
  return rows.map((found) => row.parse(found));
}

export async function pageReceipts(
  db: Db,
  userId: string,
  page: { after?: string | undefined; limit: number },
): Promise<StoredReceipt[]> {
  const query = withEffects(db, userId).orderBy('r.id', 'desc').limit(page.limit);
  if (page.after) query.where('r.id', '<', page.after);
  return (await query).map((found) => row.parse(found));
}

/**
 * A receipt without a turn, with its effects, in one transaction.
 *
 * @returns null when the receipt exists: the request was carried out before
 */
export function applyReceipt(
  db: Db,
  userId: string,
  receipt: ReceiptWrite,
  at: Date,
): Promise<Committed['changed'] | null> {
  return retrying(() =>
    db.transaction(async (trx) => {
      const known: unknown = await trx('receipts').where({ id: receipt.id, user_id: userId }).first('id');
      if (known !== undefined) return null;
      await trx('users').insert({ id: userId }).onConflict('id').ignore();
      const answer = await trx.raw<{ rows: { changed: unknown }[] }>(
        'select apply_receipts(?, null, null, ?, ?) as changed',
        [userId, JSON.stringify([receipt]), at],
      );
      return committed.shape.changed.parse(answer.rows[0]?.changed);
    }),
  );
}
