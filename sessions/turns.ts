import { EMPTY_CONTEXT, type SessionContext, type TurnBody } from '../contracts/context.ts';
import { PulseError } from '../contracts/errors.ts';
import type { FrameDraft, UserNews } from '../contracts/frames.ts';
import type { TurnJob } from '../contracts/jobs.ts';
import type { TurnPlan } from '../contracts/nlu.ts';
import {
  type Admission,
  type Admitted,
  type Committed,
  type StoredResult,
  type TurnCommit,
} from '../contracts/records.ts';
import type { Clock } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { Logger } from '../core/logger.ts';
import type { JobQueues } from '../core/queues.ts';
import { FrameWriter } from './frame-writer.ts';
import type { PublishedMarks } from './published-marks.ts';
import { commitOf, plainResult, readableResult, terminalFrame } from './results.ts';
import { ORDINALS, type PlacedFrame, type SessionStore, type Stage } from './session-store.ts';
import type { TurnRecords } from './turn-records.ts';

/** A lease not renewed for this long is dead. Renewed every `RENEW_MS` while work goes on. */
export const LEASE_MS = 5_000;
export const RENEW_MS = 1_500;
/** Attempts of one turn; after the last it ends as failed and the next goes on. */
export const MAX_ATTEMPTS = 3;
/** Turns that may wait behind a running one. */
export const WAITING_MAX = 8;
/** Times the attempt's number: what failed at once may need a moment. */
const RETRY_DELAY_MS = 150;
/** A job that overtook what makes its turn ready is looked at again after this long. */
const EARLY_MS = 25;
/** A rebuild holds the session's row; Redis has this long, then the lock is let go and somebody tries again. */
const REBUILD_MS = 2_000;

export type ClaimOutcome =
  | { status: 'claimed'; body: TurnBody; context: SessionContext; plan: TurnPlan | null }
  /** Nothing to do here: ended, or somebody else's. */
  | { status: 'drop' }
  /** Its go has not come, or another attempt's lease is still alive: look again later. */
  | { status: 'later'; delayMs: number };

export interface TurnsDeps {
  records: TurnRecords;
  store: SessionStore;
  queues: JobQueues;
  marks: PublishedMarks;
  clock: Clock;
  log: Logger;
  publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

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

/**
 * The one door: every writer of a session passes through here.
 *
 * | state (Postgres) | to | by |
 * | --- | --- | --- |
 * | – | running | admission, when nothing else is open |
 * | – | queued | admission, behind others |
 * | queued | running | the commit that ends the running turn |
 * | queued, running | cancelled | `cancel` |
 * | queued, and with it running | completed, and cancelled | `cancelByWaiting`: a message that said "stop" |
 * | queued | completed | `amend`: a message that corrected the running turn |
 * | running | completed, failed | `commit` with the right fence |
 * | – | cancelled | admission, when its cancel came before it |
 */
export class Turns {
  constructor(private readonly deps: TurnsDeps) {}

  /**
   * Durable when it returns. Throws the typed error of a refusal, with nothing written; `rejected` (busy, and the
   * caller did not want to wait) is for the caller to judge.
   */
  async admit(turn: Admission): Promise<Admitted> {
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
    if (admitted.state === 'cancelled') {
      await this.publishEnded(turn.userId, turn.turnId);
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
    await this.deps.fault('admitted');
    await this.enterBody(body, admitted.position, admitted.state === 'running');
  }

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
    const [entered] = await Promise.all([entering, expectsGo ? this.enqueue(body, 'nlu') : undefined]);
    if (entered === 'go' && !expectsGo) await this.enqueue(body, 'nlu');
    if (entered === 'missing') await this.recover(body.session_id);
    // An earlier turn was admitted by a gateway that died before it said so here.
    if (entered === 'gap') {
      for (const { body: earlier } of await this.deps.records.openTurns(body.session_id)) {
        if (earlier.turn_seq < body.turn_seq) await this.enterBody(earlier, 0);
      }
    }
  }

  async enqueue(body: TurnBody, stage: Stage, delayMs = 0): Promise<void> {
    const jobId = stageJobId(body, stage);
    if (stage === 'nlu') await this.deps.queues.add('nlu', 'turn.understand', jobOf(body), jobId, delayMs);
    else await this.deps.queues.add('workflows', 'turn.act', jobOf(body), jobId, delayMs);
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
    const [passed] = await Promise.all([passing, this.enqueue(body, 'act')]);
    if (passed === 'missing') await this.recover(body.session_id);
  }

