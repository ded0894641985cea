import { z } from 'zod';
import type { Reminder } from '../contracts/entities.ts';
import type { Notice } from '../contracts/frames.ts';
import type { Committed } from '../contracts/records.ts';
import type { Db } from './connect.ts';
import { keepToTell } from './notices.ts';
import { nextOccurrence, nextTakingPlace } from './occurrences.ts';
import { toReminder } from './reminders.ts';
import { retrying } from './turns.ts';
import { endOfQuiet } from './quiet-hours.ts';
import { quietHours } from './users.ts';

/** What is due in quiet hours is looked at again at their end, but not later than this: they may be changed. */
const HELD_MAX_MS = 5 * 60_000;

/** A reminder whose moment has come. */
export interface DueReminder {
  reminder: Reminder;
  /** When the task is due or the event begins that it counts from; null where it counts from none. */
  itemAt: Date | null;
}

/** One that was told, in the same transaction in which its notice was written. */
export interface FiredReminder {
  userId: string;
  notice: Notice;
  changed: Committed['changed'];
}

const dueRow = z.object({
  id: z.string(),
  user_id: z.string(),
  remind_at: z.date(),
  timezone: z.string(),
  recurrence: z.string().nullable(),
  item_kind: z.enum(['task', 'event']).nullable(),
  item_id: z.string().nullable(),
  before_minutes: z.int().nullable(),
  series_start: z.date().nullable(),
  set_at: z.date().nullable(),
});
type DueRow = z.infer<typeof dueRow>;

/** The item of a reminder as far as its moment hangs on it. */
const itemRow = z.object({
  over: z.boolean(),
  start_at: z.date().nullable(),
  timezone: z.string().nullable(),
  recurrence: z.string().nullable(),
  exceptions: z.array(z.date()).nullable(),
});
type ItemRow = z.infer<typeof itemRow>;

const ripe = (db: Db) =>
  db('reminders')
    .where({ status: 'scheduled' })
    .whereNull('deleted_at')
    // A moment that was over when it was chosen is none that anybody waits for.
    .whereRaw('(set_at is null or remind_at >= set_at)');

/** When the next one is due after an instant; null where nothing waits. */
export async function nextDue(db: Db, after: Date): Promise<Date | null> {
  const row = await ripe(db)
    .where('remind_at', '>', after)
    .orderBy('remind_at')
    .first<{ remind_at: Date } | undefined>('remind_at');
  return row?.remind_at ?? null;
}

/**
 * Tells what is due, oldest first: the notices are written in the transaction that takes the reminders out of waiting,
 * so each is told once, whoever dies on the way, and however many do this at once. One that repeats waits for its next
 * time, and what it missed while nobody looked is told once. In quiet hours of its user nothing is told.
 *
 * @param how.noticeOf what the user is told; `how.tellAt` is when somebody else tells it if the caller does not
 * @returns what was told, and whether there may be more
 */
export function fireDue(
  db: Db,
  now: Date,
  how: { limit: number; tellAt: Date; noticeOf(due: DueReminder): Notice },
): Promise<{ fired: FiredReminder[]; more: boolean }> {
  return retrying(() =>
    db.transaction(async (trx) => {
      const rows: unknown[] = await ripe(trx)
        .where('remind_at', '<=', now)
        .whereRaw('(held_until is null or held_until <= ?)', [now])
        .orderBy(['remind_at', 'id'])
        .limit(how.limit)
        .forUpdate()
        .skipLocked();
      const fired: FiredReminder[] = [];
      for (const row of rows) {
        const one = await fire(trx, row, now, how);
        if (one) fired.push(one);
      }
      return { fired, more: rows.length === how.limit };
    }),
  );
}

