import type { Tier, UsageSettings, UsageStatus } from '../contracts/usage.ts';
import type { Db } from '../db/connect.ts';
import { billingZoneOf, findQuota, heldByTurn } from '../db/metering.ts';
import { tierOf } from '../db/subscriptions.ts';
import { periodAt, type Period } from './periods.ts';
import type { UsageSettingsSource } from './settings-source.ts';

/** Where a user's quota stands. `available` leaves out what calls under way have reserved; null is no limit. */
export interface Standing {
  tier: Tier;
  period: Period;
  used: number;
  limit: number | null;
  available: number | null;
}

/** Tokens of a month by plan; null is no limit. */
export const limitsOf = (settings: UsageSettings): Record<Tier, number | null> => ({
  free: settings.free_tokens,
  premium: settings.premium_tokens,
});

/** Answers how much of a quota is used and left, and when it begins anew. */
export class Accounts {
  constructor(
    private readonly db: Db,
    private readonly settings: UsageSettingsSource,
    /** Of accounts whose settings name no zone. */
    private readonly billingZone: string,
  ) {}

  /** The zone in which the months of an account begin. */
  async zoneOf(userId: string): Promise<string> {
    return (await billingZoneOf(this.db, userId)) ?? this.billingZone;
  }

  async periodOf(userId: string, now: Date): Promise<Period> {
    return periodAt(now, await this.zoneOf(userId));
  }

  /** @param turn whose own earlier tries don't count against it, but for the calls that it has taken */
  async standing(
    userId: string,
    now: Date,
    turn?: { turnId: string; taken: readonly string[] },
  ): Promise<Standing> {
    const [period, tier, settings] = await Promise.all([
      this.periodOf(userId, now),
      tierOf(this.db, userId, now),
      this.settings.at(now),
    ]);
    const [quota, own] = await Promise.all([
      findQuota(this.db, userId, period.period),
      turn ? heldByTurn(this.db, { userId, period: period.period, ...turn }) : { charged: 0, reserved: 0 },
    ]);
    const used = Math.max(0, quota.used - own.charged);
    const reserved = Math.max(0, quota.reserved - own.reserved);
    const limit = limitsOf(settings)[tier];
    return {
      tier,
      period,
      used,
      limit,
      available: limit === null ? null : Math.max(0, limit - used - reserved),
    };
  }

  /** As REST and the usage card tell it. */
  async status(userId: string, now: Date): Promise<UsageStatus> {
    return statusOf(await this.standing(userId, now));
  }
}

function statusOf({ tier, period, used, limit }: Standing): UsageStatus {
  return {
    tokens_used: used,
    limit,
    remaining: limit === null ? null : Math.max(0, limit - used),
    period: period.label,
    resets_at: period.resetsAt.toISOString(),
    subscription_tier: tier,
  };
}
