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
  private sweeping: Promise<void> = Promise.resolve();

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
      this.sweeping = this.sweeping.then(() => this.sweep());
    }, SWEEP_EVERY_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  async sweep(): Promise<void> {
    try {
      const before = new Date(this.deps.clock.now().getTime() - UNPUBLISHED_AFTER_MS);
      for (const ended of await this.deps.records.unpublishedResults(before, BATCH))
        await this.deps.turns.publishStored(ended);
      for (const turn of await this.deps.records.runningTurns(BATCH)) await this.look(turn);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'A sweep was cut short; the next one goes on');
    }
  }

  private async look({ body }: StoredTurn): Promise<void> {
    const { turns, store } = this.deps;
    const seen = await store.inspect(body.session_id, body.turn_id);
    if (!seen) return turns.recover(body.session_id);
    if (seen.ended) return;
    if (!seen.known) return turns.enterAgain(body.user_id, body.turn_id);
    if (seen.freed !== body.turn_seq - 1) return;
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
