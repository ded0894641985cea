import { DateTime } from 'luxon';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { Tier, UsageStatus } from '../../../contracts/usage.ts';
import { OUTCOME, type Outcome, type Work } from '../outcome.ts';
import type { OperationVerdict, UsageTerms } from '../ports.ts';
import { count, number, sayDate } from '../sentences.ts';

const FEATURE = 'email_draft_llm';
const FREE = 'Everyday requests and drafts from templates cost nothing.';
const NO_LIMIT = 'You are on premium: no limit.';

type About = NonNullable<ActParams['about']>;
type Answer = (status: UsageStatus, work: Work) => string | Promise<string>;

const ANSWERS: Readonly<Record<About, Answer>> = {
  left: (status, work) => sentences(standing(status), reset(status, work), FREE),
  price: async (status, work) => sentences(priceWords(await work.model.check(FEATURE), status, work), FREE),
  plan: async (status, work) => planWords(status, await work.ports.usage.terms(), work),
  today: async (status, { ports }) => {
    const { today, total } = await ports.usage.month();
    // What was used a moment ago may not be in the books yet.
    const used = Math.max(0, today + status.tokens_used - total);
    return sentences(
      `You have used ${used === 0 ? 'no tokens' : tokens(used)} today.`,
      'The usage page shows every other day.',
    );
  },
  reset: (status, work) =>
    status.limit === null
      ? `${NO_LIMIT} Your count of the month starts anew on ${dayOf(status, work)}.`
      : `You have ${number(status.limit)} tokens a month. ${reset(status, work)} What is left then is not carried over.`,
  meaning: async (_status, work) => {
    const [verdict, { limits }] = await Promise.all([work.model.check(FEATURE), work.ports.usage.terms()]);
    const costs = verdict.allowed || verdict.reason === 'quota' ? ` ${costWords(verdict)}` : '';
    return `Tokens are what the work of the language model is counted in.${costs} The free plan has ${monthly(limits.free)}. ${FREE}`;
  },
  spent: async (status, { ports }) => spentWords(status, (await ports.usage.month()).operations),
  refund: () =>
    'What gave you nothing costs nothing: tokens of a request that failed come back by themselves, and the usage page shows it. Money for premium is paid to the App Store, and given back there.',
  cancel: ({ subscription_tier: tier }) =>
    tier === 'premium'
      ? 'A subscription to premium is ended where it was begun: among the subscriptions of your App Store account. After that you are on the free plan again, with all you have kept here.'
      : `You are on the free plan: you pay nothing, so there is nothing to cancel. ${FREE}`,
  model: async (_status, { model, ports }) => {
    const [verdict, lastResort, { draftModel }] = await Promise.all([
      model.check(FEATURE),
      model.check('intent_classification'),
      ports.usage.terms(),
    ]);
    return sentences(
      unavailable(verdict) ?? `Drafts of emails are worded by the language model ${draftModel}.`,
      lastResort.allowed
        ? 'All else is understood by rules and a small model of PulsePlan itself; only a message they can make nothing of is shown to a language model.'
        : 'All else is understood by rules and a small model of PulsePlan itself, without a language model.',
    );
  },
};

/** Where the user's quota stands, or what else was asked about it, in words and as a card. */
export async function showUsage(work: Work): Promise<Outcome> {
  const status = await work.ports.usage.status();
  return {
    ...OUTCOME,
    reply: await ANSWERS[work.params?.about ?? 'left'](status, work),
    cards: [{ kind: 'usage', data: status }],
    executionResult: { ...status },
  };
}

const sentences = (...said: string[]): string => said.filter(Boolean).join(' ');
const tokens = (n: number): string => `${number(n)} ${n === 1 ? 'token' : 'tokens'}`;
const monthly = (limit: number | null): string => (limit === null ? 'no limit' : `${tokens(limit)} a month`);

function dayOf({ resets_at }: UsageStatus, { timezone, now }: Work): string {
  return sayDate(DateTime.fromISO(resets_at, { zone: timezone }).toFormat('yyyy-MM-dd'), timezone, now);
}

const reset = (status: UsageStatus, work: Work): string =>
  status.limit === null ? '' : `They start anew on ${dayOf(status, work)}.`;

