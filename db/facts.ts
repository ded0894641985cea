import { z } from 'zod';
import { fact, type Fact } from '../contracts/entities.ts';
import type { Db } from './connect.ts';

const factRow = fact.extend({
  user_id: z.string(),
  created_at: z.coerce.date(),
  valid_from: z.coerce.date(),
  valid_until: z.coerce.date().nullable(),
});

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toFact(row: unknown): Fact {
  const { user_id: _user, created_at, valid_from, valid_until, ...rest } = factRow.parse(row);
  return {
    ...rest,
    valid_from: valid_from.toISOString(),
    valid_until: valid_until?.toISOString() ?? null,
    created_at: created_at.toISOString(),
  };
}

const owned = (db: Db, userId: string) => db('facts').where({ user_id: userId }).whereNull('deleted_at');

/** @returns null when the user has told no such thing */
export async function findFact(db: Db, userId: string, id: string): Promise<Fact | null> {
  const row: unknown = await owned(db, userId).where({ id }).first();
  return row === undefined ? null : toFact(row);
}

/**
 * What was told, newest first: with an instant only what holds then or later, without one what holds no more as well.
 */
export async function listFacts(
  db: Db,
  userId: string,
  { at, limit }: { at?: Date | undefined; limit: number },
): Promise<Fact[]> {
  const query = owned(db, userId).orderBy('valid_from', 'desc').orderBy('id', 'desc').limit(limit);
  if (at) query.where((one) => void one.whereNull('valid_until').orWhere('valid_until', '>', at));
  const rows: unknown[] = await query;
  return rows.map(toFact);
}

/** One page for REST, newest first; the cursor is the last id seen. With `at` only what holds then or later. */
export async function pageFacts(
  db: Db,
  userId: string,
  page: { after?: string | undefined; limit: number; at?: Date | undefined; text?: string | undefined },
): Promise<Fact[]> {
  const { after, limit, at, text } = page;
  const query = owned(db, userId).select<unknown[]>('*').orderBy('id', 'desc').limit(limit);
  if (after) query.where('id', '<', after);
  if (at) query.where((one) => void one.whereNull('valid_until').orWhere('valid_until', '>', at));
  if (text !== undefined)
    query.whereRaw("strpos(lower(concat_ws(' ', subject, attribute, value, said)), lower(?)) > 0", [text]);
  return (await query).map(toFact);
}
