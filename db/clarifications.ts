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

/**
 * A question of a user, open or closed. `open` and `expired` are as of `now`; `reason` is a `CloseReason`, `closedBy`
 * the turn that closed it, `checkpoint` the stored graph as JSON or null.
 *
 * @returns null when the user has no such question, or its row is gone by now
 */
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
    open: c.state === 'open' && c.expires_at > now,
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

/** Ids of questions that are past their time and still open. */
export async function expiredClarifications(db: Db, now: Date, limit: number): Promise<string[]> {
  return db('clarifications')
    .where({ state: 'open' })
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .pluck<string[]>('id');
}

/**
 * Closes a question that nobody answered in time. Its words and its checkpoint are dropped; the row stays for a while,
 * so that a late answer is told what became of it.
 *
 * @param tell is called while the row is locked, so that no answer comes in between; when it throws, nothing is closed
 * @returns false when the question is not open any more
 */
export async function expireClarification(
  db: Db,
  id: string,
  now: Date,
  tell: (question: { id: string; sessionId: string; turnId: string; attempt: number }) => Promise<void>,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const row = await trx('clarifications as c')
      .join('conversation_turns as t', (on) => on.on('t.user_id', 'c.user_id').andOn('t.id', 'c.turn_id'))
      .where({ 'c.id': id })
      .first<{ session_id: string; turn_id: string; attempt: number } | undefined>(
        'c.session_id',
        'c.turn_id',
        't.attempt',
      );
    if (!row) return false;
    // Locks in the order of a commit: the session first.
    await trx('conversation_sessions').where({ id: row.session_id }).forUpdate().first('id');
    const open: unknown = await trx('clarifications')
      .where({ id, state: 'open' })
      .where('expires_at', '<=', now)
      .forUpdate()
      .first('id');
    if (open === undefined) return false;
    await tell({ id, sessionId: row.session_id, turnId: row.turn_id, attempt: row.attempt });
    await trx('clarifications').where({ id }).update({
      state: 'closed',
      closed_at: now,
      close_reason: 'expired',
      question: '{}',
      workflow: null,
      checkpoint: null,
    });
    await trx.raw(
      `update conversation_sessions set questions_expired = questions_expired + 1,
         context = case when jsonb_typeof(context->'questions') = 'array' then jsonb_set(context, '{questions}', (
           select coalesce(jsonb_agg(q), '[]') from jsonb_array_elements(context->'questions') q
           where q->>'clarification_id' <> ?)) else context end
       where id = ?`,
      [id, row.session_id],
    );
    return true;
  });
}
