import { z } from 'zod';
import type { UsageEvent } from '../../contracts/usage.ts';
import { Clock } from '../../core/clock.ts';
import { createLogger } from '../../core/logger.ts';
import { connect, type Db } from '../../db/connect.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';
import { UsageBooks } from '../../workers/metering/usage-books.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { freshDatabase, type FreshDatabase } from '../support/stores.ts';

export interface Scene {
  database: FreshDatabase;
  /** As the product connects: the app role. */
  db: Db;
  captured: { userId: string; event: string; properties: object }[];
  /** The books as a worker has them at an instant. */
  booksAt(now: string, more?: { archiveDir?: string; db?: Db }): UsageBooks;
  connectAgain(): Db;
}

/** A database of its own with the books over it, by any clock. */
export async function openScene(): Promise<Scene> {
  const database = await freshDatabase();
  const connectAgain = (): Db => {
    const db = connect(database.url, { poolMax: 4, name: 'test', patient: true });
    closeAfterFile(() => db.destroy());
    return db;
  };
  const db = connectAgain();
  const captured: Scene['captured'] = [];
  const analytics: Analytics = {
    capture: (userId, event, properties) => void captured.push({ userId, event, properties }),
    close: () => Promise.resolve(),
  };
  return {
    database,
    db,
    captured,
    connectAgain,
    booksAt: (now, more = {}) =>
      new UsageBooks({
        db,
        analytics,
        clock: new Clock(Date.parse(now) - Date.now()),
        log: createLogger({ level: 'silent', format: 'json', role: 'test' }),
        billingZone: 'UTC',
        keepMonths: 3,
        archiveDir: undefined,
        ...more,
      }),
  };
}

const breakdown = z.record(
  z.string(),
  z.strictObject({ tokens_used: z.int(), cost_usd: z.string(), calls: z.int(), rows: z.int() }),
);
const summaryRow = z.object({
  user_id: z.string(),
  year: z.int(),
  month: z.int(),
  total_tokens: z.int(),
  total_cost_usd: z.string(),
  operation_breakdown: breakdown,
  rows_counted: z.int(),
  version: z.int(),
});
export type Summary = z.infer<typeof summaryRow>;

/** Summaries of a month by user. */
export async function summariesOf(db: Db, period: string): Promise<Map<string, Summary>> {
  const [year, month] = period.split('-').map(Number);
  const rows: unknown[] = await db('usage_summary').where({ year, month });
  return new Map(rows.map((row) => summaryRow.parse(row)).map((row) => [row.user_id, row]));
}

export async function summaryOf(db: Db, period: string, userId: string): Promise<Summary> {
  const found = (await summariesOf(db, period)).get(userId);
  if (!found) throw new Error('There is no such summary');
  return found;
}

/** As the ledger writes it when a call ends: owed until it is in the books. */
export async function owe(db: Db, events: readonly UsageEvent[], at = new Date(0)): Promise<void> {
  for (let i = 0; i < events.length; i += 500)
    await db('usage_events').insert(
      events
        .slice(i, i + 500)
        .map((event) => ({ id: event.id, event: JSON.stringify(event), created_at: at })),
    );
}

/** What the system log says of an event, the oldest first. */
export async function logged(db: Db, event: string): Promise<Record<string, unknown>[]> {
  const rows: { details: Record<string, unknown> }[] = await db('system_logs')
    .where({ event })
    .orderBy('id')
    .select('details');
  return rows.map(({ details }) => details);
}
