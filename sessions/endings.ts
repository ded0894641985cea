import type { SessionContext, TurnBody } from '../contracts/context.ts';
import type { FrameDraft, UserNews } from '../contracts/frames.ts';
import type { Committed, StoredResult, TurnCommit } from '../contracts/records.ts';
import type { TurnResult } from '../contracts/result.ts';
import type { Clock } from '../core/clock.ts';
import { LEASE_MS, type StageJobs } from './attempts.ts';
import { FrameWriter } from './frame-writer.ts';
import { newsOf } from './news.ts';
import type { PublishedMarks } from './published-marks.ts';
import type { Recovery } from './recovery.ts';
import { readableResult, terminalFrame } from './results.ts';
import { ORDINALS, type PlacedFrame, type SessionStore } from './session-store.ts';
import type { TurnRecords } from './turn-records.ts';

/** A turn that has just ended, for whoever counts. */
export interface TurnEnd {
  userId: string;
  sessionId: string;
  turnSeq: number;
  /** What was said; never to be told to anybody but by its length. */
  text: string;
  receivedAt: string;
  endedAt: string;
  result: TurnResult;
}

/** What ends need from outside; the role's entry gives it. */
export interface EndingsDeps {
  records: TurnRecords;
  store: SessionStore;
  marks: PublishedMarks;
  clock: Clock;
  publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
  /** Called once for each turn that this process has ended, whatever its end. Must not throw. */
  onEnd(end: TurnEnd): void;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

interface Ended {
  body: TurnBody;
  commit: TurnCommit;
}
type Place = Pick<TurnBody, 'session_id' | 'user_id' | 'turn_id' | 'turn_seq' | 'fence'>;

/**
 * The ends of turns: committed in Postgres, then published, which is to write the end into the outbox (that frees the
 * session), to tell the user's devices what has changed, and to wake the turn that is next. What was committed and not
 * published is found by the sweeper; whoever publishes tells the news too.
 */
export class Endings {
  constructor(
    private readonly deps: EndingsDeps,
    private readonly jobs: StageJobs,
    private readonly recovery: Recovery,
  ) {}

  /**
   * Ends a turn: one transaction in Postgres, then the outbox, then the next turn. Frames before the terminal one are
   * written with it, after the commit, so nobody reads of a change that did not happen.
   *
   * @param before frames that are written one after the other ahead of all others, for a reply in pieces
   * @throws FencedError when the turn has ended or belongs to another attempt; nothing was written
   * @throws PulseError when a guarded item or question has changed; nothing was written
   */
  async commit(
    body: TurnBody,
    commit: TurnCommit,
    frames: readonly PlacedFrame[],
    before: readonly PlacedFrame[] = [],
  ): Promise<void> {
    const publish = await this.settle(body, commit);
    if (before.length > 0) await this.stream(body, before);
    await publish(frames);
  }

  /**
   * Ends a turn in the record alone, for whoever need not wait until everybody has heard of it.
   *
   * @returns how to publish it; where that is not done, the sweeper does it
   * @throws as `commit`
   */
  async settle(
    body: TurnBody,
    commit: TurnCommit,
  ): Promise<(frames?: readonly PlacedFrame[]) => Promise<void>> {
    await this.deps.fault('before-commit');
    const committed = await this.deps.records.commit(commit);
    this.report({ body, commit });
    await this.deps.fault('committed');
    return (frames = []) => this.publishCommit({ body, commit }, frames, committed.changed);
  }

  /**
   * Several ends in one transaction, published in the order given.
   *
   * @throws FencedError when one of the turns was no longer in its state; nothing was written of any
   */
  async commitTogether(ends: readonly Ended[]): Promise<void> {
    const committed = await this.deps.records.commitTogether(ends.map(({ commit }) => commit));
    ends.forEach((end) => this.report(end));
    await this.deps.fault('committed');
    for (const [index, end] of ends.entries())
      await this.publishCommit(end, [], committed[index]?.changed ?? []);
  }

  /** A turn that was ended by its admission, since its cancel had come before it. */
  async entombed(body: TurnBody): Promise<void> {
    const ended = await this.deps.records.findResult(body.user_id, body.turn_id);
    if (!ended) return;
    this.deps.onEnd(endOf(body, ended.finishedAt, readableResult(ended)));
    await this.publishStored(ended);
  }

  private report({ body, commit }: Ended): void {
    this.deps.onEnd(endOf(body, commit.at, commit.result));
  }

  private async publishCommit(
    { body, commit }: Ended,
    before: readonly PlacedFrame[],
    changed: Committed['changed'],
  ): Promise<void> {
    const context = commit.context === null ? null : (commit.context as SessionContext);
    await this.publish(body, terminalFrame(commit, body.attempt), before, context, changed);
  }

  private async stream(body: TurnBody, frames: readonly PlacedFrame[]): Promise<void> {
    const turn = { sessionId: body.session_id, turnId: body.turn_id, fence: body.fence, leaseMs: LEASE_MS };
    const writer = new FrameWriter(async (batch) => (await this.deps.store.emit(turn, batch)) === 'ok');
    for (const frame of frames) writer.push(frame);
    await writer.flush();
  }

  private async publish(
    body: Place,
    terminal: FrameDraft,
    before: readonly PlacedFrame[],
    context: SessionContext | null,
    changed: Committed['changed'],
  ): Promise<void> {
    const turn = {
      sessionId: body.session_id,
      turnId: body.turn_id,
      turnSeq: body.turn_seq,
      fence: body.fence,
      context,
    };
    const frames = [...before, { ordinal: ORDINALS.terminal, frame: terminal }];
    const [finished] = await Promise.all([
      this.deps.store.finish(turn, frames),
      changed.length > 0
        ? this.deps.publishNews(body.user_id, newsOf(changed, this.deps.clock.now()))
        : undefined,
    ]);
    await this.deps.fault('published');
    // A rebuilt state knows this turn as ended: clients get it in the snapshot of the new epoch.
    if (finished.status === 'missing') await this.recovery.recover(body.session_id);
    if (finished.next) await this.jobs.add(finished.next, 'nlu');
    this.deps.marks.add(body.user_id, body.turn_id);
  }

  /** Publishes an end that Postgres has and the outbox may lack. Harmless when it has it; news are told again. */
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
    const [context, changed] = await Promise.all([
      this.deps.records.context(ended.sessionId, this.deps.clock.now()),
      this.deps.records.changesOf(ended.userId, ended.turnId),
    ]);
    await this.publish(body, terminal, [], context, changed);
  }

  /** As `publishStored`, by the turn's id; does nothing as long as it has not ended. */
  async publishEnded(userId: string, turnId: string): Promise<void> {
    const ended = await this.deps.records.findResult(userId, turnId);
    if (ended) await this.publishStored(ended);
  }
}

const endOf = (body: TurnBody, endedAt: string, result: TurnResult): TurnEnd => ({
  userId: body.user_id,
  sessionId: body.session_id,
  turnSeq: body.turn_seq,
  text: body.text,
  receivedAt: body.received_at,
  endedAt,
  result,
});
