import { isTerminal, type Frame, type FrameDraft, type SessionFrame } from '../../contracts/frames.ts';
import type { Clarification } from '../../contracts/clarification.ts';
import type { TurnRecord, TurnResult } from '../../contracts/result.ts';

export const SESSION = '01980000-0000-7000-8000-000000000001';
const USER = '01980000-0000-7000-8000-0000000000aa';
const AT = '2026-11-22T14:20:59.000Z';

/** A made-up id that is the same in every run. */
export const idOf = (kind: number, n: number): string =>
  `01980000-0000-7000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}`;

export function resultOf(turnId: string, change: Partial<TurnResult> = {}): TurnResult {
  return {
    turn_id: turnId,
    session_id: SESSION,
    status: 'completed',
    action_id: null,
    intent: 'task_management',
    action: 'create_task',
    workflow_type: 'tasks',
    confidence: 0.97,
    source: 'rule',
    entities: {},
    decision: 'AUTO',
    requires_task_card: false,
    reply: 'Done.',
    clarification: null,
    execution_result: null,
    receipt: null,
    acts: [],
    cards: [],
    usage: { tokens_used: 0, cost_usd: 0, lines: [] },
    timings_ms: { queued: 1, nlu: 2, workflow: 3, total: 6 },
    error: null,
    error_code: null,
    amended_turn_id: null,
    undone_receipt_id: null,
    ...change,
  };
}

export function questionOf(n: number): Clarification {
  return {
    clarification_id: idOf(2, n),
    slot: 'title',
    kind: 'slot',
    question: 'What would you like to study?',
    choices: [{ choice_id: 'physics', label: 'Physics' }],
    expires_at: '2026-11-23T14:20:59.000Z',
  };
}

/** How one turn of a made-up conversation goes. */
export interface TurnPlan {
  /** Pieces of text of each attempt; every attempt but the last is given up. */
  attempts: string[][];
  amended: boolean;
  end: 'completed' | 'failed' | 'cancelled' | 'asks' | 'refuses' | 'open';
  /** The turn is accepted while the one before it still runs. */
  early: boolean;
  answersQuestion: boolean;
}

interface Place {
  session_id: string;
  at: string;
  turn_id: string;
  attempt: number;
}

/** A session's log as the server keeps it: every frame of a made-up conversation, with its number. */
export class SessionLog {
  readonly frames: SessionFrame[] = [];
  readonly epoch: string;
  #open: Clarification[] = [];

  constructor(plans: readonly TurnPlan[], epoch = 'epoch-1') {
    this.epoch = epoch;
    plans.forEach((plan, index) => {
      if (!plan.early || index === 0) this.#accept(index);
      this.#run(index, plan, plans[index + 1]?.early === true);
    });
  }

  get tail(): number {
    return this.frames.length;
  }

