import { z } from 'zod';
import { notice, type Notice } from '../contracts/frames.ts';
import type { Db } from './connect.ts';

/** More than anybody reads; what is older comes when these have been seen. */
const UNSEEN_MAX = 50;

const row = z.object({
  id: z.string(),
  kind: notice.shape.kind,
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
  created_at: z.date(),
});

/** Keeps a notice until its user has seen it. The same id twice is one notice. */
export async function keepNotice(db: Db, userId: string, kept: Notice): Promise<void> {
  await db('notices')
    .insert({
      id: kept.notice_id,
      user_id: userId,
      kind: kept.kind,
      text: kept.text,
      data: JSON.stringify(kept.data),
      created_at: kept.created_at,
    })
    .onConflict('id')
    .ignore();
}

/** What no device of the user has been told yet, oldest first. */
export async function unseenNotices(db: Db, userId: string): Promise<Notice[]> {
  const rows: unknown[] = await db('notices')
    .where({ user_id: userId })
    .whereNull('seen_at')
    .orderBy(['created_at', 'id'])
    .limit(UNSEEN_MAX);
  return rows.flatMap(toNotice);
}

/** One that another version wrote waits for a gateway that knows it. */
function toNotice(found: unknown): Notice[] {
  const parsed = row.safeParse(found);
  if (!parsed.success) return [];
  const { id, created_at, ...rest } = parsed.data;
  return [{ ...rest, notice_id: id, created_at: created_at.toISOString() }];
}

/** Keeps a notice in a transaction that says why; it is told from `tellAt` on, unless somebody says that it was. */
export async function keepToTell(db: Db, userId: string, kept: Notice, tellAt: Date): Promise<void> {
  await db('notices').insert({
    id: kept.notice_id,
    user_id: userId,
    kind: kept.kind,
    text: kept.text,
    data: JSON.stringify(kept.data),
    created_at: kept.created_at,
    tell_at: tellAt,
  });
}

/** They were told, or are of no interest any more. */
export async function markTold(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db('notices').whereIn('id', ids).update({ tell_at: null });
}

/**
 * What should have been told by now, oldest first: whoever wrote it died on the way. It is the caller's until
 * `leaseUntil`.
 */
export async function takeUntold(
  db: Db,
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<{ userId: string; notice: Notice; seen: boolean }[]> {
  const answer = await db.raw<{ rows: Record<string, unknown>[] }>(
    `update notices set tell_at = ? where id in (
        select id from notices where tell_at <= ? order by created_at, id limit ? for update skip locked
      ) returning *`,
    [leaseUntil, now, limit],
  );
  return answer.rows
    .flatMap((found) => {
      const [notice] = toNotice(found);
      return notice ? [{ userId: String(found['user_id']), notice, seen: found['seen_at'] !== null }] : [];
    })
    .toSorted((a, b) => (a.notice.created_at < b.notice.created_at ? -1 : 1));
}

/** Those seen before keep the time of the first. */
export async function markNoticesSeen(
  db: Db,
  userId: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await db('notices')
    .where({ user_id: userId })
    .whereIn('id', ids)
    .whereNull('seen_at')
    .update({ seen_at: at });
}
