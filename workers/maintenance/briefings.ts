import type { Settings } from '../../contracts/entities.ts';
import type { Notice, UserNews } from '../../contracts/frames.ts';
import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Logger } from '../../core/logger.ts';
import type { BriefingOrder } from '../../db/briefings.ts';
import { briefingOn, localDateOf, nextBriefing } from './briefing-times.ts';

/** How often it is looked whether a briefing is due: the query reads what is due and nothing else. */
const LOOK_EVERY_MS = 5_000;
/** Read at a time; a run goes on until nothing is left, or the next one takes over. */
const PAGE = 100;
const PAGES_MAX = 100;
/** More than this in one run, and it is a store that does not answer. */
const FAILURES_MAX = 25;
/** Far enough away never to be looked at before the order is changed. */
const NEVER = new Date('9000-01-01T00:00:00Z');
/** One that could not be made is tried again after this. */
const RETRY_MS = 60_000;

/** What the standing briefings need of the record, and of those who know what a day holds. */
export interface BriefingDeps {
  due(now: Date, limit: number): Promise<BriefingOrder[]>;
  plan(order: BriefingOrder, nextAt: Date): Promise<boolean>;
  given(userId: string, localDate: string): Promise<boolean>;
  keep(order: BriefingOrder, briefing: { localDate: string; notice: Notice; nextAt: Date }): Promise<boolean>;
  settingsOf(userId: string): Promise<Settings>;
  /** The briefing of the user's day, in a line and whole. */
  compose(userId: string, settings: Settings, now: Date): Promise<Pick<Notice, 'text' | 'data'>>;
  publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
  log: Logger;
}

/**
 * Gives the briefings that are due. Each user has one for each local day, however many processes look: the day's row and
 * the notice are written together. One whose time was missed is given late as long as its day lasts, and not after it.
 *
 * @returns how many were given
 */
export async function giveBriefings(deps: BriefingDeps, now: Date): Promise<number> {
  let given = 0;
  let failed = 0;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const orders = await deps.due(now, PAGE);
    for (const order of orders) {
      try {
        if (await carryOut(deps, order, now)) given += 1;
      } catch (error) {
        deps.log.warn({ err: error }, 'A briefing could not be given; it is tried again');
        failed += 1;
        if (failed > FAILURES_MAX) return given;
        await deps.plan(order, new Date(now.getTime() + RETRY_MS));
      }
    }
    if (orders.length < PAGE) break;
  }
  return given;
}

async function carryOut(deps: BriefingDeps, order: BriefingOrder, now: Date): Promise<boolean> {
  const { userId } = order;
  const settings = await deps.settingsOf(userId);
  const today = briefingOn(now, settings);
  const nextAt = nextBriefing(now, settings) ?? NEVER;
  // An order that comes after its time of the day is for tomorrow.
  const isDue =
    today !== null && today.getTime() <= now.getTime() && today.getTime() > order.orderedAt.getTime();
  const localDate = localDateOf(now, settings.timezone);
  if (!isDue || (await deps.given(userId, localDate))) {
    await deps.plan(order, nextAt);
    return false;
  }
  const notice: Notice = {
    notice_id: newId(),
    kind: 'briefing_ready',
    created_at: now.toISOString(),
    ...(await deps.compose(userId, settings, now)),
  };
  if (!(await deps.keep(order, { localDate, notice, nextAt }))) return false;
  try {
    await deps.publishNews(userId, [{ type: 'notice', notice, at: now.toISOString() }]);
  } catch (error) {
    deps.log.warn({ err: error }, 'A briefing could not be told at once; it waits for the next connection');
  }
  return true;
}

/** Looks again and again. Any number of processes may do so at once. */
export function startBriefings(deps: BriefingDeps & { clock: Clock }): { close(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const look = (): void => {
    if (busy) return;
    busy = true;
    running = giveBriefings(deps, deps.clock.now())
      .then((given) => {
        if (given > 0) deps.log.info({ given }, 'Standing briefings have been given');
      })
      .catch((error: unknown) =>
        deps.log.warn({ err: error }, 'The standing briefings could not be looked at'),
      )
      .finally(() => {
        busy = false;
      });
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    close: () => {
      clearInterval(timer);
      return running;
    },
  };
}
