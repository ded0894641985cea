import type { SessionContext, TurnBody } from '../contracts/context.ts';
import { PulseError } from '../contracts/errors.ts';
import type { FrameDraft } from '../contracts/frames.ts';
import type { TurnJob } from '../contracts/jobs.ts';
import type { TurnPlan } from '../contracts/nlu.ts';
import type { Admission, Admitted } from '../contracts/records.ts';
import type { JobQueues } from '../core/queues.ts';
import { LEASE_MS, MAX_ATTEMPTS, StageJobs } from './attempts.ts';
import { Endings, type EndingsDeps } from './endings.ts';
import { inTime, Recovery } from './recovery.ts';
import { commitOf, frameHead, plainResult, saidSoFar } from './results.ts';
import { ORDINALS, type PlacedFrame, type Stage } from './session-store.ts';

/** Turns that may wait behind a running one. */
export const WAITING_MAX = 8;
/** Times the attempt's number: what failed at once may need a moment. */
const RETRY_DELAY_MS = 150;
/** As long as an outbox gets. */
const OUTBOX_READ_MAX = 2_000;
/** A job that overtook what makes its turn ready is looked at again after this long. */
const EARLY_MS = 25;

/** What a worker does with its job. */
export type ClaimOutcome =
  | { status: 'claimed'; body: TurnBody; context: SessionContext; plan: TurnPlan | null }
  /** Nothing to do here: ended, or somebody else's. */
  | { status: 'drop' }
  /** Its go has not come, or another attempt's lease is still alive: look again later. */
  | { status: 'later'; delayMs: number };

/** What `Turns` needs from outside; the role's entry gives it. */
export interface TurnsDeps extends EndingsDeps {
  queues: JobQueues;
}

/**
 * The one door: every writer of a session passes through here.
 *
 * | state (Postgres) | to | by |
 * | --- | --- | --- |
 * | – | running | admission, when nothing else is open |
 * | – | queued | admission, behind others |
 * | queued | running | the commit that ends the running turn |
 * | queued, running | cancelled | `Interruptions.cancel` |
 * | queued, and with it running | completed, and cancelled | `cancelByWaiting`: a message that said "stop" |
 * | queued | completed | `amend`: a message that corrected the running turn |
 * | running | completed, failed | `commit` with the right fence |
 * | – | cancelled | admission, when its cancel came before it |
 */
export class Turns {
  readonly endings: Endings;
  private readonly jobs: StageJobs;
  private readonly recovery: Recovery;

  constructor(private readonly deps: TurnsDeps) {
    this.jobs = new StageJobs(deps.queues);
    this.recovery = new Recovery(deps, this.jobs);
    this.endings = new Endings(deps, this.jobs, this.recovery);
  }

  /**
   * Durable when it returns. Throws the typed error of a refusal, with nothing written; `rejected` (busy, and the
   * caller did not want to wait) is for the caller to judge.
   */
  async admit(turn: Admission): Promise<Admitted> {
    await this.deps.fault('received');
    const admitted = await this.deps.records.admit(turn);
    switch (admitted.status) {
      case 'not_found':
        throw new PulseError('not_found', 'There is no such conversation.');
      case 'conflict':
        throw new PulseError(
          'turn_id_conflict',
          'This turn id was used for something else. Use a new id for a new message.',
        );
      case 'busy':
        throw new PulseError(
          'session_busy',
          `Too many messages are waiting (${WAITING_MAX}). Try again when one is done.`,
        );
      default:
        return admitted;
    }
  }

