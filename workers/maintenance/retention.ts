import type { Logger } from '../../core/logger.ts';

/** Rows of one class that one step removes, and steps that one run takes for it. */
const BATCH = 1_000;
const BATCHES_MAX = 50;
/** A run looks at most this much further than the one before. */
const STEP_MS = 24 * 3_600_000;

/** Something that is kept for a time only. */
export interface KeptClass {
  name: string;
  keepMs: number;
  /** Removes what is older, so much at most; answers what went, by names for the log. */
  remove(before: Date, limit: number): Promise<Readonly<Record<string, number>>>;
}

/** What the clean-up needs of the record. */
export interface RetentionDeps {
  classes: readonly KeptClass[];
  /** The database's own clock, and as of when the last run looked; null before the first. */
  clocks(): Promise<{ database: Date; looked: Date | null }>;
  note(run: {
    asOf: Date;
    removed: Readonly<Record<string, number>>;
    failed: readonly string[];
  }): Promise<void>;
  log: Logger;
}

/**
 * Removes what has been kept long enough, a bounded lot at a time; the next run goes on. What can't be removed now is
 * left to the next run, and does not keep the other classes.
 *
 * A clock that is wrong must not take what is wanted. Age counts from whichever clock is behind, the process's or the
 * database's; and where both have jumped ahead, being on one machine, a run gets no further than a day past the one
 * before. A product that was off catches up at a day a run.
 *
 * @returns how many rows went
 */
export async function pruneRecords(deps: RetentionDeps, now: Date): Promise<number> {
  const { database, looked } = await deps.clocks();
  const furthest = looked === null ? Infinity : looked.getTime() + STEP_MS;
  const asOf = new Date(Math.min(now.getTime(), database.getTime(), furthest));
  const removed: Record<string, number> = {};
  const failed: string[] = [];
  for (const kept of deps.classes)
    try {
      await pruneClass(kept, new Date(asOf.getTime() - kept.keepMs), removed);
    } catch (error) {
      deps.log.warn(
        { err: error, kept: kept.name },
        'Old records could not be removed; the next run tries again',
      );
      failed.push(kept.name);
    }
  await deps.note({ asOf, removed, failed });
  return Object.values(removed).reduce((sum, count) => sum + count, 0);
}

async function pruneClass(kept: KeptClass, before: Date, removed: Record<string, number>): Promise<void> {
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const gone = await kept.remove(before, BATCH);
    let sum = 0;
    for (const [name, count] of Object.entries(gone)) {
      if (count > 0) removed[name] = (removed[name] ?? 0) + count;
      sum += count;
    }
    if (sum === 0) return;
  }
}
