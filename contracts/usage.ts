import { z } from 'zod';
import { instant, localDate, uuid } from './ids.ts';

/** Features that are charged per use at a fixed number of tokens (the user's charge, whatever the provider counts). */
export const FEATURES = [
  'email_draft_llm',
  'schedule_optimization',
  'bulk_task_operations',
  'advanced_search',
  'title_enrichment',
  'conflict_explanation',
  'conversation_context',
] as const;
export const feature = z.enum(FEATURES);
export type Feature = z.infer<typeof feature>;

/** Other calls: charged at the tokens they used; their base cost is an estimate and never charged alone. */
export const BASE_OPERATIONS = [
  'intent_classification',
  'entity_extraction',
  'conversation_turn',
  'workflow_execution',
] as const;
const baseOperation = z.enum(BASE_OPERATIONS);

/** Whatever may call a language model. */
export const operation = z.enum([...FEATURES, ...BASE_OPERATIONS]);
export type Operation = z.infer<typeof operation>;
export const isFeature = (name: Operation): name is Feature => feature.safeParse(name).success;

const tokens = z.int().min(0).max(1_000_000_000);
/** USD for 1,000 provider tokens. */
const price = z.number().min(0).max(1_000);

/**
 * Limits, costs and prices: one configuration. `premium_tokens` null is no limit. A model without a price is not called.
 */
export const usageSettings = z.strictObject({
  free_tokens: tokens,
  premium_tokens: tokens.nullable(),
  feature_costs: z.record(feature, tokens),
  operation_costs: z.record(baseOperation, tokens),
  model_prices: z.record(z.string().min(1).max(200), price),
  default_model: z.string().min(1).max(200),
  /** For drafts; `LLM_MODEL` overrides both. */
  draft_model: z.string().min(1).max(200),
  /** What is not available at all, whatever the plan. */
  disabled_features: z.array(feature),
});
export type UsageSettings = z.infer<typeof usageSettings>;
/** A change of it: what is not given stays; maps are merged by key. */
export const usageSettingsPatch = usageSettings
  .extend({
    feature_costs: z.partialRecord(feature, tokens),
    operation_costs: z.partialRecord(baseOperation, tokens),
  })
  .partial();
export type UsageSettingsPatch = z.infer<typeof usageSettingsPatch>;

export const tier = z.enum(['free', 'premium']);
export type Tier = z.infer<typeof tier>;

/** First day of the month that an event counts in, in the account's billing zone: `2026-11-01`. */
export const period = localDate.refine((day) => day.endsWith('-01'), 'is not the first day of a month');
/** The same for people and REST: `2026-11`. */
export const periodLabel = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);

/**
 * One row for `llm_usage`, as it travels on the queue: ids and numbers only. `tokens_used` is the user's charge and
 * negative in a refund, `cost_usd` the provider's as a decimal number in a text, so that no fraction is lost. The id
 * with the period makes it unique, however often it comes.
 */
export const usageEvent = z
  .strictObject({
    id: uuid,
    period,
    kind: z.enum(['usage', 'refund']),
    /** Why a refund was made. */
    reason: z.string().max(100).nullable(),
    user_id: uuid,
    session_id: uuid.nullable(),
    turn_id: uuid.nullable(),
    step: z.int32().nonnegative(),
    ordinal: z.int32().nonnegative(),
    intent: z.string().max(100).nullable(),
    operation: z.string().max(100),
    model: z.string().max(200),
    tokens_used: z.int().min(-1_000_000_000).max(1_000_000_000),
    cost_usd: z.string().regex(/^\d{1,8}(?:\.\d{1,12})?$/),
    at: instant,
    metadata: z.strictObject({
      function: z.string().max(100),
      duration_ms: z.number().nonnegative().nullable(),
      success: z.boolean(),
      error_type: z.string().max(100).nullable(),
      prompt_tokens: z.int().nonnegative().nullable(),
      completion_tokens: z.int().nonnegative().nullable(),
      /** The provider's count was missing or unusable, and was estimated. */
      estimated: z.boolean(),
    }),
  })
  .refine(
    ({ kind, tokens_used }) => (kind === 'refund' ? tokens_used <= 0 : tokens_used >= 0),
    'has the wrong sign',
  );
export type UsageEvent = z.infer<typeof usageEvent>;

/** `GET /users/usage`; `limit` and `remaining` are null where there is no limit (premium). */
export const usageStatus = z.object({
  tokens_used: z.int(),
  limit: z.int().nullable(),
  remaining: z.int().nullable(),
  period: periodLabel,
  resets_at: instant,
  subscription_tier: tier,
});
export type UsageStatus = z.infer<typeof usageStatus>;

/** What one operation took: the user's tokens, the provider's price, and how often. */
export const operationUsage = z.object({ tokens_used: z.int(), cost_usd: z.number(), calls: z.int() });
export type OperationUsage = z.infer<typeof operationUsage>;

/** `GET /usage/summary` */
export const usageSummary = z.object({
  tokens_used_today: z.int(),
  tokens_used_this_month: z.int(),
  quota_remaining: z.int().nullable(),
  limit: z.int().nullable(),
  subscription_tier: tier,
  /** By tokens, the greatest first. */
  top_operations: z.array(operationUsage.extend({ operation: z.string() })),
  operation_breakdown: z.record(z.string(), operationUsage),
  /** Tokens of each day of the period that had any, by operation; days in the billing zone. */
  days: z.array(z.object({ date: localDate, operations: z.record(z.string(), z.int()) })),
  period: periodLabel,
  resets_at: instant,
  /** What one use of a feature takes of the user's tokens, so that it can be told before. */
  feature_costs: z.partialRecord(feature, tokens).optional(),
  /** Whether a language model is set up; without one nothing is charged. */
  language_model: z.boolean().optional(),
});
export type UsageSummary = z.infer<typeof usageSummary>;

/** One row of `GET /usage/history`. */
export const usageItem = z.object({
  id: uuid,
  timestamp: instant,
  operation: z.string(),
  model: z.string(),
  tokens_used: z.int(),
  cost_usd: z.number(),
  session_id: uuid.nullable(),
  turn_id: uuid.nullable(),
  intent: z.string().nullable(),
  success: z.boolean(),
  /** Set on a refund. */
  reason: z.string().nullable(),
});
export type UsageItem = z.infer<typeof usageItem>;

/** What one turn cost, for `GET /usage/turns`: 0 for nearly all of them. */
export const turnCost = z.object({
  turn_id: uuid,
  session_id: uuid,
  timestamp: instant,
  text: z.string(),
  action: z.string().nullable(),
  tokens_used: z.int(),
});
export type TurnCost = z.infer<typeof turnCost>;
