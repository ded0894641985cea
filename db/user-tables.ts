import { z } from 'zod';
import type { Db } from './connect.ts';

/** What an erasure does with the rows of a user. Conditions know `:user`, changes `:user` and `:pseudonym`. */
export type RowRule =
  | { where: string; do: 'delete' }
  /** The row stays for a sum or a proof; each change is a column with what it becomes. */
  | { where: string; do: 'pseudonymise'; set: Readonly<Record<string, string>> };

/** How a user's rows are given to them. */
export interface RowExport {
  /** The word at the head of each line. */
  kind: string;
  where: string;
  /** Columns that are not given, each with the reason. */
  without?: Readonly<Record<string, string>>;
}

/** A table that may hold a user. */
export interface UserTable {
  table: string;
  /** Columns that tell one row from another, in the order in which rows are read. */
  key: readonly string[];
  /** Every column that can hold an id, words or a document; a test looks for others. */
  columns: readonly string[];
  rules: readonly RowRule[];
  export: RowExport | { no: string };
}

/** How many rows. */
export interface Erased {
  deleted: number;
  pseudonymised: number;
}

/** Whose rows are taken, and by whom. */
export interface Erasing {
  /** Of the erasure. */
  id: string;
  /** Of whoever works on it. */
  lease: string;
  step: string;
  userId: string;
  pseudonym: string;
}

/** The erasure is still theirs who ask, and the account the one that it is about: nobody has come back meanwhile. */
const IS_THEIRS = `exists (select from erasures e join users u on u.id = e.user_id and u.erasing = e.id
  where e.id = :erasure and e.lease = :lease and e.step = :step and e.user_id = :user)`;

/**
 * Carries out the rules of a table on so many rows at most. Rows that were changed no longer meet their condition. Changes
 * nothing for whoever does not hold the erasure any more.
 */
export async function eraseBatch(
  trx: Db,
  { table, key, rules }: UserTable,
  by: Erasing,
  limit: number,
): Promise<Erased> {
  const erased = { deleted: 0, pseudonymised: 0 };
  for (const rule of rules) {
    const left = limit - erased.deleted - erased.pseudonymised;
    if (left <= 0) break;
    const keys = key.join(', ');
    const some = `where (${keys}) in (select ${keys} from ${table} where ${rule.where} limit :left) and ${IS_THEIRS}`;
    const names = {
      user: by.userId,
      pseudonym: by.pseudonym,
      erasure: by.id,
      lease: by.lease,
      step: by.step,
      left,
    };
    if (rule.do === 'delete') {
      erased.deleted += await changed(trx, `delete from ${table} ${some}`, names);
    } else {
      const set = Object.entries(rule.set).map(([column, value]) => `${column} = ${value}`);
      erased.pseudonymised += await changed(trx, `update ${table} set ${set.join(', ')} ${some}`, names);
    }
  }
  return erased;
}

async function changed(trx: Db, sql: string, names: Record<string, string | number>): Promise<number> {
  return (await trx.raw<{ rowCount: number | null }>(sql, names)).rowCount ?? 0;
}

/** Rows read at a time for an export. */
const PAGE = 500;
const exportRow = z.object({ key: z.array(z.unknown()), row: z.record(z.string(), z.unknown()) });

/** A user's rows of a table, some at a time, as they are stored but for what is withheld. */
export async function* rowsOfUser(
  db: Db,
  { table, key }: UserTable,
  given: RowExport,
  userId: string,
): AsyncGenerator<Record<string, unknown>[]> {
  const keys = key.map((column) => `t.${column}`).join(', ');
  // Whose all of it is says the export once.
  const withheld = ['user_id', ...Object.keys(given.without ?? {})];
  let after: unknown[] | null = null;
  for (;;) {
    const from: string = after === null ? '' : `and (${keys}) > (${key.map((_, i) => `:k${i}`).join(', ')})`;
    const answer: { rows: unknown[] } = await db.raw(
      `select to_jsonb(t) - cast(:withheld as text[]) as row, jsonb_build_array(${keys}) as key
        from ${table} t where ${given.where} ${from} order by ${keys} limit :page`,
      {
        user: userId,
        withheld,
        page: PAGE,
        ...Object.fromEntries((after ?? []).map((value, i) => [`k${i}`, value])),
      },
    );
    const rows = answer.rows.map((found) => exportRow.parse(found));
    if (rows.length > 0) yield rows.map(({ row }) => row);
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.key ?? null;
  }
}
