import { z } from 'zod';
import type { Db } from './connect.ts';

/** What a conversation had come to when nothing more was said. */
export interface EndedSession {
  sessionId: string;
  userId: string;
  turns: number;
  completed: number;
  refused: number;
  failed: number;
  cancelled: number;
  asked: number;
  answered: number;
  dropped: number;
  expired: number;
  /** From its beginning to what was said last. */
  durationMs: number;
  /** How often it had been over before, and went on. */
  resumed: number;
}

const row = z
  .object({
    id: z.string(),
    user_id: z.string(),
    started_at: z.date(),
    last_activity_at: z.date(),
    turns: z.int(),
    times_ended: z.int(),
    turns_completed: z.int(),
    turns_refused: z.int(),
    turns_failed: z.int(),
    turns_cancelled: z.int(),
    questions_asked: z.int(),
    questions_answered: z.int(),
    questions_dropped: z.int(),
    questions_expired: z.int(),
  })
  .transform((ended): EndedSession => ({
    sessionId: ended.id,
    userId: ended.user_id,
    turns: ended.turns,
    completed: ended.turns_completed,
    refused: ended.turns_refused,
    failed: ended.turns_failed,
    cancelled: ended.turns_cancelled,
    asked: ended.questions_asked,
    answered: ended.questions_answered,
    dropped: ended.questions_dropped,
    expired: ended.questions_expired,
    // Two clocks wrote these: the database's, and that of whoever let the turn in.
    durationMs: Math.max(0, ended.last_activity_at.getTime() - ended.started_at.getTime()),
    resumed: ended.times_ended - 1,
  }));

/**
 * Notes conversations as over in which nothing was said since an instant and nothing is being worked on. The next turn
 * takes the note back (`admit_turn`). Several may do this at once: each conversation is given to one of them.
 */
export async function endSessions(
  db: Db,
  { silentSince, now, limit }: { silentSince: Date; now: Date; limit: number },
): Promise<EndedSession[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `update conversation_sessions set ended_at = :now, times_ended = times_ended + 1
      where id in (
        select id from conversation_sessions
        where ended_at is null and turns > 0 and open_turns = 0 and last_activity_at < :silentSince
        order by id limit :limit for update skip locked
      ) returning *`,
    { now, silentSince, limit },
  );
  return answer.rows.map((found) => row.parse(found));
}
