import type { TurnBody } from '../contracts/context.ts';
import { FencedError, type StoredTurn, type TurnCommit } from '../contracts/records.ts';
import type { TurnState } from '../contracts/result.ts';
import type { Clock } from '../core/clock.ts';
import { withDeadline } from '../core/deadline.ts';
import type { Logger } from '../core/logger.ts';
import { CANCELLED, cancelledAfter, commitOf, frameHead, plainResult } from './results.ts';
import type { TurnRecords } from './turn-records.ts';
import type { Turns } from './turns.ts';

/** A cancel that came before its turn holds this long. */
const TOMBSTONE_MS = 10 * 60_000;
/** Redis has this long before a cancel is acknowledged without it. */
const PUBLISH_MS = 1_000;
/** How often "stop" is tried when turns before it end on their own meanwhile. */
const STOP_TRIES = 4;

/**
 * `tombstoned`: the turn has not come yet, and is cancelled when it comes. `cancelling` is never given: what is answered
 * is decided.
 */
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
    return this.end(stored);
  }

  /** A turn as it was seen; one that is gone since stays so. */
  async cancelSeen(stored: StoredTurn): Promise<void> {
    await (
      await this.end(stored)
    ).published;
  }

  private async end({ body, state }: StoredTurn): Promise<Decided> {
    if (state === 'cancelled') return unpublished('cancelled');
    if (state !== 'queued' && state !== 'running') return unpublished('too_late');
    let publish: () => Promise<void>;
    try {
      publish = await this.turns.endings.settle(body, await this.cancelCommit(body, state));
    } catch (error) {
      if (!(error instanceof FencedError)) throw error;
      const ended = await this.records.findTurn(body.user_id, body.turn_id);
      return unpublished(ended?.state === 'cancelled' ? 'cancelled' : 'too_late');
    }
    return { state: 'cancelled', published: this.inTime(publish()) };
  }

  /** What Redis does not take in time it takes later, or is told by the sweeper. */
  private async inTime(publishing: Promise<void>): Promise<void> {
    try {
      await withDeadline(publishing, PUBLISH_MS);
    } catch (error) {
      this.log.warn({ err: error }, 'A cancelled turn is published later');
    }
  }

  /** Of a turn in mid-text the text stays, and what it cost is told. */
  private async cancelCommit(body: TurnBody, state: TurnState): Promise<TurnCommit> {
    const lines = state === 'running' ? await this.records.shownUsage(body.user_id, body.turn_id) : [];
    const result =
      lines.length > 0
        ? cancelledAfter(body, await this.turns.saidSoFar(body), lines)
        : plainResult(body, 'cancelled', CANCELLED);
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
   * A waiting message that says "stop": it ends as done, everything said before it as cancelled. All of it in one
   * transaction, or nothing.
   *
   * @param runningId the turn that ran when the message came
   * @param end the message's own end; `whole` is false when that turn has ended by itself since
   * @returns false when nothing before the message is open any more, or it has had its go; it then waits for its go
   */
  async cancelByWaiting(
    sessionId: string,
    waitingId: string,
    runningId: string,
    end: (body: TurnBody, whole: boolean) => TurnCommit,
  ): Promise<boolean> {
    for (let tries = 1; tries <= STOP_TRIES; tries += 1) {
      const open = await this.records.openTurns(sessionId);
      const waiting = open.find(({ body, state }) => body.turn_id === waitingId && state === 'queued');
      const before = open.filter(({ body }) => body.turn_seq < (waiting?.body.turn_seq ?? 0));
      if (!waiting || before.length === 0) return false;
      const whole = before.some(({ body }) => body.turn_id === runningId);
      // The running one last: its end wakes whatever is next, and none of these may start.
      const cancelled = before
        .toReversed()
        .map(async ({ body, state }) => ({ body, commit: await this.cancelCommit(body, state) }));
      const ends = [
        { body: waiting.body, commit: end(waiting.body, whole) },
        ...(await Promise.all(cancelled)),
      ];
      try {
        await this.turns.endings.commitTogether(ends);
        return true;
      } catch (error) {
        // One of them has ended by itself meanwhile: what is left is looked at again.
        if (!(error instanceof FencedError)) throw error;
      }
    }
    return false;
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
      await this.turns.endings.commit(waiting.body, commit, []);
    } catch (error) {
      if (error instanceof FencedError) return false;
      throw error;
    }
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
