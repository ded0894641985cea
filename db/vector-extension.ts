import type { Knex } from 'knex';
import { z } from 'zod';
import { turnConditions } from './found-turns.ts';
import { sqlState } from './sql-state.ts';

/** Numbers of a vector that the index is made for: those of the model in the repository. Others are sorted one by one. */
export const INDEXED_NUMBERS = 1024;
/** Rows of a user that are compared one by one, which is exact and takes milliseconds; from there on the index is asked. */
export const SORTED_ROWS = 10_000;
/** The index is of no use to a user who has less than one in so many of its rows: it would pass over all the others. */
const INDEX_SHARE = 40;
/** The first version that goes on in the index until enough rows pass the other conditions. */
const LEAST_VERSION = [0, 8];
/** So that several processes do this one after the other. */
const LOCK = 2_031_747;

const WITHOUT = 'Memory looks through its own bits instead, with the same answers, and later on more slowly.';

const availableRow = z.object({ installed_version: z.string().nullable(), default_version: z.string() });

/**
 * Puts the vectors of turns beside their bits where the server has pgvector, with an index and the function that reads
 * it. Not a migration: the extension may come, or go, at any time, so this is looked at again on every start. Rows that
 * were stored before are filled in by and by. Without it nothing is missing but speed, so nothing here fails a start.
 *
 * @param sortedRows rows of a user from which on the index is asked; tests have fewer
 * @returns a sentence where the server has the extension and it can't be used all the same
 */
export async function installVectors(knex: Knex, sortedRows = SORTED_ROWS): Promise<string | null> {
  try {
    return await knex.transaction((trx) => install(trx, sortedRows));
  } catch (error) {
    const code = sqlState(error);
    if (code === undefined || !/^[0-9A-Z]{5}$/.test(code) || /^(08|57)/.test(code)) throw error;
    return code === '42501'
      ? `Postgres has pgvector, and this role may not create it: run "create extension vector" as one that may, and start again. ${WITHOUT}`
      : `Postgres has pgvector, and it could not be set up (${code}). ${WITHOUT}`;
  }
}

async function install(trx: Knex.Transaction, sortedRows: number): Promise<string | null> {
  await trx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
  const found: unknown = await trx('pg_available_extensions')
    .where({ name: 'vector' })
    .first('installed_version', 'default_version');
  if (found === undefined) return null;
  const { installed_version: installed, default_version: offered } = availableRow.parse(found);
  if (!isNewEnough(offered) && !(installed !== null && isNewEnough(installed)))
    return `Postgres has pgvector ${offered}, which is older than ${LEAST_VERSION.join('.')}. ${WITHOUT}`;
  await trx.raw('create extension if not exists vector');
  if (installed !== null && !isNewEnough(installed)) await trx.raw('alter extension vector update');
  // Somebody may have put it into another schema.
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'`,
  );
  const { schema } = z.object({ schema: z.string() }).parse(rows[0]);
  await trx.raw(`select set_config('search_path', ?, true)`, [pathTo(schema)]);
  if (!(await trx.schema.hasColumn('turn_vectors', 'embedding'))) await trx.raw(COLUMN);
  const index = await trx.raw<{ rows: unknown[] }>(`select to_regclass('turn_vectors_near') as index`);
  if (z.object({ index: z.null() }).safeParse(index.rows[0]).success) await trx.raw(INDEX);
  await trx.raw(functions(pathTo(schema), sortedRows));
  return null;
}

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_VERSION;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
};

const pathTo = (schema: string): string => `public, "${schema.replaceAll('"', '""')}"`;

/**
 * Of any length, since rows of several models may stand there. A row stays in one piece, so that comparing many of them
 * does not fetch each from elsewhere.
 */
const COLUMN = `
  alter table turn_vectors add column embedding halfvec;
  alter table turn_vectors alter column embedding set storage external, set (toast_tuple_target = 8160);
  comment on column turn_vectors.embedding is 'the numbers of the vector, for pgvector; filled in after the row was written';
  create index turn_vectors_unfilled on turn_vectors (user_id, model) where embedding is null;
`;

const INDEX = `
  create index turn_vectors_near on turn_vectors using hnsw ((embedding::halfvec(${INDEXED_NUMBERS})) halfvec_cosine_ops)
    where vector_dims(embedding) = ${INDEXED_NUMBERS};
`;

const FILTER = turnConditions({ from: '$5', to: '$6', made: '$7' });

const functions = (path: string, sortedRows: number): string => `
create or replace function halves_of(p_bytes bytea) returns halfvec language plpgsql immutable parallel safe
set search_path = ${path}
as $$
begin
  -- Eight bits with a sign; as halves they stay exactly what they were.
  return array(
    select (get_byte(p_bytes, at) + 128) % 256 - 128 from generate_series(0, length(p_bytes) - 1) as at
  )::real[]::halfvec;
end $$;

-- Turns of a user whose vectors are nearest, the nearest first. Null where the table can't say: some of the user's rows
-- are not filled in yet, or the index gave up before there were enough.
create or replace function nearest_turns(
  p_user uuid, p_model text, p_vector bytea, p_limit int, p_from timestamptz, p_to timestamptz, p_made text[]
) returns uuid[] language plpgsql stable
set search_path = ${path}
set hnsw.iterative_scan = 'strict_order'
set hnsw.ef_search = 400
as $$
declare
  v_numbers int := length(p_vector);
  v_is_sorted boolean;
  v_is_filtered boolean := p_from is not null or p_to is not null or p_made is not null;
  v_rows int;
  v_turns uuid[];
begin
  if exists (
    select from turn_vectors v
    where v.user_id = p_user and v.model = p_model and v.embedding is null and length(v.bits) = v_numbers
  ) then
    return null;
  end if;
  select count(*) <= ${sortedRows} into v_is_sorted from (
    select from turn_vectors v where v.user_id = p_user and v.model = p_model limit ${sortedRows + 1}
  ) counted;
  if not v_is_sorted and (
    v_numbers <> ${INDEXED_NUMBERS}
    or (select reltuples from pg_class where oid = 'turn_vectors'::regclass) > ${sortedRows * INDEX_SHARE}
  ) then
    return null;
  end if;
  -- With its values in place the planner drops what is not asked for, and takes the index on the length that it has.
  execute format($query$
    with near as materialized (
      select v.turn_id, (v.embedding::halfvec(%1$s) <=> halves_of($3)::halfvec(%1$s)) %2$s as apart
      from turn_vectors v %3$s
      where v.user_id = $1 and v.model = $2 and vector_dims(v.embedding) = %1$s %4$s
      order by 2 limit 2 * $4
    )
    select (select count(*) from near), array(
      select turn_id from near group by turn_id order by min(apart) limit $4
    )
  $query$,
    v_numbers,
    case when v_is_sorted then '+ 0' else '' end,
    case when v_is_filtered then 'join conversation_turns t on t.user_id = v.user_id and t.id = v.turn_id' else '' end,
    case when v_is_filtered then $filter$and ($5 is null or ${FILTER.from}) and ($6 is null or ${FILTER.to})
      and ($7 is null or ${FILTER.made})$filter$ else '' end)
    into v_rows, v_turns using p_user, p_model, p_vector, p_limit, p_from, p_to, p_made;
  return case when v_is_sorted or v_rows >= 2 * p_limit then v_turns end;
end $$;
`;
