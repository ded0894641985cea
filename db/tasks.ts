import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Task } from '../contracts/entities.ts';
import { priority, type Priority } from '../contracts/slots.ts';
import type { Db } from './connect.ts';

const taskRow = z.object({
  id: z.string(),
  user_id: z.string(),
  title: z.string(),
  status: z.enum(['open', 'done']),
  due_on: z.string().nullable(),
  due_at: z.coerce.date().nullable(),
  due_zone: z.string().nullable(),
  priority,
  duration_minutes: z.int().nullable(),
  list: z.string().nullable(),
  tags: z.array(z.string()),
  recurrence: z.string().nullable(),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  version: z.int(),
  created_at: z.coerce.date(),
  completed_at: z.coerce.date().nullable(),
  deleted_at: z.coerce.date().nullable(),
});

/** `2026-11-30T15:00:00+01:00`, the one spelling of an instant with its offset. */
export const toLocalInstant = (at: DateTime): string => at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toTask(row: unknown): Task {
  const { user_id: _user, due_on, due_at, due_zone, deleted_at: _deleted, ...rest } = taskRow.parse(row);
  return {
    ...rest,
    due_date: due_at ? toLocalInstant(DateTime.fromJSDate(due_at, { zone: due_zone ?? 'utc' })) : due_on,
    created_at: rest.created_at.toISOString(),
    completed_at: rest.completed_at?.toISOString() ?? null,
  };
}

export interface TaskFilter {
  status?: 'open' | 'done' | undefined;
  /** Local days; `dueTo` is exclusive. */
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  /** Only tasks without a due date. */
  undated?: boolean | undefined;
  /** Instants; `doneTo` is exclusive. Only tasks that were done then. */
  doneFrom?: Date | undefined;
  doneTo?: Date | undefined;
  list?: string | undefined;
  tags?: readonly string[] | undefined;
  priority?: Priority | undefined;
  /** Every word of it stands in the title, the notes, the list or a tag. */
  text?: string | undefined;
}

const owned = (db: Db, userId: string) => db('tasks').where({ user_id: userId }).whereNull('deleted_at');
const likeOf = (word: string): string => `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;

function filtered(db: Db, userId: string, filter: TaskFilter) {
  const query = owned(db, userId);
  if (filter.status) query.where('status', filter.status);
  if (filter.dueFrom) query.where('due_on', '>=', filter.dueFrom);
  if (filter.dueTo) query.where('due_on', '<', filter.dueTo);
  if (filter.undated) query.whereNull('due_on');
  if (filter.doneFrom) query.where('completed_at', '>=', filter.doneFrom);
  if (filter.doneTo) query.where('completed_at', '<', filter.doneTo);
  if (filter.list) query.whereRaw('lower(list) = lower(?)', [filter.list]);
  if (filter.priority) query.where('priority', filter.priority);
  for (const tag of filter.tags ?? [])
    query.whereRaw('exists (select from unnest(tags) g where lower(g) = lower(?))', [tag]);
  for (const word of filter.text?.split(/\s+/).filter(Boolean).slice(0, 20) ?? []) {
    query.whereRaw(
      `(title ilike ? or notes ilike ? or list ilike ? or array_to_string(tags, ' ') ilike ?)`,
      Array<string>(4).fill(likeOf(word)),
    );
  }
  return query;
}

/**
 * Tasks by due date, then priority, then age, with how many there are in all; those that are done by when they were
 * done, the last first.
 */
export async function listTasks(
  db: Db,
  userId: string,
  filter: TaskFilter,
  limit: number,
): Promise<{ tasks: Task[]; total: number }> {
  const rows = await filtered(db, userId, filter)
    .select<Record<string, unknown>[]>('*', db.raw('count(*) over () as total'))
    .orderByRaw(
      `${filter.status === 'done' ? 'completed_at desc, ' : ''}due_on nulls last, due_at nulls last, array_position(array['urgent','high','medium','low'], priority), created_at, id`,
    )
    .limit(limit);
  return {
    tasks: rows.map(toTask),
    total: rows.length === 0 ? 0 : z.coerce.number().parse(rows[0]?.['total']),
  };
}

/** One page for REST, newest first; the cursor is the last id seen (ids grow with time). */
export async function pageTasks(
  db: Db,
  userId: string,
  filter: TaskFilter,
  page: { after?: string | undefined; limit: number },
): Promise<Task[]> {
  const query = filtered(db, userId, filter).select<unknown[]>('*').orderBy('id', 'desc').limit(page.limit);
  if (page.after) query.where('id', '<', page.after);
  return (await query).map(toTask);
}

export async function findTask(db: Db, userId: string, id: string): Promise<Task | null> {
  const row: unknown = await owned(db, userId).where({ id }).first();
  return row === undefined ? null : toTask(row);
}

/** Rows as they stand, deleted ones too, in the JSON form that receipts keep. */
export async function taskRows(
  db: Db,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const rows = await db('tasks as t')
    .where({ user_id: userId })
    .whereIn('id', ids)
    .select<{ id: string; row: Record<string, unknown> }[]>('id', db.raw('to_jsonb(t) as row'));
  return new Map(rows.map(({ id, row }) => [id, row]));
}

/** The task made or changed last. */
export async function lastTask(db: Db, userId: string): Promise<Task | null> {
  const row: unknown = await owned(db, userId).orderBy('updated_at', 'desc').first();
  return row === undefined ? null : toTask(row);
}

/** Candidates for words of a title: all of its words first, else any of them. Open ones come first. */
export async function matchTasks(db: Db, userId: string, words: string, limit: number): Promise<Task[]> {
  const terms = words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((term) => term.length > 1)
    .slice(0, 20);
  if (terms.length === 0) return [];
  const hits = terms.map(() => '(case when title ilike ? then 1 else 0 end)').join(' + ');
  const rows = await owned(db, userId)
    .select<Record<string, unknown>[]>(
      '*',
      db.raw(`${hits} as hits`, terms.map(likeOf)),
      db.raw('lower(title) = lower(?) as exact', [words]),
    )
    .whereRaw(`(${terms.map(() => 'title ilike ?').join(' or ')})`, terms.map(likeOf))
    .orderByRaw(`exact desc, hits desc, status = 'open' desc, updated_at desc`)
    .limit(limit);
  const most = z.coerce.number().catch(0).parse(rows[0]?.['hits']);
  const exact = rows.filter((row) => row['exact'] === true);
  return (exact.length > 0 ? exact : rows.filter((row) => Number(row['hits']) === most)).map(toTask);
}