  #add(draft: FrameDraft): void {
    this.frames.push({ ...draft, epoch: this.epoch, seq: this.frames.length + 1 });
  }

  #accept(index: number): void {
    this.#add({
      type: 'turn.accepted',
      ...this.#place(index, 0),
      turn_seq: index + 1,
      position: 0,
      text: `words of turn ${index}`,
    });
  }

  #place(index: number, attempt: number): Place {
    return { session_id: SESSION, at: AT, turn_id: idOf(1, index), attempt };
  }

  #run(index: number, plan: TurnPlan, nextIsEarly: boolean): void {
    const last = plan.attempts.length;
    plan.attempts.forEach((pieces, n) => {
      const place = this.#place(index, n + 1);
      if (n === 0) this.#add({ type: 'turn.started', ...place });
      else if (plan.amended) this.#add({ type: 'turn.amended', ...place, amended_by: idOf(3, index) });
      else this.#add({ type: 'turn.restarted', ...place });
      this.#add({ type: 'turn.understood', ...place, acts: [] });
      this.#add({ type: 'turn.progress', ...place, stage: 'plan', label: 'looking at your tasks' });
      pieces.forEach((text, piece) => {
        this.#add({ type: 'reply.delta', ...place, text });
        // The next message comes in while this reply streams, so numbers of the two interleave.
        if (nextIsEarly && n === 0 && piece === 0) this.#accept(index + 1);
      });
      if (nextIsEarly && n === 0 && pieces.length === 0) this.#accept(index + 1);
    });
    const place = this.#place(index, last);
    const question = this.#open[0];
    if (plan.answersQuestion && question) {
      this.#open = [];
      this.#add({
        type: 'clarification.closed',
        ...place,
        clarification_id: question.clarification_id,
        reason: 'answered',
      });
    }
    this.#end(index, plan, place);
  }

  #end(index: number, plan: TurnPlan, place: Place): void {
    const turnId = idOf(1, index);
    const reply = plan.attempts.at(-1)?.join('') ?? '';
    if (plan.end === 'completed')
      this.#add({ type: 'turn.completed', ...place, result: resultOf(turnId, { reply }) });
    if (plan.end === 'failed')
      this.#add({ type: 'turn.failed', ...place, result: resultOf(turnId, { status: 'failed', reply }) });
    if (plan.end === 'cancelled')
      this.#add({
        type: 'turn.cancelled',
        ...place,
        result: resultOf(turnId, { status: 'cancelled', reply }),
      });
    if (plan.end === 'asks' || plan.end === 'refuses') {
      const clarification = questionOf(index);
      this.#open = [clarification];
      this.#add({ type: 'clarification.requested', ...place, clarification });
      const how =
        plan.end === 'asks'
          ? ({ status: 'clarifying', decision: 'CLARIFY' } as const)
          : ({ status: 'refused', decision: 'REFUSE', error_code: 'quota_exceeded' } as const);
      const result = resultOf(turnId, { ...how, reply, clarification });
      this.#add({ type: 'turn.completed', ...place, result });
    }
  }

  /** Questions that are open once the log has reached `seq`. */
  openAt(seq: number): Clarification[] {
    let open: Clarification[] = [];
    for (const frame of this.frames.slice(0, seq)) {
      if (frame.type === 'clarification.requested') open = [...open, frame.clarification];
      if (frame.type === 'clarification.closed')
        open = open.filter((known) => known.clarification_id !== frame.clarification_id);
    }
    return open;
  }

  /** The frames `from`+1 … `to` as a server holds them once it has written `to`: ended turns have lost their deltas. */
  read(from: number, to: number): SessionFrame[] {
    const ended = new Set(
      this.frames
        .slice(0, to)
        .filter(isTerminal)
        .map((frame) => frame.turn_id),
    );
    return this.frames
      .slice(from, to)
      .filter((frame) => frame.type !== 'reply.delta' || !ended.has(frame.turn_id));
  }

  ready(to: number): Frame {
    return {
      type: 'session.ready',
      session_id: SESSION,
      epoch: this.epoch,
      tail_seq: to,
      user_id: USER,
      tier: 'free',
      limits: { text_max_chars: 4000, waiting_turns_max: 8, turns_per_minute: 600, burst: 200 },
      protocol: 1,
      expires_at: '2026-11-22T15:20:59.000Z',
      open_clarifications: this.openAt(to),
      notices: [],
    };
  }

  resumed(from: number, to: number): Frame {
    return { type: 'session.resumed', session_id: SESSION, epoch: this.epoch, complete: true, from, to };
  }

  snapshot(to: number): Frame {
    const turns = new Map<string, TurnRecord>();
    const texts = new Map<string, string>();
    for (const frame of this.frames.slice(0, to)) {
      const known = turns.get(frame.turn_id);
      if (frame.type === 'turn.accepted')
        turns.set(frame.turn_id, {
          turn_id: frame.turn_id,
          turn_seq: frame.turn_seq,
          text: frame.text,
          state: 'queued',
          at: frame.at,
          attempt: 0,
          understood: null,
          result: null,
        });
      if (!known) continue;
      if (frame.type === 'turn.started' || frame.type === 'turn.restarted' || frame.type === 'turn.amended') {
        turns.set(frame.turn_id, { ...known, state: 'running', attempt: frame.attempt });
        texts.set(frame.turn_id, '');
      }
      if (frame.type === 'reply.delta')
        texts.set(frame.turn_id, (texts.get(frame.turn_id) ?? '') + frame.text);
      if (isTerminal(frame)) turns.set(frame.turn_id, { ...known, state: 'completed', result: frame.result });
    }
    const running = [...turns.values()].find((turn) => turn.state === 'running');
    return {
      type: 'session.snapshot',
      session_id: SESSION,
      epoch: this.epoch,
      tail_seq: to,
      complete: false,
      turns: [...turns.values()],
      running: running
        ? { turn_id: running.turn_id, attempt: running.attempt, text: texts.get(running.turn_id) ?? '' }
        : null,
      queue: [...turns.values()].filter((turn) => turn.state === 'queued').map((turn) => turn.turn_id),
      open_clarifications: this.openAt(to),
      quota: { tokens_used: 0, limit: 10_000, remaining: 10_000, resets_at: '2026-12-01T00:00:00.000Z' },
    };
  }
}
