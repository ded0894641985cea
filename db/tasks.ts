import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Task } from '../contracts/entities.ts';
import { priority, type Priority } from '../contracts/slots.ts';
import { literally } from '../core/literally.ts';
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
  /** Receipts from before there was such a column have none. */
  repeats_from_completion: z.boolean().default(false),
  parent_id: z.string().nullable().default(null),
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
  /** Every word of it begins a word of the title, the notes, the list or a tag. */
  text?: string | undefined;
  /** Only steps of these tasks. */
  parents?: readonly string[] | undefined;
  /** Only these. */
  ids?: readonly string[] | undefined;
}

const owned = (db: Db, userId: string) => db('tasks').where({ user_id: userId }).whereNull('deleted_at');
/** A pattern: the word at the beginning of one; what begins with a mark is looked for anywhere. */
export const beginning = (word: string): string =>
  `${/^[\p{L}\p{N}]/u.test(word) ? '\\m' : ''}${literally(word)}`;

function filtered(db: Db, userId: string, filter: TaskFilter) {
  const query = owned(db, userId);
  if (filter.status) query.where('status', filter.status);
  if (filter.dueFrom) query.where('due_on', '>=', filter.dueFrom);
  if (filter.dueTo) query.where('due_on', '<', filter.dueTo);
  if (filter.undated) query.whereNull('due_on');
  if (filter.doneFrom) query.where('completed_at', '>=', filter.doneFrom);
  if (filter.doneTo) query.where('completed_at', '<', filter.doneTo);
  if (filter.list) query.whereRaw('lower(list) = lower(?)', [filter.list]);
  if (filter.ids) query.whereRaw('id = any(?)', [[...filter.ids]]);
  if (filter.parents) query.whereRaw('parent_id = any(?)', [[...filter.parents]]);
  if (filter.priority) query.where('priority', filter.priority);
  for (const tag of filter.tags ?? [])
    query.whereRaw('exists (select from unnest(tags) g where lower(g) = lower(?))', [tag]);
  for (const word of filter.text?.split(/\s+/).filter(Boolean).slice(0, 20) ?? []) {
    query.whereRaw(
      `(title ~* ? or notes ~* ? or list ~* ? or array_to_string(tags, ' ') ~* ?)`,
      Array<string>(4).fill(beginning(word)),
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

const groupRow = z.object({ name: z.string(), open: z.coerce.number(), done: z.coerce.number() });

/** Lists, or tags, with how many of their tasks are open and done; spelled as the latest task has it. */
export async function groupTasks(
  db: Db,
  userId: string,
  by: 'list' | 'tag',
): Promise<{ name: string; open: number; done: number }[]> {
  const named = owned(db, userId).select(
    'status',
    'id',
    by === 'list' ? db.raw('list as name') : db.raw('unnest(tags) as name'),
  );
  const rows: unknown[] = await db
    .select(
      db.raw('(array_agg(name order by id desc))[1] as name'),
      db.raw(`count(*) filter (where status = 'open') as open`),
      db.raw(`count(*) filter (where status = 'done') as done`),
    )
    .from(named.as('named'))
    .whereNotNull('name')
    .groupByRaw('lower(name)')
    .orderByRaw('lower(name)');
  return rows.map((row) => groupRow.parse(row));
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

/** The task made or changed last. */
export async function lastTask(db: Db, userId: string): Promise<Task | null> {
  const row: unknown = await owned(db, userId).orderBy('updated_at', 'desc').first();
  return row === undefined ? null : toTask(row);
}

/** Words that tie a title together and tell no task from another. */
const TYING = new Set('a an and at by for from in into of on or the to with my our'.split(' '));

/** How well the words fit: all of them whole, all of them at least as beginnings, or only some of them. */
export type MatchGrade = 'whole' | 'start' | 'part';

/** What a matching looks at, in SQL. */
interface Matching {
  words: string;
  /** All that is looked at. */
  text: string;
  /** What is the same as the words, where it is the thing itself. */
  title: string;
  /** Order of those that fit equally well, with its bindings. */
  order: string;
  bindings?: readonly (string | Date)[];
  limit: number;
}

/**
 * Rows whose text has the words, best first: the same title, else all of its words, else half of them or more. A word
 * counts as a whole word, give or take a plural; from four letters on as the beginning of one, too.
 */
export async function matching(
  db: Db,
  from: Knex.QueryBuilder,
  { words, text, title, order, bindings = [], limit }: Matching,
): Promise<{ rows: Record<string, unknown>[]; grade: MatchGrade }> {
  const said = words.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const telling = said.filter((word) => !TYING.has(word));
  const terms = [...new Set(telling.length > 0 ? telling : said)].slice(0, 20);
  const sum = (pattern: (word: string) => string): ReturnType<Db['raw']> =>
    terms.length === 0
      ? db.raw('0')
      : db.raw(terms.map(() => `((${text}) ~* ?)::int`).join(' + '), terms.map(pattern));
  const candidates = from.select(
    '*',
    db.raw(`lower(${title}) = lower(?) as exact`, [words.trim()]),
    db.raw('? as whole', [sum(wholeWord)]),
    db.raw('? as hits', [sum(wordStart)]),
  );
  const rows = await db
    .select<Record<string, unknown>[]>('*')
    .from(candidates.as('candidates'))
    .whereRaw('exact or (hits > 0 and hits * 2 >= ?)', [terms.length])
    .orderByRaw(`exact desc, hits desc, whole desc, ${order}`, [...bindings])
    .limit(limit);
  const best = rows[0];
  const [exact, hits, whole] = [best?.['exact'] === true, Number(best?.['hits']), Number(best?.['whole'])];
  const fitting = rows.filter((row) =>
    exact ? row['exact'] === true : Number(row['hits']) === hits && Number(row['whole']) === whole,
  );
  const grade = exact || whole === terms.length ? 'whole' : hits === terms.length ? 'start' : 'part';
  return { rows: fitting, grade };
}

/** Tasks whose title has the words, best first; open ones come first. */
export async function matchTasks(
  db: Db,
  userId: string,
  words: string,
  limit: number,
): Promise<{ tasks: Task[]; grade: MatchGrade }> {
  const { rows, grade } = await matching(db, owned(db, userId), {
    words,
    text: 'title',
    title: 'title',
    order: `status = 'open' desc, updated_at desc`,
    limit,
  });
  return { tasks: rows.map(toTask), grade };
}

/** "books" stands for "book", and the other way round. */
const stem = (word: string): string => (word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word);
/** Words have letters, digits and marks only, so that nothing of them means anything in a pattern. */
const wholeWord = (word: string): string => `\\m${stem(word)}(s|es|'s)?\\M`;
const wordStart = (word: string): string => (stem(word).length < 4 ? wholeWord(word) : `\\m${stem(word)}`);
