import { z } from 'zod';
import { erasureReceipt, type ErasureReceipt } from '../contracts/erasure.ts';
import { newId } from '../core/ids.ts';
import { retrying } from './turns.ts';
import type { Db } from './connect.ts';
import { eraseBatch, type Erased, type Erasing, type UserTable } from './user-tables.ts';

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

/** An erasure in the hands of whoever works on it. Every write of theirs names the lease and the step that it was read at. */
export interface HeldErasure extends Erasing {
  step: Exclude<ErasureStep, 'done'>;
  sessionIds: string[];
  /** Tokens issued until then are refused, so nothing from before then is of anybody who has come back. */
  issuedBefore: Date;
  /** Each sign of life holds it so long. */
  leaseMs: number;
}

/** It is somebody else's by now, or done: whatever is still under way here must not go on. */
export class ErasureLostError extends Error {
  override readonly name = 'ErasureLostError';
}

const heldRow = z.object({
  step: z.enum(ERASURE_STEPS).exclude(['done']),
  user_id: z.string(),
  pseudonym: z.string(),
  session_ids: z.array(z.string()),
  issued_before: z.date(),
});

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
 * Takes an erasure for a while, under a new lease. By the database's clock, which is one for all who may want it.
 *
 * @returns null when it is done, or somebody else is at it
 */
export async function leaseErasure(db: Db, id: string, leaseMs: number): Promise<HeldErasure | null> {
  const lease = newId();
  // A row that is locked is being worked on, whatever its lease says.
  const answer = await db.raw<{ rows: unknown[] }>(
    `update erasures set lease = :lease, leased_until = clock_timestamp() + :leaseMs * interval '1 millisecond'
      where id in (select e.id from erasures e
        where e.id = :id and e.step <> 'done' and (e.leased_until is null or e.leased_until < clock_timestamp())
        for update skip locked)
      returning step, user_id, pseudonym, session_ids, issued_before`,
    { id, lease, leaseMs },
  );
  if (answer.rows[0] === undefined) return null;
  const { step, user_id, pseudonym, session_ids, issued_before } = heldRow.parse(answer.rows[0]);
  return {
    id,
    lease,
    leaseMs,
    step,
    pseudonym,
    userId: user_id,
    sessionIds: session_ids,
    issuedBefore: issued_before,
  };
}

/** The row, as far as it is still theirs who hold it. */
const ofHolder = (db: Db, { id, lease, step }: HeldErasure) => db('erasures').where({ id, lease, step });

const leaseEnd = (db: Db, ms: number) => db.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [ms]);

/**
 * Holds it for another while. In a transaction nobody else can take it until that ends.
 *
 * @throws ErasureLostError
 */
export async function renewLease(db: Db, held: HeldErasure): Promise<void> {
  mustBeOne(await ofHolder(db, held).update({ leased_until: leaseEnd(db, held.leaseMs) }));
}

function mustBeOne(rows: number): void {
  if (rows !== 1) throw new ErasureLostError('Somebody else goes on with this erasure');
}

/** Lets go of it, if it is still theirs: somebody else may go on at once. */
export async function releaseLease(db: Db, { id, lease }: HeldErasure): Promise<void> {
  await db('erasures').where({ id, lease }).update({ lease: null, leased_until: null });
}

/**
 * Notes that a step was done.
 *
 * @throws ErasureLostError
 */
export async function noteStep(db: Db, held: HeldErasure, step: HeldErasure['step']): Promise<HeldErasure> {
  mustBeOne(await ofHolder(db, held).update({ step, leased_until: leaseEnd(db, held.leaseMs) }));
  return { ...held, step };
}

/**
 * The last step: the row names nobody from here on.
 *
 * @throws ErasureLostError
 */
export async function endErasure(db: Db, held: HeldErasure, at: Date): Promise<void> {
  mustBeOne(
    await ofHolder(db, held).update({
      step: 'done',
      finished_at: at,
      user_id: null,
      pseudonym: null,
      session_ids: null,
      lease: null,
      leased_until: null,
    }),
  );
}

/**
 * Adds to what the receipt says of a store.
 *
 * @throws ErasureLostError
 */
