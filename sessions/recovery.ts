import { EMPTY_CONTEXT, type TurnBody } from '../contracts/context.ts';
import { PulseError } from '../contracts/errors.ts';
import type { Clock } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { StageJobs } from './attempts.ts';
import type { SessionStore } from './session-store.ts';
import type { TurnRecords } from './turn-records.ts';

/** A rebuild holds the session's row; Redis has this long, then the lock is let go and somebody tries again. */
const REBUILD_MS = 2_000;

/** Makes the Redis state of sessions: of new ones, and of those that Redis has lost or has wrong. */
export class Recovery {
  constructor(
    private readonly deps: { records: TurnRecords; store: SessionStore; clock: Clock },
    private readonly jobs: StageJobs,
  ) {}

  /** The state of a session that has had no turn yet: there is nothing in Postgres to make it from. */
  async openFresh(sessionId: string): Promise<void> {
    await this.deps.store.rebuild(
      sessionId,
      { epoch: newId(), freed: 0, context: EMPTY_CONTEXT, open: [], ended: [] },
      '',
    );
  }

  /**
   * Makes a session's Redis state anew from Postgres, in a new epoch, and sets its running turn going again.
   *
   * @param insteadOf an epoch to replace although it is alive (a client has seen more of it than it holds)
   */
  async recover(sessionId: string, insteadOf = ''): Promise<void> {
    let runnable: TurnBody | null = null;
    await this.deps.records.rebuilding(
      sessionId,
      this.deps.clock.now(),
      async () => {
        const alive = await inTime(this.deps.store.read(sessionId, 0, 0));
        return alive === null || alive.epoch === insteadOf;
      },
      async (record) => {
        const open = record.open.map(({ body }) => body);
        const state = {
          epoch: newId(),
          freed: record.freed,
          context: record.context,
          open,
          ended: record.ended,
        };
        await inTime(this.deps.store.rebuild(sessionId, state, insteadOf));
        runnable = record.open.find(({ state: at }) => at === 'running')?.body ?? null;
      },
    );
    if (runnable) await this.jobs.add(runnable, 'nlu');
  }
}

/** @throws PulseError `dependency_unavailable` when Redis has not answered while a row was locked for it */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new PulseError('dependency_unavailable', 'Redis does not answer.')),
      REBUILD_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