  /**
   * What follows an admission that was acknowledged: the mirror in Redis, the frame, and the first job when it is its
   * go. Whatever is lost here the sweeper does again.
   */
  async enter(turn: Admission, admitted: Admitted): Promise<void> {
    if (admitted.status === 'known') {
      if (admitted.state === 'queued' || admitted.state === 'running')
        await this.enterAgain(turn.userId, turn.turnId);
      return;
    }
    const body: TurnBody = {
      v: 1,
      user_id: turn.userId,
      session_id: admitted.session_id,
      turn_id: turn.turnId,
      turn_seq: admitted.turn_seq,
      text: turn.text,
      request: turn.request,
      timezone: turn.timezone,
      reference: turn.referenceTime ?? turn.receivedAt,
      received_at: turn.receivedAt,
      channel: turn.channel,
      fence: admitted.fence,
      attempt: admitted.attempt,
      amendments: [],
    };
    if (admitted.state === 'cancelled') {
      await this.endings.entombed(body);
      return;
    }
    await this.deps.fault('admitted');
    await this.enterBody(body, admitted.position, admitted.state === 'running');
  }

  /** Enters a turn that the record has as open and Redis may not know; does nothing for any other. */
  async enterAgain(userId: string, turnId: string): Promise<void> {
    const stored = await this.deps.records.findTurn(userId, turnId);
    if (stored && (stored.state === 'queued' || stored.state === 'running'))
      await this.enterBody(stored.body, 0);
  }

  /** @param expectsGo the record had nothing before it when it was admitted */
  private async enterBody(body: TurnBody, position: number, expectsGo = false): Promise<void> {
    const accepted: FrameDraft = {
      type: 'turn.accepted',
      ...frameHead(body, this.deps.clock),
      turn_seq: body.turn_seq,
      position,
      text: body.text,
    };
    const entering = this.deps.store.enter(body, [{ ordinal: ORDINALS.gateway, frame: accepted }]);
    await this.deps.fault('entered');
    // Redis does one connection's commands in their order, so the job can follow without waiting for the answer. A
    // job that comes before its turn's go is told to come again (`claim`).
    const [entered] = await Promise.all([entering, expectsGo ? this.jobs.add(body, 'nlu') : undefined]);
    await this.deps.fault('queued');
    if (entered === 'go' && !expectsGo) await this.jobs.add(body, 'nlu');
    if (entered === 'missing') await this.recover(body.session_id);
    // An earlier turn was admitted by a gateway that died before it said so here.
    if (entered === 'gap') {
      for (const { body: earlier } of await this.deps.records.openTurns(body.session_id)) {
        if (earlier.turn_seq < body.turn_seq) await this.enterBody(earlier, 0);
      }
    }
  }

  /** Takes the session for one stage of one attempt, or says why not. */
  async claim(job: TurnJob, stage: Stage): Promise<ClaimOutcome> {
    const turn = {
      sessionId: job.session_id,
      turnId: job.turn_id,
      turnSeq: job.turn_seq,
      fence: job.fence,
      stage,
      leaseMs: LEASE_MS,
    };
    for (let tries = 0; tries < 3; tries += 1) {
      const claimed = await this.deps.store.claim(turn);
      switch (claimed.status) {
        case 'ok':
          await this.deps.fault(`claimed-${stage}`);
          return { status: 'claimed', body: claimed.body, context: claimed.context, plan: claimed.plan };
        case 'live':
          return { status: 'later', delayMs: claimed.leaseMs + 20 };
        case 'wait':
        case 'early':
          return { status: 'later', delayMs: EARLY_MS };
        case 'unknown':
          await this.enterAgain(job.user_id, job.turn_id);
          continue;
        case 'missing':
          await this.recover(job.session_id);
          return { status: 'drop' };
        case 'dead':
          await this.retry(job);
          return { status: 'drop' };
        default:
          return { status: 'drop' };
      }
    }
    return { status: 'drop' };
  }

  /** The understanding stage is done: frames, plan and lease go on to the workflow stage. */
  async handOver(body: TurnBody, plan: TurnPlan, frames: readonly PlacedFrame[]): Promise<void> {
    await this.deps.fault('understood');
    const passing = this.deps.store.handOver(
      { sessionId: body.session_id, turnId: body.turn_id, fence: body.fence, leaseMs: LEASE_MS, plan },
      frames,
    );
    await this.deps.fault('handed');
    // As in `enterBody`; where the lease was lost, so is the job's fence, and it is dropped.
    const [passed] = await Promise.all([passing, this.jobs.add(body, 'act')]);
    await this.deps.fault('passed');
    if (passed === 'missing') await this.recover(body.session_id);
  }

