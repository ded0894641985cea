import { z } from 'zod';
import { draft, type Draft } from '../contracts/entities.ts';
import type { Db } from './connect.ts';
import { beginning, matching, type MatchGrade } from './tasks.ts';

const draftRow = draft.extend({
  user_id: z.string(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
  deleted_at: z.coerce.date().nullable(),
  /** Receipts from before emails could be sent have none of these. */
  status: draft.shape.status.default('draft'),
  addresses: z.array(z.string()).default([]),
  send_at: z.coerce.date().nullable().default(null),
  sent_at: z.coerce.date().nullable().default(null),
});

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toDraft(row: unknown): Draft {
  const { user_id: _user, deleted_at: _deleted, ...rest } = draftRow.parse(row);
  return {
    ...rest,
    send_at: rest.send_at?.toISOString() ?? null,
    sent_at: rest.sent_at?.toISOString() ?? null,
    created_at: rest.created_at.toISOString(),
    updated_at: rest.updated_at.toISOString(),
  };
}

/** Which drafts; what is not given does not narrow. */
export interface DraftFilter {
  /** Each word of it begins a word of a recipient. */
  recipient?: string | undefined;
  /** Each word of it begins a word of the subject, the text or a recipient. */
  text?: string | undefined;
  status?: readonly Draft['status'][] | undefined;
  /** Instants; `to` is exclusive. When it was sent, or written if it was not. */
  from?: Date | undefined;
  to?: Date | undefined;
}

const WORDS_MAX = 20;
const wordsOf = (text: string | undefined): string[] =>
  text?.split(/\s+/).filter(Boolean).slice(0, WORDS_MAX) ?? [];

const owned = (db: Db, userId: string) => db('drafts').where({ user_id: userId }).whereNull('deleted_at');

function filtered(db: Db, userId: string, filter: DraftFilter) {
  const query = owned(db, userId);
  if (filter.status) query.whereIn('status', [...filter.status]);
  if (filter.from) query.whereRaw('coalesce(sent_at, created_at) >= ?', [filter.from]);
  if (filter.to) query.whereRaw('coalesce(sent_at, created_at) < ?', [filter.to]);
  for (const word of wordsOf(filter.recipient))
    query.whereRaw(`array_to_string(recipients || addresses, ' ') ~* ?`, [beginning(word)]);
  for (const word of wordsOf(filter.text))
    query.whereRaw(
      `(subject ~* ? or body ~* ? or array_to_string(recipients || addresses, ' ') ~* ?)`,
      Array<string>(3).fill(beginning(word)),
    );
  return query;
}

/** Drafts, newest first, with how many there are in all. */
export async function listDrafts(
  db: Db,
  userId: string,
  filter: DraftFilter,
  limit: number,
): Promise<{ drafts: Draft[]; total: number }> {
  const rows = await filtered(db, userId, filter)
    .select<Record<string, unknown>[]>('*', db.raw('count(*) over () as total'))
    .orderBy('id', 'desc')
    .limit(limit);
  return {
    drafts: rows.map(toDraft),
    total: rows.length === 0 ? 0 : z.coerce.number().parse(rows[0]?.['total']),
  };
}

/** One page for REST, newest first; the cursor is the last id seen (ids grow with time). */
export async function pageDrafts(
  db: Db,
  userId: string,
  filter: DraftFilter,
  page: { after?: string | undefined; limit: number },
): Promise<Draft[]> {
  const query = filtered(db, userId, filter).select<unknown[]>('*').orderBy('id', 'desc').limit(page.limit);
  if (page.after) query.where('id', '<', page.after);
  return (await query).map(toDraft);
}

export async function findDraft(db: Db, userId: string, id: string): Promise<Draft | null> {
  const row: unknown = await owned(db, userId).where({ id }).first();
  return row === undefined ? null : toDraft(row);
}

/** Emails whose subject or recipients have the words, best first; those that were not sent stand first. */
export async function matchDrafts(
  db: Db,
  userId: string,
  words: string,
  limit: number,
): Promise<{ drafts: Draft[]; grade: MatchGrade }> {
  const { rows, grade } = await matching(db, owned(db, userId), {
    words,
    text: `subject || ' ' || array_to_string(recipients || addresses, ' ')`,
    title: 'subject',
    order: `array_position(array['draft','sending','sent'], status), id desc`,
    limit,
  });
  return { drafts: rows.map(toDraft), grade };
}

/** What a template was filled with, so that it can be filled again in another tone or length. */
export const draftSaid = z.object({
  subject: z.string().optional(),
  body: z.string().optional(),
  email_type: z.string(),
  /** The subject word for word, where one was given since. */
  heading: z.string().optional(),
  length: z.enum(['short', 'usual', 'long']),
  /** Paragraphs that were added later. */
  added: z.array(z.string()),
  /** Who signs; null for a gap to be filled in. */
  signature: z.string().nullable(),
});
export type DraftSaid = z.infer<typeof draftSaid>;

/** @returns null where there was no template, or the words were changed since */
export async function findDraftSaid(db: Db, userId: string, id: string): Promise<DraftSaid | null> {
  const row = await owned(db, userId).where({ id }).first<{ said: unknown } | undefined>('said');
  const read = draftSaid.safeParse(row?.said);
  return read.success ? read.data : null;
}
