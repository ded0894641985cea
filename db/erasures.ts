import { z } from 'zod';
import { erasureReceipt, type ErasureReceipt } from '../contracts/erasure.ts';
import { retrying } from './turns.ts';
import type { Db } from './connect.ts';
import { eraseBatch, type Erased, type UserTable } from './user-tables.ts';

/**
 * What is done of an erasure; each step may be done again.
 *
 * | step        | what is true then                                                     |
 * | ----------- | --------------------------------------------------------------------- |
 * | `fenced`    | nothing new is written for the user                                   |
 * | `quiet`     | connections were cut, open turns ended without effect, jobs were taken |
 * | `emptied`   | the tables have been gone through                                     |
 * | `gone`      | no row is left of the user, nor the account                           |
 * | `forgotten` | nor a key in Redis                                                    |
 * | `done`      | nor a line in an archive; the erasure names nobody any more           |
 */
export const ERASURE_STEPS = ['fenced', 'quiet', 'emptied', 'gone', 'forgotten', 'done'] as const;
export type ErasureStep = (typeof ERASURE_STEPS)[number];

/** An erasure that somebody works on. */
export interface OpenErasure {
  id: string;
  step: Exclude<ErasureStep, 'done'>;
  userId: string;
  /** Stands in place of the user where sums stay. */
  pseudonym: string;
  sessionIds: string[];
}

const openRow = z
  .object({
    id: z.string(),
    step: z.enum(ERASURE_STEPS).exclude(['done']),
    user_id: z.string(),
    pseudonym: z.string(),
    session_ids: z.array(z.string()),
  })
  .transform(({ id, step, user_id, pseudonym, session_ids }): OpenErasure => ({
    id,
    step,
    userId: user_id,
    pseudonym,
    sessionIds: session_ids,
  }));

/**
 * From here on nothing is written for the user, whatever is under way.
 *
 * @throws PulseError `account_erased` when somebody else was first
 */
export async function beginErasure(
  db: Db,
  erasure: {
    id: string;
    userId: string;
    subjectHash: string;
    /** Tokens issued until then are refused. */
    issuedBefore: Date;
    pseudonym: string;
    at: Date;
  },
): Promise<void> {
  const { id, userId, subjectHash, issuedBefore, pseudonym, at } = erasure;
  await retrying(() =>
    db.raw('select begin_erasure(?, ?, ?, ?, ?, ?)', [id, userId, subjectHash, issuedBefore, pseudonym, at]),
  );
}

/** Erasures that are not done, the oldest first. */
export async function openErasures(db: Db, limit: number): Promise<string[]> {
  const rows = await db('erasures')
    .whereNot({ step: 'done' })
    .orderBy('requested_at')
    .limit(limit)
    .select<{ id: string }[]>('id');
  return rows.map(({ id }) => id);
}

/**
 * Takes an erasure for a while. By the database's clock, which is one for all who may want it.
 *
 * @returns null when it is done, or somebody else is at it
 */
export async function leaseErasure(db: Db, id: string, leaseMs: number): Promise<OpenErasure | null> {
  const rows: unknown[] = await db('erasures')
    .where({ id })
    .whereNot({ step: 'done' })
    .where((free) => void free.whereNull('leased_until').orWhere('leased_until', '<', db.raw('now()')))
    .update({ leased_until: leaseEnd(db, leaseMs) })
    .returning(['id', 'step', 'user_id', 'pseudonym', 'session_ids']);
  return rows[0] === undefined ? null : openRow.parse(rows[0]);
}

const leaseEnd = (db: Db, ms: number) => db.raw(`now() + ? * interval '1 millisecond'`, [ms]);

/** Whoever works on it goes on, or lets go of it. */
export async function renewLease(db: Db, id: string, leaseMs: number | null): Promise<void> {
  await db('erasures')
    .where({ id })
    .update({ leased_until: leaseMs === null ? null : leaseEnd(db, leaseMs) });
}

/** Notes that a step was done. */
export async function noteStep(db: Db, id: string, step: ErasureStep): Promise<void> {
  await db('erasures').where({ id }).update({ step });
}

/** The last step: the row names nobody from here on. */
export async function endErasure(db: Db, id: string, at: Date): Promise<void> {
  await db('erasures').where({ id }).whereNot({ step: 'done' }).update({
    step: 'done',
    finished_at: at,
    user_id: null,
    pseudonym: null,
    session_ids: null,
    leased_until: null,
  });
}

