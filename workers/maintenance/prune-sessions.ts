/** A conversation in which nothing was said is kept this long after its last sight. */
const EMPTY_KEPT_MS = 24 * 3_600_000;
const BATCH = 500;

/** A session that never had a turn. */
export interface EmptySession {
  sessionId: string;
  userId: string;
}

/** What the pruning needs of the record and the connections. */
export interface SessionPruning {
  /** Sessions without a turn, last seen before an instant, oldest first. */
  find(seenBefore: Date, limit: number): Promise<EmptySession[]>;
  /** Sessions that a user has open now, on whichever gateway. */
  connected(userId: string, now: Date): Promise<readonly string[]>;
  /** Looks again at each whether it is still empty. */
  remove(sessionIds: readonly string[], seenBefore: Date): Promise<number>;
}

/**
 * Removes conversations that were opened and never used: every connection without a session id makes one. One that
 * somebody is connected to stays, however long it has been silent.
 *
 * @returns how many were removed; the next call goes on where a batch was not enough
 */
export async function pruneSessions(deps: SessionPruning, now: Date): Promise<number> {
  const seenBefore = new Date(now.getTime() - EMPTY_KEPT_MS);
  let removed = 0;
  for (;;) {
    const found = await deps.find(seenBefore, BATCH);
    const held = new Set<string>();
    for (const userId of new Set(found.map((session) => session.userId)))
      for (const sessionId of await deps.connected(userId, now)) held.add(sessionId);
    const free = found.map(({ sessionId }) => sessionId).filter((id) => !held.has(id));
    const gone = free.length === 0 ? 0 : await deps.remove(free, seenBefore);
    removed += gone;
    if (found.length < BATCH || gone === 0) return removed;
  }
}
