import type { Logger } from '../../core/logger.ts';

/** Read at a time; a run goes on until nothing is left. */
const PAGE = 200;
/** More than this in one run, and it is a store that does not answer: each would wait for it in vain. */
const FAILURES_MAX = 25;

/** What the expiry needs of the record and the sessions. */
export interface ExpiryDeps {
  /** Ids of questions that are past their time, the oldest first. */
  expired(now: Date, limit: number): Promise<string[]>;
  /** Tells the session and closes the question; false when it was closed already. */
  expire(id: string, now: Date): Promise<boolean>;
  log: Logger;
}

/**
 * Closes what nobody answered in time. A question that can't be closed now is left to the next run.
 *
 * @returns how many were closed
 */
export async function expireQuestions(deps: ExpiryDeps, now: Date): Promise<number> {
  let closed = 0;
  let failed = 0;
  for (;;) {
    const ids = await deps.expired(now, PAGE);
    const before = closed;
    for (const id of ids) {
      try {
        if (await deps.expire(id, now)) closed += 1;
      } catch (error) {
        deps.log.warn({ err: error }, 'A question could not be closed; the next run tries again');
        failed += 1;
        if (failed > FAILURES_MAX) return closed;
      }
    }
    // A page of which none could be closed would come again and again.
    if (ids.length < PAGE || closed === before) return closed;
  }
}
