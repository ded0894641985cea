import { createHash } from 'node:crypto';
import type { TurnBody, TurnRequest } from '../contracts/context.ts';
import { PulseError } from '../contracts/errors.ts';
import type { Admitted, TurnCommit } from '../contracts/records.ts';
import { slots as slotsSchema } from '../contracts/slots.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { RequestClient } from '../core/requests.ts';
import type { Analytics } from '../integrations/analytics/analytics.ts';
import { commitOf, plainResult } from '../sessions/results.ts';
import { WAITING_MAX, type Turns } from '../sessions/turns.ts';
import type { TokenBuckets } from './limits/token-bucket.ts';

const PEEK_TIMEOUT_MS = 5_000;

/** One message on its way in, whichever door it came through. */
export interface Incoming {
  userId: string;
  sessionId: string;
  turnId: string;
  text: string;
  request: TurnRequest;
  timezone: string;
  referenceTime?: string | undefined;
  whenBusy?: 'queue' | 'interrupt' | 'reject' | undefined;
  channel: 'socket' | 'rest';
}

export interface Accepted {
  turn_id: string;
  session_id: string;
  turn_seq: number;
  position: number;
}

/** Takes turns in for sockets and REST alike: limits, admission, and what a second message means for the first. */
export class TurnIntake {
  constructor(
    private readonly deps: {
      turns: Turns;
      requests: RequestClient;
      userLimit: TokenBuckets;
      analytics: Analytics;
      clock: Clock;
      log: Logger;
      sessionOwner(sessionId: string): Promise<string | null>;
      /** `reference_time` is honoured in demo and test only. */
      allowReferenceTime: boolean;
    },
  ) {}

  /**
   * Durable when it returns. What follows the acknowledgement runs on by itself; whatever is lost of it the sweeper
   * does again.
   */
  async submit(incoming: Incoming): Promise<Accepted> {
    const { deps } = this;
    if (incoming.referenceTime !== undefined && !deps.allowReferenceTime) {
      throw new PulseError('validation_error', '"reference_time" is honoured in demo mode only.');
    }
    if (!deps.userLimit.take(incoming.userId)) {
      throw new PulseError(
        'rate_limited',
        'Too many messages in a short time. Wait a few seconds and try again.',
      );
    }
    const admission = {
      userId: incoming.userId,
      sessionId: incoming.sessionId,
      turnId: incoming.turnId,
      text: incoming.text,
      request: incoming.request,
      bodyHash: hashOf(incoming),
      timezone: incoming.timezone,
      referenceTime: incoming.referenceTime ?? null,
      receivedAt: deps.clock.now().toISOString(),
      channel: incoming.channel,
      cap: WAITING_MAX,
      rejectWhenBusy: incoming.whenBusy === 'reject',
    };
    const admitted = await deps.turns.admit(admission);
    void this.follow(incoming, () => deps.turns.enter(admission, admitted), admitted);
    return {
      turn_id: incoming.turnId,
      session_id: admitted.session_id,
      turn_seq: admitted.turn_seq,
      position: admitted.position,
    };
  }

  /** @throws PulseError `not_found` for a session of somebody else; one that nobody has is fine */
  async checkSession(userId: string, sessionId: string): Promise<void> {
    const owner = await this.deps.sessionOwner(sessionId);
    if (owner !== null && owner !== userId)
      throw new PulseError('not_found', 'There is no such conversation.');
  }

  private async follow(incoming: Incoming, enter: () => Promise<void>, admitted: Admitted): Promise<void> {
    const { analytics, log } = this.deps;
    try {
      await enter();
      if (admitted.status !== 'new') return;
      analytics.capture(incoming.userId, 'agent_query_received', {
        query_length: incoming.text.length,
        query_hash: createHash('sha256').update(incoming.text).digest('hex').slice(0, 16),
        channel: incoming.channel,
      });
      if (admitted.turn_seq === 1)
        analytics.capture(incoming.userId, 'conversation_started', { channel: incoming.channel });
      if (admitted.running_turn) await this.whileRunning(incoming, admitted.running_turn);
    } catch (error) {
      log.warn({ err: error }, 'What follows an admission was cut short; the sweeper goes on');
    }
  }

  /** A second message while one runs is judged by its content first (RULES 7). */
  private async whileRunning(incoming: Incoming, runningId: string): Promise<void> {
    const { turns, requests } = this.deps;
    if (incoming.request.kind !== 'text') return;
    const peeked = await requests
      .ask(
        'nlu.peek',
        {
          user_id: incoming.userId,
          session_id: incoming.sessionId,
          waiting_turn_id: incoming.turnId,
          running_turn_id: runningId,
        },
        { timeoutMs: PEEK_TIMEOUT_MS },
      )
      .catch(() => ({ verdict: 'queue' as const, slots: {} }));
    if (peeked.verdict === 'cancel') {
      await turns.cancelByWaiting(incoming.userId, incoming.turnId, runningId, (body) =>
        this.ended(body, 'Stopped. Nothing was changed.'),
      );
      return;
    }
    if (peeked.verdict === 'correction') {
      const slots = slotsSchema.parse(peeked.slots);
      await turns.amend(incoming.userId, incoming.turnId, runningId, (body) => {
        const commit = this.ended(body, 'All right, changed on the way.');
        commit.result.amended_turn_id = runningId;
        return {
          ...commit,
          amends: [{ turn_id: runningId, amendment: { turn_id: body.turn_id, text: body.text, slots } }],
        };
      });
      return;
    }
    if (incoming.whenBusy === 'interrupt') await turns.cancel(incoming.userId, runningId);
  }

  private ended(body: TurnBody, reply: string): TurnCommit {
    const result = plainResult(body, 'completed', reply);
    return commitOf(body, {
      state: 'completed',
      result,
      at: this.deps.clock.now().toISOString(),
      fence: null,
      fromStates: ['queued'],
    });
  }
}

/** Two submissions with one id are the same when this is: the words and what they answer, not when or where from. */
function hashOf(incoming: Incoming): string {
  const body = JSON.stringify([incoming.text, incoming.request, incoming.referenceTime ?? null]);
  return createHash('sha256').update(body).digest('base64url');
}
