import { PulseError } from '../contracts/errors.ts';
import { storeIsSilent } from '../core/deadline.ts';
import { isStoreFault } from '../core/store-faults.ts';
import { accountErased, isOfErasedAccount } from '../db/accounts.ts';
import type { Analytics } from '../integrations/analytics/analytics.ts';
import type { Logger } from '../core/logger.ts';

/** Postgres: a value that its type can't hold, such as the year 0 or a number beyond four bytes. */
const BAD_VALUE_STATE = /^22...$/;

/** Any fault as an error that a person may read. What we did not foresee is logged and told as `internal_error`. */
export function asPulseError(error: unknown, log: Logger): PulseError {
  if (error instanceof PulseError) return error;
  if (isStoreFault(error)) return storeIsSilent();
  if (isOfErasedAccount(error)) return accountErased();
  if (error instanceof Error && 'code' in error && BAD_VALUE_STATE.test(String(error.code)))
    return new PulseError('validation_error', 'A value of the request is outside of what can be stored.');
  log.error({ err: error }, 'A request met an error that nobody foresaw');
  return new PulseError('internal_error', 'Something went wrong on our side. Please try again.');
}

/** Whose refusals have no user yet. */
const NOBODY = 'anonymous';

/** Tells analytics of a refusal that somebody should look at; the error's code is all it says. */
export function reportRefusal(
  analytics: Analytics,
  refused: PulseError,
  component: 'socket' | 'rest',
  userId = NOBODY,
): void {
  const about = { error_type: refused.code, component };
  if (refused.code === 'validation_error') analytics.capture(userId, 'validation_error', about);
  if (refused.code === 'authentication_error' || refused.code === 'token_expired')
    analytics.capture(userId, 'authentication_error', about);
  if (refused.code === 'internal_error') analytics.capture(userId, 'agent_error', about);
}
