import type { TurnBody } from '../contracts/context.ts';
import { FencedError, type TurnCommit } from '../contracts/records.ts';
import type { Clock } from '../core/clock.ts';
import { withDeadline } from '../core/deadline.ts';
import type { Logger } from '../core/logger.ts';
import { CANCELLED, commitOf, plainResult, terminalFrame } from './results.ts';
import type { TurnRecords } from './turn-records.ts';
import { frameHead, type Turns } from './turns.ts';

/** A cancel that came before its turn holds this long. */
const TOMBSTONE_MS = 10 * 60_000;
/** Redis has this long before a cancel is acknowledged without it. */
const PUBLISH_MS = 1_000;

export interface CancelOutcome {
  state: 'cancelled' | 'cancelling' | 'too_late' | 'tombstoned';
}

interface Decided extends CancelOutcome {
  /** The outbox knows of it, or will. Never rejects, and is never late. */
  published: Promise<void>;
}

const unpublished = (state: CancelOutcome['state']): Decided => ({ state, published: Promise.resolve() });

/** What ends or changes a turn from outside: a cancel, a message that says "stop", a message that corrects. */
export class Interruptions {
  constructor(
    private readonly turns: Turns,
    private readonly records: TurnRecords,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Wins or loses in Postgres, and is known then, whether Redis has heard of it or not. Asking twice is harmless. */
  async cancel(userId: string, turnId: string): Promise<CancelOutcome> {
    const { state, published } = await this.decide(userId, turnId);
    await published;
    return { state };
  }

  private async decide(userId: string, turnId: string): Promise<Decided> {
    let stored = await this.records.findTurn(userId, turnId);
    if (!stored) {
      const until = new Date(this.clock.now().getTime() + TOMBSTONE_MS);
      if (await this.records.entomb(userId, turnId, until)) return unpublished('tombstoned');
      // It came between the look and the tombstone.
      stored = await this.records.findTurn(userId, turnId);
      if (!stored) throw new Error('A turn that stands in the way of its tombstone is gone');
    }
    if (stored.state === 'cancelled') return unpublished('cancelled');
    if (stored.state !== 'queued' && stored.state !== 'running') return unpublished('too_late');
    const { body } = stored;
    const commit = this.cancelCommit(body);
    try {
      await this.records.commit(commit);
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
      const ended = await this.records.findTurn(userId, turnId);
      return unpublished(ended?.state === 'cancelled' ? 'cancelled' : 'too_late');
    }
    return { state: 'cancelled', published: this.publish(body, commit) };
  }

  /** What Redis does not take in time it takes later, or is told by the sweeper. */
  private async publish(body: TurnBody, commit: TurnCommit): Promise<void> {
    const publishing = this.turns.publishEnd(body, terminalFrame(commit, body.attempt), [], null);
    try {
      await withDeadline(publishing, PUBLISH_MS);
    } catch (error) {
      this.log.warn({ err: error }, 'A cancelled turn is published later');
    }
  }

  private cancelCommit(body: TurnBody): TurnCommit {
    const result = plainResult(body, 'cancelled', CANCELLED);
    const at = this.clock.now().toISOString();
    return commitOf(body, { state: 'cancelled', result, at, fence: null, fromStates: ['queued', 'running'] });
  }

  /** Everything open in a session, those that wait first, so that none of them starts meanwhile. */
  async cancelSession(userId: string, sessionId: string): Promise<CancelOutcome> {
    const open = (await this.records.openTurns(sessionId)).filter(({ body }) => body.user_id === userId);
    const decided: Decided[] = [];
    for (const { body } of open.reverse()) decided.push(await this.decide(userId, body.turn_id));
    await Promise.all(decided.map(({ published }) => published));
    return { state: decided.some(({ state }) => state === 'cancelled') ? 'cancelled' : 'too_late' };
  }

  /**
   * A waiting message that says "stop": it ends as done and the running turn as cancelled, together.
   *
   * @returns false when one of the two was no longer in its state; the message then waits for its go
   */
  async cancelByWaiting(
    userId: string,
    waitingId: string,
    runningId: string,
    end: (body: TurnBody) => TurnCommit,
  ): Promise<boolean> {
    const [waiting, running] = await Promise.all([
      this.records.findTurn(userId, waitingId),
      this.records.findTurn(userId, runningId),
    ]);
    if (waiting?.state !== 'queued' || running?.state !== 'running') return false;
    const first = end(waiting.body);
    const second = { ...this.cancelCommit(running.body), from_states: ['running'] as const };
    // Whatever else was said before "stop" is meant too; it must not start when the running one ends.
    const before = await this.records.openTurns(waiting.body.session_id);
    for (const { body } of before.toReversed()) {
      if (body.turn_seq > running.body.turn_seq && body.turn_seq < waiting.body.turn_seq)
        await this.cancel(userId, body.turn_id);
    }
    if (!(await this.bothOrNeither(first, second))) return false;
    // The waiting one first: the end of the running one wakes whatever is next.
    await this.turns.publishEnd(waiting.body, terminalFrame(first, waiting.body.attempt), [], null);
    await this.turns.publishEnd(running.body, terminalFrame(second, running.body.attempt), [], null);
    return true;
  }

  private async bothOrNeither(first: TurnCommit, second: TurnCommit): Promise<boolean> {
    try {
      await this.records.commitBoth(first, second);
      return true;
    } catch (error) {
      if (error instanceof FencedError) return false;
      throw error;
    }
  }

  /**
   * A waiting message that corrects the running turn: the running one starts over with what it says, the message ends
   * as done. Raises the fence; not counted as a failed attempt.
   */
  async amend(
    userId: string,
    waitingId: string,
    runningId: string,
    end: (body: TurnBody) => TurnCommit,
  ): Promise<boolean> {
    const waiting = await this.records.findTurn(userId, waitingId);
    if (waiting?.state !== 'queued') return false;
    const commit = end(waiting.body);
    try {
      await this.records.commit(commit);
    } catch (error) {
      if (error instanceof FencedError) return false;
      throw error;
    }
    await this.turns.publishEnd(waiting.body, terminalFrame(commit, waiting.body.attempt), [], null);
    const running = await this.records.findTurn(userId, runningId);
    if (running?.state === 'running') {
      await this.turns.restart(running.body, {
        type: 'turn.amended',
        ...frameHead(running.body, this.clock),
        amended_by: waitingId,
      });
    }
    return true;
  }
}
