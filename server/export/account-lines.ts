import type { PulseError } from '../../contracts/errors.ts';
import type { Db } from '../../db/connect.ts';
import { rowsOfUser, type UserTable } from '../../db/user-tables.ts';
import { FILES, OTHER_TABLES, REDIS_KEYS, USER_TABLES } from '../../sessions/erasure/manifest.ts';
import { restBody } from '../http/rest-body.ts';

/** Raised when a line means something else than before. */
const VERSION = 1;

export interface ExportOf {
  db: Db;
  userId: string;
  now: Date;
  /** Throws when the account is erased meanwhile. */
  check(): Promise<void>;
  /** A fault that is no refusal, as one. */
  refusalOf(error: unknown): PulseError;
}

/**
 * Everything that is kept of a user, a JSON object a line: first what it is, then row by row, last how many of each kind.
 * Read some rows at a time, as fast as they are taken. An export that can't be ended ends with a line of kind `error`.
 */
export async function* accountLines(of: ExportOf): AsyncGenerator<string> {
  const counts: Record<string, number> = {};
  yield line({
    kind: 'export',
    version: VERSION,
    made_at: of.now.toISOString(),
    account: of.userId,
    left_out: leftOut(),
  });
  try {
    for (const table of USER_TABLES) {
      if ('no' in table.export) continue;
      const { kind } = table.export;
      counts[kind] = 0;
      for await (const rows of rowsOfUser(of.db, table, table.export, of.userId)) {
        await of.check();
        counts[kind] += rows.length;
        yield rows.map((row) => line({ kind, ...renamed(row) })).join('');
      }
    }
    yield line({ kind: 'end', counts });
  } catch (error) {
    // The status has long been told.
    yield line({ ...restBody(of.refusalOf(error)), kind: 'error' });
  }
}

const line = (content: object): string => `${JSON.stringify(content)}\n`;

/** A row may have a `kind` of its own. */
function renamed({ kind, ...row }: Record<string, unknown>): Record<string, unknown> {
  return kind === undefined ? row : { ...row, row_kind: kind };
}

/** What is not in an export, by its place, each with the reason. */
function leftOut(): Record<string, string> {
  const ofTable = ({ table, export: given }: UserTable): [string, string][] =>
    'no' in given
      ? [[table, given.no]]
      : Object.entries(given.without ?? {}).map(([column, why]) => [`${given.kind}.${column}`, why]);
  return Object.fromEntries([
    ...USER_TABLES.flatMap(ofTable),
    ...Object.entries(OTHER_TABLES).map(([table, { why }]) => [table, why]),
    ...REDIS_KEYS.filter(({ fate }) => fate !== 'never kept').map(({ pattern, about }) => [
      `redis ${pattern}`,
      `${about}; copies of what stands in the tables`,
    ]),
    ...FILES.filter(({ fate }) => fate === 'pseudonymised').map(({ path, about }) => [
      path,
      `${about}; their sums are in usage_month`,
    ]),
  ]) as Record<string, string>;
}
