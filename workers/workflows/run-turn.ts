import type { SessionContext, TurnBody } from '../../contracts/context.ts';
import { PulseError } from '../../contracts/errors.ts';
import type { TurnJob } from '../../contracts/jobs.ts';
import type { TurnPlan } from '../../contracts/nlu.ts';
import { FencedError } from '../../contracts/records.ts';
import type { TurnResult } from '../../contracts/result.ts';
import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Logger } from '../../core/logger.ts';
import type { Metrics } from '../../core/metrics.ts';
import type { JobOutcome } from '../../core/queues.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';
import { RENEW_MS } from '../../sessions/attempts.ts';
import { commitOf, frameHead, plainResult } from '../../sessions/results.ts';
import { ORDINALS, type PlacedFrame } from '../../sessions/session-store.ts';
import type { Turns } from '../../sessions/turns.ts';
import { composeTurn, type ComposedTurn } from './compose-turn.ts';
import type { WorkSetting } from './define-workflow.ts';
import type { Ports } from './ports.ts';
import { readOnce } from './reads-once.ts';
import { ReplyStream } from './reply-stream.ts';
import { reportTurn } from './report-turn.ts';
import type { ActRunner } from './run-acts.ts';
import { TurnModel, type TurnModelDeps } from './turn-model.ts';

/** A turn without life for this long is given up by its runner; the attempt then counts as failed. */
const WATCHDOG_MS = 60_000;
/** How often a plan is made anew because something changed between reading and commit. */
const REPLANS_MAX = 2;
const REPLANNED = new Set<string>(['version_conflict', 'already_answered']);

/** What the stage needs from outside. */
export interface TurnRunnerDeps {
  turns: Turns;
  acts: ActRunner;
  portsOf(userId: string, now: Date): Ports;
  /** The language model of one attempt; its calls are metered in the turn's place. */
  models: Omit<TurnModelDeps, 'stillRunning'>;
  analytics: Analytics;
  clock: Clock;
  log: Logger;
  metrics: Pick<Metrics, 'timeStage' | 'quotaRefusals'>;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
  /** Pieces the reply is written in, for measuring streams; 0 is one piece with the end. */
  replyPieces: number;
}

/** The workflow stage: takes over an understood turn, carries it out and ends it. */
export class TurnRunner {
  constructor(private readonly deps: TurnRunnerDeps) {}

  /**
   * Claims the turn and carries it out to its end; a fault becomes another attempt.
   *
   * @returns when to look again, for a turn whose go has not come
   */
  async handle(job: TurnJob): Promise<JobOutcome> {
    const claimed = await this.deps.turns.claim(job, 'act');
    if (claimed.status === 'later') return { delayMs: claimed.delayMs };
    if (claimed.status === 'drop') return undefined;
    const { body, context, plan } = claimed;
    const alive = setInterval(() => void this.renew(body), RENEW_MS);
    try {
      if (!plan) throw new Error('The plan of a claimed turn is missing');
      await withDeadline(this.run(body, plan, context), WATCHDOG_MS);
    } catch (error) {
      await this.recoverFrom(error, job, body);
    } finally {
      clearInterval(alive);
    }
    return undefined;
  }

