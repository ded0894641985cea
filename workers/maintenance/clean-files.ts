import { DateTime } from 'luxon';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { CleanedTables } from '../../db/clean-tables.ts';
import { FILES_CLEANED } from '../../db/erasures.ts';

/** Done at night, by the billing zone, when few wait for a table. */
const NIGHT_HOUR = 3;
/** What was erased longer ago does not wait for the night: a day is promised. */
const WAIT_MAX_MS = 20 * 3_600_000;
/** Faults that somebody has to see to: rights, a Postgres before 18, sizes and settings. Others may be gone in an hour. */
const LASTING = new Set(['42501', '42883', 'too_large', 'kept', 'recycled']);

export interface FileCleaningDeps {
  /** When the first of the erasures ended that the files have not been cleaned of; null where there is none. */
  uncleanSince(): Promise<Date | null>;
  /** When it was tried last, and whether something was in the way that lasts. */
  lastTry(): Promise<{ at: Date; lasting: boolean } | null>;
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
 * told, and tried again: within the hour, or the next night where somebody has to see to it. Nothing is called clean of
 * which that is not known.
 */
export async function cleanFiles(deps: FileCleaningDeps): Promise<void> {
  const { rewriteRedis, cleanTables, clock, log } = deps;
  if (rewriteRedis === null && cleanTables === null) return;
  const since = await deps.uncleanSince();
  const now = clock.now();
  if (since === null || !isTime(since, now, deps.billingZone)) return;
  const last = await deps.lastTry();
  if (last?.lasting && now.getTime() - last.at.getTime() < WAIT_MAX_MS) return;
  const startedAt = performance.now();
  const tables = cleanTables === null ? undefined : await cleanTables();
  if (tables === null) return;
  const redis = rewriteRedis === null ? 'left alone' : await tried(rewriteRedis);
  const faults = Object.values(tables?.faults ?? {});
  const isClean = tables !== undefined && redis === 'rewritten' && faults.length === 0;
  if (isClean) await deps.noteClean(now);
  const details = {
    outcome: isClean ? 'completed' : 'in part',
    at: now.toISOString(),
    lasting:
      tables === undefined ||
      redis === 'left alone' ||
      redis === 'refused' ||
      faults.some((fault) => LASTING.has(fault)),
    redis,
    tables_whole: tables?.whole ?? 0,
    tables_plain: tables?.plain ?? 0,
    faults: tables?.faults ?? {},
    duration_ms: Math.round(performance.now() - startedAt),
  };
  await deps.writeSystemLog(FILES_CLEANED, details);
  if (isClean) log.info(details, 'Files of the stores were cleaned of what was erased');
  else
    log.warn(details, 'Files of the stores may still hold what was erased: see "faults" in docs/privacy.md');
}

function isTime(since: Date, now: Date, zone: string): boolean {
  return (
    now.getTime() - since.getTime() > WAIT_MAX_MS || DateTime.fromJSDate(now, { zone }).hour === NIGHT_HOUR
  );
}

/** `refused`: its user may not, or a service has taken the command away. */
async function tried(rewrite: () => Promise<void>): Promise<'rewritten' | 'refused' | 'failed'> {
  try {
    await rewrite();
    return 'rewritten';
  } catch (error) {
    return error instanceof Error && /^(?:NOPERM|ERR unknown command)/.test(error.message)
      ? 'refused'
      : 'failed';
  }
}
