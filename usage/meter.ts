import { createHash } from 'node:crypto';
import { PulseError } from '../contracts/errors.ts';
import { FencedError } from '../contracts/records.ts';
import type { UsageLine } from '../contracts/result.ts';
import { isFeature, type UsageEvent, type UsageSettings } from '../contracts/usage.ts';
import type { Clock } from '../core/clock.ts';
import { newId } from '../core/ids.ts';
import type { Db } from '../db/connect.ts';
import { finishCall, markShown, reserveCall, type Finished, type Reserved } from '../db/metering.ts';
import {
  CallPermit,
  LanguageModelError,
  type Completion,
  type LanguageModel,
} from '../integrations/llm/language-model.ts';
import { limitsOf, type Accounts } from './accounts.ts';
import { alertsFor } from './alerts.ts';
import { CallBook } from './call-book.ts';
import { roundCost } from './cost.ts';
import { noPrice } from './gates.ts';
import type { CallSums, Metered, MeteredCall, MeteredStep, QuotaAlert } from './metered-step.ts';
import type { Period } from './periods.ts';
import { QuotaExceeded } from './quota-exceeded.ts';
import type { UsageSettingsSource } from './settings-source.ts';
import { worstCase } from './token-count.ts';

/** Beyond every time limit of a call; after it the reservation is taken back from a maker that died. */
const RESERVATION_MS = 90_000;
/** Where nothing is called. */
const NO_MODEL = 'none';

/** What the meter needs from outside; the role's entry gives it. */
export interface MeterDeps {
  db: Db;
  accounts: Accounts;
  settings: UsageSettingsSource;
  /** Null where none is set up. */
  model: LanguageModel | null;
  clock: Clock;
  /** Takes events on their way to the books. Must not throw; what it loses is found in Postgres. */
  deliver(event: UsageEvent): void;
  /** Devices are told of notices that the books have. */
  tellAlerts(userId: string, alerts: readonly QuotaAlert[]): Promise<void>;
  /** For metrics and analytics; must not throw. */
  onCall(call: CallSums & { charged: number }): void;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

/**
 * The only way to a language model: reserve, call, settle or release (docs/charging.md). A step is charged once for
 * its place, whatever dies: an answer that was paid for is used again by the next attempt.
 */
export class Meter {
  constructor(private readonly deps: MeterDeps) {}

  /**
   * Runs a function under the meter.
   *
   * @param fn checks what the model answered: what it throws is not charged
   * @throws QuotaExceeded when there is no room; PulseError `feature_unavailable` without a model or a price;
   *   LanguageModelError as the provider fails, or `fn` judges; FencedError when the turn is no longer this attempt's
   */
  async withMeter<T>(step: MeteredStep, fn: (call: MeteredCall) => Promise<T>): Promise<Metered<T>> {
    const { deps } = this;
    const now = deps.clock.now();
    const [settings, period] = await Promise.all([
      deps.settings.at(now),
      deps.accounts.periodOf(step.place.userId, now),
    ]);
    const price = this.priceOf(step, settings);
    const reservation = await this.reserve(step, settings, period, now);
    await deps.fault('reserved');
    if (reservation.status === 'known') return this.again(step, reservation, fn);

    const { limit } = reservation;
    const end = (sums: CallSums): Promise<Finished> =>
      this.finish(step, reservation.id, sums, { settings, period, limit });
    const book = new CallBook(step, price);
    const bound = this.bind(step, reservation.id, book, endOf(now));
    let value: T;
    try {
      value = await fn(bound);
    } catch (error) {
      await end(book.failed(error));
      throw error;
    }
    await deps.fault('answered');
    const finished = await end(book.succeeded());
    if (finished.state !== 'settled')
      throw new FencedError('The reservation of a call has ended before the call');
    await deps.fault('settled');
    return { value, callId: reservation.id, line: lineOf(step, finished.charged, book.costUsd) };
  }

  private priceOf({ model }: MeteredStep, settings: UsageSettings): number {
    if (model === null) return 0;
    if (!this.deps.model) throw new PulseError('feature_unavailable', 'No language model is set up here.');
    const price = settings.model_prices[model];
    if (price === undefined) throw new PulseError('feature_unavailable', noPrice(model));
    return price;
  }

