import { z } from 'zod';
import { entityKind, type EntityKind, type Item } from '../contracts/entities.ts';
import { factName } from '../contracts/fact-words.ts';
import type { Db } from './connect.ts';
import { toContact } from './contacts.ts';
import { toDelivery } from './deliveries.ts';
import { toDraft } from './drafts.ts';
import { toEvent } from './events.ts';
import { toFact } from './facts.ts';
import { EFFECT_KINDS } from './functions/functions.ts';
import { toReminder } from './reminders.ts';
import { toTask } from './tasks.ts';
import { toSetting } from './users.ts';

export type { Item };
type ItemOf<K extends EntityKind> = Extract<Item, { kind: K }>;

const READERS: { [K in EntityKind]: (row: unknown) => ItemOf<K> } = {
  task: (row) => ({ kind: 'task', item: toTask(row) }),
  event: (row) => ({ kind: 'event', item: toEvent(row) }),
  reminder: (row) => ({ kind: 'reminder', item: toReminder(row) }),
  draft: (row) => ({ kind: 'draft', item: toDraft(row) }),
  contact: (row) => ({ kind: 'contact', item: toContact(row) }),
  fact: (row) => ({ kind: 'fact', item: toFact(row) }),
  delivery: (row) => ({ kind: 'delivery', item: toDelivery(row) }),
  setting: (row) => ({ kind: 'setting', item: toSetting(row) }),
};

/** A row of the kind's table, also as JSON from a receipt. */
export const itemOf = (kind: string, row: unknown): Item => READERS[entityKind.parse(kind)](row);

/** What a person calls it by. */
export function titleOf({ kind, item }: Item): string {
  switch (kind) {
    case 'draft':
      return item.subject;
    case 'contact':
      return item.name;
    case 'fact':
      return factName(item);
    case 'delivery':
      return 'the email';
    case 'setting':
      return 'your settings';
    default:
      return item.title;
  }
}

/** All kinds in one query, each row as JSON beside its kind. */
const allKinds = [
  ...Object.entries(EFFECT_KINDS).map(
    ([kind, table]) =>
      `select '${kind}' as kind, t.id, to_jsonb(t) as after from ${table} t where t.user_id = :user and t.id = any(:ids)`,
  ),
  `select 'setting', u.id, setting_row(u) from users u where u.id = :user and u.id = any(:ids)`,
].join(' union all ');

const anyRow = z.object({ kind: z.string(), id: z.string(), after: z.record(z.string(), z.unknown()) });

/** Rows of all kinds as they stand, by id, deleted ones too; in the JSON form that receipts keep. */
export async function itemRows(
  db: Db,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, Record<string, unknown>>> {
  if (ids.length === 0) return new Map();
  const answer = await db.raw<{ rows: unknown[] }>(allKinds, { user: userId, ids: [...ids] });
  return new Map(answer.rows.map((row) => anyRow.parse(row)).map(({ id, after }) => [id, after]));
}
