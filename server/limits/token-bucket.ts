/**
 * A token bucket for each key: `burst` at once, refilled steadily. Kept in this process, so that a check costs no trip;
 * with n gateways a user who spreads connections over all of them gets n times the rate, which protects a gateway just
 * as well.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly limit: { perMinute: number; burst: number },
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** @returns false when the bucket is empty; nothing is taken then */
  take(key: string): boolean {
    const now = this.nowMs();
    const perMs = this.limit.perMinute / 60_000;
    const bucket = this.buckets.get(key) ?? { tokens: this.limit.burst, at: now };
    bucket.tokens = Math.min(this.limit.burst, bucket.tokens + (now - bucket.at) * perMs);
    bucket.at = now;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens -= 1;
    this.buckets.set(key, bucket);
    return allowed;
  }

  /** Forgets buckets that are full again; called from time to time. */
  sweep(): void {
    const now = this.nowMs();
    const refillMs = (this.limit.burst / this.limit.perMinute) * 60_000;
    for (const [key, bucket] of this.buckets) if (now - bucket.at > refillMs) this.buckets.delete(key);
  }

  /** Buckets in memory. */
  get size(): number {
    return this.buckets.size;
  }
}
