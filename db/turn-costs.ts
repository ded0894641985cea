import { z } from 'zod';
import type { TurnCost } from '../contracts/usage.ts';
import type { Db } from './connect.ts';

const row = z.object({
  id: z.string(),
  session_id: z.string(),
  received_at: z.date(),
  user_message: z.string(),
  action: z.string().nullable(),
  tokens_used: z.int(),
});

/**
 * A user's last turns, the latest first, with what each was charged. They are looked for in the conversations that were
 * used last: turns have no index by time, which every one of them would have to pay for.
 */
export async function latestTurnCosts(db: Db, userId: string, limit: number): Promise<TurnCost[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `select t.id, t.session_id, t.received_at, t.user_message, r.result->>'action' as action,
        coalesce((select sum(c.charged_tokens) from llm_calls c
          where c.user_id = :userId and c.scope_id = t.id and c.state = 'settled'), 0)::int as tokens_used
      from (
          select s.id from conversation_sessions s where s.user_id = :userId and s.turns > 0
          order by s.last_activity_at desc limit :limit
        ) s
        cross join lateral (
          select t.id, t.session_id, t.received_at, t.user_message from conversation_turns t
          where t.session_id = s.id order by t.turn_index desc limit :limit
        ) t
        join turn_results r on r.user_id = :userId and r.turn_id = t.id
      order by t.received_at desc, t.id desc limit :limit`,
    { userId, limit },
  );
  return answer.rows.map((found) => {
    const { id, session_id, received_at, user_message, action, tokens_used } = row.parse(found);
    return {
      turn_id: id,
      session_id,
      timestamp: received_at.toISOString(),
      text: user_message,
      action,
      tokens_used,
    };
  });
}
