/** Repeats that all calls of a process share, as a part of the calls that it made lately. */
const BUDGET = { perCall: 0.2, reserve: 3, most: 10 };

/**
 * Keeps repeats at about a fifth of the calls, so that an outage is not multiplied: each call pays in a fifth of a
 * repeat, each repeat takes out a whole one. What is saved up is bounded, so that a good hour does not pay for a storm.
 */
export class RetryBudget {
  private balance = BUDGET.reserve;

  noteCall(): void {
    this.balance = Math.min(BUDGET.most, this.balance + BUDGET.perCall);
  }

  /** Whether one repeat may be made; it then counts as made. */
  take(): boolean {
    // Fifths do not add up exactly.
    if (this.balance < 1 - 1e-9) return false;
    this.balance -= 1;
    return true;
  }
}

const FIRST_WAIT_MS = 250;
const LONGEST_RETRY_AFTER_MS = 10_000;

/**
 * How long to wait before the next request: as long as the provider asks, else twice as long each time, with half of
 * it left to chance so that many callers do not come back together.
 *
 * @param tried requests that were sent so far, from 1
 * @param random from 0 to 1
 * @returns milliseconds; null where the provider wants more patience than anybody has who waits for an answer
 */
export function waitBeforeRetry(tried: number, retryAfterMs: number | null, random: number): number | null {
  if (retryAfterMs !== null) return retryAfterMs <= LONGEST_RETRY_AFTER_MS ? retryAfterMs : null;
  const wait = FIRST_WAIT_MS * 2 ** (tried - 1);
  return wait / 2 + (wait / 2) * random;
}

/**
 * Reads `retry-after-ms`, or `retry-after` in seconds or as a date.
 *
 * @returns milliseconds from now; null where nothing usable is said
 */
export function readRetryAfter(headers: Headers, now: Date): number | null {
  const exact = nonNegative(headers.get('retry-after-ms'));
  if (exact !== null) return exact;
  const said = headers.get('retry-after');
  const seconds = nonNegative(said);
  if (seconds !== null) return seconds * 1000;
  // A date has letters; without this check the parser takes "-5" for a month.
  const at = said !== null && /[a-z]/i.test(said) ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

function nonNegative(said: string | null): number | null {
  return said !== null && /^\s*\d+(\.\d+)?\s*$/.test(said) ? Number(said) : null;
}
