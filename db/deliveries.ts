import { z } from 'zod';
import { delivery, type Delivery } from '../contracts/entities.ts';
import { notice, type Notice } from '../contracts/frames.ts';
import type { Committed } from '../contracts/records.ts';
import type { Db } from './connect.ts';
import { keepNotice } from './notices.ts';

const deliveryRow = delivery.extend({ not_before: z.coerce.date(), created_at: z.coerce.date() });

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toDelivery(row: unknown): Delivery {
  const { not_before, created_at, ...rest } = deliveryRow.parse(row);
  return { ...rest, not_before: not_before.toISOString(), created_at: created_at.toISOString() };
}

/** A delivery that is this process' to carry out, with the email as it is to go. */
const claimed = z.object({
  id: z.string(),
  user_id: z.string(),
  draft_id: z.string(),
  version: z.int(),
  /** More than one, and an earlier call may have reached the other side. */
  attempts: z.int(),
  /** Null where the email is gone or does not wait to be sent. */
  mail: z.object({ to: z.array(z.string()), subject: z.string(), text: z.string() }).nullable(),
});
export type ClaimedDelivery = z.infer<typeof claimed>;

/**
 * Takes over deliveries whose time has come, and calls that nobody answered for since `silentSince`. Each is given to
 * one process only; what would take it back at the same moment finds another version.
 */
export async function claimDeliveries(
  db: Db,
  { now, silentSince, limit }: { now: Date; silentSince: Date; limit: number },
): Promise<ClaimedDelivery[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `with due as (
        select id from deliveries
          where deleted_at is null and (
            (state = 'planned' and not_before <= :now) or (state = 'calling' and called_at <= :silentSince))
          order by not_before limit :limit for update skip locked),
      taken as (
        update deliveries d set state = 'calling', called_at = :now, updated_at = :now,
            attempts = attempts + 1, version = version + 1
          from due where d.id = due.id
          returning d.id, d.user_id, d.draft_id, d.version, d.attempts)
      select t.*, case when e.id is null then null
          else jsonb_build_object('to', e.addresses, 'subject', e.subject, 'text', e.body) end as mail
        from taken t
        left join drafts e on e.id = t.draft_id and e.user_id = t.user_id
          and e.status = 'sending' and e.deleted_at is null`,
    { now, silentSince, limit },
  );
  return answer.rows.map((row) => claimed.parse(row));
}

type Claim = Pick<ClaimedDelivery, 'id' | 'user_id' | 'draft_id' | 'version'>;
const changedRow = z.object({ id: z.string(), after: z.record(z.string(), z.unknown()) });

/**
 * The end of a delivery, with its email in the same transaction: sent, or a draft again.
 *
 * @returns what has changed, for news; null when another process has taken the delivery over
 */
export async function endDelivery(
  db: Db,
  { id, user_id, draft_id, version }: Claim,
  end: { state: 'done' } | { state: 'failed'; error: string; notice: Notice | null },
  at: Date,
): Promise<Committed['changed'] | null> {
  return db.transaction(async (trx) => {
    const delivered: unknown[] = await trx('deliveries')
      .where({ id, version, state: 'calling' })
      .update({
        state: end.state,
        error: end.state === 'failed' ? end.error : null,
        version: version + 1,
        updated_at: at,
      })
      .returning(['id', trx.raw('to_jsonb(deliveries) as after')]);
    if (delivered.length === 0) return null;
    const left =
      end.state === 'done'
        ? { status: 'sent', sent_at: at }
        : { status: 'draft', addresses: trx.raw(`'{}'`), send_at: null };
    const drafts: unknown[] = await trx('drafts')
      .where({ id: draft_id, user_id, status: 'sending' })
      .whereNull('deleted_at')
      .update({ ...left, version: trx.raw('version + 1'), updated_at: at })
      .returning(['id', trx.raw('to_jsonb(drafts) as after')]);
    if (end.state === 'failed' && end.notice) await keepNotice(trx, user_id, notice.parse(end.notice));
    const changed = (kind: string, rows: readonly unknown[]): Committed['changed'] =>
      rows.map((row) => ({ kind, op: 'update', ...changedRow.parse(row) }));
    return [...changed('draft', drafts), ...changed('delivery', delivered)];
  });
}
