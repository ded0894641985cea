import { z } from 'zod';
import { CleaningFault } from './cleaning-fault.ts';
import { connect, type Db } from './connect.ts';
import { renewLog } from './renew-log.ts';
import { sqlState } from './sql-state.ts';

/** Others wait behind whoever waits for a table. */
const LOCK_TIMEOUT = '2s';
/** For transactions to end that were under way. Those of the product take milliseconds. */
const READERS_MS = 5_000;
const LOOK_EVERY_MS = 100;

/**
 * How files were cleaned: tables written anew, those that are too large and were only vacuumed, and what kept something
 * from being clean: the state of Postgres, or `CleaningFault`.
 */
export interface CleanedTables {
  whole: number;
  plain: number;
  faults: Record<string, string>;
}

/** Who may not write a table anew is told by a warning only, which nobody would see. */
const NOT_MINE = '42501';

const row = z.object({ table: z.string(), bytes: z.coerce.number(), mine: z.boolean() });

/**
 * Takes dead rows out of the files of Postgres. A plain VACUUM only frees their place: the bytes stay until something else
 * is written there. So a table is written anew, its indexes with it, unless it is large. What the planner remembers of
 * columns are values of rows: that is taken anew as well. Then the log (WAL) is begun anew, which holds what was written
 * before.
 *
 * @param ownerUrl of the role that owns the tables
 * @param wholeMaxBytes of a table that is written anew: nobody reads or writes it meanwhile, a second or two
 * @returns null when somebody else is at it
 */
export async function cleanTables(
  ownerUrl: string,
  tables: readonly string[],
  wholeMaxBytes: number,
): Promise<CleanedTables | null> {
  const db = connect(ownerUrl, { poolMax: 1, name: 'clean', patient: true });
  try {
    const { rows } = await db.raw<{ rows: { mine: boolean }[] }>(
      `select pg_try_advisory_lock(hashtext('cleaning of files')) as mine`,
    );
    // The lock goes with the connection.
    return rows[0]?.mine ? await cleanAll(db, tables, wholeMaxBytes) : null;
  } finally {
    await db.destroy();
  }
}

async function cleanAll(db: Db, tables: readonly string[], wholeMaxBytes: number): Promise<CleanedTables> {
  const cleaned: CleanedTables = { whole: 0, plain: 0, faults: {} };
  await db.raw(`set lock_timeout = '${LOCK_TIMEOUT}'`);
  await attempt(cleaned, 'old rows', () => untilNobodySeesOldRows(db));
  // They would be written anew with the tables.
  if (cleaned.faults['old rows'] === 'seen') return cleaned;
  await forgetStatistics(db, tables, cleaned);
  // The catalogue of statistics too; the parts of a table that is divided by months each by itself.
  const answer = await db.raw<{ rows: unknown[] }>(
    `select c.oid::regclass::text as table, pg_total_relation_size(c.oid) as bytes,
        pg_has_role(c.relowner, 'usage') or c.relnamespace = 'pg_catalog'::regnamespace
          and pg_has_role((select datdba from pg_database where datname = current_database()), 'usage') as mine
      from pg_class c
      left join pg_inherits i on i.inhrelid = c.oid
      where c.relkind = 'r' and (c.oid = 'pg_catalog.pg_statistic'::regclass
        or c.relnamespace = 'public'::regnamespace and (c.relname = any(:tables) or i.inhparent::regclass::text = any(:tables)))
      order by c.oid desc`,
    { tables: [...tables] },
  );
  for (const { table, bytes, mine } of answer.rows.map((found) => row.parse(found))) {
    if (!mine) {
      cleaned.faults[table] = NOT_MINE;
      continue;
    }
    const whole = bytes <= wholeMaxBytes;
    await attempt(cleaned, table, async () => {
      await db.raw(`vacuum (${whole ? 'full, analyze' : 'analyze'}) ${table}`);
      cleaned[whole ? 'whole' : 'plain'] += 1;
      if (!whole) throw new CleaningFault('too_large');
    });
  }
  await attempt(cleaned, 'log', () => renewLog(db));
  return cleaned;
}

/**
 * A row that a transaction under way may still read is written anew like a living one. Whether there are such rows shows a
 * table that held one row and holds none: written anew it has no page, unless the row was taken along.
 */
async function untilNobodySeesOldRows(db: Db): Promise<void> {
  await db.raw('drop table if exists file_cleaning_probe');
  await db.raw('create table file_cleaning_probe as select 1 as row');
  try {
    await db.raw('delete from file_cleaning_probe');
    const deadline = performance.now() + READERS_MS;
    for (;;) {
      await db.raw('vacuum (full) file_cleaning_probe');
      const { rows } = await db.raw<{ rows: { empty: boolean }[] }>(
        `select pg_relation_size('file_cleaning_probe') = 0 as empty`,
      );
      if (rows[0]?.empty) return;
      if (performance.now() > deadline) throw new CleaningFault('seen');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    await db.raw('drop table file_cleaning_probe');
  }
}

/** A table that has become empty keeps what was known of its values: no ANALYZE takes it away. */
async function forgetStatistics(db: Db, tables: readonly string[], cleaned: CleanedTables): Promise<void> {
  await attempt(cleaned, 'statistics', () =>
    db.raw(
      `select pg_clear_attribute_stats(s.schemaname::text, s.tablename::text, s.attname::text, s.inherited)
        from pg_stats s where s.schemaname = 'public' and (s.tablename = any(:tables) or s.tablename like 'llm\\_usage\\_%')`,
      { tables: [...tables] },
    ),
  );
}

async function attempt(cleaned: CleanedTables, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    cleaned.faults[what] = sqlState(error) ?? 'unknown';
  }
}
