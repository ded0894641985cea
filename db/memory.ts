import { z } from 'zod';
import { action } from '../contracts/intents.ts';
import type { MemoryFilter, RememberedAct } from '../contracts/memory.ts';
import { slots } from '../contracts/slots.ts';
import type { Logger } from '../core/logger.ts';
import type { Db } from './connect.ts';
import { NOT_FORGOTTEN } from './forgotten-facts.ts';
import { bindings, COLUMNS, conditions, NO_SEARCH, toFound, type FoundTurn } from './found-turns.ts';
import { NearVectors } from './near-vectors.ts';

/** A turn whose words have no vectors yet. */
export interface UnencodedTurn {
  userId: string;
  turnId: string;
  sessionId: string;
  message: string;
  response: string;
  /** The user wants to be remembered. */
  isKept: boolean;
}

/** Vectors of a turn, as bytes with their signs; null where there were no words. */
export interface TurnVectors {
  userId: string;
  turnId: string;
  message: { bytes: Buffer; bits: string } | null;
  response: { bytes: Buffer; bits: string } | null;
}

const unencodedRow = z.object({
  user_id: z.string(),
  id: z.string(),
  session_id: z.string(),
  kind: z.string(),
  user_message: z.string(),
  response: z.string().nullable(),
  kept: z.boolean(),
});

/** Turns that have ended and were not looked at, the oldest first. */
export async function unencodedTurns(db: Db, limit: number): Promise<UnencodedTurn[]> {
  const rows: unknown[] = await db('conversation_turns')
    .whereNull('embedded_at')
    .where('state', 'completed')
    .orderBy('received_at')
    .limit(limit)
    .select(
      'user_id',
      'id',
      'session_id',
      'kind',
      'user_message',
      'response',
      // A turn without flags was never understood.
      db.raw(`coalesce((flags->>'enable_multi_turn_memory')::boolean, false) as kept`),
    );
  return rows
    .map((row) => unencodedRow.parse(row))
    .map((row) => ({
      userId: row.user_id,
      turnId: row.id,
      sessionId: row.session_id,
      message: row.kind === 'undo' ? '' : row.user_message,
      response: row.response ?? '',
      isKept: row.kept,
    }));
}

/** Writes the vectors of some turns, once; a turn that is gone by now stays gone. */
export async function keepVectors(
  db: Db,
  model: { name: string; dimension: number },
  turns: readonly TurnVectors[],
  at: Date,
): Promise<void> {
  if (turns.length === 0) return;
  await db.raw(
    `with v as (
      select * from unnest(:users::uuid[], :turns::uuid[], :messages::bytea[], :responses::bytea[],
        :message_bits::text[], :response_bits::text[]) as v(user_id, turn_id, message, response, message_bits, response_bits)
    ), kept as (
      update conversation_turns t set user_message_embedding = v.message, response_embedding = v.response, embedded_at = :at,
          embedding_model = case when v.message is null and v.response is null then null else :model end,
          embedding_dimension = case when v.message is null and v.response is null then null else :dimension::int end
        from v where t.user_id = v.user_id and t.id = v.turn_id and t.embedded_at is null
        returning v.*
    )
    insert into turn_vectors (user_id, model, side, turn_id, bits)
      select user_id, :model, 'message', turn_id, message_bits::bit varying from kept where message is not null
      union all
      select user_id, :model, 'response', turn_id, response_bits::bit varying from kept where response is not null
      on conflict do nothing`,
    {
      users: turns.map(({ userId }) => userId),
      turns: turns.map(({ turnId }) => turnId),
      messages: turns.map(({ message }) => message?.bytes ?? null),
      responses: turns.map(({ response }) => response?.bytes ?? null),
      message_bits: turns.map(({ message }) => message?.bits ?? null),
      response_bits: turns.map(({ response }) => response?.bits ?? null),
      model: model.name,
      dimension: model.dimension,
      at,
    },
  );
}

/** The vectors of the last turns of a session, in one model, the newest first. */
export async function lastVectors(
  db: Db,
  sessionId: string,
  model: string,
  limit: number,
): Promise<Buffer[]> {
  const rows: unknown[] = await db('conversation_turns')
    .where({ session_id: sessionId, embedding_model: model })
    .whereNotNull('user_message_embedding')
    .orderBy('turn_index', 'desc')
    .limit(limit)
    .select('user_message_embedding');
  return rows.map((row) => bytesRow.parse(row).user_message_embedding);
}
/** What the latest conversations of a user were about when they were last spoken in, in one model. */
async function sessionVectors(
  db: Db,
  userId: string,
  model: string,
  limit: number,
): Promise<{ sessionId: string; vector: Buffer }[]> {
  const rows: unknown[] = await db('conversation_sessions')
    .where({ user_id: userId, context_embedding_model: model })
    .whereNotNull('context_embedding')
    .orderBy('last_activity_at', 'desc')
    .limit(limit)
    .select('id', 'context_embedding');
  return rows
    .map((row) => contextRow.parse(row))
    .map(({ id, context_embedding }) => ({ sessionId: id, vector: context_embedding }));
}
const contextRow = z.object({ id: z.string(), context_embedding: z.instanceof(Buffer) });
const bytesRow = z.object({ user_message_embedding: z.instanceof(Buffer) });

