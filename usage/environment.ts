import type { UsageSettingsPatch } from '../contracts/usage.ts';
import type { Config } from '../core/config.ts';

/** What the environment changes of the usage settings. */
export function settingsOfEnvironment(config: Config): UsageSettingsPatch {
  const { FREE_TOKENS_PER_MONTH, PREMIUM_TOKENS_PER_MONTH, LLM_MODEL } = config;
  return {
    ...(FREE_TOKENS_PER_MONTH !== undefined && { free_tokens: FREE_TOKENS_PER_MONTH }),
    ...(PREMIUM_TOKENS_PER_MONTH !== undefined && { premium_tokens: PREMIUM_TOKENS_PER_MONTH }),
    ...(LLM_MODEL !== undefined && { default_model: LLM_MODEL, draft_model: LLM_MODEL }),
    feature_costs: config.FEATURE_COSTS,
    operation_costs: config.OPERATION_COSTS,
    model_prices: config.MODEL_PRICES,
  };
}
