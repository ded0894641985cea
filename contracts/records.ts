import { z } from 'zod';
import type { CloseReason, OpenQuestion } from './clarification.ts';
import type { Amendment, TurnBody, TurnRequest } from './context.ts';
import type { Flags } from './flags.ts';
import type { TerminalType } from './frames.ts';
import type { Act } from './nlu.ts';
import type { TurnResult, TurnState } from './result.ts';

/**
 * What the one door of turns and the record in Postgres say to each other. Declared here because both sides need it
 * and neither owns the other.
 */

/** What the gateway knows of a turn when it asks for admission. */
export interface Admission {
  userId: string;
  sessionId: string;
  turnId: string;
  text: string;
  request: TurnRequest;
  bodyHash: string;
  timezone: string;
  referenceTime: string | null;
  receivedAt: string;
  channel: 'socket' | 'rest';
  /** Turns that may wait behind a running one. */
  cap: number;
  rejectWhenBusy: boolean;
}

export const admitted = z.object({
  status: z.enum(['new', 'known', 'conflict', 'not_found', 'busy', 'rejected']),
  session_id: z.string(),
  turn_seq: z.int(),
  position: z.int(),
  state: z.string(),
  fence: z.int(),
  attempt: z.int(),
  received_at: z.date(),
  running_turn: z.string().nullable(),
});
export type Admitted = z.infer<typeof admitted>;

/** A receipt with its effects, as `commit_turn` takes it. */
export interface ReceiptWrite {
  id: string;
  step: number;
  intent: string | null;
  action: string;
  summary: string;
  reason: Record<string, unknown>;
  undoes: string | null;
  undo_until: string | null;
  effects: EffectWrite[];
  /** The calendar that events were planned around; null where nothing hangs on it. */
  calendar_version: number | null;
}
/**
 * One change of one item. `kind` is one of `EFFECT_KINDS` (db); `fields` are the columns that are set.
 */
export interface EffectWrite {
  kind: string;
  op: 'create' | 'update' | 'delete' | 'restore';
  id: string;
  /** The version the change was planned against; null skips the check. */
  version: number | null;
  fields: Record<string, unknown>;
  reason: string;
}

/**
 * What a conversation may be called. It takes the place of a title of a lower rank: 0 are mere words, 1 a request, 2 what
 * was changed, 3 what was made; what its user calls it ranks above all.
 */
export interface SessionTitle {
  text: string;
  rank: 0 | 1 | 2 | 3;
}

/** Everything that ends a turn; all of it happens or none. */
export interface TurnCommit {
  user_id: string;
  session_id: string;
  turn_id: string;
  /** Null where the fence does not matter: a cancel wins against any attempt. */
  fence: number | null;
  from_states: readonly ('queued' | 'running')[];
  state: Exclude<TurnState, 'queued' | 'running'>;
  type: TerminalType;
  at: string;
  intent: string | null;
  confidence: number | null;
  slots: Record<string, unknown> | null;
  action_id: string | null;
  response: string;
  /** What the conversation may be called for this turn. */
  title: SessionTitle;
  nlu_version: string | null;
  understood: Act[] | null;
  flags: Flags | null;
  result: TurnResult;
  amends: { turn_id: string; amendment: Amendment }[];
  closes: { id: string; reason: CloseReason }[];
  asks: {
    id: string;
    question: OpenQuestion;
    workflow: string | null;
    checkpoint: unknown;
    expires_at: string;
  }[];
  receipts: ReceiptWrite[];
  /** Why the turn gave its user nothing, so that its calls of a language model are not charged; null when it did. */
  refund: 'turn_failed' | 'cancelled' | 'refused' | null;
  /** Calls of a language model that the turn has used: any other of its calls is given back. Null: it made none. */
  calls: readonly string[] | null;
  /** The session's new context; null leaves it. */
  context: unknown;
}

export const committed = z.object({
  changed: z.array(
    z.object({
      kind: z.string(),
      op: z.enum(['create', 'update', 'delete', 'restore']),
      id: z.string(),
      after: z.record(z.string(), z.unknown()),
    }),
  ),
  next: z.object({ turn_id: z.string(), turn_seq: z.int(), fence: z.int() }).nullable(),
});
export type Committed = z.infer<typeof committed>;

/** The turn had been ended, cancelled or claimed by somebody else: nothing was written. */
export class FencedError extends Error {
  override readonly name = 'FencedError';
}

/** A turn as the record has it, with its present fence and attempt in the body. */
export interface StoredTurn {
  body: TurnBody;
  state: TurnState;
}

/** How a turn ended, as the record has it. */
export interface StoredResult {
  userId: string;
  turnId: string;
  sessionId: string;
  turnSeq: number;
  type: TerminalType;
  /** Null when it can't be read any more, or was never made: a turn that was cancelled before it came. */
  result: TurnResult | null;
  finishedAt: string;
  attempt: number;
}
