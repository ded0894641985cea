import type { OpenQuestion } from '../contracts/clarification.ts';
import { EMPTY_CONTEXT, sessionContext, type SessionContext } from '../contracts/context.ts';
import type { StoredResult, StoredTurn, TurnCommit } from '../contracts/records.ts';
import type { Db } from './connect.ts';
import { openQuestions } from './clarifications.ts';
import { shownUsage } from './metering.ts';
import { changesOfTurn } from './receipts.ts';
import * as results from './turn-results.ts';
import * as turns from './turns.ts';

/** The record of turns over one pool; its shape is the port that `sessions` declares. */
export function createTurnRecords(db: Db) {
  return {
    admit: (turn: Parameters<typeof turns.admitTurn>[1]) => turns.admitTurn(db, turn),
    commit: (commit: TurnCommit) => turns.commitTurn(db, commit),
    commitTogether: (commits: readonly TurnCommit[]) => turns.commitTogether(db, commits),
    raiseFence: (turn: Parameters<typeof turns.raiseFence>[1]) => turns.raiseFence(db, turn),
    findTurn: (userId: string, turnId: string) => turns.findTurn(db, userId, turnId),
    findResult: (userId: string, turnId: string) => results.findResult(db, userId, turnId),
    changesOf: (userId: string, turnId: string) => changesOfTurn(db, userId, turnId),
    openTurns: (sessionId: string) => turns.openTurns(db, sessionId),
    runningTurns: (after: StoredTurn | null, limit: number) => turns.runningTurns(db, after, limit),
    unpublishedResults: (olderThan: Date, after: StoredResult | null, limit: number) =>
      results.unpublishedResults(db, olderThan, after, limit),
    unpublishedBefore: (sessionId: string, before: number) =>
      results.unpublishedBefore(db, sessionId, before),
    markPublished: (ended: readonly { userId: string; turnId: string }[]) => results.markPublished(db, ended),
    openQuestions: (sessionId: string, now: Date) => openQuestions(db, sessionId, now),
    shownUsage: (userId: string, turnId: string) => shownUsage(db, userId, turnId),
    entomb: (userId: string, turnId: string, expiresAt: Date) => turns.entomb(db, userId, turnId, expiresAt),

    /** What the session remembers as of the last commit, with the questions that are open now. */
    context: async (sessionId: string, now: Date): Promise<SessionContext> => {
      const session = await db('conversation_sessions')
        .where({ id: sessionId })
        .first<{ context: unknown } | undefined>('context');
      return contextOf(session?.context, await openQuestions(db, sessionId, now));
    },

    rebuilding: async (
      sessionId: string,
      now: Date,
      stillNeeded: () => Promise<boolean>,
      remake: (record: Rebuilt) => Promise<void>,
    ): Promise<void> => {
      await db.transaction(async (trx) => {
        const session = await trx('conversation_sessions')
          .where({ id: sessionId })
          .forUpdate()
          .first<{ turns: number; context: unknown } | undefined>('turns', 'context');
        if (!session || !(await stillNeeded())) return;
        await trx('conversation_turns')
          .where({ session_id: sessionId, state: 'running' })
          .increment('fence', 1);
        const open = await turns.openTurns(trx, sessionId);
        const first = open[0];
        const freed = first ? first.body.turn_seq - 1 : session.turns;
        const ended = await results.endedAfter(trx, sessionId, freed);
        const context = contextOf(session.context, await openQuestions(trx, sessionId, now));
        await remake({ freed, open, ended, context });
      });
    },
  };
}

interface Rebuilt {
  freed: number;
  open: StoredTurn[];
  ended: { turnId: string; turnSeq: number }[];
  context: SessionContext;
}

function contextOf(stored: unknown, questions: OpenQuestion[]): SessionContext {
  const parsed = sessionContext.safeParse(stored);
  const remembered = parsed.success ? parsed.data : EMPTY_CONTEXT;
  // The rows say what is open; how long a bare answer binds may have been shortened since they were written.
  const until = new Map(remembered.questions.map((known) => [known.clarification_id, known.active_until]));
  return {
    ...remembered,
    questions: questions.map((question) => ({
      ...question,
      active_until: until.get(question.clarification_id) ?? question.active_until,
    })),
  };
}