function standing({ tokens_used: used, limit, remaining, subscription_tier: tier }: UsageStatus): string {
  if (limit === null) return `${NO_LIMIT} You have used ${number(used)} this month.`;
  const left = remaining ?? 0;
  return [
    ...(tier === 'premium' ? ['You are on premium.'] : []),
    `You have used ${number(used)} of your ${number(limit)} tokens this month;`,
    `${left === 0 ? 'none are' : `${number(left)} ${left === 1 ? 'is' : 'are'}`} left.`,
  ].join(' ');
}

/** Why a draft is not to be had from the language model, whatever is left; null where it is. */
function unavailable(verdict: OperationVerdict): string | null {
  if (verdict.allowed || verdict.reason === 'quota') return null;
  const why = {
    no_model: 'No language model is set up here',
    no_price: 'No price is set for the language model here',
    flag: 'Drafts by the language model are switched off here at the moment',
    off: 'Drafts by the language model are switched off here at the moment',
    plan: 'Drafts by the language model are part of premium',
  }[verdict.reason];
  return `${why}, so your drafts are from templates.`;
}

const costOf = (verdict: OperationVerdict): number => (verdict.allowed ? verdict.cost : verdict.needed);

function costWords(verdict: OperationVerdict): string {
  const cost = costOf(verdict);
  return cost === 0
    ? 'A draft of an email by the language model costs no tokens.'
    : `A draft of an email by the language model costs ${tokens(cost)}.`;
}

function priceWords(verdict: OperationVerdict, status: UsageStatus, work: Work): string {
  const gated = unavailable(verdict);
  if (gated !== null) return gated;
  const costs = costWords(verdict);
  const cost = costOf(verdict);
  if (status.limit === null) return `${NO_LIMIT} ${costs}`;
  if (cost === 0) return costs;
  const left = verdict.allowed ? (status.remaining ?? 0) : verdict.remaining;
  const drafts = Math.floor(left / cost);
  const have = left === 0 ? 'You have none left' : `You have ${number(left)} left`;
  return drafts > 0
    ? `${costs} ${have}, enough for ${count(drafts, 'draft')}.`
    : `${costs} ${have}, not enough for one. ${reset(status, work)}`;
}

function planWords(status: UsageStatus, { limits }: UsageTerms, work: Work): string {
  const { subscription_tier: tier, limit } = status;
  const other: Tier = tier === 'premium' ? 'free' : 'premium';
  const name = { free: 'The free plan', premium: 'Premium' }[other];
  const rest = `${name} has ${monthly(limits[other])}.`;
  if (limit === null) return `${standing(status)} ${rest}`;
  return sentences(
    `You are on ${tier === 'premium' ? 'premium' : 'the free plan'}: ${monthly(limit)}.`,
    `${number(status.remaining ?? 0)} of them ${status.remaining === 1 ? 'is' : 'are'} left.`,
    `When they run out, your drafts are from templates until they start anew on ${dayOf(status, work)}; all else goes on as before.`,
    rest,
  );
}

/** Operations as a person would call them; others keep their own names, in words. */
const NAMES: Readonly<Record<string, string>> = { [FEATURE]: 'email drafts by the language model' };

function spentWords(
  { tokens_used: used }: UsageStatus,
  operations: readonly { operation: string; tokens_used: number }[],
): string {
  const charged = operations.filter(({ tokens_used: taken }) => taken > 0);
  if (used === 0 && charged.length === 0) return `You have used no tokens this month. ${FREE}`;
  const lines = charged.map(
    ({ operation, tokens_used: taken }) =>
      `• ${NAMES[operation] ?? operation.replaceAll('_', ' ')}: ${number(taken)}`,
  );
  const recorded = operations.reduce((sum, { tokens_used: taken }) => sum + taken, 0);
  if (used > recorded) lines.push(`• a moment ago: ${number(used - recorded)}`);
  return `You have used ${tokens(used)} this month:\n${lines.join('\n')}\nThe usage page shows each use. ${FREE}`;
}

/** What premium gives and how to get it. */
export async function upgrade({ ports }: Work): Promise<Outcome> {
  const [{ subscription_tier, limit, remaining, resets_at }, { limits }] = await Promise.all([
    ports.usage.status(),
    ports.usage.terms(),
  ]);
  const gives = limits.premium === null ? 'no token limit' : monthly(limits.premium);
  const message =
    subscription_tier === 'premium'
      ? `You are on premium already: ${gives}. The App Store shows its price.`
      : `Premium has ${gives} for drafts by the language model. Subscribe in the PulsePlan app, through the App Store, which shows the price. ${FREE}`;
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