export async function keepSessionVector(
  db: Db,
  sessionId: string,
  model: { name: string; dimension: number },
  bytes: Buffer,
): Promise<void> {
  await db('conversation_sessions').where({ id: sessionId }).update({
    context_embedding: bytes,
    context_embedding_model: model.name,
    context_embedding_dimension: model.dimension,
  });
}

/** Turns that were kept, the newest first. */
export async function recentTurns(
  db: Db,
  userId: string,
  filter: MemoryFilter,
  limit: number,
): Promise<FoundTurn[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `select ${COLUMNS} from conversation_turns t
      where t.user_id = :user and t.state = 'completed' and t.kind <> 'undo' and ${NOT_FORGOTTEN}
        and coalesce((t.flags->>'enable_multi_turn_memory')::boolean, false)${conditions(filter)}
      order by t.received_at desc limit :limit`,
    { ...bindings(filter), user: userId, limit },
  );
  return answer.rows.map(toFound);
}

/** Turns that made something from which on the nearest are asked whether they did, and not those that did how near they are. */
const FEW_MADE = 1_000;

/**
 * Turns whose vectors point most nearly to where this one does: those whose signs differ least, to be compared exactly by
 * who asks. The user's come first and nothing else is looked at, so that nobody's turns crowd out another's.
 *
 * @param limit of what is compared exactly; with fewer turns than that it is all of them
 * @param few as {@link FEW_MADE}; tests have fewer
 */
export async function alikeTurns(
  db: Db,
  userId: string,
  query: { model: string; bits: string },
  filter: MemoryFilter,
  limit: number,
  few = FEW_MADE,
): Promise<FoundTurn[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `with near as materialized (${filter.made ? nearestMade(filter) : nearest(filter)}), turns as materialized (
      select turn_id from near where apart is not null group by turn_id order by min(apart), turn_id limit :limit
    )
    select ${COLUMNS} from turns n join conversation_turns t on t.user_id = :user and t.id = n.turn_id
      where t.embedding_model = :model and ${NO_SEARCH}`,
    {
      ...bindings(filter),
      user: userId,
      limit,
      // A turn has two rows at most, so the nearest of them are enough: to group all of them first takes four times as long.
      rows: 2 * limit,
      model: query.model,
      bits: query.bits,
      length: query.bits.length,
      few,
    },
  );
  return answer.rows.map(toFound);
}

/** A vector of another length under the same name would be an error; it is no match. */
const APART = 'case when length(v.bits) = :length then bit_count(v.bits # :bits::bit varying) end as apart';

const nearest = ({ from, to }: MemoryFilter): string => `
  select v.turn_id, ${APART} from turn_vectors v
    ${from || to ? 'join conversation_turns t on t.user_id = v.user_id and t.id = v.turn_id' : ''}
    where v.user_id = :user and v.model = :model${conditions({ from, to })}
    order by apart nulls last, v.turn_id limit :rows`;

/**
 * The same, of turns that made something. Those that did are few for most people; for others the nearest are gone through
 * until enough have. Each look is by an index and none depends on what the planner knows of the tables, which is nothing for
 * somebody new: what it then joins by going through both takes many times as long.
 */
const nearestMade = ({ from, to, made }: MemoryFilter): string => `
  with those as materialized (
    select m.turn_id from receipts m
      where m.user_id = :user and m.turn_id is not null and m.undone_by is null and m.undoes is null
        and m.action = any(:made)
      limit :few + 1
  ), few as materialized (select count(*) <= :few as is_few from those)
  (select v.turn_id, v.apart from (select distinct turn_id from those) m
    cross join lateral (
      select v.turn_id, ${APART} from turn_vectors v
        where v.user_id = :user and v.turn_id = m.turn_id and v.model = :model limit 2
    ) v
    ${from || to ? 'join conversation_turns t on t.user_id = :user and t.id = v.turn_id' : ''}
    where (select is_few from few)${conditions({ from, to })}
    order by v.apart nulls last, v.turn_id limit :rows)
  union all
  (select v.turn_id, v.apart from (
      select v.user_id, v.turn_id, ${APART} from turn_vectors v
        where v.user_id = :user and v.model = :model and not (select is_few from few) order by apart nulls last, v.turn_id
    ) v
    cross join lateral (
      select t.id from conversation_turns t where t.user_id = v.user_id and t.id = v.turn_id${conditions({ from, to, made })} limit 1
    ) t
    limit :rows)`;

