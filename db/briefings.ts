import { z } from 'zod';
import type { Notice } from '../contracts/frames.ts';
import type { Db } from './connect.ts';

/** Who wants a briefing every day. `dueAt` is null as long as it is not planned. */
export interface BriefingOrder {
  userId: string;
  orderedAt: Date;
  dueAt: Date | null;
}

const orderRow = z
  .object({ user_id: z.string(), ordered_at: z.date(), due_at: z.date().nullable() })
  .transform((row): BriefingOrder => ({ userId: row.user_id, orderedAt: row.ordered_at, dueAt: row.due_at }));

/** Orders whose time has come, or that are not planned yet; those that waited longest first. */
export async function dueBriefings(db: Db, now: Date, limit: number): Promise<BriefingOrder[]> {
  const rows: unknown[] = await db('briefing_orders')
    .where('due_at', '<=', now)
    .orWhereNull('due_at')
    .orderByRaw('due_at nulls first')
    .limit(limit);
  return rows.map((row) => orderRow.parse(row));
}

/**
 * Plans the next time of an order, unless it was changed meanwhile.
 *
 * @returns false when it was changed or planned by somebody else
 */
export async function planBriefing(db: Db, order: BriefingOrder, nextAt: Date): Promise<boolean> {
  const planned = await db('briefing_orders')
    .where({ user_id: order.userId, ordered_at: order.orderedAt })
    .whereRaw('due_at is not distinct from ?', [order.dueAt])
    .update({ due_at: nextAt });
  return planned > 0;
}

/**
 * Keeps the briefing of a local day as a notice, and plans the next one: both or neither.
 *
 * @returns false when the day has had its briefing, whoever gave it
 */
export function keepBriefing(
  db: Db,
  order: BriefingOrder,
  { localDate, notice, nextAt }: { localDate: string; notice: Notice; nextAt: Date },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const day = { user_id: order.userId, local_date: localDate, given_at: notice.created_at };
    const given: unknown[] = await trx('briefings')
      .insert(day)
      .onConflict(['user_id', 'local_date'])
      .ignore()
      .returning('user_id');
    if (given.length > 0)
      await trx('notices').insert({
        id: notice.notice_id,
        user_id: order.userId,
        kind: notice.kind,
        text: notice.text,
        data: JSON.stringify(notice.data),
        created_at: notice.created_at,
      });
    await planBriefing(trx, order, nextAt);
    return given.length > 0;
  });
}

/** Whether a local day has had its briefing. */
export async function hasBriefing(db: Db, userId: string, localDate: string): Promise<boolean> {
  const row: unknown = await db('briefings')
    .where({ user_id: userId, local_date: localDate })
    .first('user_id');
  return row !== undefined;
}
