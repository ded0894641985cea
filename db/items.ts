import { entityKind, type Draft, type EntityKind, type Task } from '../contracts/entities.ts';
import type { Db } from './connect.ts';
import { toDraft } from './drafts.ts';
import { EFFECT_KINDS } from './functions/functions.ts';
import { toTask } from './tasks.ts';

/** A thing that a user owns, whichever kind it is of. */
export type Item = { kind: 'task'; item: Task } | { kind: 'draft'; item: Draft };

const READERS: { [K in EntityKind]: (row: unknown) => Extract<Item, { kind: K }> } = {
  task: (row) => ({ kind: 'task', item: toTask(row) }),
  draft: (row) => ({ kind: 'draft', item: toDraft(row) }),
};

/** A row of the kind's table, also as JSON from a receipt. */
export const itemOf = (kind: string, row: unknown): Item => READERS[entityKind.parse(kind)](row);

/** What a person calls it by. */
export const titleOf = ({ kind, item }: Item): string => (kind === 'task' ? item.title : item.subject);

/** Rows of all kinds as they stand, by id, deleted ones too; in the JSON form that receipts keep. */
export async function itemRows(
  db: Db,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  const ofKinds = await Promise.all(
    Object.values(EFFECT_KINDS).map((table) =>
      db(`${table} as t`)
        .where({ user_id: userId })
        .whereIn('id', ids)
        .select<{ id: string; row: Record<string, unknown> }[]>('id', db.raw('to_jsonb(t) as row')),
    ),
  );
  return new Map(ofKinds.flat().map(({ id, row }) => [id, row]));
}
