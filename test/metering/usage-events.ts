import { randomUUID } from 'node:crypto';
import type { UsageEvent } from '../../contracts/usage.ts';

/** An event as the meter reports it; what is not given is of no importance. */
export function usageOf(more: Partial<UsageEvent> = {}): UsageEvent {
  return {
    id: randomUUID(),
    period: '2026-11-01',
    kind: 'usage',
    reason: null,
    user_id: randomUUID(),
    session_id: null,
    turn_id: null,
    step: 0,
    ordinal: 0,
    intent: null,
    operation: 'email_draft_llm',
    model: 'gpt-4',
    tokens_used: 500,
    cost_usd: '0.015',
    at: '2026-11-10T12:00:00.000Z',
    metadata: {
      function: 'draft',
      duration_ms: 12,
      success: true,
      error_type: null,
      prompt_tokens: 300,
      completion_tokens: 200,
      estimated: false,
    },
    ...more,
  };
}

/** A row of `llm_calls` whose reservation is open; when it began and ends is the test's to say. */
export const reservedCall = (call: { id?: string; userId: string; startedAt: Date; expiresAt: Date }) => ({
  id: call.id ?? randomUUID(),
  user_id: call.userId,
  scope_id: randomUUID(),
  step: 0,
  ordinal: 0,
  revision: 0,
  operation: 'email_draft_llm',
  function: 'draft',
  model: 'gpt-4',
  input_hash: 'x',
  period: '2026-11-01',
  state: 'reserved',
  flat: true,
  reserved_tokens: 500,
  started_at: call.startedAt,
  expires_at: call.expiresAt,
});
