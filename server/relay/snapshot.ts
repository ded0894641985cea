import { publicQuestion, type Clarification } from '../../contracts/clarification.ts';
import type { SessionSnapshot } from '../../contracts/frames.ts';
import type { TurnRecord } from '../../contracts/result.ts';
import { saidSoFar } from '../../sessions/results.ts';
import type { OutboxPage } from '../../sessions/session-store.ts';

/** Turns that a snapshot shows; older ones come by `session.history`. */
export const SNAPSHOT_TURNS = 30;

/**
 * Where a session stands, for a client that can't be given the whole gap.
 *
 * @param at.page the log from its beginning to where the client goes on, for the running turn's text so far
 * @param at.history newest first, from Postgres
 */
export function makeSnapshot(at: {
  sessionId: string;
  page: OutboxPage;
  history: readonly TurnRecord[];
  quota: SessionSnapshot['quota'];
  now: Date;
}): SessionSnapshot {
  const { sessionId, page, history, quota, now } = at;
  const turns = history.toReversed();
  const running = turns.find((turn) => turn.state === 'running');
  return {
    type: 'session.snapshot',
    session_id: sessionId,
    epoch: page.epoch,
    tail_seq: page.tail,
    complete: false,
    turns,
    running: running
      ? { turn_id: running.turn_id, attempt: running.attempt, text: saidSoFar(page.frames, running) }
      : null,
    queue: turns.filter((turn) => turn.state === 'queued').map((turn) => turn.turn_id),
    open_clarifications: openNow(page, now),
    quota,
  };
}

/** Questions that can be answered at `now`, as clients see them. */
export function openNow(page: OutboxPage, now: Date): Clarification[] {
  return page.context.questions
    .filter((question) => Date.parse(question.expires_at) > now.getTime())
    .map(publicQuestion);
}