export async function countErased(
  db: Db,
  held: HeldErasure,
  name: string,
  { deleted, pseudonymised }: Erased,
): Promise<void> {
  if (deleted + pseudonymised === 0) return;
  const { id, lease, step } = held;
  const answer = await db.raw<{ rowCount: number | null }>(
    `update erasures set stores = stores || jsonb_build_object(cast(:name as text), jsonb_build_object(
        'deleted', coalesce((stores->cast(:name as text)->>'deleted')::int, 0) + cast(:deleted as int),
        'pseudonymised', coalesce((stores->cast(:name as text)->>'pseudonymised')::int, 0) + cast(:pseudonymised as int)))
      where id = :id and lease = :lease and step = :step`,
    { id, lease, step, name, deleted, pseudonymised },
  );
  mustBeOne(answer.rowCount ?? 0);
}

/**
 * What one batch has changed, counted with it. Gives how many rows.
 *
 * @throws ErasureLostError
 */
export function eraseSome(db: Db, held: HeldErasure, table: UserTable, limit: number): Promise<number> {
  return retrying(() =>
    db.transaction(async (trx) => {
      await renewLease(trx, held);
      const erased = await eraseBatch(trx, table, held, limit);
      await countErased(trx, held, table.table, erased);
      return erased.deleted + erased.pseudonymised;
    }),
  );
}

/** Rows in one table that came while it was emptied: more than that, and it is gone through again. */
const LATE_MAX = 1_000;

/**
 * Takes away what has come since, and the account, in one transaction that nobody who writes for the user gets past.
 *
 * @returns null when that is more than one transaction should do: empty the tables again first
 * @throws ErasureLostError
 */
export function removeAccount(
  db: Db,
  held: HeldErasure,
  tables: readonly UserTable[],
): Promise<HeldErasure | null> {
  const { id, userId } = held;
  return retrying(() =>
    db.transaction(async (trx) => {
      await renewLease(trx, held);
      await trx.raw(
        'select pg_advisory_xact_lock(hashtextextended(subject_hash, 0)) from erasures where id = ?',
        [id],
      );
      mustBeOne((await trx('users').where({ id: userId, erasing: id }).forUpdate().select('id')).length);
      // An admission holds its session's row and nothing else.
      await trx('conversation_sessions').where({ user_id: userId }).forUpdate().select('id');
      for (const table of tables) {
        const erased = await eraseBatch(trx, table, held, LATE_MAX);
        await countErased(trx, held, table.table, erased);
        if (erased.deleted + erased.pseudonymised === LATE_MAX) return null;
      }
      const deleted = await trx('users').where({ id: userId, erasing: id }).delete();
      await countErased(trx, held, 'users', { deleted, pseudonymised: 0 });
      return noteStep(trx, held, 'gone');
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

/** What the system's log calls a cleaning of files. */
export const FILES_CLEANED = 'erasure_files_cleaned';

const cleaningRow = z.object({ at: z.iso.datetime().transform((at) => new Date(at)), lasting: z.boolean() });

/** When files were cleaned last, or it was tried, and whether something was in the way that lasts. */
export async function lastFileCleaning(db: Db): Promise<{ at: Date; lasting: boolean } | null> {
  const row = await db('system_logs')
    .where({ event: FILES_CLEANED })
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .first<{ details: unknown } | undefined>('details');
  return cleaningRow.safeParse(row?.details).data ?? null;
}

/** Somebody, and the hash by which it is known that they were erased. */
export interface Subject {
  userId: string;
  subjectHash: string;
}

/**
 * Which erasure refuses a token, so that whoever has lost its id can look it up.
 *
 * @returns null where none does
 */
export async function refusingErasure(db: Db, subjectHash: string, issuedAt: Date): Promise<string | null> {
  const row = await db('erasures')
    .where({ subject_hash: subjectHash })
    .where((refusing) => void refusing.whereNot({ step: 'done' }).orWhere('issued_before', '>=', issuedAt))
    .orderBy('requested_at', 'desc')
    .first<{ id: string } | undefined>('id');
  return row?.id ?? null;
}

/** Whether what was made for somebody at an instant is of an account of theirs that was erased, or is being erased. */
export async function isOfErased(db: Db, subjects: readonly Subject[], madeAt: Date): Promise<boolean> {
  const answer = await db.raw<{ rows: { erased: boolean }[] }>(
    `select exists (
        select from unnest(cast(:users as uuid[]), cast(:hashes as text[])) s (user_id, hash)
        join erasures e on e.subject_hash = s.hash
        where e.step <> 'done' or e.issued_before >= :madeAt or not exists (select from users u where u.id = s.user_id)
      ) as erased`,
    {
      users: subjects.map(({ userId }) => userId),
      hashes: subjects.map(({ subjectHash }) => subjectHash),
      madeAt,
    },
  );
  return answer.rows[0]?.erased === true;
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