/** Turns that have one of some words, the newest first. */
export async function turnsWithWords(
  db: Db,
  userId: string,
  words: readonly string[],
  filter: MemoryFilter,
  limit: number,
): Promise<FoundTurn[]> {
  const terms = words.map((word) => word.replace(/[^\p{L}\p{N}]/gu, '')).filter(Boolean);
  if (terms.length === 0) return [];
  const answer = await db.raw<{ rows: unknown[] }>(
    `select ${COLUMNS} from conversation_turns t
      where t.user_id = :user and t.state = 'completed' and t.kind = 'text' and ${NO_SEARCH}
        and coalesce((t.flags->>'enable_multi_turn_memory')::boolean, false)
        and words_of(array[t.user_message]) @@ to_tsquery('english'::regconfig, :tsquery)${conditions(filter)}
      order by ts_rank(words_of(array[t.user_message]), to_tsquery('english'::regconfig, :tsquery)) desc, t.received_at desc
      limit :limit`,
    {
      ...bindings(filter),
      user: userId,
      limit,
      tsquery: terms.map((term) => `'${term}':*`).join(' | '),
    },
  );
  return answer.rows.map(toFound);
}

const madeRow = z.object({
  turn_id: z.string(),
  // What another version wrote and this one can't read is no act to be done again.
  act: z.object({ action, entities: slots }).nullable().catch(null),
  item: z.object({ kind: z.string(), id: z.string() }).nullable(),
});

/** What some turns made that still stands, as it was asked for, by the turns' ids; the acts of a turn in their order. */
export async function actsOf(
  db: Db,
  userId: string,
  turnIds: readonly string[],
): Promise<ReadonlyMap<string, RememberedAct[]>> {
  if (turnIds.length === 0) return new Map();
  const answer = await db.raw<{ rows: unknown[] }>(
    `select m.turn_id, r.result->'acts'->m.step as act, (
        select jsonb_build_object('kind', e.kind, 'id', e.item_id) from receipt_effects e where e.receipt_id = m.id
          order by e.ordinal limit 1
      ) as item
      from receipts m join turn_results r on r.user_id = m.user_id and r.turn_id = m.turn_id
      where m.user_id = :user and m.turn_id = any(:turns) and m.undone_by is null and m.undoes is null
      order by m.turn_id, m.step`,
    { user: userId, turns: [...turnIds] },
  );
  const made = new Map<string, RememberedAct[]>();
  for (const row of answer.rows) {
    const { turn_id: turnId, act, item } = madeRow.parse(row);
    if (!act) continue;
    made.set(turnId, [...(made.get(turnId) ?? []), { action: act.action, slots: act.entities, item }]);
  }
  return made;
}

/** The record of turns as the memory of conversations reads it; its shape is the port that `sessions` declares. */
export function memoryRecords(db: Db, log: Logger, lookAgainMs?: number) {
  const near = new NearVectors(db, log, lookAgainMs);
  return {
    unencoded: (limit: number) => unencodedTurns(db, limit),
    keep: (model: Parameters<typeof keepVectors>[1], turns: readonly TurnVectors[], at: Date) =>
      keepVectors(db, model, turns, at),
    lastVectors: (sessionId: string, model: string, limit: number) =>
      lastVectors(db, sessionId, model, limit),
    keepSession: (sessionId: string, model: Parameters<typeof keepSessionVector>[2], bytes: Buffer) =>
      keepSessionVector(db, sessionId, model, bytes),
    sessionVectors: (userId: string, model: string, limit: number) =>
      sessionVectors(db, userId, model, limit),
    recent: (userId: string, filter: MemoryFilter, limit: number) => recentTurns(db, userId, filter, limit),
    alike: async (
      userId: string,
      query: { model: string; bits: string; vector: Int8Array },
      filter: MemoryFilter,
      limit: number,
    ) =>
      (await near.turns(userId, query, filter, limit)) ??
      (await alikeTurns(db, userId, query, filter, limit)),
    actsOf: (userId: string, turnIds: readonly string[]) => actsOf(db, userId, turnIds),
    fillIn: (limit: number) => near.fillIn(limit),
    withWords: (userId: string, words: readonly string[], filter: MemoryFilter, limit: number) =>
      turnsWithWords(db, userId, words, filter, limit),
  };
}
