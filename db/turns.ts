import { z } from 'zod';
import { amendment, turnRequest } from '../contracts/context.ts';
import { PulseError } from '../contracts/errors.ts';
import { act } from '../contracts/nlu.ts';
import {
  admitted,
  committed,
  FencedError,
  type Admission,
  type Admitted,
  type Committed,
  type StoredTurn,
  type TurnCommit,
} from '../contracts/records.ts';
import { turnResult, type TurnRecord } from '../contracts/result.ts';
import { accountErased } from './accounts.ts';
import type { Db } from './connect.ts';
import { sqlState } from './sql-state.ts';

/** Admission of one turn: numbered and inserted under the session's lock, or refused with nothing written. */
export async function admitTurn(db: Db, turn: Admission): Promise<Admitted> {
  const request = { ...turn.request, channel: turn.channel };
  const answer = await db.raw<{ rows: unknown[] }>('select * from admit_turn(?,?,?,?,?,?,?,?,?,?,?,?)', [
    turn.userId,
    turn.sessionId,
    turn.turnId,
    turn.request.kind,
    turn.text,
    JSON.stringify(request),
    turn.bodyHash,
    turn.timezone,
    turn.referenceTime,
    turn.receivedAt,
    turn.cap,
    turn.rejectWhenBusy,
  ]);
  return admitted.parse(answer.rows[0]);
}

/** Commits of two sessions of one user may lock the same items in another order; the loser simply tries again. */
const RETRIED = new Set(['40P01', '40001']);

/**
 * The end of a turn: everything in `commit` or nothing. Tried again when it lost a deadlock.
 *
 * @throws FencedError when the turn has ended or belongs to another attempt
 * @throws PulseError `version_conflict`, `not_found` (an item is gone), `already_answered`, or `validation_error` when
 *   a value can't be stored
 */
export function commitTurn(db: Db, commit: TurnCommit): Promise<Committed> {
  return retrying(() => commitOnce(db, commit));
}

/** Several ends of turns, together or not at all, in the order given. */
export function commitTogether(db: Db, commits: readonly TurnCommit[]): Promise<Committed[]> {
  return retrying(() =>
    db.transaction(async (trx) => {
      const done: Committed[] = [];
      for (const commit of commits) done.push(await commitOnce(trx, commit));
      return done;
    }),
  );
}

async function commitOnce(db: Db, commit: TurnCommit): Promise<Committed> {
  const answer = await db.raw<{ rows: { done: unknown }[] }>('select commit_turn(?) as done', [
    JSON.stringify(commit),
  ]);
  return committed.parse(answer.rows[0]?.done);
}

/** A whole transaction, again when it lost a deadlock, and with the database's guards as errors of ours. */
export async function retrying<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      const code = sqlState(error);
      if (code !== undefined && RETRIED.has(code) && tries < 4) continue;
      throw translate(error);
    }
  }
}

/** The guards of the database functions as errors of ours; anything else stays as it is. */
export function translate(error: unknown): unknown {
  switch (sqlState(error)) {
    case 'PP001':
      return new FencedError('The turn has ended or belongs to another attempt');
    case 'PP002':
      return new PulseError('already_answered', 'This question has been answered already.');
    case 'PP404':
      return new PulseError('not_found', 'That item is gone.');
    case 'PP410':
      return accountErased();
    case 'PP409':
      return new PulseError(
        'version_conflict',
        'That item has changed in the meantime. Look at it again and repeat the change.',
      );
    default:
      // A value that its column can't hold, such as the year 0.
      return sqlState(error)?.startsWith('22')
        ? new PulseError('validation_error', 'A value of the request is outside of what can be stored.')
        : error;
  }
}

/**
 * A later claim of a running turn. Raises its fence if it still is the expected one.
 *
 * @returns null when the turn has ended or somebody else raised the fence first
 */
export async function raiseFence(
  db: Db,
  turn: { userId: string; turnId: string; fence: number },
): Promise<{ fence: number; attempt: number } | null> {
  const rows = await db('conversation_turns')
    .where({ user_id: turn.userId, id: turn.turnId, fence: turn.fence, state: 'running' })
    .update({ fence: db.raw('fence + 1'), attempt: db.raw('attempt + 1') })
    .returning<{ fence: number; attempt: number }[]>(['fence', 'attempt']);
  return rows[0] ?? null;
}

