import type { TurnBody } from '../contracts/context.ts';
import type { StoredResult, StoredTurn } from '../contracts/records.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { JobQueues } from '../core/queues.ts';
import { StageJobs } from './attempts.ts';
import type { SessionStore } from './session-store.ts';
import type { TurnRecords } from './turn-records.ts';
import type { Turns } from './turns.ts';

const SWEEP_EVERY_MS = 2_000;
/** Longer than a publisher takes to note what it has published. */
const UNPUBLISHED_AFTER_MS = 3_000;
/** Longer than the commit of an end and its publication are apart, unless its publisher died. */
const PUBLISHING_MS = 500;
/** Read at a time; a sweep goes through all of them. */
const PAGE = 500;
/** Sessions looked at side by side: however many there are, a sweep has to be through in a second or two. */
const AT_ONCE = 16;

/**
 * Finds turns that nobody works on and sets them going again. It acts on a missing job or a dead lease, never on age:
 * a turn that waits behind a long queue is left alone. Several may run at once; whatever they do is idempotent.
 */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private readonly jobs: StageJobs;

  constructor(
    private readonly deps: {
      turns: Turns;
      records: TurnRecords;
      store: SessionStore;
      queues: JobQueues;
      clock: Clock;
      log: Logger;
    },
  ) {
    this.jobs = new StageJobs(deps.queues);
  }

  /** Sweeps every 2 s; a sweep that takes longer delays the next. */
  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.sweep().finally(() => {
        this.running = undefined;
      });
    }, SWEEP_EVERY_MS);
  }

  /** Resolves when the sweep that runs has ended. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Every end that is not published, and every running turn, once. */
  async sweep(): Promise<void> {
    const { records, turns, clock } = this.deps;
    const before = new Date(clock.now().getTime() - UNPUBLISHED_AFTER_MS);
    await this.each(
      (after: StoredResult | null) => records.unpublishedResults(before, after, PAGE),
      (ended) => ended.sessionId,
      (ended) => turns.endings.publishStored(ended),
    );
    await this.each(
      (after: StoredTurn | null) => records.runningTurns(after, PAGE),
      ({ body }) => body.session_id,
      (turn) => this.look(turn),
    );
  }

  /** Page after page, a few sessions at a time, what belongs to one session in its order. */
  private async each<T>(
    read: (after: T | null) => Promise<T[]>,
    sessionOf: (item: T) => string,
    help: (item: T) => Promise<void>,
  ): Promise<void> {
    let last: T | null = null;
    do {
      const page: T[] = await this.readable(() => read(last));
      const sessions = bySession(page, sessionOf).values();
      const helpNext = async (): Promise<void> => {
        for (const items of sessions) for (const item of items) await this.tryTo(() => help(item));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, helpNext));
      last = page.length < PAGE ? null : (page.at(-1) ?? null);
    } while (last !== null);
  }

  private async readable<T>(read: () => Promise<T[]>): Promise<T[]> {
    try {
      return await read();
    } catch (error) {
      this.deps.log.warn({ err: error }, 'The sweeper could not read its list; it looks again');
      return [];
    }
  }

  /** One item that can't be helped must not stand in the way of the others. */
  private async tryTo(help: () => Promise<void>): Promise<void> {
    try {
      await help();
    } catch (error) {
      this.deps.log.warn({ err: error }, 'The sweeper could not help a turn; it tries again');
    }
  }

  /**
   * The watermark is behind a running turn. An end before it that waits to be published is published, unless somebody
   * may be at it. Where the record says that all of them were, the state is wrong: writing the ends once more could
   * show them twice in one epoch, so a new one is begun.
   */
  private async closeGap(body: TurnBody): Promise<void> {
    const { turns, records, store, clock } = this.deps;
    const waiting = await records.unpublishedBefore(body.session_id, body.turn_seq);
    const before = clock.now().getTime() - PUBLISHING_MS;
    for (const ended of waiting)
      if (Date.parse(ended.finishedAt) < before) await turns.endings.publishStored(ended);
    if (waiting.length > 0) return;
    // An end is noted as published after the watermark has moved: looked at in this order it can't be behind.
    const seen = await store.inspect(body.session_id, body.turn_id);
    if (seen && seen.freed < body.turn_seq - 1) await turns.recover(body.session_id, seen.epoch);
  }

  private async look({ body }: StoredTurn): Promise<void> {
    const { turns, store } = this.deps;
    const seen = await store.inspect(body.session_id, body.turn_id);
    if (!seen) return turns.recover(body.session_id);
    if (seen.freed < body.turn_seq - 1) return this.closeGap(body);
    if (!seen.known) return turns.enterAgain(body.user_id, body.turn_id);
    if (seen.runningTurnId !== body.turn_id) return this.jobs.ensure(body, 'nlu');
    if (seen.fence !== null && seen.fence < body.fence) return turns.restartRaised(body);
    switch (seen.stage) {
      case 'queued':
        return this.jobs.ensure(body, 'nlu');
      case 'handed':
        return this.jobs.ensure(body, 'act');
      default:
        if (seen.leaseMs > 0 || (await this.jobs.exists(body, seen.stage === 'act' ? 'act' : 'nlu'))) return;
        return turns.retry(body);
    }
  }
}

function bySession<T>(items: readonly T[], sessionOf: (item: T) => string): Map<string, T[]> {
  const sessions = new Map<string, T[]>();
  for (const item of items) {
    const known = sessions.get(sessionOf(item));
    if (known) known.push(item);
    else sessions.set(sessionOf(item), [item]);
  }
  return sessions;
}
