import { z } from 'zod';
import { reminder, type Reminder } from '../contracts/entities.ts';
import type { Db } from './connect.ts';
import { inZone } from './events.ts';
import { beginning, matching, type MatchGrade } from './tasks.ts';

const reminderRow = reminder.extend({
  user_id: z.string(),
  remind_at: z.coerce.date(),
  fired_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
});

/** A row of the table (also as JSON, from a receipt) as clients see it. */
export function toReminder(row: unknown): Reminder {
  const { user_id: _user, remind_at, fired_at, created_at, ...rest } = reminderRow.parse(row);
  return {
    ...rest,
    remind_at: inZone(remind_at, rest.timezone),
    fired_at: fired_at && inZone(fired_at, rest.timezone),
    created_at: created_at.toISOString(),
  };
}

export interface ReminderFilter {
  /** Which states; all where it is missing. */
  status?: readonly Reminder['status'][] | undefined;
  /** Instants; `to` is exclusive. */
  from?: Date | undefined;
  to?: Date | undefined;
  text?: string | undefined;
  /** Of this task or event. */
  itemId?: string | undefined;
  /** Told since then. */
  firedFrom?: Date | undefined;
  itemIds?: readonly string[] | undefined;
}

const owned = (db: Db, userId: string) => db('reminders').where({ user_id: userId }).whereNull('deleted_at');

function filtered(db: Db, userId: string, filter: ReminderFilter) {
  const query = owned(db, userId);
  if (filter.status) query.whereIn('status', [...filter.status]);
  if (filter.from) query.where('remind_at', '>=', filter.from);
  if (filter.to) query.where('remind_at', '<', filter.to);
  if (filter.itemId) query.where({ item_id: filter.itemId });
  if (filter.firedFrom) query.where('fired_at', '>=', filter.firedFrom);
  if (filter.itemIds) query.whereRaw('item_id = any(?)', [[...filter.itemIds]]);
  for (const word of filter.text?.split(/\s+/).filter(Boolean).slice(0, 20) ?? [])
    query.whereRaw('title ~* ?', [beginning(word)]);
  return query;
}

/** Reminders by the time they come, with how many there are in all. */
export async function listReminders(
  db: Db,
  userId: string,
  filter: ReminderFilter,
  limit: number,
): Promise<{ reminders: Reminder[]; total: number }> {
  const rows = await filtered(db, userId, filter)
    .select<Record<string, unknown>[]>('*', db.raw('count(*) over () as total'))
    .orderBy(['remind_at', 'id'])
    .limit(limit);
  return { reminders: rows.map(toReminder), total: Number(rows[0]?.['total'] ?? 0) };
}

/** @returns null when the user has no such reminder */
export async function findReminder(db: Db, userId: string, id: string): Promise<Reminder | null> {
  const row: unknown = await owned(db, userId).where({ id }).first();
  return row === undefined ? null : toReminder(row);
}

/** Reminders whose title has the words, best first; as with tasks. Those still to come stand first. */
export async function matchReminders(
  db: Db,
  userId: string,
  words: string,
  limit: number,
): Promise<{ reminders: Reminder[]; grade: MatchGrade }> {
  const { rows, grade } = await matching(db, owned(db, userId), {
    words,
    text: 'title',
    title: 'title',
    order: `array_position(array['fired','scheduled','done'], status), updated_at desc`,
    limit,
  });
  return { reminders: rows.map(toReminder), grade };
}

/** One page for REST, newest first; the cursor is the last id seen. */
export async function pageReminders(
  db: Db,
  userId: string,
  filter: ReminderFilter,
  page: { after?: string | undefined; limit: number },
): Promise<Reminder[]> {
  const query = filtered(db, userId, filter).select<unknown[]>('*').orderBy('id', 'desc').limit(page.limit);
  if (page.after) query.where('id', '<', page.after);
  return (await query).map(toReminder);
}
