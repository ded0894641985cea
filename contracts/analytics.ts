import { z } from 'zod';

const ms = z.number().nonnegative();
const count = z.int().nonnegative();
const error = { error_type: z.string(), component: z.string() };

/**
 * Events for product analytics, with their properties. None may hold words of a user: queries appear as length and
 * hash, ids as pseudonyms, errors as type.
 */
export const ANALYTICS_EVENTS = {
  agent_query_received: z.strictObject({
    query_length: count,
    query_hash: z.string(),
    channel: z.enum(['socket', 'rest']),
  }),
  intent_classified: z.strictObject({ intent: z.string(), confidence: z.number(), source: z.string() }),
  intent_routed: z.strictObject({
    intent: z.string(),
    workflow_type: z.string().nullable(),
    confidence: z.number(),
  }),
  workflow_started: z.strictObject({ workflow_type: z.string(), action: z.string() }),
  workflow_completed: z.strictObject({
    workflow_type: z.string(),
    action: z.string(),
    status: z.string(),
    duration_ms: ms,
  }),
  action_executed: z.strictObject({ intent: z.string(), success: z.boolean(), duration: ms }),
  conversation_started: z.strictObject({ channel: z.enum(['socket', 'rest']) }),
  conversation_turn: z.strictObject({ session_id: z.string(), turn_index: count, status: z.string() }),
  conversation_turn_stored: z.strictObject({
    session_id: z.string(),
    turn_index: count,
    intent: z.string().nullable(),
    message_length: count,
    response_length: count,
  }),
  semantic_context_search: z.strictObject({
    session_id: z.string(),
    query_length: count,
    results_found: count,
    similarity_threshold: z.number(),
  }),
  embedding_generation_failed: z.strictObject(error),
  /** At the session timeout, of the whole conversation so far; `resumed` is how often it had been over before. */
  conversation_ended: z.strictObject({
    session_id: z.string(),
    turns: count,
    clarifications_asked: count,
    answered: count,
    dropped: count,
    expired: count,
    completed: count,
    refused: count,
    failed: count,
    duration_ms: ms,
    resumed: count,
  }),
  clarification_requested: z.strictObject({ intent: z.string(), slot: z.string(), kind: z.string() }),
  task_created: z.strictObject({ task_id: z.string(), llm_enriched: z.boolean() }),
  /** `conflicts` are tasks that found no place. */
  schedule_generated: z.strictObject({
    tasks_scheduled: count,
    conflicts: count,
    optimization_goal: z.string(),
  }),
  llm_call_made: z.strictObject({
    operation: z.string(),
    model: z.string(),
    outcome: z.string(),
    prompt_tokens: count,
    completion_tokens: count,
    tokens_used: z.int(),
    duration_ms: ms,
  }),
  email_drafted: z.strictObject({
    is_premium: z.boolean(),
    method: z.enum(['template', 'llm']),
    recipient_count: count,
  }),
  premium_feature_used: z.strictObject({ feature: z.string(), tier: z.string() }),
  feature_gated: z.strictObject({ feature: z.string(), reason: z.string() }),
  upgrade_prompt_shown: z.strictObject({
    feature: z.string().nullable(),
    tokens_needed: count,
    tokens_remaining: count,
  }),
  quota_exceeded: z.strictObject({ feature: z.string(), tokens_needed: count, tokens_remaining: count }),
  usage_aggregation_completed: z.strictObject({ month: z.string(), records_processed: count }),
  usage_aggregation_failed: z.strictObject({ month: z.string(), error: z.string() }),
  external_api_error: z.strictObject(error),
  query_latency: z.strictObject({ duration_ms: ms, status: z.string() }),
  intent_classification_latency: z.strictObject({ duration_ms: ms }),
  workflow_execution_latency: z.strictObject({ workflow_type: z.string(), duration_ms: ms }),
  agent_error: z.strictObject(error),
  workflow_error: z.strictObject(error),
  nlu_error: z.strictObject({ ...error, query_length: count, query_hash: z.string() }),
  subscription_status_changed: z.strictObject({
    from_status: z.string(),
    to_status: z.string(),
    tier: z.string(),
  }),
  authentication_error: z.strictObject(error),
  validation_error: z.strictObject(error),
} as const;

export type AnalyticsEvent = keyof typeof ANALYTICS_EVENTS;
export type AnalyticsProperties<E extends AnalyticsEvent> = z.infer<(typeof ANALYTICS_EVENTS)[E]>;
