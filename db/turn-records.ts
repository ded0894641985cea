import { sessionContext, EMPTY_CONTEXT } from '../contracts/context.ts';
import type { Committed, TurnCommit } from '../contracts/records.ts';
import type { Db } from './connect.ts';
import { openQuestions } from './clarifications.ts';
import * as turns from './turns.ts';

/** Ended turns that a rebuilt Redis state is told of. */
const ENDED_KEPT = 300;

/** The record of turns over one pool; its shape is the port that `sessions` declares. */
export function createTurnRecords(db: Db) {
  return {
    admit: (turn: Parameters<typeof turns.admitTurn>[1]) => turns.admitTurn(db, turn),
    commit: (commit: TurnCommit) => turns.commitTurn(db, commit),
    commitBoth: (first: TurnCommit, second: TurnCommit): Promise<[Committed, Committed]> =>
      db.transaction(async (trx) => [
        await turns.commitTurn(trx, first),
        await turns.commitTurn(trx, second),
      ]),
    raiseFence: (turn: Parameters<typeof turns.raiseFence>[1]) => turns.raiseFence(db, turn),
    findTurn: (userId: string, turnId: string) => turns.findTurn(db, userId, turnId),
    findResult: (userId: string, turnId: string) => turns.findResult(db, userId, turnId),
    openTurns: (sessionId: string) => turns.openTurns(db, sessionId),
    runningTurns: (limit: number) => turns.runningTurns(db, limit),
    unpublishedResults: (olderThan: Date, limit: number) => turns.unpublishedResults(db, olderThan, limit),
    markPublished: (ended: readonly { userId: string; turnId: string }[]) => turns.markPublished(db, ended),
    openQuestions: (sessionId: string, now: Date) => openQuestions(db, sessionId, now),
    entomb: (userId: string, turnId: string, expiresAt: Date) => turns.entomb(db, userId, turnId, expiresAt),
    exhume: (userId: string, turnId: string) => turns.exhume(db, userId, turnId),

    async rebuilding(
      sessionId: string,
      stillNeeded: () => Promise<boolean>,
      remake: (record: {
        freed: number;
        open: Awaited<ReturnType<typeof turns.openTurns>>;
        ended: { turnId: string; turnSeq: number }[];
        context: typeof EMPTY_CONTEXT;
      }) => Promise<void>,
    ): Promise<void> {
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
        const ended = await turns.endedTurns(trx, sessionId, ENDED_KEPT);
        const stored = sessionContext.safeParse(session.context);
        const questions = await openQuestions(trx, sessionId, new Date());
        const context = { ...(stored.success ? stored.data : EMPTY_CONTEXT), questions };
        const first = open[0];
        await remake({ freed: first ? first.body.turn_seq - 1 : session.turns, open, ended, context });
      });
    },
  };
}
