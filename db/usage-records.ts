import { z } from 'zod';
import { instant } from '../contracts/ids.ts';
import { usageEvent, usageItem, type UsageEvent, type UsageItem } from '../contracts/usage.ts';
import type { Db } from './connect.ts';
import { retrying } from './turns.ts';

const recorded = z.object({ events: z.int(), written: z.int(), adjusted: z.int() });
/** What became of a batch: rows of `llm_usage`, late rows of dropped periods; the rest was known already. */
export type Recorded = z.infer<typeof recorded>;

/** Writes events once each, whatever their order and however often they come, and takes them off the outbox. */
export async function recordUsage(db: Db, events: readonly UsageEvent[]): Promise<Recorded> {
  const answer = await retrying(() =>
    db
      .raw<{ rows: { done: unknown }[] }>('select record_usage(?) as done', [JSON.stringify(events)])
      .options({ name: 'record_usage' }),
  );
  return recorded.parse(answer.rows[0]?.done);
}

/** Tables for the months around an instant, made before they are needed. */
export async function makePartitions(db: Db, now: Date): Promise<void> {
  await db.raw('select make_usage_partitions(?)', [now]);
}

/** What one operation took on one day. `cost_usd` is a decimal number in a text. */
export interface DayUsage {
  date: string;
  operation: string;
  tokens_used: number;
  cost_usd: string;
  calls: number;
}

const dayUsage = z.object({
  date: z.string(),
  operation: z.string(),
  tokens_used: z.number(),
  cost_usd: z.string(),
  calls: z.int(),
});

/**
 * A user's month by day and operation.
 *
 * @param month.zone its days are those of this zone; what lies outside, given back later or in another zone, counts on the
 *   nearest of them
 */
export async function usageByDay(
  db: Db,
  userId: string,
  month: { period: string; zone: string },
): Promise<DayUsage[]> {
  const answer = await db.raw<{ rows: unknown[] }>(
    `select to_char(day, 'YYYY-MM-DD') as date, operation_type as operation, sum(tokens_used) as tokens_used,
        sum(cost_usd)::text as cost_usd, count(*) filter (where kind = 'usage') as calls
      from (
        select least(greatest((timestamp at time zone :zone)::date, :period::date),
            (:period::date + interval '1 month - 1 day')::date) as day,
          operation_type, tokens_used, cost_usd, kind
        from llm_usage where period = :period and user_id = :userId
      ) u
      group by day, operation_type order by day, operation_type`,
    { userId, ...month },
  );
  return z.array(dayUsage).parse(answer.rows);
}

const itemRow = z
  .object({
    id: z.string(),
    timestamp: z.date(),
    operation_type: z.string(),
    model: z.string(),
    tokens_used: z.int(),
    cost_usd: z.string(),
    session_id: z.string().nullable(),
    turn_id: z.string().nullable(),
    intent: z.string().nullable(),
    metadata: z.object({ success: z.boolean() }),
    reason: z.string().nullable(),
  })
  .transform(({ operation_type, metadata, timestamp, cost_usd, ...rest }): UsageItem => ({
    ...rest,
    timestamp: timestamp.toISOString(),
    operation: operation_type,
    cost_usd: Number(cost_usd),
    success: metadata.success,
  }))
  .pipe(usageItem);

/** Rows of a time, both ends included; null is no bound. */
export interface UsageSpan {
  from: Date | null;
  to: Date | null;
}

