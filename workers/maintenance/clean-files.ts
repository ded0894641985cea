import { DateTime } from 'luxon';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { CleanedTables } from '../../db/clean-tables.ts';

/** Done at night, by the billing zone, when few wait for a table. */
const NIGHT_HOUR = 3;
/** What was erased longer ago does not wait for the night: a day is promised. */
const WAIT_MAX_MS = 20 * 3_600_000;

export interface FileCleaningDeps {
  /** When the first of the erasures ended that the files have not been cleaned of; null where there is none. */
  uncleanSince(): Promise<Date | null>;
  /** Null where the stores are somebody else's to clean. */
  rewriteRedis: (() => Promise<void>) | null;
  /** Null likewise; its answer is null when somebody else is at it. */
  cleanTables: (() => Promise<CleanedTables | null>) | null;
  noteClean(erasedBefore: Date): Promise<unknown>;
  writeSystemLog(event: string, details: object): Promise<void>;
  billingZone: string;
  clock: Clock;
  log: Logger;
}

/**
 * Takes what was erased out of the files of the stores, which keep words longer than tables do. What could not be done is
 * told, and tried again.
 *
 * @param atOnce whatever the hour
 */
export async function cleanFiles(deps: FileCleaningDeps, atOnce = false): Promise<void> {
  const { rewriteRedis, cleanTables, clock, log } = deps;
  if (rewriteRedis === null && cleanTables === null) return;
  const since = await deps.uncleanSince();
  const now = clock.now();
  if (since === null || !(atOnce || isTime(since, now, deps.billingZone))) return;
  const startedAt = performance.now();
  const tables = cleanTables === null ? undefined : await cleanTables();
  if (tables === null) return;
  const redis = rewriteRedis === null ? 'left alone' : await tried(rewriteRedis);
  const faults = Object.keys(tables?.faults ?? {}).length;
  const isClean = rewriteRedis !== null && tables !== undefined && redis === 'rewritten' && faults === 0;
  if (isClean) await deps.noteClean(now);
  const details = {
    outcome: isClean ? 'completed' : 'in part',
    redis,
    tables_whole: tables?.whole ?? 0,
    tables_plain: tables?.plain ?? 0,
    faults: tables?.faults ?? {},
    duration_ms: Math.round(performance.now() - startedAt),
  };
  await deps.writeSystemLog('erasure_files_cleaned', details);
  if (isClean) log.info(details, 'Files of the stores were cleaned of what was erased');
  else log.warn(details, 'Files of the stores could be cleaned in part only of what was erased');
}

function isTime(since: Date, now: Date, zone: string): boolean {
  return (
    now.getTime() - since.getTime() > WAIT_MAX_MS || DateTime.fromJSDate(now, { zone }).hour === NIGHT_HOUR
  );
}

async function tried(rewrite: () => Promise<void>): Promise<'rewritten' | 'failed'> {
  try {
    await rewrite();
    return 'rewritten';
  } catch {
    return 'failed';
  }
}
