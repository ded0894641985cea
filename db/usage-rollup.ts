import { z } from 'zod';
import type { Db } from './connect.ts';

/** Functions here go through millions of rows: they need a connection without a limit of time. */

/** Decimal numbers of the database that fit a number here. */
const bigcount = z.coerce.number().int();

const rolledUp = z.discriminatedUnion('status', [
  z.object({ status: z.literal('busy') }),
  z.object({ status: z.literal('done'), users: z.int(), rows: z.int(), changed: z.int() }),
]);
/** `busy`: somebody else is at it. `changed` are the summaries that say something else than before. */
export type RolledUp = z.infer<typeof rolledUp>;

/** Sums up a month from its rows. Twice, late or at once changes nothing more. */
export async function rollUpPeriod(db: Db, period: string, now: Date): Promise<RolledUp> {
  const answer = await db.raw<{ rows: { done: unknown }[] }>('select rollup_usage(?, ?) as done', [
    period,
    now,
  ]);
  return rolledUp.parse(answer.rows[0]?.done);
}

/**
 * Months that a rollup has something to do in, the oldest first.
 *
 * @param recent this month and the one before in any case
 */
export async function periodsDue(db: Db, now: Date, recent: boolean): Promise<string[]> {
  const answer = await db.raw<{ rows: { period: string }[] }>('select usage_periods_due(?, ?) as period', [
    now,
    recent,
  ]);
  return answer.rows.map(({ period }) => period);
}

/** Months that have ended and whose summaries were not compared with their rows since. */
export async function periodsToCheck(db: Db, now: Date): Promise<string[]> {
  const rows = await db('usage_periods')
    .whereNull('dropped_at')
    .whereNull('checked_at')
    .whereNotNull('rolled_up_at')
    .whereRaw('usage_period_ended(period, ?)', [now])
    .orderBy('period')
    .select<{ period: string }[]>('period');
  return rows.map(({ period }) => period);
}

/** Compares a month's summaries with its rows: how many users differ. */
export async function checkPeriod(db: Db, period: string, now: Date): Promise<number> {
  const answer = await db.raw<{ rows: { n: unknown }[] }>('select check_usage_period(?, ?) as n', [
    period,
    now,
  ]);
  return bigcount.parse(answer.rows[0]?.n);
}

/** Months whose rows are old enough to go, and whose summaries were found right. */
export async function periodsToDrop(db: Db, now: Date, keepMonths: number): Promise<string[]> {
  const answer = await db.raw<{ rows: { period: string }[] }>(
    'select usage_periods_to_drop(?, ?) as period',
    [now, keepMonths],
  );
  return answer.rows.map(({ period }) => period);
}

/** Of whoever writes archives of usage, with `alone`: a file is read as a whole and replaced as a whole. */
export const ARCHIVES_LOCK = 'archives of usage';

/**
 * Does work that only one process may do at a time, in a transaction.
 *
 * @returns what it gave; null when somebody else is at it
 */
export async function alone<T>(db: Db, what: string, work: (trx: Db) => Promise<T>): Promise<T | null> {
  return db.transaction(async (trx) => {
    const answer = await trx.raw<{ rows: { mine: boolean }[] }>(
      'select pg_try_advisory_xact_lock(hashtext(?)) as mine',
      [what],
    );
    return answer.rows[0]?.mine ? work(trx) : null;
  });
}

const dropped = z.enum([
  'dropped',
  'gone',
  'too_early',
  'not_summed_up',
  'events_owed',
  'differs',
  'archive_differs',
]);
/** What came of a drop; anything but `dropped` and `gone` says which guard held it back. */
export type Dropped = z.infer<typeof dropped>;

/** Drops a month's rows, after every guard was looked at again. `archive` is where they are kept, with their number. */
export async function dropPeriod(
  db: Db,
  drop: { period: string; now: Date; keepMonths: number; archive: { path: string; rows: number } | null },
): Promise<Dropped> {
  const { period, now, keepMonths, archive } = drop;
  const answer = await db.raw<{ rows: { done: unknown }[] }>(
    'select drop_usage_partition(?, ?, ?, ?, ?) as done',
    [period, now, keepMonths, archive?.path ?? null, archive?.rows ?? null],
  );
  return dropped.parse(answer.rows[0]?.done);
}

const PAGE = 10_000;

/** A month's rows as JSON, by id, many at a time. */
export async function* rowsOfPeriod(db: Db, period: string): AsyncGenerator<string[]> {
  let after: string | null = null;
  for (;;) {
    const query = db('llm_usage as u')
      .where({ period })
      .orderBy('id')
      .limit(PAGE)
      .select<{ id: string; line: string }[]>('id', db.raw('to_jsonb(u)::text as line'));
    if (after !== null) query.where('id', '>', after);
    const rows = await query;
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? null;
  }
}

const reconciled = z.discriminatedUnion('status', [
  z.object({ status: z.literal('busy') }),
  z.object({ status: z.literal('done'), found: z.int(), corrected: z.int(), tokens: z.int() }),
]);
/** Accounts that differed, those that were put right, and by how many tokens in all. */
export type Reconciled = z.infer<typeof reconciled>;

/** Puts counters right that say something else than the rows, at most `limit` of them. Leaves who is busy. */
export async function reconcilePeriod(
  db: Db,
  period: string,
  { now, zone, limit }: { now: Date; zone: string; limit: number },
): Promise<Reconciled> {
  const answer = await db.raw<{ rows: { done: unknown }[] }>('select reconcile_usage(?, ?, ?, ?) as done', [
    period,
    now,
    zone,
    limit,
  ]);
  return reconciled.parse(answer.rows[0]?.done);
}

/** Summaries that were wrong when they were made; another rollup puts them right. */
export async function staleSummaries(db: Db, period: string): Promise<number> {
  const answer = await db.raw<{ rows: { n: unknown }[] }>('select stale_summaries(?) as n', [period]);
  return bigcount.parse(answer.rows[0]?.n);
}
