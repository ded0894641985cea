import type { Clarification } from '../../contracts/clarification.ts';
import type { ClientPayload } from '../../contracts/events.ts';
import type { SessionFrame, TerminalFrame } from '../../contracts/frames.ts';
import { isTerminal } from '../../contracts/frames.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Card, TurnRecord, TurnResult } from '../../contracts/result.ts';
import type { ClientErrorCode } from './client-error.ts';

/**
 * | state      | means                                            | left by                                        |
 * | ---------- | ------------------------------------------------ | ---------------------------------------------- |
 * | sending    | shown here, not acknowledged by the server       | acknowledgement or `turn.accepted` → queued;   |
 * |            |                                                  | refusal → failed                               |
 * | queued     | durable, waits for the turns before it           | `turn.started` → running; cancel → cancelled   |
 * | running    | an attempt works on it; `partial` is its text    | `turn.restarted`, `turn.amended` → running     |
 * |            |                                                  | again without text; a terminal frame           |
 * | clarifying | ended with a question that is still open         | the question's end → done                      |
 * | done       | ended: completed, or refused by a rule that      | –                                              |
 * |            | leaves nothing to ask                            |                                                |
 * | failed     | refused at the door, or ended `failed`           | retry → sending (same id if never admitted)    |
 * | cancelled  | ended by a cancel                                | –                                              |
 */
export type TurnPhase = 'sending' | 'queued' | 'running' | 'clarifying' | 'done' | 'failed' | 'cancelled';

/** What has to be sent (again) until the server acknowledges it. */
export type TurnCommand =
  | { event: 'turn.submit'; payload: ClientPayload<'turn.submit'> }
  | { event: 'clarification.answer'; payload: ClientPayload<'clarification.answer'> }
  | { event: 'receipt.undo'; payload: ClientPayload<'receipt.undo'> };

/** One turn as a page shows it. */
export interface Turn {
  readonly id: string;
  /** Its number in the session; null until the server has given one. */
  readonly seq: number | null;
  readonly text: string;
  readonly at: string;
  readonly phase: TurnPhase;
  readonly attempt: number;
  /** Streamed text of the running attempt; empty once the turn has ended, since the result has the whole reply. */
  readonly partial: string;
  readonly acts: readonly Act[];
  readonly progress: { readonly stage: string; readonly label: string } | null;
  readonly cards: readonly Card[];
  readonly question: Clarification | null;
  readonly result: TurnResult | null;
  readonly error: {
    readonly code: ClientErrorCode;
    readonly message: string;
    readonly retryable: boolean;
  } | null;
  /** Set for a turn that this client made. */
  readonly command: TurnCommand | null;
}

export function emptyTurn(id: string, text: string, at: string): Turn {
  return {
    id,
    seq: null,
    text,
    at,
    phase: 'queued',
    attempt: 0,
    partial: '',
    acts: [],
    progress: null,
    cards: [],
    question: null,
    result: null,
    error: null,
    command: null,
  };
}

export const hasEnded = (turn: Turn): boolean =>
  turn.phase !== 'sending' && turn.phase !== 'queued' && turn.phase !== 'running';

/** The words to show as the answer: the result's once there is one, before that what has streamed in. */
export const replyOf = (turn: Turn): string => turn.result?.reply ?? turn.partial;

/** A frame of a turn applied to it; the turn itself when the frame changes nothing. */
export function reduceTurn(turn: Turn, frame: SessionFrame): Turn {
  if (isTerminal(frame)) return endTurn(turn, frame);
  if (frame.type === 'turn.accepted')
    return hasEnded(turn) || turn.phase === 'running'
      ? { ...turn, seq: frame.turn_seq, text: frame.text }
      : { ...turn, seq: frame.turn_seq, text: frame.text, at: frame.at, phase: 'queued', error: null };
  // What an attempt that was given up still says is dropped; so is anything after the end.
  if (turn.result !== null || frame.attempt < turn.attempt) return turn;
  switch (frame.type) {
    case 'turn.started':
      return { ...turn, phase: 'running', attempt: frame.attempt };
    case 'turn.restarted':
    case 'turn.amended':
      return { ...emptied(turn), phase: 'running', attempt: frame.attempt };
    case 'turn.understood':
      return { ...turn, acts: frame.acts };
    case 'turn.progress':
      return { ...turn, progress: { stage: frame.stage, label: frame.label } };
    case 'reply.delta':
      return { ...turn, partial: turn.partial + frame.text };
    case 'card':
      return { ...turn, cards: [...turn.cards, frame.card] };
    case 'clarification.requested':
      return { ...turn, question: frame.clarification };
    default:
      return turn;
  }
}

function endTurn(turn: Turn, frame: TerminalFrame): Turn {
  if (turn.result !== null) return turn;
  return withResult({ ...turn, attempt: Math.max(turn.attempt, frame.attempt) }, frame.result);
}

/** The whole truth of a turn that has ended; what had streamed in before is no longer needed. */
function withResult(turn: Turn, result: TurnResult): Turn {
  return {
    ...turn,
    phase: phaseOf(result),
    partial: '',
    progress: null,
    cards: result.cards,
    question: result.clarification,
    result,
    error:
      result.status === 'failed'
        ? {
            code: result.error_code ?? 'internal_error',
            message: result.error ?? 'This could not be finished.',
            retryable: true,
          }
        : null,
  };
}

/** Whether a turn ended with a question: it asks for what is missing, or offers another way than the refused one. */
export const asksIn = ({ status, clarification }: TurnResult): boolean =>
  status === 'clarifying' || (status === 'refused' && clarification !== null);

/** All that a turn asks, in its order: several requests of one message may each leave a question. */
export function questionsOf({
  result,
  question,
}: Pick<Turn, 'result' | 'question'>): readonly Clarification[] {
  const asked = result?.acts.flatMap(({ clarification }) => clarification ?? []) ?? [];
  return asked.length > 0 ? asked : question ? [question] : [];
}

function phaseOf(result: TurnResult): TurnPhase {
  if (asksIn(result)) return 'clarifying';
  if (result.status === 'failed') return 'failed';
  return result.status === 'cancelled' ? 'cancelled' : 'done';
}

const emptied = (turn: Turn): Turn => ({
  ...turn,
  partial: '',
  acts: [],
  progress: null,
  cards: [],
  question: null,
});

/** A turn of the history or of a snapshot; what this client already knew of it (words, spans) is kept. */
export function turnOfRecord(record: TurnRecord, known: Turn | undefined, partial: string): Turn {
  const base: Turn = {
    ...emptyTurn(record.turn_id, record.text, record.at),
    acts: record.understood ?? known?.acts ?? [],
    command: known?.command ?? null,
    seq: record.turn_seq,
    attempt: record.attempt,
  };
  if (record.result) return withResult(base, record.result);
  return { ...base, phase: record.state === 'running' ? 'running' : 'queued', partial };
}
