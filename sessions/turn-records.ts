import type { OpenQuestion } from '../contracts/clarification.ts';
import type { SessionContext } from '../contracts/context.ts';
import type { UsageLine } from '../contracts/result.ts';
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
  /** Several ends in one transaction: a message that ends other turns besides itself. */
  commitTogether(commits: readonly TurnCommit[]): Promise<Committed[]>;
  raiseFence(turn: {
    userId: string;
    turnId: string;
    fence: number;
  }): Promise<{ fence: number; attempt: number } | null>;
  findTurn(userId: string, turnId: string): Promise<StoredTurn | null>;
  findResult(userId: string, turnId: string): Promise<StoredResult | null>;
  openTurns(sessionId: string): Promise<StoredTurn[]>;
  /** What a turn has changed, each item as it stands now. */
  changesOf(userId: string, turnId: string): Promise<Committed['changed']>;
  /** A page of running turns of all sessions; `after` is the last one of the page before. */
  runningTurns(after: StoredTurn | null, limit: number): Promise<StoredTurn[]>;
  /** A page of ends that may not have been published, oldest first; `after` is the last one of the page before. */
  unpublishedResults(olderThan: Date, after: StoredResult | null, limit: number): Promise<StoredResult[]>;
  /** Ends of a session before a number that are not yet noted as published, in order. */
  unpublishedBefore(sessionId: string, before: number): Promise<StoredResult[]>;
  markPublished(turns: readonly { userId: string; turnId: string }[]): Promise<void>;
  openQuestions(sessionId: string, now: Date): Promise<OpenQuestion[]>;
  /** What a turn is charged for although it is cancelled: the user has seen a part of it. */
  shownUsage(userId: string, turnId: string): Promise<UsageLine[]>;
  /** @returns false when the turn has come already */
  entomb(userId: string, turnId: string, expiresAt: Date): Promise<boolean>;
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
