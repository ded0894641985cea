import { z } from 'zod';
import { connect, type Db } from './connect.ts';

/** Written anew as a whole, up to this size: nobody reads or writes the table meanwhile, a second or two. */
const WHOLE_MAX_BYTES = 256 * 1024 * 1024;
/** Others wait behind whoever waits for a table. */
const LOCK_TIMEOUT = '2s';

/** How tables were cleaned: written anew, only vacuumed (too large), or not at all, with the states of the faults. */
export interface CleanedTables {
  whole: number;
  plain: number;
  faults: Record<string, string>;
}

/** Who may not write a table anew is told by a warning only, which nobody would see. */
const NOT_MINE = '42501';

const row = z.object({ table: z.string(), bytes: z.coerce.number(), mine: z.boolean() });

/**
 * Takes dead rows out of the files of tables. A plain VACUUM only frees their place: the bytes stay until something else
 * is written there. So a table is written anew, its indexes with it, unless it is large. What the planner remembers of
 * columns are values of rows: that is taken anew as well.
 *
 * @param ownerUrl of the role that owns the tables
 * @returns null when somebody else is at it
 */
export async function cleanTables(
  ownerUrl: string,
  tables: readonly string[],
): Promise<CleanedTables | null> {
  const db = connect(ownerUrl, { poolMax: 1, name: 'clean', patient: true });
  try {
    const { rows } = await db.raw<{ rows: { mine: boolean }[] }>(
      `select pg_try_advisory_lock(hashtext('cleaning of files')) as mine`,
    );
    // The lock goes with the connection.
    return rows[0]?.mine ? await cleanAll(db, tables) : null;
  } finally {
    await db.destroy();
  }
}

async function cleanAll(db: Db, tables: readonly string[]): Promise<CleanedTables> {
  const cleaned: CleanedTables = { whole: 0, plain: 0, faults: {} };
  await db.raw(`set lock_timeout = '${LOCK_TIMEOUT}'`);
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
    const whole = bytes <= WHOLE_MAX_BYTES;
    await attempt(cleaned, table, async () => {
      await db.raw(`vacuum (${whole ? 'full, analyze' : 'analyze'}) ${table}`);
      cleaned[whole ? 'whole' : 'plain'] += 1;
    });
  }
  // What was written before is then in no log of Postgres that it would start from.
  await attempt(cleaned, 'checkpoint', () => db.raw('checkpoint'));
  return cleaned;
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
    cleaned.faults[what] =
      error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  }
}
