import type { Config } from '../core/config.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Db } from '../db/connect.ts';
import { createLanguageModel } from '../integrations/llm/create-language-model.ts';
import { FailureLog } from '../integrations/llm/failure-log.ts';
import { UsageCourier } from './courier.ts';
import { Gates } from './gates.ts';
import { Meter } from './meter.ts';
import type { CallSums, QuotaAlert } from './metered-step.ts';
import type { UsageParts } from './open-usage.ts';

/** The meter with its gates, and how to send off what it has counted. */
export interface MeterParts {
  meter: Meter;
  gates: Gates;
  courier: UsageCourier;
  /** Whether a language model is set up. */
  hasModel: boolean;
}

/**
 * The one place where a language model is made; it leaves here only under the meter.
 *
 * @param deps.tellAlerts tells the user's devices of notices that the books have
 */
export function openMeter(
  config: Config,
  deps: Pick<Runtime, 'clock' | 'log' | 'metrics' | 'queues' | 'fault'> &
    UsageParts & {
      db: Db;
      /** Called once for each call; must not throw. */
      onCall(call: CallSums & { charged: number }): void;
      tellAlerts(userId: string, alerts: readonly QuotaAlert[]): Promise<void>;
    },
): MeterParts {
  const model = createLanguageModel({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    log: deps.log,
    clock: deps.clock,
  });
  const failures = new FailureLog(deps);
  const courier = new UsageCourier(deps);
  const meter = new Meter({
    ...deps,
    model,
    deliver: (event) => courier.deliver(event),
    onCall: (call) => {
      deps.metrics.llmCalls.inc({ operation: call.operation, outcome: call.outcome });
      deps.metrics.llmTokens.inc({ operation: call.operation }, call.promptTokens + call.completionTokens);
      // Calls that failed are told by the model itself, which can't know what becomes of a whole answer.
      if (call.answered && call.outcome === 'bad_answer')
        failures.note('bad_answer', { model: call.model, reason: 'Its answer was whole and of no use.' });
      deps.onCall(call);
    },
  });
  const hasModel = model !== null;
  return { meter, gates: new Gates({ ...deps, hasModel }), courier, hasModel };
}
