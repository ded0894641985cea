import { PulseError } from '../contracts/errors.ts';
import type { Operation } from '../contracts/usage.ts';

/** No room in the quota for a call; nothing was reserved. The words are fixed. */
export class QuotaExceeded extends PulseError {
  constructor(
    readonly operation: Operation,
    readonly needed: number,
    readonly remaining: number,
  ) {
    super('quota_exceeded', quotaWords(needed, remaining));
  }
}

/** What is said where tokens are missing. */
export const quotaWords = (needed: number, remaining: number): string =>
  remaining <= 0
    ? 'Token limit reached. Upgrade to premium.'
    : `Insufficient tokens. Need ${needed}, have ${remaining}.`;
