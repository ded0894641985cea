import type { TurnBody } from '../../contracts/context.ts';
import type { Flags } from '../../contracts/flags.ts';
import { FencedError } from '../../contracts/records.ts';
import type { UsageLine } from '../../contracts/result.ts';
import { isFeature, type Feature, type Tier } from '../../contracts/usage.ts';
import type { Clock } from '../../core/clock.ts';
import { modelFor, OPERATION_GATES, type GatedOperation, type Gates } from '../../usage/gates.ts';
import { modelFault, type Meter } from '../../usage/meter.ts';
import type { CallPlace } from '../../usage/metered-step.ts';
import type { UsageSettingsSource } from '../../usage/settings-source.ts';
import {
  WordingFailed,
  type OperationVerdict,
  type Worded,
  type Wording,
  type WordingModel,
} from './ports.ts';
import type { ReplyStream } from './reply-stream.ts';

/** How often a call that says nothing looks whether its turn is still wanted. */
const LOOK_EVERY_MS = 400;

/** What every turn's model is made of. */
export interface TurnModelDeps {
  meter: Pick<Meter, 'withMeter'>;
  gates: Pick<Gates, 'check'>;
  settings: UsageSettingsSource;
  clock: Clock;
  /** False when the turn has been cancelled, or belongs to another attempt. */
  stillRunning(body: TurnBody): Promise<boolean>;
}

/**
 * The language model as one attempt of a turn has it: every call is metered in the turn's place, and stops within a
 * second when the turn is cancelled.
 */
export class TurnModel implements WordingModel {
  /** What the turn's calls took so far. */
  readonly lines: UsageLine[] = [];
  /** Calls whose answers this attempt has taken. */
  readonly callIds: string[] = [];
  /** Features that were used, by the plan of who used them. */
  readonly uses: { feature: Feature; tier: Tier }[] = [];
  private tier: Tier | undefined;
  private readonly calls = new Map<number, number>();

  constructor(
    private readonly deps: TurnModelDeps,
    private readonly turn: { body: TurnBody; flags: Flags; reply: ReplyStream },
  ) {}

  async check(operation: GatedOperation): Promise<OperationVerdict> {
    const { body, flags } = this.turn;
    const turn = { turnId: body.turn_id, taken: this.callIds };
    const verdict = await this.deps.gates.check(body.user_id, operation, flags, this.deps.clock.now(), turn);
    this.tier = verdict.tier;
    return verdict;
  }

  /** What is charged by use was paid for; the plan is looked up where nothing has asked for it in this turn. */
  private async used(operation: GatedOperation): Promise<void> {
    if (!isFeature(operation)) return;
    const tier = this.tier ?? (await this.check(operation)).tier;
    this.uses.push({ feature: operation, tier });
  }

  async word<T>(wording: Wording<T>): Promise<Worded<T>> {
    const { reply } = this.turn;
    const { operation, intent, step, hidden = false } = wording;
    const place = this.placeOf(step, intent);
    const settings = await this.deps.settings.at(this.deps.clock.now());
    const role = OPERATION_GATES[operation].model;
    const metered = {
      place,
      operation,
      function: wording.function,
      model: role === null ? null : modelFor(settings, role),
      prompt: wording.prompt,
    };
    try {
      const { value, line, callId } = await this.deps.meter.withMeter(metered, (call) =>
        this.whileWanted(async (signal) => {
          if (!hidden) reply.onShown(() => void call.shown().catch(() => undefined));
          const text = await call.complete({
            signal,
            ...(!hidden && { onText: (piece: string) => reply.say(piece) }),
          });
          return wording.read(text);
        }),
      );
      this.lines.push(line);
      this.callIds.push(callId);
      await this.used(operation);
      return { value, tokens: line.tokens_used };
    } catch (error) {
      const fault = modelFault(error);
      if (fault === 'aborted') throw new FencedError('The turn has ended or belongs to another attempt');
      if (fault !== null) throw new WordingFailed(fault);
      throw error;
    }
  }

  async charge({
    operation,
    intent,
    step,
    function: name,
  }: Parameters<WordingModel['charge']>[0]): Promise<number> {
    const { line, callId } = await this.deps.meter.withMeter(
      { place: this.placeOf(step, intent), operation, function: name, model: null, prompt: null },
      () => Promise.resolve(),
    );
    this.lines.push(line);
    this.callIds.push(callId);
    await this.used(operation);
    return line.tokens_used;
  }

  /** The next call of an act. */
  private placeOf(step: number, intent: string): CallPlace {
    const { body } = this.turn;
    const ordinal = this.calls.get(step) ?? 0;
    this.calls.set(step, ordinal + 1);
    return {
      userId: body.user_id,
      sessionId: body.session_id,
      turnId: body.turn_id,
      fence: body.fence,
      scopeId: body.turn_id,
      step,
      ordinal,
      intent,
    };
  }

  private async whileWanted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const look = setInterval(() => {
      this.deps.stillRunning(this.turn.body).then(
        (running) => running || controller.abort(),
        // A store that does not answer says nothing about the turn.
        () => undefined,
      );
    }, LOOK_EVERY_MS);
    try {
      return await work(controller.signal);
    } finally {
      clearInterval(look);
    }
  }
}
