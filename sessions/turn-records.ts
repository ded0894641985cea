import type { OpenQuestion } from '../contracts/clarification.ts';
import type { SessionContext } from '../contracts/context.ts';
import type {
  Admission,
  Admitted,
  Committed,
  StoredResult,
  StoredTurn,
  TurnCommit,
} from '../contracts/records.ts';

/** What a lost Redis state is made from. */
export interface SessionRecord {
  /** All turns up to this number have ended. */
  freed: number;
  open: StoredTurn[];
  /** Turns after `freed` that ended out of order. */
  ended: { turnId: string; turnSeq: number }[];
  context: SessionContext;
}

/** The record of turns, kept in Postgres; the role's entry injects `db`'s implementation. */
export interface TurnRecords {
  admit(turn: Admission): Promise<Admitted>;
  commit(commit: TurnCommit): Promise<Committed>;
  /** Two ends in one transaction: a message that ends another turn besides itself. */
  commitBoth(first: TurnCommit, second: TurnCommit): Promise<[Committed, Committed]>;
  raiseFence(turn: {
    userId: string;
    turnId: string;
    fence: number;
  }): Promise<{ fence: number; attempt: number } | null>;
  findTurn(userId: string, turnId: string): Promise<StoredTurn | null>;
  findResult(userId: string, turnId: string): Promise<StoredResult | null>;
  openTurns(sessionId: string): Promise<StoredTurn[]>;
  runningTurns(limit: number): Promise<StoredTurn[]>;
  unpublishedResults(olderThan: Date, limit: number): Promise<StoredResult[]>;
  markPublished(turns: readonly { userId: string; turnId: string }[]): Promise<void>;
  openQuestions(sessionId: string, now: Date): Promise<OpenQuestion[]>;
  /** @returns false when the turn has come already */
  entomb(userId: string, turnId: string, expiresAt: Date): Promise<boolean>;
  resultsBetween(sessionId: string, from: number, to: number): Promise<StoredResult[]>;
  /** What the session remembers as of its last commit. */
  context(sessionId: string, now: Date): Promise<SessionContext>;
  /**
   * Runs `remake` while the session's row is locked, so that one process rebuilds its Redis state; the running turn's
   * fence has been raised when it is called. `stillNeeded` is asked under the lock first.
   */
  rebuilding(
    sessionId: string,
    now: Date,
    stillNeeded: () => Promise<boolean>,
    remake: (record: SessionRecord) => Promise<void>,
  ): Promise<void>;
}
