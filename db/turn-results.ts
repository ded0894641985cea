import { z } from 'zod';
import type { StoredResult } from '../contracts/records.ts';
import { turnResult } from '../contracts/result.ts';
import type { Db } from './connect.ts';

const resultRow = z.object({
  user_id: z.string(),
  turn_id: z.string(),
  session_id: z.string(),
  turn_index: z.int(),
  type: z.enum(['turn.completed', 'turn.failed', 'turn.cancelled']),
  result: turnResult.nullable().catch(null),
  finished_at: z.date(),
  attempt: z.int(),
});

const resultQuery = (db: Db) =>
  db('turn_results as r')
    .join('conversation_turns as t', (on) => on.on('t.user_id', 'r.user_id').andOn('t.id', 'r.turn_id'))
    .select('r.*', 't.attempt');

const unpublished = (db: Db) =>
  resultQuery(db).join('unpublished_turns as u', (on) =>
    on.on('u.user_id', 'r.user_id').andOn('u.turn_id', 'r.turn_id'),
  );

function toResult(row: unknown): StoredResult {
  const r = resultRow.parse(row);
  return {
    userId: r.user_id,
    turnId: r.turn_id,
    sessionId: r.session_id,
    turnSeq: r.turn_index,
    type: r.type,
    result: r.result,
    finishedAt: r.finished_at.toISOString(),
    attempt: r.attempt,
  };
}

/** How a turn ended; null as long as it has not. */
export async function findResult(db: Db, userId: string, turnId: string): Promise<StoredResult | null> {
  const row: unknown = await resultQuery(db).where({ 'r.user_id': userId, 'r.turn_id': turnId }).first();
  return row === undefined ? null : toResult(row);
}

/**
 * Ends that may not have reached their session's outbox, oldest first: their publisher died, or has not told yet.
 *
 * @param after the last one of the page before
 */
export async function unpublishedResults(
  db: Db,
  olderThan: Date,
  after: StoredResult | null,
  limit: number,
): Promise<StoredResult[]> {
  const query = unpublished(db)
    .where('u.finished_at', '<', olderThan)
    .orderBy(['u.finished_at', 'u.turn_id'])
    .limit(limit);
  if (after)
    query.whereRaw('(u.finished_at, u.turn_id) > (?::timestamptz, ?::uuid)', [
      after.finishedAt,
      after.turnId,
    ]);
  const rows: unknown[] = await query;
  return rows.map(toResult);
}

/** Ends of a session before a number that are not yet noted as published, in order. */
export async function unpublishedBefore(db: Db, sessionId: string, before: number): Promise<StoredResult[]> {
  const rows: unknown[] = await unpublished(db)
    .where({ 't.session_id': sessionId })
    .where('t.turn_index', '<', before)
    .orderBy('t.turn_index');
  return rows.map(toResult);
}

/** Ends that have reached their outbox. */
export async function markPublished(
  db: Db,
  turns: readonly { userId: string; turnId: string }[],
): Promise<void> {
  if (turns.length === 0) return;
  await db.raw(
    `delete from unpublished_turns u using unnest(?::uuid[], ?::uuid[]) as d (user_id, turn_id)
     where u.user_id = d.user_id and u.turn_id = d.turn_id`,
    [turns.map((turn) => turn.userId), turns.map((turn) => turn.turnId)],
  );
}

/** Ended turns of a session after a number: those that ended out of order. */
export async function endedAfter(
  db: Db,
  sessionId: string,
  after: number,
): Promise<{ turnId: string; turnSeq: number }[]> {
  const rows = await db('conversation_turns')
    .where({ session_id: sessionId })
    .where('turn_index', '>', after)
    .whereNotIn('state', ['queued', 'running'])
    .select<{ id: string; turn_index: number }[]>('id', 'turn_index');
  return rows.map((row) => ({ turnId: row.id, turnSeq: row.turn_index }));
}