  private async reserve(
    step: MeteredStep,
    settings: UsageSettings,
    period: Period,
    now: Date,
  ): Promise<Exclude<Reserved, { status: 'refused' }>> {
    const { place, operation, prompt } = step;
    const reserved = await reserveCall(this.deps.db, {
      id: newId(),
      user_id: place.userId,
      session_id: place.sessionId,
      turn_id: place.turnId,
      fence: place.fence,
      scope_id: place.scopeId,
      step: place.step,
      ordinal: place.ordinal,
      intent: place.intent,
      operation,
      function: step.function,
      model: step.model ?? NO_MODEL,
      input_hash: hashOf(step),
      period: period.period,
      period_start: period.startsAt.toISOString(),
      limits: limitsOf(settings),
      flat: isFeature(operation),
      tokens: isFeature(operation) ? settings.feature_costs[operation] : worstCase(prompt),
      at: now.toISOString(),
      expires_at: endOf(now).toISOString(),
    });
    if (reserved.status !== 'refused') return reserved;
    const needed = isFeature(operation) ? settings.feature_costs[operation] : worstCase(prompt);
    const { limit, used, reserved: held, tier } = reserved;
    throw new QuotaExceeded(operation, needed, (limit ?? 0) - used - held, tier);
  }

  /** An attempt before this one has paid for the answer. */
  private async again<T>(
    step: MeteredStep,
    known: Extract<Reserved, { status: 'known' }>,
    fn: (call: MeteredCall) => Promise<T>,
  ): Promise<Metered<T>> {
    const value = await fn({
      complete: ({ onText }) => {
        onText?.(known.answer);
        return Promise.resolve(known.answer);
      },
      shown: () => Promise.resolve(),
    });
    return { value, callId: known.id, line: lineOf(step, known.charged, known.cost_usd) };
  }

  private bind(step: MeteredStep, callId: string, book: CallBook, expiresAt: Date): MeteredCall {
    const { model } = this.deps;
    return {
      complete: async (options) => {
        const { prompt, model: name } = step;
        if (!model || !prompt || name === null) throw new Error('This step was metered without a model');
        const { maxOutputTokens } = prompt;
        const permit = CallPermit.issue({ callId, maxOutputTokens, expiresAt });
        const answering = model.complete(permit, { ...prompt, model: name }, options);
        await Promise.race([answering, this.deps.fault('calling')]);
        const completion: Completion = await answering;
        book.answered(completion);
        return completion.text;
      },
      shown: () => markShown(this.deps.db, callId, this.deps.clock.now()),
    };
  }

  private async finish(
    { place }: MeteredStep,
    id: string,
    sums: CallSums,
    { settings, period, limit }: { settings: UsageSettings; period: Period; limit: number | null },
  ): Promise<Finished> {
    const { deps } = this;
    const flat = isFeature(sums.operation) ? settings.feature_costs[sums.operation] : null;
    const alerts = limit === null ? [] : alertsFor(place.userId, limit, period);
    const finished = await finishCall(deps.db, {
      id,
      outcome: sums.outcome,
      charge: flat ?? sums.promptTokens + sums.completionTokens,
      answer: sums.answer,
      provider_tokens: sums.promptTokens + sums.completionTokens,
      price: String(sums.price),
      at: deps.clock.now().toISOString(),
      metadata: {
        duration_ms: Math.round(sums.durationMs),
        success: sums.outcome === 'success',
        error_type: sums.outcome === 'success' ? null : sums.outcome,
        prompt_tokens: sums.promptTokens,
        completion_tokens: sums.completionTokens,
        estimated: sums.estimated,
      },
      alerts,
    });
    if (finished.event) deps.deliver(finished.event);
    deps.onCall({ ...sums, charged: finished.charged });
    const due = alerts.filter(({ percent }) => finished.alerts.includes(percent));
    if (due.length > 0) await deps.tellAlerts(place.userId, due);
    return finished;
  }
}

const endOf = (now: Date): Date => new Date(now.getTime() + RESERVATION_MS);

const hashOf = ({ operation, model, prompt }: MeteredStep): string =>
  createHash('sha256')
    .update(JSON.stringify([operation, model, prompt]))
    .digest('base64url');

const lineOf = ({ operation, model }: MeteredStep, charged: number, costUsd: number): UsageLine => ({
  operation,
  model: model ?? NO_MODEL,
  tokens_used: charged,
  cost_usd: roundCost(costUsd),
});

/** The failure of the model itself, for which a deterministic answer may stand in; null for any other error. */
export const modelFault = (error: unknown): string | null =>
  error instanceof LanguageModelError ? error.kind : null;
