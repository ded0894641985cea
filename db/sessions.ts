import { z } from 'zod';
import type { sessionRecord } from '../contracts/rest.ts';
import type { Db } from './connect.ts';

const row = z.object({
  id: z.string(),
  title: z.string().nullable(),
  started_at: z.date(),
  last_activity_at: z.date(),
  ended_at: z.date().nullable(),
  turns: z.int(),
});

/** A place in the list of conversations: that of the last one seen. */
export interface SessionPlace {
  at: Date;
  id: string;
}

const COLUMNS = ['id', 'title', 'started_at', 'last_activity_at', 'ended_at', 'turns'] as const;

/** A user's conversations that have a turn, the latest first. `before` is the last one seen. */
export async function pageSessions(
  db: Db,
  userId: string,
  page: { before?: SessionPlace | undefined; limit: number },
): Promise<z.infer<typeof sessionRecord>[]> {
  const query = db('conversation_sessions')
    .where({ user_id: userId })
    .where('turns', '>', 0)
    .orderBy('last_activity_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .select<unknown[]>(...COLUMNS);
  if (page.before)
    query.whereRaw(`(last_activity_at, id) < (?::timestamptz, ?::uuid)`, [page.before.at, page.before.id]);
  return (await query).map((found) => toSession(found, null));
}

/** A row of the list, with where something that was looked for stands in it. */
export function toSession(
  found: unknown,
  match: z.infer<typeof sessionRecord>['match'],
): z.infer<typeof sessionRecord> {
  const session = row.parse(found);
  return {
    session_id: session.id,
    title: session.title,
    started_at: session.started_at.toISOString(),
    last_activity_at: session.last_activity_at.toISOString(),
    ended_at: session.ended_at?.toISOString() ?? null,
    turns: session.turns,
    match,
  };
}

/** @returns null when the user has no such conversation in which something was said */
export async function findSession(
  db: Db,
  userId: string,
  sessionId: string,
): Promise<z.infer<typeof sessionRecord> | null> {
  const found: unknown = await db('conversation_sessions')
    .where({ id: sessionId, user_id: userId })
    .where('turns', '>', 0)
    .first([...COLUMNS]);
  return found === undefined ? null : toSession(found, null);
}

/** Of a title that its user has given; no other takes its place. */
const OWN_TITLE_RANK = 9;

/** @returns null when the user has no such conversation in which something was said */
export async function renameSession(
  db: Db,
  userId: string,
  sessionId: string,
  title: string,
): Promise<z.infer<typeof sessionRecord> | null> {
  const rows: unknown[] = await db('conversation_sessions')
    .where({ id: sessionId, user_id: userId })
    .where('turns', '>', 0)
    .update({ title, title_rank: OWN_TITLE_RANK })
    .returning([...COLUMNS]);
  return rows.length === 0 ? null : toSession(rows[0], null);
}

/** @returns null when nobody has such a session */
export async function sessionOwner(db: Db, sessionId: string): Promise<string | null> {
  const found = await db('conversation_sessions')
    .where({ id: sessionId })
    .first<{ user_id: string } | undefined>('user_id');
  return found?.user_id ?? null;
}

const emptySession = z.object({ id: z.string(), user_id: z.string() });

/** Conversations that never had a turn and were last seen before an instant, the oldest first. */
export async function emptySessions(
  db: Db,
  seenBefore: Date,
  limit: number,
): Promise<{ sessionId: string; userId: string }[]> {
  const rows = await db('conversation_sessions')
    .where('turns', 0)
    .where('last_activity_at', '<', seenBefore)
    .orderBy('last_activity_at')
    .limit(limit)
    .select<unknown[]>('id', 'user_id');
  return rows
    .map((found) => emptySession.parse(found))
    .map(({ id, user_id }) => ({ sessionId: id, userId: user_id }));
}

/** Removes those of them that still are what they were when they were found; gives how many. */
export async function removeEmptySessions(
  db: Db,
  sessionIds: readonly string[],
  seenBefore: Date,
): Promise<number> {
  return db('conversation_sessions')
    .whereIn('id', sessionIds)
    .where('turns', 0)
    .where('last_activity_at', '<', seenBefore)
    .delete();
}
