import type { PulseError, RestError } from '../../contracts/errors.ts';

/** An error as the body of a refused call. */
export function restBody({ message, code, retryable, details }: PulseError): RestError {
  return { error: message, error_code: code, retryable, ...(details ? { details: [...details] } : {}) };
}
