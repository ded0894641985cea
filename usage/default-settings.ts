import type { UsageSettings, UsageSettingsPatch } from '../contracts/usage.ts';

/** What holds where neither the environment nor the table says otherwise. */
export const DEFAULT_USAGE_SETTINGS: UsageSettings = {
  free_tokens: 10_000,
  premium_tokens: null,
  feature_costs: {
    email_draft_llm: 500,
    schedule_optimization: 300,
    bulk_task_operations: 200,
    advanced_search: 400,
    title_enrichment: 150,
    conflict_explanation: 200,
    conversation_context: 100,
  },
  operation_costs: {
    intent_classification: 50,
    entity_extraction: 75,
    conversation_turn: 200,
    workflow_execution: 100,
  },
  model_prices: { 'gpt-4': 0.03, 'gpt-3.5-turbo': 0.002, 'claude-3': 0.015 },
  default_model: 'gpt-3.5-turbo',
  draft_model: 'gpt-4',
  disabled_features: [],
};

/** Settings with a change laid over them: what is not given stays, maps are merged by key. */
export function withPatch(settings: UsageSettings, patch: UsageSettingsPatch): UsageSettings {
  const { feature_costs, operation_costs, model_prices, ...rest } = patch;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...settings,
    ...given,
    feature_costs: { ...settings.feature_costs, ...feature_costs },
    operation_costs: { ...settings.operation_costs, ...operation_costs },
    model_prices: { ...settings.model_prices, ...model_prices },
  };
}
