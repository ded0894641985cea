import { v5 } from 'uuid';
import type { QuotaAlert } from './metered-step.ts';
import type { Period } from './periods.ts';

const PERCENTS = [50, 80, 100] as const;
/** Ids of notices are made of user, period and percent, so that each comes once. */
const NOTICES = '5f0f6f5e-51d6-5b0c-9c27-7c2b8f9c2a10';

/** A notice for each share of the limit at which people are told, in the order of the shares. */
export function alertsFor(userId: string, limit: number, period: Period): QuotaAlert[] {
  const resetsAt = period.resetsAt.toISOString();
  return PERCENTS.map((percent) => ({
    percent,
    notice_id: v5(`${userId} ${period.period} ${percent}`, NOTICES),
    text:
      percent === 100
        ? `You have used all of your ${sayTokens(limit)} tokens this month. Everything that needs none goes on.`
        : `You have used ${percent} % of your ${sayTokens(limit)} tokens this month.`,
    data: { percent, limit, period: period.label, resets_at: resetsAt },
  }));
}

/** `10000` as people read it: "10,000". */
export const sayTokens = (tokens: number): string => tokens.toLocaleString('en-US');