  private async renew(body: TurnBody): Promise<void> {
    try {
      await this.deps.turns.emit(body, []);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'A lease could not be renewed');
    }
  }

  private async recoverFrom(error: unknown, job: TurnJob, body: TurnBody): Promise<void> {
    if (error instanceof FencedError) {
      await this.deps.turns.afterFence(body);
      return;
    }
    this.deps.log.error({ err: error, attempt: body.attempt }, 'A turn failed in its workflow');
    this.deps.analytics.capture(body.user_id, 'workflow_error', {
      error_type: typeOf(error),
      component: 'workflows',
    });
    await this.deps.turns.retry(job);
  }

  private async run(body: TurnBody, plan: TurnPlan, context: SessionContext): Promise<void> {
    const startedAt = performance.now();
    const { turns, clock } = this.deps;
    const reply = new ReplyStream(body, clock, (frames) => turns.emit(body, frames));
    const modelDeps = { ...this.deps.models, stillRunning: () => turns.emit(body, []) };
    let paid = false;
    for (let tries = 0; ; tries += 1) {
      const now = clock.now();
      const model = new TurnModel(modelDeps, { body, flags: plan.flags, reply });
      const setting: WorkSetting = {
        timezone: body.timezone,
        reference: new Date(body.reference),
        receivedAt: new Date(body.received_at),
        now,
        context,
        recalled: plan.recalled ?? [],
        remembers: plan.flags.enable_multi_turn_memory,
        ports: readOnce(this.deps.portsOf(body.user_id, now)),
        model,
        say: reply,
        step: 0,
        newId,
      };
      try {
        const done = await this.deps.acts.run(body, plan, context, setting);
        await this.deps.fault('planned');
        const turn = {
          body,
          plan,
          context,
          ...done,
          now: clock.now(),
          workflowMs: performance.now() - startedAt,
          model,
          said: { text: reply.text, ordinal: await reply.flush() },
          newId,
        };
        const composed = composeTurn(turn);
        // A plan before this one may have paid for what this one did not want.
        if (paid) composed.commit.calls = model.callIds;
        await this.end(body, composed, { uses: model.uses, workflowMs: performance.now() - startedAt });
        return;
      } catch (error) {
        if (!(error instanceof PulseError)) throw error;
        if (REPLANNED.has(error.code) && tries < REPLANS_MAX) {
          reply.again();
          paid ||= model.callIds.length > 0;
          continue;
        }
        await this.refuse(body, error);
        return;
      }
    }
  }

  private async end(
    body: TurnBody,
    composed: ComposedTurn,
    told: { uses: TurnModel['uses']; workflowMs: number },
  ): Promise<void> {
    const pieces =
      this.deps.replyPieces > 0 ? streamed(body, composed, this.deps.replyPieces, this.deps.clock) : null;
    await this.deps.turns.endings.commit(
      body,
      composed.commit,
      pieces ? pieces.rest : composed.frames,
      pieces?.deltas,
    );
    reportTurn(this.deps, body.user_id, composed.result, told);
    if (composed.result.acts.length === 0) this.deps.log.error('A turn ended without an act');
  }

  /** The turn ends in a refusal: what it would have changed has changed under it, or its question is closed. */
  private async refuse(body: TurnBody, error: PulseError): Promise<void> {
    const result: TurnResult = {
      ...plainResult(body, 'refused', error.message, { code: error.code, message: error.message }),
      decision: 'REFUSE',
    };
    const at = this.deps.clock.now().toISOString();
    const commit = commitOf(body, {
      state: 'completed',
      result,
      at,
      fence: body.fence,
      fromStates: ['running'],
    });
    await this.deps.turns.endings.commit(body, { ...commit, refund: 'refused' }, []);
  }
}

/** The reply in n deltas of its own, each written by itself. */
function streamed(
  body: TurnBody,
  composed: ComposedTurn,
  pieces: number,
  clock: Clock,
): { deltas: PlacedFrame[]; rest: PlacedFrame[] } {
  const text = composed.result.reply;
  const size = Math.max(1, Math.ceil(text.length / pieces));
  const head = frameHead(body, clock);
  const deltas = Array.from({ length: pieces }, (_, index) => ({
    ordinal: ORDINALS.act + index,
    frame: { type: 'reply.delta' as const, ...head, text: text.slice(index * size, (index + 1) * size) },
  }));
  const rest = composed.frames
    .filter(({ frame }) => frame.type !== 'reply.delta')
    .map(({ ordinal, frame }) => ({ ordinal: ordinal + pieces, frame }));
  return { deltas, rest };
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PulseError('deadline_exceeded', 'The turn took too long.')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const typeOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
