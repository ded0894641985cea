import { PulseError } from '../contracts/errors.ts';
import type { UserNews } from '../contracts/frames.ts';
import type { Clock } from '../core/clock.ts';
import { inTime } from './recovery.ts';
import type { SessionStore } from './session-store.ts';

/** What a deletion needs of the record, Redis and the user's devices. */
export interface SessionDeletion {
  store: Pick<SessionStore, 'forget'>;
  clock: Clock;
  /** Removes a conversation from the record; `drop` is called while it is locked. */
  forget(
    userId: string,
    sessionId: string,
    drop: () => Promise<void>,
  ): Promise<'deleted' | 'busy' | 'missing'>;
  publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
}

/**
 * Deletes a conversation in both stores, or in neither, and tells the user's devices. Receipts and what was made stay.
 *
 * @throws PulseError `not_found`, or `session_busy` while something is being worked on in it
 */
export async function deleteSession(deps: SessionDeletion, userId: string, sessionId: string): Promise<void> {
  const done = await deps.forget(userId, sessionId, () => inTime(deps.store.forget(sessionId)));
  if (done === 'missing') throw new PulseError('not_found', 'There is no such conversation.');
  if (done === 'busy')
    throw new PulseError(
      'session_busy',
      'Something is still being worked on in this conversation. Delete it when that is done.',
    );
  const at = deps.clock.now().toISOString();
  await deps.publishNews(userId, [{ type: 'session.deleted', session_id: sessionId, at }]);
}