/** Adds to what the receipt says of a store. */
export async function countErased(db: Db, id: string, name: string, { deleted, pseudonymised }: Erased) {
  if (deleted + pseudonymised === 0) return;
  await db.raw(
    `update erasures set stores = stores || jsonb_build_object(cast(:name as text), jsonb_build_object(
        'deleted', coalesce((stores->cast(:name as text)->>'deleted')::int, 0) + cast(:deleted as int),
        'pseudonymised', coalesce((stores->cast(:name as text)->>'pseudonymised')::int, 0) + cast(:pseudonymised as int)))
      where id = :id`,
    { id, name, deleted, pseudonymised },
  );
}

/** What one batch has changed, counted with it. Gives how many rows. */
export function eraseSome(
  db: Db,
  erasure: Pick<OpenErasure, 'id' | 'userId' | 'pseudonym'>,
  table: UserTable,
  limit: number,
): Promise<number> {
  return retrying(() =>
    db.transaction(async (trx) => {
      const erased = await eraseBatch(trx, table, erasure, limit);
      await countErased(trx, erasure.id, table.table, erased);
      return erased.deleted + erased.pseudonymised;
    }),
  );
}

/** Rows in one table that came while it was emptied: more than that, and it is gone through again. */
const LATE_MAX = 1_000;

/**
 * Takes away what has come since, and the account, in one transaction that nobody who writes for the user gets past.
 *
 * @returns false when that is more than one transaction should do: empty the tables again first
 */
export function removeAccount(
  db: Db,
  erasure: Pick<OpenErasure, 'id' | 'userId' | 'pseudonym'>,
  tables: readonly UserTable[],
): Promise<boolean> {
  const { id, userId } = erasure;
  return retrying(() =>
    db.transaction(async (trx) => {
      await trx.raw(
        'select pg_advisory_xact_lock(hashtextextended(subject_hash, 0)) from erasures where id = ?',
        [id],
      );
      await trx('users').where({ id: userId }).forUpdate().first('id');
      // An admission holds its session's row and nothing else.
      await trx('conversation_sessions').where({ user_id: userId }).forUpdate().select('id');
      for (const table of tables) {
        const erased = await eraseBatch(trx, table, erasure, LATE_MAX);
        await countErased(trx, id, table.table, erased);
        if (erased.deleted + erased.pseudonymised === LATE_MAX) return false;
      }
      const deleted = await trx('users').where({ id: userId }).delete();
      await countErased(trx, id, 'users', { deleted, pseudonymised: 0 });
      await noteStep(trx, id, 'gone');
      return true;
    }),
  );
}

const receiptRow = z.object({
  id: z.string(),
  step: z.enum(ERASURE_STEPS),
  stores: z.record(z.string(), z.object({ deleted: z.int(), pseudonymised: z.int() })),
  requested_at: z.date(),
  finished_at: z.date().nullable(),
  files_clean_at: z.date().nullable(),
});

/** How long files of the stores may still hold what is in no store any more. */
const FILES_MS = 24 * 3_600_000;

/** @returns null when there is no such erasure */
export async function findErasure(db: Db, id: string): Promise<ErasureReceipt | null> {
  const found: unknown = await db('erasures').where({ id }).first();
  if (found === undefined) return null;
  const row = receiptRow.parse(found);
  return erasureReceipt.parse({
    erasure_id: row.id,
    state: row.step === 'done' ? 'done' : 'erasing',
    requested_at: row.requested_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
    stores: Object.entries(row.stores)
      .map(([name, erased]) => ({ name, ...erased }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    files_clean_by: new Date(row.requested_at.getTime() + FILES_MS).toISOString(),
    files_clean_at: row.files_clean_at?.toISOString() ?? null,
  });
}

/** When the first erasure ended that the files of the stores were not cleaned of; null where there is none. */
export async function uncleanSince(db: Db): Promise<Date | null> {
  const row = await db('erasures')
    .where({ step: 'done' })
    .whereNull('files_clean_at')
    .orderBy('finished_at')
    .first<{ finished_at: Date } | undefined>('finished_at');
  return row?.finished_at ?? null;
}

/** The files were cleaned of all that was erased before an instant. */
export async function noteFilesClean(db: Db, erasedBefore: Date, at: Date): Promise<number> {
  return db('erasures')
    .where({ step: 'done' })
    .whereNull('files_clean_at')
    .where('finished_at', '<=', erasedBefore)
    .update({ files_clean_at: at });
}

/**
 * Keeps the first key's fingerprint.
 *
 * @returns false when the tombstones were made with another key
 */
export async function isErasureKey(db: Db, fingerprint: string): Promise<boolean> {
  await db('erasure_key').insert({ id: 1, fingerprint }).onConflict('id').ignore();
  const row = await db('erasure_key').where({ id: 1 }).first<{ fingerprint: string } | undefined>();
  return row?.fingerprint === fingerprint;
}
