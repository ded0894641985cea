import OpenAI from 'openai';
import { readRetryAfter } from './retries.ts';
import type { LanguageModelFailure } from './language-model.ts';

/** How one request went wrong; the call decides whether there is another. Nothing of the provider's words is kept. */
export class TryFault extends Error {
  override readonly name = 'TryFault';
  /** For a person, where there are better words than those of the kind. */
  readonly words: string | undefined;
  /** Whether another request may help. */
  readonly isRepeatable: boolean;
  /** How long the provider wants to be left alone. */
  readonly retryAfterMs: number | null;
  /** Of HTTP, where the provider gave one. */
  readonly status: number | null;

  constructor(
    readonly kind: LanguageModelFailure,
    known: {
      message?: string;
      isRepeatable?: boolean;
      retryAfterMs?: number | null;
      status?: number | null;
    } = {},
  ) {
    super(known.message ?? kind);
    this.words = known.message;
    this.isRepeatable = known.isRepeatable ?? false;
    this.retryAfterMs = known.retryAfterMs ?? null;
    this.status = known.status ?? null;
  }
}

/** The connection ended before the answer did. */
export const connectionLost = (): TryFault => new TryFault('unavailable', { isRepeatable: true });

/** What the client threw instead of a response. */
export function faultOfRequest(error: unknown, now: Date): TryFault {
  if (error instanceof OpenAI.APIConnectionTimeoutError) return new TryFault('timeout');
  if (error instanceof OpenAI.APIConnectionError) return connectionLost();
  if (!(error instanceof OpenAI.APIError) || typeof error.status !== 'number')
    return new TryFault('not_configured');
  if (error.code === 'insufficient_quota') return refusal(NO_CREDIT, error.status);
  const fault = faultOfStatus(error.status);
  const headers: unknown = error.headers;
  if (!fault.isRepeatable || !(headers instanceof Headers)) return fault;
  return new TryFault(fault.kind, {
    isRepeatable: headers.get('x-should-retry') !== 'false',
    retryAfterMs: readRetryAfter(headers, now),
    status: fault.status,
  });
}

/**
 * An error that came where an answer should be, under a status of 200.
 *
 * @param code a status as some providers send it, or a word
 */
export function faultOfErrorBody(code: unknown): TryFault {
  if (code === 'insufficient_quota') return refusal(NO_CREDIT, null);
  if (code === 'rate_limit_exceeded') return new TryFault('rate_limited', { isRepeatable: true });
  return typeof code === 'number' && code >= 300 && code < 600
    ? faultOfStatus(code)
    : new TryFault('unavailable', { isRepeatable: true });
}

function faultOfStatus(status: number): TryFault {
  if (status === 429) return new TryFault('rate_limited', { isRepeatable: true, status });
  if (status === 408 || status === 409 || status >= 500)
    return new TryFault('unavailable', { isRepeatable: true, status });
  if (status < 400)
    return refusal('The language-model address points elsewhere. Check OPENAI_BASE_URL.', status);
  if (status === 401 || status === 403)
    return refusal('The language-model provider does not accept the key. Check OPENAI_API_KEY.', status);
  if (status === 404)
    return refusal(
      'The provider knows no such language model or address. Check LLM_MODEL and OPENAI_BASE_URL.',
      status,
    );
  return refusal(
    `The language-model provider refused the request with status ${status}. Check the settings of the model.`,
    status,
  );
}

const NO_CREDIT = 'The account of the language-model key has no credit left. Check it with the provider.';

const refusal = (message: string, status: number | null): TryFault =>
  new TryFault('refused_by_provider', { message, status });
