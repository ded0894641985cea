import type { Analytics } from './analytics.ts';

/** What is told of one call of a language model: numbers and names of ours only. */
export function captureModelCall(
  analytics: Analytics,
  call: {
    userId: string;
    operation: string;
    model: string | null;
    outcome: string;
    promptTokens: number;
    completionTokens: number;
    charged: number;
    durationMs: number;
  },
): void {
  const { userId, outcome, model } = call;
  if (model === null) return;
  analytics.capture(userId, 'llm_call_made', {
    operation: call.operation,
    model,
    outcome,
    prompt_tokens: call.promptTokens,
    completion_tokens: call.completionTokens,
    tokens_used: call.charged,
    duration_ms: call.durationMs,
  });
  if (outcome !== 'success' && outcome !== 'aborted')
    analytics.capture(userId, 'external_api_error', { error_type: outcome, component: 'language_model' });
}
