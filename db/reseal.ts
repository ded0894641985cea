import { z } from 'zod';
import { SecretError, type SecretBox } from '../core/secret-box.ts';
import type { Db } from './connect.ts';
import { rowSeal, SEALED_COLUMNS } from './sealed-columns.ts';

const BATCH = 100;

/** What became of the credentials that the first key had not sealed. */
export interface Resealed {
  /** Rows that are sealed by the first key now. */
  sealed: number;
  /** Rows that are not, because nobody could read them or somebody else was writing them. */
  left: number;
  /** Keys that would be needed for some of those. */
  missingKeys: string[];
  /** Rows that do not open with the key that they name. */
  damaged: number;
}

/**
 * Seals with the first key what an older one has sealed, and what was never sealed. Each batch is a transaction of its
 * own and each value names its key, so that it may end anywhere and begin again. What can't be read stays as it is.
 *
 * @param onBatch after each batch is committed
 * @throws SecretError where there is no key
 */
export async function resealAll(
  db: Db,
  secrets: SecretBox,
  onBatch: () => Promise<void> = () => Promise.resolve(),
): Promise<Resealed> {
  secrets.requireKey();
  const refused: SecretError[] = [];
  let sealed = 0;
  let left = 0;
  for (const table of TABLES) {
    let after: string | null = null;
    do {
      const batch = await resealBatch(db, secrets, table, after);
      after = batch.last;
      sealed += batch.sealed;
      refused.push(...batch.refused);
      if (batch.sealed > 0) await onBatch();
    } while (after !== null);
    left += await countOlder(db, secrets, table);
  }
  const missing = refused.flatMap(({ code, keyId }) =>
    code === 'secret_key_missing' && keyId !== undefined ? [keyId] : [],
  );
  return {
    sealed,
    left,
    missingKeys: [...new Set(missing)].sort(),
    damaged: refused.filter(({ code }) => code === 'secret_damaged').length,
  };
}

type SealedTable = keyof typeof SEALED_COLUMNS;
const TABLES = Object.keys(SEALED_COLUMNS) as SealedTable[];

const anyRow = z.record(z.string(), z.unknown());
const rowId = z.object({ id: z.union([z.string(), z.int()]) });

/** Rows of a table of which some column is not sealed by the first key. */
function olderRows(db: Db, secrets: SecretBox, table: SealedTable) {
  const columns = SEALED_COLUMNS[table];
  return db(table).where((any) => {
    for (const column of columns)
      any.orWhereRaw('not starts_with(??, ?)', [column, secrets.newestPrefix ?? '']);
  });
}

async function countOlder(db: Db, secrets: SecretBox, table: SealedTable): Promise<number> {
  const counted: unknown = await olderRows(db, secrets, table).count({ rows: '*' }).first();
  return z.object({ rows: z.number() }).parse(counted).rows;
}

function resealBatch(
  db: Db,
  secrets: SecretBox,
  table: SealedTable,
  after: string | null,
): Promise<{ sealed: number; refused: SecretError[]; last: string | null }> {
  return db.transaction(async (trx) => {
    const next = olderRows(trx, secrets, table).orderBy('id').limit(BATCH).forUpdate().skipLocked();
    const rows: unknown[] = await (after === null ? next : next.where('id', '>', after)).select('*');
    const refused: SecretError[] = [];
    for (const row of rows) {
      const { id } = rowId.parse(row);
      const fresh = resealRow(secrets, table, String(id), anyRow.parse(row));
      if (fresh instanceof SecretError) refused.push(fresh);
      else await trx(table).where({ id }).update(fresh);
    }
    const last = rows.length < BATCH ? null : String(rowId.parse(rows.at(-1)).id);
    return { sealed: rows.length - refused.length, refused, last };
  });
}

/** All columns of a row or none: of one that can't be read, nothing is touched. */
function resealRow<T extends SealedTable>(
  secrets: SecretBox,
  table: T,
  id: string,
  stored: Record<string, unknown>,
): Record<string, string> | SecretError {
  const row = rowSeal(secrets, table, id);
  const columns: readonly (typeof SEALED_COLUMNS)[T][number][] = SEALED_COLUMNS[table];
  try {
    return Object.fromEntries(
      columns.map((column) => [column, row.seal(column, row.open(column, z.string().parse(stored[column])))]),
    );
  } catch (error) {
    if (error instanceof SecretError) return error;
    throw error;
  }
}