  /** @returns false when the attempt is no longer the running one and should stop */
  async emit(body: TurnBody, frames: readonly PlacedFrame[]): Promise<boolean> {
    const turn = { sessionId: body.session_id, turnId: body.turn_id, fence: body.fence, leaseMs: LEASE_MS };
    return (await this.deps.store.emit(turn, frames)) === 'ok';
  }

  /** What a running turn has told so far; nothing where Redis does not say in time. */
  async saidSoFar(body: TurnBody): Promise<string> {
    try {
      const page = await inTime(this.deps.store.read(body.session_id, 0, OUTBOX_READ_MAX));
      return page ? saidSoFar(page.frames, body) : '';
    } catch (error) {
      if (error instanceof PulseError) return '';
      throw error;
    }
  }

  /**
   * A running turn whose attempt has died starts over; after the last attempt it ends as failed.
   */
  async retry(job: Pick<TurnJob, 'user_id' | 'turn_id' | 'session_id' | 'fence'>): Promise<void> {
    const raised = await this.deps.records.raiseFence({
      userId: job.user_id,
      turnId: job.turn_id,
      fence: job.fence,
    });
    if (!raised) {
      await this.endings.publishEnded(job.user_id, job.turn_id);
      return;
    }
    const stored = await this.deps.records.findTurn(job.user_id, job.turn_id);
    if (!stored || stored.state !== 'running' || stored.body.fence !== raised.fence) return;
    if (raised.attempt > MAX_ATTEMPTS) {
      await this.fail(stored.body);
      return;
    }
    await this.restart(
      stored.body,
      { type: 'turn.restarted', ...frameHead(stored.body, this.deps.clock) },
      RETRY_DELAY_MS * raised.attempt,
    );
  }

  /** Tells Redis of a raised fence and puts the turn back to its first stage. */
  async restart(body: TurnBody, frame: FrameDraft, delayMs = 0): Promise<void> {
    const outcome = await this.deps.store.restart(body, [{ ordinal: 1, frame }]);
    if (outcome === 'missing') await this.recover(body.session_id);
    if (outcome === 'unknown') await this.enterAgain(body.user_id, body.turn_id);
    if (outcome === 'ok') await this.jobs.add(body, 'nlu', delayMs);
  }

  /** A fence that was raised in Postgres by somebody who died before telling Redis. */
  async restartRaised(body: TurnBody): Promise<void> {
    await this.restart(body, { type: 'turn.restarted', ...frameHead(body, this.deps.clock) });
  }

  /** What an attempt does whose commit was fenced: the record knows how the turn stands. */
  async afterFence(body: TurnBody): Promise<void> {
    const stored = await this.deps.records.findTurn(body.user_id, body.turn_id);
    if (!stored) return;
    if (stored.state === 'running') {
      if (stored.body.fence > body.fence) await this.restartRaised(stored.body);
      return;
    }
    await this.endings.publishEnded(body.user_id, body.turn_id);
  }

  /**
   * Ends a running turn as failed, with nothing changed.
   *
   * @throws FencedError when it has ended or belongs to another attempt
   */
  async fail(body: TurnBody): Promise<void> {
    const result = plainResult(
      body,
      'failed',
      'Something went wrong on our side and this could not be done. Nothing was changed. Please try again.',
      {
        code: 'internal_error',
        message: 'The turn could not be completed.',
      },
    );
    const at = this.deps.clock.now().toISOString();
    const commit = commitOf(body, {
      state: 'failed',
      result,
      at,
      fence: body.fence,
      fromStates: ['running'],
    });
    await this.endings.commit(body, commit, []);
  }

  /** See `Recovery.openFresh`. */
  openFresh(sessionId: string): Promise<void> {
    return this.recovery.openFresh(sessionId);
  }

  /** See `Recovery.recover`. */
  recover(sessionId: string, insteadOf = ''): Promise<void> {
    return this.recovery.recover(sessionId, insteadOf);
  }
}
