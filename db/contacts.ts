import { z } from 'zod';
import { contact, type Contact } from '../contracts/entities.ts';
import type { Db } from './connect.ts';
import { beginning } from './tasks.ts';

const contactRow = contact.extend({ user_id: z.string(), created_at: z.coerce.date() });

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toContact(row: unknown): Contact {
  const { user_id: _user, created_at, ...rest } = contactRow.parse(row);
  return { ...rest, created_at: created_at.toISOString() };
}

const owned = (db: Db, userId: string) => db('contacts').where({ user_id: userId }).whereNull('deleted_at');

/** @returns null when the user has no such contact */
export async function findContact(db: Db, userId: string, id: string): Promise<Contact | null> {
  const row: unknown = await owned(db, userId).where({ id }).first();
  return row === undefined ? null : toContact(row);
}

/** People whose name has every word of what was said, those of just this name first. */
export async function matchContacts(db: Db, userId: string, name: string, limit: number): Promise<Contact[]> {
  const query = owned(db, userId);
  for (const word of name.split(/\s+/).filter(Boolean).slice(0, 20))
    query.whereRaw('name ~* ?', [beginning(word)]);
  const rows: unknown[] = await query
    .orderByRaw('lower(name) = lower(?) desc, updated_at desc', [name.trim()])
    .limit(limit);
  return rows.map(toContact);
}

/** Everybody in order of the alphabet, with how many there are in all. */
export async function listContacts(
  db: Db,
  userId: string,
  limit: number,
): Promise<{ contacts: Contact[]; total: number }> {
  const rows = await owned(db, userId)
    .select<Record<string, unknown>[]>('*', db.raw('count(*) over () as total'))
    .orderByRaw('lower(name), id')
    .limit(limit);
  return { contacts: rows.map(toContact), total: Number(rows[0]?.['total'] ?? 0) };
}

/** One page for REST, newest first; the cursor is the last id seen. */
export async function pageContacts(
  db: Db,
  userId: string,
  page: { after?: string | undefined; limit: number },
): Promise<Contact[]> {
  const query = owned(db, userId).select<unknown[]>('*').orderBy('id', 'desc').limit(page.limit);
  if (page.after) query.where('id', '<', page.after);
  return (await query).map(toContact);
}
