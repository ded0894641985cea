import { z } from 'zod';
import type { Db } from './connect.ts';
import { retrying } from './turns.ts';

const session = z.object({ open_turns: z.int(), last_activity_at: z.date() });

/** Locked, so that no turn is let in meanwhile: one that comes then begins the conversation anew. */
async function lockSession(
  trx: Db,
  userId: string,
  sessionId: string,
): Promise<z.infer<typeof session> | null> {
  const found: unknown = await trx('conversation_sessions')
    .where({ id: sessionId, user_id: userId })
    .forUpdate()
    .first('open_turns', 'last_activity_at');
  return found === undefined ? null : session.parse(found);
}

/**
 * Removes a conversation with all that was said, asked and answered in it. What it has changed stays, and so do the
 * receipts of that; they name the conversation no more.
 *
 * @param drop called while the session's row is locked, to remove what else holds it, twice perhaps; when it throws,
 *   nothing happens
 * @returns `busy` while a turn waits or runs, `missing` when the user has no such conversation
 */
export function forgetSession(
  db: Db,
  userId: string,
  sessionId: string,
  drop: () => Promise<void>,
): Promise<'deleted' | 'busy' | 'missing'> {
  return retrying(() =>
    db.transaction(async (trx) => {
      const found = await lockSession(trx, userId, sessionId);
      if (!found) return 'missing';
      if (found.open_turns > 0) return 'busy';
      await forgetTurns(trx, userId, sessionId, null);
      await removeSession(trx, userId, sessionId);
      await drop();
      return 'deleted';
    }),
  );
}

/** Turns of one conversation in one transaction; another run goes on with the rest. */
const TURNS_AT_ONCE = 2_000;

/** What was taken from a conversation whose turns have been kept long enough. */
export interface Forgotten {
  turns: number;
  /** The conversation itself is gone: nothing that was said in it is left. */
  isGone: boolean;
}

/**
 * Removes the turns of a conversation that came before an instant, and the conversation with the last of them. A turn
 * that has not ended stays, and so does one whose question is open.
 *
 * @param drop as in `forgetSession`, when the conversation itself goes
 */
export function forgetOldTurns(
  db: Db,
  old: { userId: string; sessionId: string },
  before: Date,
  drop: () => Promise<void>,
): Promise<Forgotten> {
  const { userId, sessionId } = old;
  return db.transaction(async (trx) => {
    const found = await lockSession(trx, userId, sessionId);
    if (!found) return { turns: 0, isGone: false };
    const turns = await forgetTurns(trx, userId, sessionId, before);
    const left: unknown = await trx('conversation_turns').where({ session_id: sessionId }).first('id');
    const isGone = left === undefined && found.open_turns === 0 && found.last_activity_at < before;
    if (isGone) {
      await removeSession(trx, userId, sessionId);
      await drop();
    }
    return { turns, isGone };
  });
}

/** @param before null for all of them; the caller knows that they have ended then */
async function forgetTurns(trx: Db, userId: string, sessionId: string, before: Date | null): Promise<number> {
  const aged =
    before === null
      ? ''
      : `and t.received_at < :before and t.state not in ('queued', 'running') and not exists (
           select from clarifications c where c.session_id = t.session_id and c.turn_id = t.id and c.state = 'open')
         order by t.turn_index limit :limit`;
  return removeTurns(trx, userId, `t.session_id = :sessionId ${aged}`, {
    sessionId,
    before,
    limit: TURNS_AT_ONCE,
  });
}

/**
 * Removes turns of a user with all that holds their words.
 *
 * @param which of the turns `t`, in SQL
 * @returns how many
 */
export async function removeTurns(
  trx: Db,
  userId: string,
  which: string,
  values: Readonly<Record<string, unknown>>,
): Promise<number> {
  // Answers of language models hold words as well; the calls are kept for the bill.
  const answer = await trx.raw<{ rows: { turns: number }[] }>(
    `with old as (
        select t.id from conversation_turns t where t.user_id = :userId and ${which}
      ), unpublished as (
        delete from unpublished_turns u using old where u.user_id = :userId and u.turn_id = old.id
      ), results as (
        delete from turn_results r using old where r.user_id = :userId and r.turn_id = old.id
      ), vectors as (
        delete from turn_vectors v using old where v.user_id = :userId and v.turn_id = old.id
      ), calls as (
        update llm_calls c set answer = null from old
          where c.user_id = :userId and c.scope_id = old.id and c.answer is not null
      ), gone as (
        delete from conversation_turns t using old where t.user_id = :userId and t.id = old.id returning t.id
      ) select count(*)::int as turns from gone`,
    { ...values, userId },
  );
  return answer.rows[0]?.turns ?? 0;
}

async function removeSession(trx: Db, userId: string, sessionId: string): Promise<void> {
  await trx('clarifications').where({ session_id: sessionId }).delete();
  // The turn's id stays with them: what one message did is still taken back together.
  await trx.raw(`update receipts set session_id = null where user_id = ? and session_id = ?`, [
    userId,
    sessionId,
  ]);
  await trx('conversation_sessions').where({ id: sessionId, user_id: userId }).delete();
}

const old = z.object({ id: z.string(), user_id: z.string() });

/**
 * Conversations whose first turn came before an instant. Turns have no index by time, which every one of them would have
 * to pay for: they are in order within their conversation, so one look at each old conversation is enough.
 */
export async function sessionsWithOldTurns(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ sessionId: string; userId: string }[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `select s.id, s.user_id from conversation_sessions s
      cross join lateral (
        select t.id, t.received_at, t.state from conversation_turns t where t.session_id = s.id
        order by t.turn_index limit 1
      ) first
      where s.turns > 0 and first.received_at < :before and first.state not in ('queued', 'running')
        and not exists (
          select from clarifications c where c.session_id = s.id and c.turn_id = first.id and c.state = 'open')
      order by s.id limit :limit`,
    { before, limit },
  );
  return answer.rows
    .map((found) => old.parse(found))
    .map(({ id, user_id }) => ({ sessionId: id, userId: user_id }));
}
