import { holdAccount } from './accounts.ts';
import type { Db } from './connect.ts';

/**
 * Takes a caller's key for a write, or finds what it was taken for.
 *
 * @param claim.changeId what the key stands for when it is new
 * @returns the change that the key stands for, and the hash of the request it came with
 */
export async function claimWriteKey(
  db: Db,
  claim: { userId: string; key: string; changeId: string; bodyHash: string },
  now: Date,
): Promise<{ changeId: string; bodyHash: string }> {
  const rows = await db.transaction(async (trx) => {
    await holdAccount(trx, claim.userId);
    // The update changes nothing: it makes the row of whoever was first come back.
    return trx('write_keys')
      .insert({
        user_id: claim.userId,
        key: claim.key,
        change_id: claim.changeId,
        body_hash: claim.bodyHash,
        created_at: now,
      })
      .onConflict(['user_id', 'key'])
      .merge(['key'])
      .returning<{ change_id: string; body_hash: string }[]>(['change_id', 'body_hash']);
  });
  const [row] = rows;
  if (!row) throw new Error('A key that was written is gone');
  return { changeId: row.change_id, bodyHash: row.body_hash };
}
