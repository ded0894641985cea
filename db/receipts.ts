import { z } from 'zod';
import { committed, type Committed, type EffectWrite, type ReceiptWrite } from '../contracts/records.ts';
import type { Db } from './connect.ts';
import { itemRows } from './items.ts';
import { retrying, translate } from './turns.ts';

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
  reason: z.record(z.string(), z.unknown()),
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

/** @returns null when the user has no such receipt */
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

/** The change that came last and was not taken back; undoing is none. */
export async function lastReceipt(db: Db, userId: string): Promise<StoredReceipt | null> {
  const found: unknown = await withEffects(db, userId)
    .whereNull('r.undone_by')
    .whereRaw(`(r.undoes is null or r.action = 'redo')`)
    .orderBy('r.created_at', 'desc')
    .orderBy('r.id', 'desc')
    .first();
  return found === undefined ? null : row.parse(found);
}

/** When a task was completed last, if that was since an instant and still stands; null otherwise. */
export async function completedSince(
  db: Db,
  userId: string,
  taskId: string,
  from: Date,
): Promise<Date | null> {
  const found = await db('receipts as r')
    .join('receipt_effects as e', 'e.receipt_id', 'r.id')
    .where({ 'r.user_id': userId, 'r.action': 'complete_task', 'e.kind': 'task', 'e.item_id': taskId })
    .whereNull('r.undone_by')
    .where('r.created_at', '>=', from)
    .orderBy('r.created_at', 'desc')
    .first<{ created_at: Date } | undefined>('r.created_at');
  return found?.created_at ?? null;
}

/** The words that gave tasks the time they are due at, by their ids; none where it was given without words. */
export async function dueWordsOf(
  db: Db,
  userId: string,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `select distinct on (e.item_id) e.item_id as id, coalesce(r.reason->>'words', '') as words
      from receipt_effects e join receipts r on r.id = e.receipt_id
      where e.user_id = ? and e.kind = 'task' and e.item_id = any (?)
        and e.before->>'due_at' is distinct from e.after->>'due_at' and r.undone_by is null and r.undoes is null
      order by e.item_id, r.created_at desc`,
    [userId, [...taskIds]],
  );
  return new Map(answer.rows.map((found) => wordsRow.parse(found)).map(({ id, words }) => [id, words]));
}
const wordsRow = z.object({ id: z.string(), words: z.string() });

/**
 * What was changed since an instant and still stands, newest first; without what only took something back, and without
 * changes of the settings.
 */
export async function receiptsSince(
  db: Db,
  userId: string,
  from: Date,
  limit: number,
): Promise<{ summaries: string[]; total: number }> {
  const rows = await db('receipts')
    .where({ user_id: userId })
    .whereNull('undone_by')
    .whereNull('undoes')
    .whereNotIn('action', ['set_preference', 'update_setting'])
    .whereNot({ summary: '' })
    .where('created_at', '>=', from)
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
    .select<{ summary: string; total: string }[]>('summary', db.raw('count(*) over () as total'));
  return { summaries: rows.map(({ summary }) => summary), total: Number(rows[0]?.total ?? 0) };
}

/** Tokens that the turn of a receipt was charged, without what was given back. */
export async function chargeOfReceipt(db: Db, userId: string, id: string): Promise<number> {
  const answer = await db.raw<{ rows: { charged: unknown }[] }>(
    `select coalesce(sum(c.charged_tokens), 0)::int as charged
      from receipts r
        join llm_calls c on c.user_id = r.user_id and c.scope_id = r.turn_id and c.state = 'settled'
      where r.user_id = ? and r.id = ?`,
    [userId, id],
  );
  return z.int().parse(answer.rows[0]?.charged);
}

/**
 * All receipts of a user, newest first.
 *
 * @param page.after id of the last one of the page before
 */
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
      const answer = await trx.raw<{ rows: { changed: unknown }[] }>(
        'select apply_receipts(?, null, null, ?, ?) as changed',
        [userId, JSON.stringify([receipt]), at],
      );
      return committed.shape.changed.parse(answer.rows[0]?.changed);
    }),
  );
}

/** Thrown to take a transaction back that was never meant to stay. */
class Rehearsed extends Error {}

/** Runs something in a transaction in which effects have been written, and takes all of it back. */
export async function rehearse<T>(
  db: Db,
  userId: string,
  { id, effects, at }: { id: string; effects: readonly EffectWrite[]; at: Date },
  work: (trx: Db) => Promise<T>,
): Promise<T> {
  let answer: { value: T } | undefined;
  const receipt = { id, step: 0, action: 'rehearsal', summary: '', reason: {}, effects };
  try {
    await db.transaction(async (trx) => {
      await trx.raw('select apply_receipts(?, null, null, ?, ?)', [userId, JSON.stringify([receipt]), at]);
      answer = { value: await work(trx) };
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw translate(error);
  }
  if (!answer) throw new Error('A rehearsal ended without its answer');
  return answer.value;
}

/** What a turn has changed, each item as it stands now: news that were lost are told late, and must not be old. */
export function changesOfTurn(db: Db, userId: string, turnId: string): Promise<Committed['changed']> {
  return changesOf(db, { 'r.user_id': userId, 'r.turn_id': turnId });
}

/** As `changesOfTurn`, of one receipt. */
export function changesOfReceipt(db: Db, userId: string, id: string): Promise<Committed['changed']> {
  return changesOf(db, { 'r.user_id': userId, 'r.id': id });
}

const change = committed.shape.changed.element.omit({ after: true });

async function changesOf(
  db: Db,
  where: Record<string, string> & { 'r.user_id': string },
): Promise<Committed['changed']> {
  const rows: unknown[] = await db('receipts as r')
    .join('receipt_effects as e', 'e.receipt_id', 'r.id')
    .where(where)
    .orderBy(['r.step', 'e.ordinal'])
    .select<unknown[]>('e.kind', 'e.op', 'e.item_id as id');
  // An item that was changed several times is told once, by its last change.
  const last = new Map(rows.map((row) => change.parse(row)).map((one) => [one.id, one]));
  const standing = await itemRows(db, where['r.user_id'], [...last.keys()]);
  return [...last.values()].flatMap((one) => {
    const after = standing.get(one.id);
    return after ? [opAsItStands({ ...one, after })] : [];
  });
}

/** Whatever was done to an item: one that is deleted by now is gone, one that is there again is not deleted. */
function opAsItStands(change: Committed['changed'][number]): Committed['changed'][number] {
  const isGone = change.after['deleted_at'] !== null;
  if (isGone) return { ...change, op: 'delete' };
  return change.op === 'delete' ? { ...change, op: 'restore' } : change;
}
