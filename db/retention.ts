import { z } from 'zod';
import type { Db } from './connect.ts';
import { writeSystemLog } from './usage-records.ts';

/** Rows that go by age alone: where they are, and since when each of them is of no use. */
const AGED = {
  questions: { table: 'clarifications', rows: `state = 'closed' and closed_at < :before` },
  notices: { table: 'notices', rows: 'seen_at < :before' },
  briefings: { table: 'briefings', rows: 'given_at < :before' },
  write_keys: { table: 'write_keys', rows: 'created_at < :before' },
  tombstones: { table: 'turn_tombstones', rows: 'expires_at < :before' },
  system_logs: { table: 'system_logs', rows: 'created_at < :before' },
} as const;
export type AgedClass = keyof typeof AGED;

/** Removes so many of them at most. Answers how many. */
export async function pruneAged(db: Db, what: AgedClass, before: Date, limit: number): Promise<number> {
  const { table, rows } = AGED[what];
  const answer = await db.raw<{ rowCount: number | null }>(
    `delete from ${table} where ctid = any (array(select ctid from ${table} where ${rows} limit :limit))`,
    { before, limit },
  );
  return answer.rowCount ?? 0;
}

const RUN = 'records_pruned';
const clocks = z.object({ database: z.date(), looked: z.string().nullable() });

/** What the database's clock says, and as of when the last run looked; null before the first. */
export async function retentionClocks(db: Db): Promise<{ database: Date; looked: Date | null }> {
  // By id: the clock that wrote the time of a run may have been wrong.
  const answer = await db.raw<{ rows: unknown[] }>(
    `select now() as database,
       (select details->>'as_of' from system_logs where event = ? order by id desc limit 1) as looked`,
    [RUN],
  );
  const { database, looked } = clocks.parse(answer.rows[0]);
  return { database, looked: looked === null ? null : new Date(looked) };
}

/** Notes a run: how many of each class went. */
export async function noteRetention(
  db: Db,
  run: { asOf: Date; removed: Readonly<Record<string, number>>; failed: readonly string[] },
): Promise<void> {
  await writeSystemLog(db, RUN, { as_of: run.asOf.toISOString(), removed: run.removed, failed: run.failed });
}
