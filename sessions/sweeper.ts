import type { StoredTurn } from '../contracts/records.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { JobQueues } from '../core/queues.ts';
import type { SessionStore, Stage } from './session-store.ts';
import type { TurnRecords } from './turn-records.ts';
import { stageJobId, type Turns } from './turns.ts';

const SWEEP_EVERY_MS = 2_000;
/** Longer than a publisher takes to note what it has published. */
const UNPUBLISHED_AFTER_MS = 3_000;
const BATCH = 500;

/**
 * Finds turns that nobody works on and sets them going again. It acts on a missing job or a dead lease, never on age:
 * a turn that waits behind a long queue is left alone. Several may run at once; whatever they do is idempotent.
 */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly deps: {
      turns: Turns;
      records: TurnRecords;
      store: SessionStore;
      queues: JobQueues;
      clock: Clock;
      log: Logger;
    },
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.sweep().finally(() => {
        this.running = undefined;
      });
    }, SWEEP_EVERY_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async sweep(): Promise<void> {
    const before = new Date(this.deps.clock.now().getTime() - UNPUBLISHED_AFTER_MS);
    await this.each(
      () => this.deps.records.unpublishedResults(before, BATCH),
      (ended) => this.deps.turns.publishStored(ended),
    );
    await this.each(
      () => this.deps.records.runningTurns(BATCH),
      (turn) => this.look(turn),
    );
  }

  /** One item that can't be helped must not stand in the way of the others. */
  private async each<T>(find: () => Promise<T[]>, help: (item: T) => Promise<void>): Promise<void> {
    let items: T[] = [];
    try {
      items = await find();
    } catch (error) {
      this.deps.log.warn({ err: error }, 'The sweeper could not read its list; it looks again');
    }
    for (const item of items) {
      try {
        await help(item);
      } catch (error) {
        this.deps.log.warn({ err: error }, 'The sweeper could not help a turn; it tries again');
      }
    }
  }

  private async look({ body }: StoredTurn): Promise<void> {
    const { turns, store } = this.deps;
    const seen = await store.inspect(body.session_id, body.turn_id);
    if (!seen) return turns.recover(body.session_id);
    if (seen.freed < body.turn_seq - 1) return turns.closeGap(body, seen.freed);
    if (!seen.known) return turns.enterAgain(body.user_id, body.turn_id);
    if (seen.runningTurnId !== body.turn_id) return this.ensureJob(body, 'nlu');
    if (seen.fence !== null && seen.fence < body.fence) return turns.restartRaised(body);
    switch (seen.stage) {
      case 'queued':
        return this.ensureJob(body, 'nlu');
      case 'handed':
        return this.ensureJob(body, 'act');
      default:
        if (seen.leaseMs > 0 || (await this.hasJob(body, seen.stage === 'act' ? 'act' : 'nlu'))) return;
        return turns.retry(body);
    }
  }

  private async hasJob(body: StoredTurn['body'], stage: Stage): Promise<boolean> {
    const queue = stage === 'nlu' ? 'nlu' : 'workflows';
    return (await this.deps.queues.stateOf(queue, stageJobId(body, stage))) !== 'none';
  }

  private async ensureJob(body: StoredTurn['body'], stage: Stage): Promise<void> {
    if (await this.hasJob(body, stage)) return;
    await this.deps.queues.remove(stage === 'nlu' ? 'nlu' : 'workflows', stageJobId(body, stage));
    await this.deps.turns.enqueue(body, stage);
  }
}
