import type { Redis } from 'ioredis';
import { z } from 'zod';
import {
  EMPTY_CONTEXT,
  sessionContext,
  turnBody,
  type SessionContext,
  type TurnBody,
} from '../contracts/context.ts';
import { isTerminal, sessionFrame, type FrameDraft, type SessionFrame } from '../contracts/frames.ts';
import { turnPlan, type TurnPlan } from '../contracts/nlu.ts';
import { LuaScript } from '../core/lua.ts';
import { sessionKeys } from './keys.ts';
import { SCRIPTS, type ScriptName } from './scripts/scripts.ts';

/** The stage of a turn that holds its lease. */
export type Stage = 'nlu' | 'act';

/**
 * A frame with its place within its turn. Ordinals grow within an attempt; the stages keep to bands of their own so
 * that none needs to know how many the one before has used.
 */
export interface PlacedFrame {
  ordinal: number;
  frame: FrameDraft;
}
export const ORDINALS = { gateway: 0, nlu: 100, act: 1_000, terminal: 900_000 } as const;
const MARKS_PER_FENCE = 1_000_000;
/** Above every mark of every attempt: whatever ended the turn, its end is written. */
const TERMINAL_MARK = 1e12;

/**
 * `leaseMs` is what the lease that holds the session still has. `missing`: no state is alive. The others say why it is
 * not this attempt's go (see the script).
 */
export type Claimed =
  | { status: 'ok'; body: TurnBody; context: SessionContext; plan: TurnPlan | null }
  | { status: 'live'; leaseMs: number }
  | { status: 'missing' | 'unknown' | 'done' | 'wait' | 'early' | 'stale' | 'dead' | 'passed' };

/** A piece of a session's log, with what the session remembers as of then. */
export interface OutboxPage {
  epoch: string;
  tail: number;
  /** Frames up to this number are gone from the log. */
  trimmedTo: number;
  runningTurnId: string | null;
  context: SessionContext;
  frames: SessionFrame[];
}

/** Where a session and one of its turns stand. `fence`, `stage` and `leaseMs` are those of the running attempt. */
export interface Inspection {
  epoch: string;
  known: boolean;
  freed: number;
  runningTurnId: string | null;
  fence: number | null;
  stage: 'queued' | 'nlu' | 'handed' | 'act' | null;
  leaseMs: number;
}

const enterReply = z.tuple([z.enum(['missing', 'done', 'running', 'go', 'gap', 'wait'])]).rest(z.string());
const claimReply = z
  .tuple([z.enum(['ok', 'missing', 'unknown', 'done', 'wait', 'early', 'stale', 'live', 'dead', 'passed'])])
  .rest(z.union([z.string(), z.int(), z.null()]));
const heldReply = z.enum(['ok', 'missing', 'lost']);
const restartReply = z.enum(['ok', 'missing', 'unknown', 'stale', 'wait']);
const finishReply = z.tuple([z.enum(['ok', 'done', 'missing'])]).rest(z.string().nullable());
const announceReply = z.enum(['ok', 'missing', 'again']);
const rebuildReply = z.tuple([z.enum(['alive', 'made']), z.string()]);
const readReply = z.union([
  z.tuple([z.literal('missing')]),
  z.tuple([z.literal('ok'), z.string(), z.string(), z.string(), z.string(), z.string(), z.array(z.string())]),
]);
const inspectReply = z.union([
  z.tuple([z.literal('missing')]),
  z.tuple([z.literal('ok'), z.int(), z.string(), z.string(), z.string(), z.string(), z.int(), z.string()]),
]);

/** Each further try means that a turn has ended in between. */
const ANNOUNCE_TRIES = 5;

/** A context that another version wrote, or none, is an empty one: everything in it can be asked for again. */
function readContext(json: string): SessionContext {
  if (json === '') return EMPTY_CONTEXT;
  const parsed = sessionContext.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : EMPTY_CONTEXT;
}

const KIND_OF = (frame: FrameDraft): 'f' | 'd' | 't' =>
  isTerminal(frame) ? 't' : frame.type === 'reply.delta' ? 'd' : 'f';

