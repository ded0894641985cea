import { PulseError } from '../contracts/errors.ts';
import type { Operation, Tier } from '../contracts/usage.ts';

/** No room in the quota for a call; nothing was reserved. The words are fixed. */
export class QuotaExceeded extends PulseError {
  constructor(
    readonly operation: Operation,
    readonly needed: number,
    readonly remaining: number,
    tier: Tier,
  ) {
    super('quota_exceeded', quotaWords(needed, remaining, tier));
  }
}

/** What is said where tokens are missing. */
export const quotaWords = (needed: number, remaining: number, tier: Tier): string =>
  remaining <= 0
    ? `Token limit reached.${tier === 'free' ? ' Upgrade to premium.' : ''}`
    : `Insufficient tokens. Need ${needed}, have ${remaining}.`;