/** One page of a user's rows, the latest first. `after` is the last one seen. */
export async function pageUsage(
  db: Db,
  userId: string,
  { from, to }: UsageSpan,
  page: { after?: { at: Date; id: string } | undefined; limit: number },
): Promise<UsageItem[]> {
  const query = db('llm_usage')
    .where({ user_id: userId })
    .orderBy('timestamp', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .select<unknown[]>(
      'id',
      'timestamp',
      'operation_type',
      'model',
      'tokens_used',
      'cost_usd',
      'session_id',
      'turn_id',
      'intent',
      'metadata',
      'reason',
    );
  if (from) query.where('timestamp', '>=', from);
  if (to) query.where('timestamp', '<=', to);
  if (page.after)
    query.whereRaw('(timestamp, id) < (?::timestamptz, ?::uuid)', [page.after.at, page.after.id]);
  return (await query).map((row) => itemRow.parse(row));
}

const owedRow = z.object({ id: z.string(), event: z.unknown() });

/**
 * Events whose delivery is overdue, the oldest first, with the ids of those that are no events at all.
 *
 * @param before when they were written, by the clock of the product
 */
export async function overdueEvents(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ events: UsageEvent[]; unfit: string[] }> {
  const rows: unknown[] = await db('usage_events')
    .where('created_at', '<', before)
    .whereNull('refused_at')
    .orderBy('created_at')
    .limit(limit)
    .select('id', 'event');
  const events: UsageEvent[] = [];
  const unfit: string[] = [];
  for (const row of rows) {
    const { id, event } = owedRow.parse(row);
    const parsed = usageEvent.safeParse(event);
    // An event under another's id would never be taken off.
    if (parsed.success && parsed.data.id === id) events.push(parsed.data);
    else unfit.push(id);
  }
  return { events, unfit };
}

/** Sets events aside that can't be written: they are kept for an operator and hold up nothing. */
export async function refuseEvents(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await db('usage_events').whereIn('id', ids).whereNull('refused_at').update({ refused_at: now });
}

const settingsLine = z.object({
  id: z.int(),
  effective_from: z.date().transform((at) => at.toISOString()),
  settings: z.unknown(),
  changed_by: z.string(),
  created_at: z.date().transform((at) => at.toISOString()),
});
/** A change of the usage settings as an operator sees it, valid or not. */
export const settingsChange = z.object({
  id: z.int(),
  effective_from: instant,
  settings: z.unknown(),
  changed_by: z.string(),
  created_at: instant,
});
export type SettingsChange = z.infer<typeof settingsChange>;

/** Changes of the usage settings, the one that holds last first. */
export async function listSettingsChanges(db: Db, limit: number): Promise<SettingsChange[]> {
  const rows: unknown[] = await db('usage_settings')
    .orderBy([
      { column: 'effective_from', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit);
  return rows.map((row) => settingsLine.parse(row));
}

/** What sums up usage by itself, as it is named in the log of the system. */
export const USAGE_RUNS = ['monthly_usage_aggregation', 'usage_reconciliation'] as const;

/** A run as an operator sees it: `details` are codes and numbers, with the month and the outcome. */
export const usageRun = z.object({
  event: z.enum(USAGE_RUNS),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  created_at: instant,
});
export type UsageRun = z.infer<typeof usageRun>;
const usageRunRow = usageRun.extend({ created_at: z.date().transform((at) => at.toISOString()) });

/** Runs of the rollup and the reconciliation, one a month that they were about, the latest first. */
export async function listUsageRuns(db: Db, limit: number): Promise<UsageRun[]> {
  // Each event by itself, so that the index has the latest ones however many there are.
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `select run.event, run.details, run.created_at from unnest(?::text[]) as of(event) cross join lateral (
       select id, event, details, created_at from system_logs l where l.event = of.event
       order by created_at desc, id desc limit ?) run
     order by run.created_at desc, run.id desc limit ?`,
    [[...USAGE_RUNS], limit, limit],
  );
  return rows.map((row) => usageRunRow.parse(row));
}

/** A line in the log of what the system, or whoever runs it, has done. No user stands in it. */
export async function writeSystemLog(db: Db, event: string, details: object): Promise<void> {
  await db('system_logs').insert({ event, details: JSON.stringify(details) });
}

/** Whether a write failed for what was to be written (SQLSTATE classes 22 and 23), and not for the store's state. */
export const isUnfit = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  (error.code === 'validation_error' || /^2[23]/.test(error.code));
