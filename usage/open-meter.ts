import type { Config } from '../core/config.ts';
import type { Runtime } from '../core/runtime.ts';
import type { Db } from '../db/connect.ts';
import { createLanguageModel } from '../integrations/llm/create-language-model.ts';
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
  const courier = new UsageCourier(deps);
  const meter = new Meter({
    ...deps,
    model,
    deliver: (event) => courier.deliver(event),
    onCall: (call) => {
      deps.metrics.llmCalls.inc({ operation: call.operation, outcome: call.outcome });
      deps.metrics.llmTokens.inc({ operation: call.operation }, call.promptTokens + call.completionTokens);
      deps.onCall(call);
    },
  });
  return { meter, gates: new Gates({ ...deps, hasModel: model !== null }), courier };
}
