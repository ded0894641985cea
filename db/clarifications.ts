import { z } from 'zod';
import { openQuestion, type OpenQuestion } from '../contracts/clarification.ts';
import type { Db } from './connect.ts';

/** Questions of a session that are still open, newest first. */
export async function openQuestions(db: Db, sessionId: string, now: Date): Promise<OpenQuestion[]> {
  const rows = await db('clarifications')
    .where({ session_id: sessionId, state: 'open' })
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .select<{ question: unknown }[]>('question');
  // One that another version wrote can't be asked any more; it expires.
  return rows.flatMap((row) => {
    const parsed = openQuestion.safeParse(row.question);
    return parsed.success ? [parsed.data] : [];
  });
}

export async function findClarification(
  db: Db,
  userId: string,
  clarificationId: string,
  now: Date,
): Promise<{
  sessionId: string;
  open: boolean;
  expired: boolean;
  reason: string | null;
  checkpoint: unknown;
  workflow: string | null;
  closedBy: string | null;
  choices: { choice_id: string; label: string }[];
} | null> {
  const row: unknown = await db('clarifications').where({ id: clarificationId, user_id: userId }).first();
  if (row === undefined) return null;
  const c = clarificationRow.parse(row);
  return {
    sessionId: c.session_id,
    open: c.state === 'open',
    expired: c.close_reason === 'expired' || (c.state === 'open' && c.expires_at <= now),
    reason: c.close_reason,
    checkpoint: c.checkpoint,
    workflow: c.workflow,
    closedBy: c.closed_by,
    choices: c.question.choices,
  };
}

const clarificationRow = z.object({
  session_id: z.string(),
  state: z.enum(['open', 'closed']),
  close_reason: z.string().nullable(),
  expires_at: z.date(),
  checkpoint: z.unknown(),
  workflow: z.string().nullable(),
  closed_by: z.string().nullable(),
  question: openQuestion.pick({ choices: true }).catch({ choices: [] }),
});

/** Closes what nobody answered in time, with its checkpoint. */
export async function expireClarifications(
  db: Db,
  now: Date,
): Promise<{ id: string; sessionId: string; userId: string }[]> {
  const rows = await db('clarifications')
    .where({ state: 'open' })
    .where('expires_at', '<=', now)
    .update({ state: 'closed', closed_at: now, close_reason: 'expired', checkpoint: null })
    .returning<{ id: string; session_id: string; user_id: string }[]>(['id', 'session_id', 'user_id']);
  return rows.map((row) => ({ id: row.id, sessionId: row.session_id, userId: row.user_id }));
}
