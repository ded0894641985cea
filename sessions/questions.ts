import type { FrameDraft } from '../contracts/frames.ts';
import { inTime } from './recovery.ts';
import type { SessionStore } from './session-store.ts';

/** A question that nobody answered in time. */
export interface ExpiredQuestion {
  id: string;
  sessionId: string;
  /** The turn that asked it. */
  turnId: string;
  attempt: number;
}

/**
 * Tells a session that a question has expired, and takes it from what the session remembers. Can be repeated: the
 * frame is written once. Where the session has no state any more there is nobody to tell.
 *
 * @throws when Redis does not answer
 */
export async function tellExpired(store: SessionStore, question: ExpiredQuestion, at: Date): Promise<void> {
  const frame: FrameDraft = {
    type: 'clarification.closed',
    session_id: question.sessionId,
    turn_id: question.turnId,
    attempt: question.attempt,
    at: at.toISOString(),
    clarification_id: question.id,
    reason: 'expired',
  };
  await inTime(
    store.announce(question.sessionId, question.id, frame, (context) => ({
      ...context,
      questions: context.questions.filter((open) => open.clarification_id !== question.id),
    })),
  );
}
