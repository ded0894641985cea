import { DateTime } from 'luxon';
import type { UsageStatus } from '../../../contracts/usage.ts';
import { OUTCOME, type Outcome, type Work } from '../outcome.ts';
import { number, sayDate } from '../sentences.ts';

const FREE = 'Everyday requests and drafts from templates cost nothing.';

/** Where the user's quota stands, in words and as a card. */
export async function showUsage(work: Work): Promise<Outcome> {
  const status = await work.ports.usage.status();
  return {
    ...OUTCOME,
    reply: `${usageWords(status, work)} ${FREE}`,
    cards: [{ kind: 'usage', data: status }],
    executionResult: { ...status },
  };
}

function usageWords(status: UsageStatus, { timezone, now }: Work): string {
  const { tokens_used: used, limit, remaining, resets_at } = status;
  if (limit === null) return `You are on premium: no token limit. You have used ${number(used)} this month.`;
  const day = DateTime.fromISO(resets_at, { zone: timezone }).toFormat('yyyy-MM-dd');
  const left = remaining ?? 0;
  return [
    `You have used ${number(used)} of your ${number(limit)} tokens this month;`,
    `${left === 0 ? 'none are' : `${number(left)} ${left === 1 ? 'is' : 'are'}`} left.`,
    `They start anew on ${sayDate(day, timezone, now)}.`,
  ].join(' ');
}

/** What premium gives and how to get it. */
export async function upgrade({ ports }: Work): Promise<Outcome> {
  const { subscription_tier, limit, remaining, resets_at } = await ports.usage.status();
  const message =
    subscription_tier === 'premium'
      ? 'You are on premium already.'
      : `Premium has no monthly token limit, so drafts by the language model and all other paid features are never refused for tokens. Subscribe in the PulsePlan app, through the App Store. ${FREE}`;
  return {
    ...OUTCOME,
    reply: message,
    cards: [
      {
        kind: 'upgrade',
        data: {
          feature: null,
          message,
          tokens_needed: 0,
          tokens_remaining: remaining ?? 0,
          limit,
          resets_at,
          alternatives: [],
        },
      },
    ],
    executionResult: { subscription_tier },
  };
}
