import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Db } from '../../db/connect.ts';
import { pruneCalls } from '../../db/metering.ts';
import { writeSystemLog } from '../../db/usage-records.ts';
import {
  alone,
  ARCHIVES_LOCK,
  checkPeriod,
  dropPeriod,
  periodsDue,
  periodsToCheck,
  periodsToDrop,
  reconcilePeriod,
  rollUpPeriod,
  rowsOfPeriod,
  staleSummaries,
} from '../../db/usage-rollup.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';
import { archivePeriod } from './archive-period.ts';

/** Counters put right in one transaction, which holds them all that time. */
const RECONCILE_PAGE = 500;
const RECONCILE_PAGES_MAX = 100;
/** Answers hold words of users; a turn is tried again within minutes. */
const ANSWERS_KEPT_MS = 3_600_000;
/** A call may be given back within its turn; some days more serve whoever looks into a complaint. */
const CALLS_KEPT_MS = 35 * 24 * 3_600_000;
/** To whom analytics put down what nobody asked for. */
const SYSTEM = 'system';

export interface UsageBooksDeps {
  /** Without a limit of time: sums go over millions of rows. */
  db: Db;
  analytics: Analytics;
  clock: Clock;
  log: Logger;
  /** Of accounts whose settings name no zone. */
  billingZone: string;
  keepMonths: number;
  /** Where rows are written before they are dropped; undefined drops them without. */
  archiveDir: string | undefined;
}

/**
 * Sums of the months, and the end of their rows. Whatever runs here may run twice, late, by hand or in several workers
 * at once; what was missed is done at the next look.
 */
export class UsageBooks {
  constructor(private readonly deps: UsageBooksDeps) {}

  /**
   * Sums up the months that have something new, then lets go of rows that are old enough.
   *
   * @param recent this month and the one before in any case
   * @throws when a month could not be summed up, after all others were tried
   */
  async rollUp({ recent }: { recent: boolean }): Promise<void> {
    const { db, clock } = this.deps;
    const failures: unknown[] = [];
    for (const period of await periodsDue(db, clock.now(), recent)) {
      try {
        if (!(await this.rollUpMonth(period))) return;
      } catch (error) {
        failures.push(error);
      }
    }
    await this.closeMonths();
    if (failures.length > 0) throw failures[0];
  }

  /** @returns false when somebody else is at it */
  private async rollUpMonth(period: string): Promise<boolean> {
    const { db, analytics, clock, log } = this.deps;
    const month = period.slice(0, 7);
    const startedAt = performance.now();
    try {
      const done = await rollUpPeriod(db, period, clock.now());
      if (done.status === 'busy') return false;
      await writeSystemLog(db, 'monthly_usage_aggregation', {
        month,
        outcome: 'completed',
        users: done.users,
        records_processed: done.rows,
        summaries_changed: done.changed,
        duration_ms: Math.round(performance.now() - startedAt),
      });
      analytics.capture(SYSTEM, 'usage_aggregation_completed', { month, records_processed: done.rows });
      return true;
    } catch (error) {
      log.error({ err: error, month }, 'The usage of a month could not be summed up');
      analytics.capture(SYSTEM, 'usage_aggregation_failed', { month, error: typeOf(error) });
      await this.note('monthly_usage_aggregation', { month, outcome: 'failed', error: typeOf(error) });
      throw error;
    }
  }

  /** Compares months that have ended with their rows, and drops rows that are older than is kept. */
  private async closeMonths(): Promise<void> {
    const { db, clock, log, keepMonths } = this.deps;
    for (const period of await periodsToCheck(db, clock.now())) {
      if ((await checkPeriod(db, period, clock.now())) === 0) continue;
      // Rows may have come since, or somebody has changed a sum: the rows are right.
      await this.rollUpMonth(period);
      const differences = await checkPeriod(db, period, clock.now());
      if (differences > 0)
        log.error({ period, differences }, 'Summaries differ from their rows; the rows are kept');
    }
    for (const period of await periodsToDrop(db, clock.now(), keepMonths)) {
      try {
        await this.drop(period);
      } catch (error) {
        log.warn({ err: error, period }, 'The rows of a month could not be dropped; they are kept for now');
      }
    }
  }

  private async drop(period: string): Promise<void> {
    const { db, clock, log, keepMonths, archiveDir } = this.deps;
    const outcome = await alone(db, ARCHIVES_LOCK, async (trx) => {
      const rows = rowsOfPeriod(trx, period);
      const archive = archiveDir === undefined ? null : await archivePeriod(archiveDir, period, rows);
      return dropPeriod(trx, { period, now: clock.now(), keepMonths, archive });
    });
    if (outcome === null || outcome === 'gone') return;
    const details = { month: period.slice(0, 7), outcome, archived: archiveDir !== undefined };
    await writeSystemLog(db, 'usage_rows_dropped', details);
    if (outcome === 'dropped') log.info(details, 'The rows of a month were dropped; its sums stay');
    else log.warn(details, 'The rows of a month were kept: a guard held them back');
  }

  /** For this month and the one before: counters, summaries and rows say the same, or are made to; the rows are right. */
  async reconcile(): Promise<void> {
    const { db, clock } = this.deps;
    for (const period of await periodsDue(db, clock.now(), true)) {
      try {
        const stale = await staleSummaries(db, period);
        if (!(await this.rollUpMonth(period))) continue;
        const counters = await this.reconcileCounters(period);
        if (!counters) continue;
        const details = { summaries_corrected: stale, counters_corrected: counters.corrected };
        await writeSystemLog(db, 'usage_reconciliation', {
          month: period.slice(0, 7),
          outcome: 'completed',
          ...details,
          tokens_corrected: counters.tokens,
        });
        if (stale + counters.corrected > 0)
          this.deps.log.error({ period, ...details }, 'Usage was put right from its rows');
      } catch (error) {
        await this.note('usage_reconciliation', {
          month: period.slice(0, 7),
          outcome: 'failed',
          error: typeOf(error),
        });
        throw error;
      }
    }
  }

  /** @returns null when somebody else is at it */
  private async reconcileCounters(period: string): Promise<{ corrected: number; tokens: number } | null> {
    const { db, clock, billingZone: zone } = this.deps;
    const sums = { corrected: 0, tokens: 0 };
    for (let page = 0; page < RECONCILE_PAGES_MAX; page += 1) {
      const done = await reconcilePeriod(db, period, { now: clock.now(), zone, limit: RECONCILE_PAGE });
      if (done.status === 'busy') return null;
      sums.corrected += done.corrected;
      sums.tokens += done.tokens;
      if (done.found < RECONCILE_PAGE || done.corrected === 0) break;
    }
    return sums;
  }

  /** Takes away answers that no turn can ask for again, and calls that are long in the books. */
  async prune(): Promise<void> {
    const now = this.deps.clock.now().getTime();
    await pruneCalls(this.deps.db, new Date(now - ANSWERS_KEPT_MS), new Date(now - CALLS_KEPT_MS));
  }

  /** Never throws: what it tells of has failed already. */
  private async note(event: string, details: object): Promise<void> {
    try {
      await writeSystemLog(this.deps.db, event, details);
    } catch (error) {
      this.deps.log.warn({ err: error, event }, 'The system log could not be written');
    }
  }
}

/** The state that the database names, or the class: never the message, which may hold what was written. */
function typeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
