import { z } from 'zod';
import type { sessionRecord } from '../contracts/rest.ts';
import type { Db } from './connect.ts';

const row = z.object({
  id: z.string(),
  title: z.string().nullable(),
  started_at: z.date(),
  last_activity_at: z.date(),
  turns: z.int(),
});

/** A user's conversations that have a turn, the latest first. `before` is the last one seen. */
export async function pageSessions(
  db: Db,
  userId: string,
  page: { before?: { at: Date; id: string } | undefined; limit: number },
): Promise<z.infer<typeof sessionRecord>[]> {
  const query = db('conversation_sessions')
    .where({ user_id: userId })
    .where('turns', '>', 0)
    .orderBy('last_activity_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .select<unknown[]>('id', 'title', 'started_at', 'last_activity_at', 'turns');
  if (page.before)
    query.whereRaw(`(last_activity_at, id) < (?::timestamptz, ?::uuid)`, [page.before.at, page.before.id]);
  return (await query).map((found) => {
    const session = row.parse(found);
    return {
      session_id: session.id,
      title: session.title,
      started_at: session.started_at.toISOString(),
      last_activity_at: session.last_activity_at.toISOString(),
      turns: session.turns,
    };
  });
}

/** @returns null when nobody has such a session */
export async function sessionOwner(db: Db, sessionId: string): Promise<string | null> {
  const found = await db('conversation_sessions')
    .where({ id: sessionId })
    .first<{ user_id: string } | undefined>('user_id');
  return found?.user_id ?? null;
}
