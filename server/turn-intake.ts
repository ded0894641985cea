import { createHash } from 'node:crypto';
import type { TurnBody, TurnRequest } from '../contracts/context.ts';
import { PulseError } from '../contracts/errors.ts';
import type { Admitted, TurnCommit } from '../contracts/records.ts';
import type { ActResult } from '../contracts/result.ts';
import { slots as slotsSchema, type Slots } from '../contracts/slots.ts';
import type { Clock } from '../core/clock.ts';
import { fingerprint } from '../core/fingerprint.ts';
import type { Logger } from '../core/logger.ts';
import type { PeekResponse } from '../contracts/requests.ts';
import type { RequestClient } from '../core/requests.ts';
import type { Analytics } from '../integrations/analytics/analytics.ts';
import { commitOf, composeResult, NO_ACT } from '../sessions/results.ts';
import type { Interruptions } from '../sessions/interruptions.ts';
import { WAITING_MAX, type Turns } from '../sessions/turns.ts';
import type { TokenBuckets } from './limits/token-bucket.ts';

const PEEK_TIMEOUT_MS = 2_000;
/** How sure a verdict of the look at a waiting message is: it is given on whole phrases only. */
const PEEKED = 0.95;

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

/** What an acknowledgement says. `position` is how many turns before it have not ended. */
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
      interruptions: Interruptions;
      requests: RequestClient;
      userLimit: TokenBuckets;
      analytics: Analytics;
      clock: Clock;
      log: Logger;
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
    let admitted = await deps.turns.admit(admission);
    if (admitted.status === 'rejected') {
      // "reject" is for new requests: what is said about the running turn is let through.
      const { verdict } = await this.peek(incoming, admitted.running_turn);
      if (verdict === 'queue')
        throw new PulseError('session_busy', 'A message is being worked on. Try again when it is done.');
      admitted = await deps.turns.admit({ ...admission, rejectWhenBusy: false });
    }
    // The caller has its answer before the work begins: what follows is a good deal of code.
    setImmediate(() => void this.follow(incoming, () => deps.turns.enter(admission, admitted), admitted));
    return {
      turn_id: incoming.turnId,
      session_id: admitted.session_id,
      turn_seq: admitted.turn_seq,
      position: admitted.position,
    };
  }

  private async follow(incoming: Incoming, enter: () => Promise<void>, admitted: Admitted): Promise<void> {
    const { analytics, log } = this.deps;
    try {
      await enter();
      if (admitted.status !== 'new') return;
      analytics.capture(incoming.userId, 'agent_query_received', {
        ...fingerprint(incoming.text),
        channel: incoming.channel,
      });
      if (admitted.turn_seq === 1)
        analytics.capture(incoming.userId, 'conversation_started', { channel: incoming.channel });
      if (admitted.running_turn) await this.whileRunning(incoming, admitted.running_turn, admitted.position);
    } catch (error) {
      log.warn({ err: error }, 'What follows an admission was cut short; the sweeper goes on');
    }
  }

  private async peek(incoming: Incoming, runningId: string | null): Promise<PeekResponse> {
    if (incoming.request.kind !== 'text') return { verdict: 'answer', slots: {} };
    if (runningId === null) return { verdict: 'queue', slots: {} };
    const look = {
      user_id: incoming.userId,
      session_id: incoming.sessionId,
      running_turn_id: runningId,
      text: incoming.text,
      timezone: incoming.timezone,
      reference: incoming.referenceTime ?? this.deps.clock.now().toISOString(),
    };
    return this.deps.requests
      .ask('nlu.peek', look, { timeoutMs: PEEK_TIMEOUT_MS })
      .catch(() => ({ verdict: 'queue', slots: {} }));
  }

  /** A second message while one runs is judged by its content first. */
  private async whileRunning(incoming: Incoming, runningId: string, position: number): Promise<void> {
    const { interruptions } = this.deps;
    const peeked = await this.peek(incoming, runningId);
    if (peeked.verdict === 'cancel') {
      await interruptions.cancelByWaiting(incoming.sessionId, incoming.turnId, runningId, (body, whole) =>
        this.ended(body, {
          intent: 'cancel',
          action: 'cancel',
          reply: whole
            ? 'Stopped. Nothing was changed.'
            : 'Stopped what was still waiting. What came before was done already; say "undo" to take it back.',
        }),
      );
      return;
    }
    // With others in between, "actually" means what was said last: it waits for its go and changes that.
    if (peeked.verdict === 'correction') {
      if (position > 1) return;
      const slots = slotsSchema.parse(peeked.slots);
      await interruptions.amend(incoming.userId, incoming.turnId, runningId, (body) => {
        const commit = this.ended(body, {
          ...changedAct(slots),
          entities: slots,
          reply: 'All right, changed on the way.',
        });
        commit.result.amended_turn_id = runningId;
        return {
          ...commit,
          amends: [{ turn_id: runningId, amendment: { turn_id: body.turn_id, text: body.text, slots } }],
        };
      });
      return;
    }
    const isNew = peeked.verdict === 'queue';
    if (isNew && incoming.whenBusy === 'interrupt') await interruptions.cancel(incoming.userId, runningId);
  }

  /** A waiting message that has done its work before its go. */
  private ended(body: TurnBody, act: Partial<ActResult>): TurnCommit {
    const done: ActResult = { ...NO_ACT, confidence: PEEKED, source: 'rule', decision: 'AUTO', ...act };
    return commitOf(body, {
      state: 'completed',
      result: composeResult(body, { status: 'completed', acts: [done] }),
      at: this.deps.clock.now().toISOString(),
      fence: null,
      fromStates: ['queued'],
    });
  }
}

/** What a correction changes: the email that is being written, by slots that no task has, or else a task. */
function changedAct({ recipient, subject, body }: Slots): Partial<ActResult> {
  return (recipient ?? subject ?? body) === undefined
    ? { intent: 'task_management', action: 'update_task', workflow_type: 'tasks' }
    : { intent: 'email', action: 'draft_email', workflow_type: 'email' };
}

/**
 * Two submissions with one id are the same when this is: the words and what they answer, not when or where from. A
 * client that repeats itself from another time zone means the turn that it sent, so the first zone holds; as a conflict
 * it would have to be sent under a new id and could run twice.
 */
function hashOf(incoming: Incoming): string {
  const body = JSON.stringify([incoming.text, incoming.request, incoming.referenceTime ?? null]);
  return createHash('sha256').update(body).digest('base64url');
}
