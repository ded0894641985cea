import { PulseError } from '../contracts/errors.ts';
import type { Db } from './connect.ts';

/**
 * The refusal of whoever has no account any more, as far as their token goes.
 *
 * @param erasureId for whoever has not seen the receipt
 */
export const accountErased = (erasureId: string | null = null): PulseError =>
  new PulseError(
    'account_erased',
    'This account has been erased. Sign in again to begin a new one.',
    erasureId === null ? undefined : [{ path: 'erasure_id', message: erasureId }],
  );

/** Whether the database refused to write for a user who is erased, or about to be. */
export const isOfErasedAccount = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'PP410';

/** A token that was checked, as the tombstones know it. */
export interface AccountToken {
  userId: string;
  /** Keyed hash of the user's id. */
  subjectHash: string;
  issuedAt: Date;
}

/**
 * First sight of a user, or another one: the only place where accounts are made.
 *
 * @returns false when the token is of an account that was erased after the token was issued, or is being erased
 */
export async function openAccount(db: Db, { userId, subjectHash, issuedAt }: AccountToken): Promise<boolean> {
  const answer = await db.raw<{ rows: { open: boolean }[] }>('select open_account(?, ?, ?) as open', [
    userId,
    subjectHash,
    issuedAt,
  ]);
  return answer.rows[0]?.open === true;
}

/** Keeps the account from being erased until the transaction ends; fails with PP410 where there is none. */
export async function holdAccount(trx: Db, userId: string): Promise<void> {
  await trx.raw('select living_user(?)', [userId]);
}