/** Frames are made by typed code; what reads them (the relay) parses them by their schema. */
function frameArgs(fence: number, frames: readonly PlacedFrame[]): (string | number)[] {
  return frames.flatMap(({ ordinal, frame }) => [
    isTerminal(frame) ? TERMINAL_MARK : fence * MARKS_PER_FENCE + ordinal,
    KIND_OF(frame),
    JSON.stringify(frame),
  ]);
}

/** The Redis side of sessions: one method a script, parsed both ways. Only `turns.ts` and the relay use it. */
export class SessionStore {
  private readonly scripts: Record<ScriptName, LuaScript>;

  constructor(private readonly redis: Redis) {
    const compiled = Object.entries(SCRIPTS).map(([name, source]) => [name, new LuaScript(source)] as const);
    this.scripts = Object.fromEntries(compiled) as Record<ScriptName, LuaScript>;
  }

  private async run(
    name: ScriptName,
    sessionId: string,
    args: readonly (string | number)[],
  ): Promise<unknown> {
    const k = sessionKeys(sessionId);
    return this.scripts[name].run(this.redis, [k.state, k.open, k.done, k.outbox, k.deltas, k.bell], args);
  }

  /**
   * Registers an admitted turn and writes its first frame, once however often it is called.
   *
   * @returns `go` when it is next and its job has to be added; `running`, `wait` or `done` when there is nothing to do;
   *   `gap` when an earlier turn is unknown here; `missing` when no state is alive
   */
  async enter(body: TurnBody, frames: readonly PlacedFrame[]): Promise<z.infer<typeof enterReply>[0]> {
    const args = [body.turn_id, body.turn_seq, JSON.stringify(body), ...frameArgs(0, frames)];
    return enterReply.parse(await this.run('enter', body.session_id, args))[0];
  }

  /** Takes the session for one stage of one attempt, with a lease of `leaseMs`. */
  async claim(turn: {
    sessionId: string;
    turnId: string;
    turnSeq: number;
    fence: number;
    stage: Stage;
    leaseMs: number;
  }): Promise<Claimed> {
    const args = [turn.turnId, turn.turnSeq, turn.fence, turn.stage, turn.leaseMs];
    const [status, first, second, third] = claimReply.parse(await this.run('claim', turn.sessionId, args));
    if (status === 'live') return { status, leaseMs: Number(first) };
    if (status !== 'ok') return { status };
    const plan =
      third === '' || third === null || third === undefined
        ? null
        : turnPlan.safeParse(JSON.parse(String(third)));
    return {
      status,
      body: turnBody.parse(JSON.parse(String(first))),
      context: readContext(String(second)),
      plan: plan?.success ? plan.data : null,
    };
  }

  /**
   * Stores the plan, writes the frames and passes the lease on to the workflow stage.
   *
   * @returns `lost` when the attempt is no longer the running one; nothing is written then
   */
  async handOver(
    turn: { sessionId: string; turnId: string; fence: number; leaseMs: number; plan: TurnPlan },
    frames: readonly PlacedFrame[],
  ): Promise<z.infer<typeof heldReply>> {
    const args = [
      turn.turnId,
      turn.fence,
      turn.leaseMs,
      JSON.stringify(turn.plan),
      ...frameArgs(turn.fence, frames),
    ];
    return heldReply.parse(await this.run('handOver', turn.sessionId, args));
  }

  /** Writes frames of the running attempt and renews its lease; without frames it only renews. */
  async emit(
    turn: { sessionId: string; turnId: string; fence: number; leaseMs: number },
    frames: readonly PlacedFrame[],
  ): Promise<z.infer<typeof heldReply>> {
    const args = [turn.turnId, turn.fence, turn.leaseMs, ...frameArgs(turn.fence, frames)];
    return heldReply.parse(await this.run('emit', turn.sessionId, args));
  }

  /**
   * Puts a turn with a raised fence back to its first stage.
   *
   * @returns `ok` when its job has to be added; `stale` for a fence that is no newer, `wait` when it is not its go,
   *   `unknown` for a turn that was never entered, `missing` when no state is alive
   */
  async restart(body: TurnBody, frames: readonly PlacedFrame[]): Promise<z.infer<typeof restartReply>> {
    const args = [body.turn_id, body.fence, JSON.stringify(body), ...frameArgs(body.fence, frames)];
    return restartReply.parse(await this.run('restart', body.session_id, args));
  }

