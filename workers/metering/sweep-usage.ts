import type { UsageEvent } from '../../contracts/usage.ts';
import type { Logger } from '../../core/logger.ts';

/** A delivery takes some milliseconds; what is older than this was lost on the way. */
const OVERDUE_MS = 2_000;
const PAGE = 2_000;
const CALLS_PAGE = 500;
/** Pages of one run; what is left is the next run's. */
const PAGES_MAX = 100;

/** What the sweep needs of the books. */
export interface SweepDeps {
  /** Ends reservations whose maker died; answers how many. */
  expireCalls(now: Date, limit: number): Promise<number>;
  /** Events that are owed since before an instant, the oldest first, and the ids of what are no events. */
  overdue(before: Date, limit: number): Promise<{ events: UsageEvent[]; unfit: string[] }>;
  write(events: readonly UsageEvent[]): Promise<void>;
  /** Sets aside what can't be written. */
  refuse(ids: readonly string[], now: Date): Promise<void>;
  isUnfit(error: unknown): boolean;
  makePartitions(now: Date): Promise<void>;
  log: Logger;
}

/** Brings in what was lost on the way: calls whose maker died, events whose delivery never came. */
export async function sweepUsage(deps: SweepDeps, now: Date): Promise<void> {
  await deps.makePartitions(now);
  for (let page = 0; page < PAGES_MAX; page += 1)
    if ((await deps.expireCalls(now, CALLS_PAGE)) < CALLS_PAGE) break;
  const before = new Date(now.getTime() - OVERDUE_MS);
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { events, unfit } = await deps.overdue(before, PAGE);
    const refused = [...unfit, ...(await writeFitting(deps, events))];
    if (refused.length > 0) {
      await deps.refuse(refused, now);
      deps.log.error({ events: refused.length }, 'Usage events that can’t be written have been set aside');
    }
    if (events.length + unfit.length < PAGE) return;
  }
}

/** @returns ids of those that can't be written */
async function writeFitting(deps: SweepDeps, events: readonly UsageEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  try {
    await deps.write(events);
    return [];
  } catch (error) {
    if (!deps.isUnfit(error)) throw error;
    if (events.length === 1) return events.map(({ id }) => id);
    const half = Math.ceil(events.length / 2);
    return [
      ...(await writeFitting(deps, events.slice(0, half))),
      ...(await writeFitting(deps, events.slice(half))),
    ];
  }
}
