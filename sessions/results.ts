import type { TurnBody } from '../contracts/context.ts';
import type { ErrorCode } from '../contracts/errors.ts';
import type { SessionFrame, TerminalDraft, TerminalType } from '../contracts/frames.ts';
import type { StoredResult, TurnCommit } from '../contracts/records.ts';
import type { ActResult, TurnResult, TurnState, TurnStatus, UsageLine } from '../contracts/result.ts';
import type { Clock } from '../core/clock.ts';
import { titleOf } from './titles.ts';

/** An act of which nothing is known: what a turn has that ended before it was understood. */
export const NO_ACT: ActResult = {
  action_id: null,
  intent: null,
  action: null,
  workflow_type: null,
  confidence: 0,
  source: null,
  entities: {},
  decision: null,
  requires_task_card: false,
  reply: '',
  clarification: null,
  execution_result: null,
  receipt: null,
};

/** A result whose top level is its first act. */
export function composeResult(
  body: Pick<TurnBody, 'turn_id' | 'session_id'>,
  parts: Partial<TurnResult> & { status: TurnStatus; acts: ActResult[] },
): TurnResult {
  const first = parts.acts[0] ?? NO_ACT;
  return {
    ...first,
    reply: parts.acts
      .map((act) => act.reply)
      .filter(Boolean)
      .join('\n'),
    cards: [],
    usage: { tokens_used: 0, cost_usd: 0, lines: [] },
    timings_ms: { queued: 0, nlu: 0, workflow: 0, total: 0 },
    error: null,
    error_code: null,
    amended_turn_id: null,
    undone_receipt_id: null,
    ...parts,
    turn_id: body.turn_id,
    session_id: body.session_id,
  };
}

/**
 * A result of one act of which nothing is known, with words only.
 *
 * @param error sets `error` and `error_code` besides; the reply stays as given
 */
export function plainResult(
  body: Pick<TurnBody, 'turn_id' | 'session_id'>,
  status: TurnStatus,
  reply: string,
  error: { code: ErrorCode; message: string } | null = null,
): TurnResult {
  return composeResult(body, {
    status,
    acts: [{ ...NO_ACT, reply }],
    error: error?.message ?? null,
    error_code: error?.code ?? null,
  });
}

/** How a turn ended, also where its result was never made or can't be read any more. */
export function readableResult(ended: StoredResult): TurnResult {
  if (ended.result) return ended.result;
  const body = { turn_id: ended.turnId, session_id: ended.sessionId };
  return ended.type === 'turn.cancelled'
    ? plainResult(body, 'cancelled', CANCELLED)
    : plainResult(body, 'failed', 'How this ended can no longer be shown.', {
        code: 'internal_error',
        message: 'The result can no longer be read.',
      });
}

export const CANCELLED = 'Cancelled. Nothing was changed.';

/** How a turn ends that was cancelled in mid-text: what was read stays, and what it cost is said. */
export function cancelledAfter(
  body: Pick<TurnBody, 'turn_id' | 'session_id'>,
  said: string,
  lines: readonly UsageLine[],
): TurnResult {
  const tokens = lines.reduce((sum, line) => sum + line.tokens_used, 0);
  const cost = `Stopped there. Nothing was kept; the ${tokens.toLocaleString('en-US')} tokens for what you have read are used.`;
  return {
    ...plainResult(body, 'cancelled', [said.trimEnd(), cost].filter(Boolean).join('\n\n')),
    usage: { tokens_used: tokens, cost_usd: 0, lines: [...lines] },
  };
}

/** The text that an attempt of a turn has told so far, of the frames of its session. */
export const saidSoFar = (
  frames: readonly SessionFrame[],
  turn: { turn_id: string; attempt: number },
): string =>
  frames
    .flatMap((frame) =>
      frame.type === 'reply.delta' && frame.turn_id === turn.turn_id && frame.attempt === turn.attempt
        ? [frame.text]
        : [],
    )
    .join('');

const TYPE_OF: Record<Exclude<TurnState, 'queued' | 'running'>, TerminalType> = {
  completed: 'turn.completed',
  failed: 'turn.failed',
  cancelled: 'turn.cancelled',
};

/** The commit of a turn's end with everything optional left out; the caller adds what its turn did. */
export function commitOf(
  body: Pick<TurnBody, 'user_id' | 'session_id' | 'turn_id' | 'text'>,
  end: {
    state: 'completed' | 'failed' | 'cancelled';
    result: TurnResult;
    at: string;
    fence: number | null;
    fromStates: readonly ('queued' | 'running')[];
  },
): TurnCommit {
  return {
    user_id: body.user_id,
    session_id: body.session_id,
    turn_id: body.turn_id,
    fence: end.fence,
    from_states: end.fromStates,
    state: end.state,
    type: TYPE_OF[end.state],
    at: end.at,
    intent: end.result.intent,
    confidence: end.result.confidence,
    slots: end.result.entities,
    action_id: end.result.action_id,
    response: end.result.reply,
    title: titleOf(body.text, end.result),
    nlu_version: null,
    understood: null,
    flags: null,
    result: end.result,
    amends: [],
    closes: [],
    asks: [],
    receipts: [],
    refund: end.state === 'failed' ? 'turn_failed' : end.state === 'cancelled' ? 'cancelled' : null,
    calls: null,
    context: null,
  };
}

/** The frame that ends a turn, of its commit, or of its stored end. */
export function terminalFrame(
  commit: Pick<TurnCommit, 'type' | 'session_id' | 'turn_id' | 'at' | 'result'>,
  attempt: number,
): TerminalDraft {
  return {
    type: commit.type,
    session_id: commit.session_id,
    turn_id: commit.turn_id,
    at: commit.at,
    attempt,
    result: commit.result,
  };
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
