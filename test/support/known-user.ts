import type { Db } from '../../db/connect.ts';

/** Somebody whose token a gateway has seen; whoever writes for a user relies on that. */
export async function knownUser(db: Db, id: string): Promise<string> {
  await db('users').insert({ id }).onConflict('id').ignore();
  return id;
}
