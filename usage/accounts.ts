import type { Tier, UsageSettings, UsageStatus } from '../contracts/usage.ts';
import type { Db } from '../db/connect.ts';
import { accountAt, billingZoneOf } from '../db/metering.ts';
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

const ZONE_KEPT_MS = 500;
const ZONES_MAX = 1_000;

/** Answers how much of a quota is used and left, and when it begins anew. */
export class Accounts {
  private readonly zones = new Map<string, { name: string; readAt: number }>();

  constructor(
    private readonly db: Db,
    private readonly settings: UsageSettingsSource,
    /** Of accounts whose settings name no zone. */
    private readonly billingZone: string,
  ) {}

  /** The zone in which the months of an account begin. */
  async zoneOf(userId: string): Promise<string> {
    const zone = this.zones.get(userId);
    if (zone && performance.now() - zone.readAt < ZONE_KEPT_MS) return zone.name;
    return this.known(userId, await billingZoneOf(this.db, userId));
  }

  /** A quota is looked at and reserved within milliseconds; nobody moves in between. */
  private known(userId: string, zone: string | null): string {
    if (this.zones.size >= ZONES_MAX) this.zones.clear();
    const name = zone ?? this.billingZone;
    this.zones.set(userId, { name, readAt: performance.now() });
    return name;
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
    const [account, settings] = await Promise.all([
      accountAt(this.db, userId, now, turn),
      this.settings.at(now),
    ]);
    const { tier, zone, quotas, held } = account;
    const period = periodAt(now, this.known(userId, zone));
    const quota = quotas.find((one) => one.period === period.period) ?? { used: 0, reserved: 0 };
    const own = held.filter((one) => one.period === period.period);
    const used = Math.max(0, quota.used - own.reduce((sum, call) => sum + call.charged, 0));
    const reserved = Math.max(0, quota.reserved - own.reduce((sum, call) => sum + call.reserved, 0));
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