async function fire(
  trx: Db,
  row: unknown,
  now: Date,
  how: { tellAt: Date; noticeOf(due: DueReminder): Notice },
): Promise<FiredReminder | null> {
  const due = dueRow.parse(row);
  const end = await quietUntil(trx, due, now);
  if (end) {
    const held_until = new Date(Math.min(end.getTime(), now.getTime() + HELD_MAX_MS));
    await trx('reminders').where({ id: due.id }).update({ held_until });
    return null;
  }
  const item = await itemOf(trx, due);
  const untold = item?.over === true || isLeftOut(due, item);
  const next = item?.over ? null : await nextOf(trx, due, item, now);
  const [after] = await trx('reminders')
    .where({ id: due.id })
    .update({
      ...(next ? { remind_at: next, set_at: now } : { status: untold ? 'done' : 'fired' }),
      ...(!untold && { fired_at: now }),
      held_until: null,
      updated_at: now,
      version: trx.raw('version + 1'),
    })
    .returning<Record<string, unknown>[]>('*');
  if (untold || !after) return null;
  const before = due.before_minutes;
  const notice = how.noticeOf({
    reminder: toReminder(row),
    itemAt: before === null ? null : new Date(due.remind_at.getTime() + before * 60_000),
  });
  await keepToTell(trx, due.user_id, notice, how.tellAt);
  return {
    userId: due.user_id,
    notice,
    changed: [{ kind: 'reminder', op: 'update', id: due.id, after }],
  };
}

/** When the quiet hours of its user end, where it is now in them. */
async function quietUntil(trx: Db, due: DueRow, now: Date): Promise<Date | null> {
  const user = await trx('users')
    .where({ id: due.user_id })
    .first<{ settings: unknown } | undefined>('settings');
  return endOfQuiet(now, quietHours(user?.settings, due.timezone));
}

async function itemOf(trx: Db, due: DueRow): Promise<ItemRow | null> {
  if (due.item_id === null) return null;
  const where = { id: due.item_id, user_id: due.user_id };
  const found: unknown =
    due.item_kind === 'event'
      ? await trx('events')
          .where(where)
          .first(
            trx.raw('deleted_at is not null as over'),
            'start_at',
            'timezone',
            'recurrence',
            'exceptions',
          )
      : await trx('tasks')
          .where(where)
          .first(
            trx.raw(`deleted_at is not null or status = 'done' as over`),
            trx.raw('due_at as start_at'),
            trx.raw('due_zone as timezone'),
            trx.raw('null::text as recurrence'),
            trx.raw('null::timestamptz[] as exceptions'),
          );
  return found === undefined ? null : itemRow.parse(found);
}

/** The day of the series that it is about does not take place. */
function isLeftOut({ before_minutes, remind_at }: DueRow, item: ItemRow | null): boolean {
  if (before_minutes === null || !item?.exceptions) return false;
  const start = remind_at.getTime() + before_minutes * 60_000;
  return item.exceptions.some((at) => at.getTime() === start);
}

/** The next time of one that repeats, after now; null when it is over. */
async function nextOf(trx: Db, due: DueRow, item: ItemRow | null, now: Date): Promise<Date | null> {
  if (due.recurrence === null) return null;
  const after = new Date(Math.max(now.getTime(), due.remind_at.getTime()));
  if (due.before_minutes === null || !item?.start_at) {
    const start = due.series_start ?? due.remind_at;
    const series = { start, timezone: due.timezone, recurrence: due.recurrence };
    return orNone(() => nextOccurrence(series, after));
  }
  const leadMs = due.before_minutes * 60_000;
  const day = await nextDay(trx, due, item, new Date(after.getTime() + leadMs));
  return day && new Date(day.getTime() - leadMs);
}

/** The next day of a series of events after an instant, those that were given a time of their own among them. */
async function nextDay(trx: Db, due: DueRow, item: ItemRow, after: Date): Promise<Date | null> {
  const own = await trx('events')
    .where({ series_id: due.item_id, user_id: due.user_id })
    .whereNull('deleted_at')
    // A later part of a series that was changed from a day on has reminders of its own.
    .whereNull('recurrence')
    .where('start_at', '>', after)
    .orderBy('start_at')
    .first<{ start_at: Date } | undefined>('start_at');
  const usual = nextUsualDay(item, due.timezone, after);
  const days = [own?.start_at, usual].filter((at) => at !== undefined && at !== null);
  return days.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function nextUsualDay(
  { start_at: start, timezone, recurrence, exceptions }: ItemRow,
  zone: string,
  after: Date,
): Date | null {
  if (!start) return null;
  if (recurrence === null) return start > after ? start : null;
  const series = { start, timezone: timezone ?? zone, recurrence };
  return orNone(() => nextTakingPlace(series, exceptions ?? [], after));
}

/** A rule that can't be read is over: it must not hold up all others. */
function orNone(next: () => Date | null): Date | null {
  try {
    return next();
  } catch {
    return null;
  }
}
