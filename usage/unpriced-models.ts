import type { Runtime } from '../core/runtime.ts';
import { OPERATION_GATES, modelFor } from './gates.ts';
import type { UsageSettingsSource } from './settings-source.ts';

/**
 * Warns of models that are set up and will not be called, since nobody knows what they cost. That is no fault of the
 * environment: the table may bring the price at any time.
 *
 * @param deps.hasModel false where no language model is set up, and there is nothing to say
 */
export async function warnOfUnpricedModels(
  deps: Pick<Runtime, 'clock' | 'log'> & { settings: UsageSettingsSource; hasModel: boolean },
): Promise<void> {
  if (!deps.hasModel) return;
  const settings = await deps.settings.at(deps.clock.now());
  const used = Object.values(OPERATION_GATES).flatMap(({ model }) =>
    model === null ? [] : [modelFor(settings, model)],
  );
  for (const model of new Set(used))
    if (settings.model_prices[model] === undefined)
      deps.log.warn(
        { model },
        'No price is set for this language model, so it is not called: set MODEL_PRICES, or its price in usage_settings',
      );
}
