import type { TurnBody } from '../contracts/context.ts';
import type { TurnJob } from '../contracts/jobs.ts';
import type { JobQueues } from '../core/queues.ts';
import type { Stage } from './session-store.ts';

/** A lease not renewed for this long is dead. Renewed every `RENEW_MS` while work goes on. */
export const LEASE_MS = 5_000;
export const RENEW_MS = 1_500;
/** Attempts of one turn; after the last it ends as failed and the next goes on. */
export const MAX_ATTEMPTS = 3;

const jobOf = (body: TurnBody): TurnJob => ({
  session_id: body.session_id,
  user_id: body.user_id,
  turn_id: body.turn_id,
  turn_seq: body.turn_seq,
  fence: body.fence,
  attempt: body.attempt,
});

/** One id for each stage of each attempt: adding it twice runs it once. */
export const stageJobId = (
  turn: { session_id: string; turn_seq: number; fence: number },
  stage: Stage,
): string => `${turn.session_id}.${turn.turn_seq}.${turn.fence}.${stage}`;

/** The jobs that say "this turn is next": one for each stage of each attempt. */
export class StageJobs {
  constructor(private readonly queues: JobQueues) {}

  /** Does nothing when it is there, whatever its state. The stage decides on the queue. */
  async add(body: TurnBody, stage: Stage, delayMs = 0): Promise<void> {
    const jobId = stageJobId(body, stage);
    if (stage === 'nlu') await this.queues.add('nlu', 'turn.understand', jobOf(body), jobId, delayMs);
    else await this.queues.add('workflows', 'turn.act', jobOf(body), jobId, delayMs);
  }

  /** Whether it waits or runs; a dead letter does neither. */
  async exists(body: TurnBody, stage: Stage): Promise<boolean> {
    return (await this.queues.stateOf(queueOf(stage), stageJobId(body, stage))) !== 'none';
  }

  /** Adds it where it is missing, also in the place of a dead letter. */
  async ensure(body: TurnBody, stage: Stage): Promise<void> {
    if (await this.exists(body, stage)) return;
    await this.queues.remove(queueOf(stage), stageJobId(body, stage));
    await this.add(body, stage);
  }
}

const queueOf = (stage: Stage): 'nlu' | 'workflows' => (stage === 'nlu' ? 'nlu' : 'workflows');
