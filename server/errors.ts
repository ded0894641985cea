import { PulseError } from '../contracts/errors.ts';
import type { Logger } from '../core/logger.ts';

/** Postgres and network faults that pass by themselves; nothing was done when one of them is met before a commit. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
]);

/** Any fault as an error that a person may read. What we did not foresee is logged and told as `internal_error`. */
export function asPulseError(error: unknown, log: Logger): PulseError {
  if (error instanceof PulseError) return error;
  if (error instanceof Error) {
    const code = 'code' in error ? String(error.code) : '';
    if (
      UNAVAILABLE.has(code) ||
      error.name === 'KnexTimeoutError' ||
      error.message.startsWith('Connection terminated')
    ) {
      return new PulseError(
        'dependency_unavailable',
        'A store does not answer right now. Try again in a moment.',
      );
    }
  }
  log.error({ err: error }, 'A request met an error that nobody foresaw');
  return new PulseError('internal_error', 'Something went wrong on our side. Please try again.');
}