  /** Ends a turn in the outbox and frees its session; gives the turn that is next. */
  async finish(
    turn: {
      sessionId: string;
      turnId: string;
      turnSeq: number;
      fence: number;
      context: SessionContext | null;
    },
    frames: readonly PlacedFrame[],
  ): Promise<{ status: 'ok' | 'done' | 'missing'; next: TurnBody | null }> {
    const context = turn.context === null ? '' : JSON.stringify(turn.context);
    const args = [turn.turnId, turn.turnSeq, context, ...frameArgs(turn.fence, frames)];
    const [status, next] = finishReply.parse(await this.run('finish', turn.sessionId, args));
    return { status, next: typeof next === 'string' ? turnBody.parse(JSON.parse(next)) : null };
  }

  /**
   * A frame outside of any running turn that changes what the session remembers.
   *
   * @param key written once for each key, however often it is announced
   * @returns `missing` when no state is alive: whoever makes one has no use for the frame
   */
  async announce(
    sessionId: string,
    key: string,
    frame: FrameDraft,
    change: (context: SessionContext) => SessionContext,
  ): Promise<'ok' | 'missing'> {
    for (let tries = 1; tries <= ANNOUNCE_TRIES; tries += 1) {
      const held = (await this.redis.hget(sessionKeys(sessionId).state, 'ctx')) ?? '';
      const next = JSON.stringify(change(readContext(held)));
      const args = [key, held, next, ...frameArgs(0, [{ ordinal: 0, frame }])];
      const outcome = announceReply.parse(await this.run('announce', sessionId, args));
      if (outcome !== 'again') return outcome;
    }
    throw new Error('A session changed again and again while something was announced in it');
  }

  /** @param expectedEpoch the epoch to replace by force; '' makes a state only where none is alive */
  async rebuild(
    sessionId: string,
    state: {
      epoch: string;
      freed: number;
      context: SessionContext;
      open: readonly TurnBody[];
      ended: readonly { turnId: string; turnSeq: number }[];
    },
    expectedEpoch: string,
  ): Promise<{ made: boolean; epoch: string }> {
    const args = [
      state.epoch,
      expectedEpoch,
      state.freed,
      JSON.stringify(state.context),
      state.open.length,
      ...state.open.flatMap((body) => [body.turn_id, body.turn_seq, JSON.stringify(body)]),
      ...state.ended.flatMap((turn) => [turn.turnId, turn.turnSeq]),
    ];
    const [outcome, epoch] = rebuildReply.parse(await this.run('rebuild', sessionId, args));
    return { made: outcome === 'made', epoch };
  }

  /** Takes the state and the log of a session away; no more is left of it in Redis. */
  async forget(sessionId: string): Promise<void> {
    await this.run('forget', sessionId, []);
  }

  /** @returns null when no state is alive */
  async read(sessionId: string, after: number, count: number): Promise<OutboxPage | null> {
    const reply = readReply.parse(await this.run('read', sessionId, [after, count]));
    if (reply[0] === 'missing') return null;
    const [, epoch, tail, trim, running, context, frames] = reply;
    return {
      epoch,
      tail: Number(tail),
      trimmedTo: Number(trim),
      runningTurnId: running === '' ? null : running,
      context: readContext(context),
      frames: frames.map((json) => sessionFrame.parse(JSON.parse(json))),
    };
  }

  /** @returns null when no state is alive */
  async inspect(sessionId: string, turnId: string): Promise<Inspection | null> {
    const reply = inspectReply.parse(await this.run('inspect', sessionId, [turnId]));
    if (reply[0] === 'missing') return null;
    const [, known, freed, running, fence, stage, leaseMs, epoch] = reply;
    return {
      epoch,
      known: known === 1,
      freed: Number(freed),
      runningTurnId: running === '' ? null : running,
      fence: fence === '' ? null : Number(fence),
      stage: z
        .enum(['queued', 'nlu', 'handed', 'act'])
        .nullable()
        .parse(stage === '' ? null : stage),
      leaseMs,
    };
  }
}
