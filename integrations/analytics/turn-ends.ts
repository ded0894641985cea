import type { TurnResult } from '../../contracts/result.ts';
import type { Analytics } from './analytics.ts';

/** What is told of a turn's end, whatever the end and wherever it was made. */
export function captureTurnEnd(
  analytics: Analytics,
  end: {
    userId: string;
    sessionId: string;
    turnSeq: number;
    text: string;
    durationMs: number;
    result: TurnResult;
  },
): void {
  const { userId, result } = end;
  const turn = { session_id: end.sessionId, turn_index: end.turnSeq };
  analytics.capture(userId, 'query_latency', { duration_ms: end.durationMs, status: result.status });
  analytics.capture(userId, 'conversation_turn', { ...turn, status: result.status });
  analytics.capture(userId, 'conversation_turn_stored', {
    ...turn,
    intent: result.intent,
    message_length: end.text.length,
    response_length: result.reply.length,
  });
  if (result.status === 'failed')
    analytics.capture(userId, 'agent_error', {
      error_type: result.error_code ?? 'internal_error',
      component: 'turn',
    });
}