  /** @returns false when the attempt is no longer the running one and should stop */
  async emit(body: TurnBody, frames: readonly PlacedFrame[]): Promise<boolean> {
    const turn = { sessionId: body.session_id, turnId: body.turn_id, fence: body.fence, leaseMs: LEASE_MS };
    return (await this.deps.store.emit(turn, frames)) === 'ok';
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
      await this.publishEnded(job.user_id, job.turn_id);
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
    if (outcome === 'ok') await this.enqueue(body, 'nlu', delayMs);
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
    await this.publishEnded(body.user_id, body.turn_id);
  }

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
    await this.commit(body, commit, []);
  }

  /**
   * Ends a turn: one transaction in Postgres, then the outbox, then the next turn. Frames before the terminal one are
   * written with it, after the commit, so nobody reads of a change that did not happen.
   *
   * @throws FencedError when the turn has ended or belongs to another attempt; nothing was written
   * @throws PulseError when a guarded item or question has changed; nothing was written
   */
  async commit(
    body: TurnBody,
    commit: TurnCommit,
    frames: readonly PlacedFrame[],
    also: { newsOf?(committed: Committed): readonly UserNews[]; before?: readonly PlacedFrame[] } = {},
  ): Promise<Committed> {
    await this.deps.fault('before-commit');
    const committed = await this.deps.records.commit(commit);
    await this.deps.fault('committed');
    if (also.before) await this.stream(body, also.before);
    const context = commit.context === null ? null : (commit.context as SessionContext);
    const news = also.newsOf?.(committed) ?? [];
    await Promise.all([
      this.publishEnd(body, terminalFrame(commit, body.attempt), frames, context),
      news.length > 0 ? this.deps.publishNews(body.user_id, news) : undefined,
    ]);
    return committed;
  }

  private async stream(body: TurnBody, frames: readonly PlacedFrame[]): Promise<void> {
    const writer = new FrameWriter((batch) => this.emit(body, batch));
    for (const frame of frames) writer.push(frame);
    await writer.flush();
  }

  /** Writes an end into the outbox, which frees the session, and wakes the turn that is next. */
  async publishEnd(
    body: Pick<TurnBody, 'session_id' | 'user_id' | 'turn_id' | 'turn_seq' | 'fence'>,
    terminal: FrameDraft,
    before: readonly PlacedFrame[],
    context: SessionContext | null,
  ): Promise<void> {
    const turn = {
      sessionId: body.session_id,
      turnId: body.turn_id,
      turnSeq: body.turn_seq,
      fence: body.fence,
      context,
    };
    const finished = await this.deps.store.finish(turn, [
      ...before,
      { ordinal: ORDINALS.terminal, frame: terminal },
    ]);
    await this.deps.fault('published');
    // A rebuilt state knows this turn as ended: clients get it in the snapshot of the new epoch.
    if (finished.status === 'missing') await this.recover(body.session_id);
    if (finished.next) await this.enqueue(finished.next, 'nlu');
    this.deps.marks.add(body.user_id, body.turn_id);
  }

  /** Publishes an end that Postgres has and the outbox may lack. Harmless when it has it. */
  async publishStored(ended: StoredResult): Promise<void> {
    const body = {
      session_id: ended.sessionId,
      user_id: ended.userId,
      turn_id: ended.turnId,
      turn_seq: ended.turnSeq,
      fence: 1,
    };
    const terminal = terminalFrame(
      { ...body, type: ended.type, at: ended.finishedAt, result: readableResult(ended) },
      ended.attempt,
    );
    const context = await this.deps.records.context(ended.sessionId, this.deps.clock.now());
    await this.publishEnd(body, terminal, [], context);
  }

  private async publishEnded(userId: string, turnId: string): Promise<void> {
    const ended = await this.deps.records.findResult(userId, turnId);
    if (ended) await this.publishStored(ended);
  }

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
    if (runnable) await this.enqueue(runnable, 'nlu');
  }

  /** The outbox lacks ends that the record has, up to the turn before this one: they are published again. */
  async closeGap(body: TurnBody, freed: number): Promise<void> {
    const ended = await this.deps.records.resultsBetween(body.session_id, freed + 1, body.turn_seq - 1);
    for (const result of ended) await this.publishStored(result);
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
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

/** What every frame of a turn carries. */
export function frameHead(
  turn: { session_id: string; turn_id: string; attempt: number },
  clock: Clock,
): { session_id: string; turn_id: string; attempt: number; at: string } {
  return {
    session_id: turn.session_id,
    turn_id: turn.turn_id,
    attempt: turn.attempt,
    at: clock.now().toISOString(),
  };
}
