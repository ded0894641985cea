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
  connected(userId: string): Promise<readonly string[]>;
  /** Looks again at each whether it is still empty. */
  remove(sessionIds: readonly string[], seenBefore: Date): Promise<number>;
}

/**
 * Removes conversations that were opened and never used: every connection without a session id makes one. One that
 * somebody is connected to stays, however long it has been silent.
 *
 * @returns how many were removed
 */
export async function pruneSessions(deps: SessionPruning, seenBefore: Date, limit: number): Promise<number> {
  const found = await deps.find(seenBefore, limit);
  const held = new Set<string>();
  for (const userId of new Set(found.map((session) => session.userId)))
    for (const sessionId of await deps.connected(userId)) held.add(sessionId);
  const free = found.map(({ sessionId }) => sessionId).filter((id) => !held.has(id));
  return free.length === 0 ? 0 : deps.remove(free, seenBefore);
}
