import { CleaningFault } from './cleaning-fault.ts';
import type { Db } from './connect.ts';

/** Files of the log that may lie ahead, filled before: each goes with one switch. */
const SWITCHES_MAX = 100;

/**
 * Has Postgres begin a new file of its log (WAL), and goes on until every file is gone that was there, those ahead among
 * them, which were put there to be used again.
 *
 * @throws CleaningFault `kept` when one stays, `recycled` where Postgres uses old files again as they are
 * @throws what Postgres says to whoever may not do this (42501)
 */
export async function renewLog(db: Db): Promise<void> {
  const before = await filesOfLog(db);
  let oldest: string;
  let switches = 0;
  do {
    if (switches === SWITCHES_MAX) throw new CleaningFault('kept');
    await db.raw('select pg_switch_wal()');
    // What was written before a checkpoint is in no file that Postgres would start from: it lets go of them.
    await db.raw('checkpoint');
    switches += 1;
    ({ oldest } = await filesOfLog(db));
  } while (oldest <= before.newest && switches <= before.count);
  if (oldest <= before.newest) throw new CleaningFault('kept');
  const { rows } = await db.raw<{ rows: { wal_recycle: string }[] }>('show wal_recycle');
  if (rows[0]?.wal_recycle !== 'off') throw new CleaningFault('recycled');
}

/** By their names, which are in order. */
async function filesOfLog(db: Db): Promise<{ oldest: string; newest: string; count: number }> {
  const { rows } = await db.raw<{ rows: { oldest: string; newest: string; count: number }[] }>(
    `select min(name) as oldest, max(name) as newest, count(*)::int as count
      from pg_ls_waldir() where name ~ '^[0-9A-F]{24}'`,
  );
  const [found] = rows;
  if (!found) throw new Error('Postgres has no log');
  return found;
}
