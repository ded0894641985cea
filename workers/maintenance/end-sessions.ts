import type { EndedSession } from '../../db/session-ends.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';

const BATCH = 500;
/** A run ends so many batches at most; the next one, a minute later, goes on. */
const BATCHES_MAX = 20;

/** What ending conversations needs of the record. */
export interface SessionEnding {
  /** Nothing said for this long, and a conversation is over. */
  timeoutMs: number;
  end(silent: { silentSince: Date; now: Date; limit: number }): Promise<EndedSession[]>;
  analytics: Analytics;
}

/**
 * Notes conversations as over in which nothing was said for the session timeout, and tells once each time what they have
 * come to. Nothing of them goes: the next message goes on where they were left, by the same rules as before.
 *
 * @returns how many were over
 */
export async function endSilentSessions(deps: SessionEnding, now: Date): Promise<number> {
  const silentSince = new Date(now.getTime() - deps.timeoutMs);
  let ended = 0;
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const over = await deps.end({ silentSince, now, limit: BATCH });
    for (const session of over)
      deps.analytics.capture(session.userId, 'conversation_ended', {
        session_id: session.sessionId,
        turns: session.turns,
        clarifications_asked: session.asked,
        answered: session.answered,
        dropped: session.dropped,
        expired: session.expired,
        completed: session.completed,
        refused: session.refused,
        failed: session.failed,
        duration_ms: session.durationMs,
        resumed: session.resumed,
      });
    ended += over.length;
    if (over.length < BATCH) return ended;
  }
  return ended;
}