/** What another version wrote and this one can't read is left out; a turn must never become unreadable as a whole. */
const openTurnRow = z.object({
  user_id: z.string(),
  id: z.string(),
  session_id: z.string(),
  turn_index: z.int(),
  user_message: z.string(),
  request: turnRequest
    .and(z.object({ channel: z.enum(['socket', 'rest']) }))
    .catch({ kind: 'text', channel: 'socket' }),
  timezone: z.string(),
  reference_time: z.date().nullable(),
  received_at: z.date(),
  state: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
  fence: z.int(),
  attempt: z.int(),
  amendments: z.array(amendment).catch([]),
});

function toStored(row: unknown): StoredTurn {
  const turn = openTurnRow.parse(row);
  const { channel, ...request } = turn.request;
  return {
    state: turn.state,
    body: {
      v: 1,
      user_id: turn.user_id,
      session_id: turn.session_id,
      turn_id: turn.id,
      turn_seq: turn.turn_index,
      text: turn.user_message,
      request: turnRequest.parse(request),
      timezone: turn.timezone,
      reference: (turn.reference_time ?? turn.received_at).toISOString(),
      received_at: turn.received_at.toISOString(),
      channel,
      fence: turn.fence,
      attempt: turn.attempt,
      amendments: turn.amendments,
    },
  };
}

/** @returns null when the user has no turn of this id */
export async function findTurn(db: Db, userId: string, turnId: string): Promise<StoredTurn | null> {
  const row: unknown = await db('conversation_turns').where({ user_id: userId, id: turnId }).first();
  return row === undefined ? null : toStored(row);
}

/** Turns of a session that have not ended, in order. */
export async function openTurns(db: Db, sessionId: string): Promise<StoredTurn[]> {
  const rows: unknown[] = await db('conversation_turns')
    .where({ session_id: sessionId })
    .whereIn('state', ['queued', 'running'])
    .orderBy('turn_index');
  return rows.map(toStored);
}

/** Turns that have not ended of an account that is being erased by this erasure and no other; the latest first. */
export async function openTurnsOfErased(db: Db, userId: string, erasureId: string): Promise<StoredTurn[]> {
  const rows: unknown[] = await db('conversation_turns')
    .where({ user_id: userId })
    .whereIn('state', ['queued', 'running'])
    .whereExists(db('users').where({ id: userId, erasing: erasureId }))
    .orderBy('turn_index', 'desc');
  return rows.map(toStored);
}

/** Running turns by session, of which each has one at most; `after` is the last one of the page before. */
export async function runningTurns(db: Db, after: StoredTurn | null, limit: number): Promise<StoredTurn[]> {
  const query = db('conversation_turns').where({ state: 'running' }).orderBy('session_id').limit(limit);
  if (after) query.where('session_id', '>', after.body.session_id);
  const rows: unknown[] = await query;
  return rows.map(toStored);
}

/** A session's turns, newest first, before a number. */
export async function turnHistory(
  db: Db,
  where: { userId: string; sessionId: string; before?: number | undefined; limit: number },
): Promise<TurnRecord[]> {
  const query = db('conversation_turns as t')
    .leftJoin('turn_results as r', (on) => on.on('r.user_id', 't.user_id').andOn('r.turn_id', 't.id'))
    .where({ 't.session_id': where.sessionId, 't.user_id': where.userId })
    .orderBy('t.turn_index', 'desc')
    .limit(where.limit)
    .select(
      't.id',
      't.turn_index',
      't.user_message',
      't.state',
      't.received_at',
      't.attempt',
      't.understood',
      'r.result',
    );
  if (where.before !== undefined) query.where('t.turn_index', '<', where.before);
  const rows: unknown[] = await query;
  return rows
    .map((row) => historyRow.parse(row))
    .map((t) => ({
      turn_id: t.id,
      turn_seq: t.turn_index,
      text: t.user_message,
      state: t.state,
      at: t.received_at.toISOString(),
      attempt: t.attempt,
      understood: t.understood,
      result: t.result,
    }));
}

const historyRow = z.object({
  id: z.string(),
  turn_index: z.int(),
  user_message: z.string(),
  state: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
  received_at: z.date(),
  attempt: z.int(),
  understood: z.array(act).nullable().catch(null),
  result: turnResult.nullable().catch(null),
});

/**
 * A cancel that came before its turn.
 *
 * @returns false when the turn has come already; nothing is written then
 */
export async function entomb(db: Db, userId: string, turnId: string, expiresAt: Date): Promise<boolean> {
  const answer = await db.raw<{ rows: { entombed: boolean }[] }>('select entomb_turn(?, ?, ?) as entombed', [
    userId,
    turnId,
    expiresAt,
  ]);
  return answer.rows[0]?.entombed === true;
}
