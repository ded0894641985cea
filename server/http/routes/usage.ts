import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { PulseError } from '../../../contracts/errors.ts';
import { instant, uuid } from '../../../contracts/ids.ts';
import { listOf, pageQuery } from '../../../contracts/rest.ts';
import { dateOrInstant } from '../../../contracts/slots.ts';
import {
  turnCost,
  usageItem,
  usageStatus,
  usageSummary,
  type OperationUsage,
  type UsageItem,
} from '../../../contracts/usage.ts';
import { latestTurnCosts } from '../../../db/turn-costs.ts';
import { pageUsage, usageByDay, type DayUsage, type UsageSpan } from '../../../db/usage-records.ts';
import { roundCost } from '../../../usage/cost.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const historyQuery = z.strictObject({
  ...pageQuery.shape,
  start_date: dateOrInstant.optional(),
  end_date: dateOrInstant.optional(),
});

const TURNS_DEFAULT = 20;

export const usageRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/users/usage',
    summary: 'Tokens used and left this month',
    access: 'user',
    response: usageStatus,
    handle: ({ identity, services }) => services.usage.accounts.status(identity.userId, services.clock.now()),
  }),
  route({
    method: 'GET',
    path: '/api/v1/usage/summary',
    summary: 'Usage of today and of this month, by operation and by day',
    access: 'user',
    response: usageSummary,
    handle: async ({ identity, services }) => {
      const { userId } = identity;
      const { accounts } = services.usage;
      const now = services.clock.now();
      const zone = zoneOrUtc(await accounts.zoneOf(userId));
      const [status, standing, settings] = await Promise.all([
        accounts.status(userId, now),
        accounts.periodOf(userId, now),
        services.usage.settings.at(now),
      ]);
      const days = await usageByDay(services.db, userId, { period: standing.period, zone });
      const today = DateTime.fromJSDate(now, { zone }).toISODate();
      const operations = byOperation(days);
      return {
        tokens_used_today: days
          .filter(({ date }) => date === today)
          .reduce((sum, day) => sum + day.tokens_used, 0),
        tokens_used_this_month: status.tokens_used,
        quota_remaining: status.remaining,
        limit: status.limit,
        subscription_tier: status.subscription_tier,
        top_operations: Object.entries(operations)
          .map(([operation, usage]) => ({ operation, ...usage }))
          .sort((a, b) => b.tokens_used - a.tokens_used || a.operation.localeCompare(b.operation)),
        operation_breakdown: operations,
        days: tokensByDay(days),
        period: status.period,
        resets_at: status.resets_at,
        feature_costs: settings.feature_costs,
        language_model: [services.config.OPENAI_API_KEY, services.config.OPENAI_BASE_URL].some(
          (one) => one !== undefined,
        ),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/usage/turns',
    summary: 'What the last turns cost, the latest first; nearly all of them nothing',
    access: 'user',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).optional() }),
    response: z.object({ items: z.array(turnCost) }),
    handle: async ({ query, identity, services }) => ({
      items: await latestTurnCosts(services.db, identity.userId, query.limit ?? TURNS_DEFAULT),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/usage/history',
    summary:
      'Each use of a language model, the latest first; dates are days of the billing zone, the last included',
    access: 'user',
    query: historyQuery,
    response: listOf(usageItem),
    handle: async ({ query, identity, services }) => {
      const { userId } = identity;
      const limit = query.limit ?? PAGE_DEFAULT;
      const zone = zoneOrUtc(await services.usage.accounts.zoneOf(userId));
      const span = spanOf(query.start_date, query.end_date, zone, services.clock.now());
      const after = query.cursor === undefined ? undefined : readCursor(userId, query.cursor);
      const found = await pageUsage(services.db, userId, span, { after, limit: limit + 1 });
      return pageOf(found, limit, (last) => cursorOf(userId, last));
    },
  }),
];

const zoneOrUtc = (zone: string): string => (DateTime.utc().setZone(zone).isValid ? zone : 'UTC');

function byOperation(days: readonly DayUsage[]): Record<string, OperationUsage> {
  const sums = new Map<string, OperationUsage>();
  for (const { operation, tokens_used, cost_usd, calls } of days) {
    const sum = sums.get(operation) ?? { tokens_used: 0, cost_usd: 0, calls: 0 };
    sums.set(operation, {
      tokens_used: sum.tokens_used + tokens_used,
      cost_usd: roundCost(sum.cost_usd + Number(cost_usd)),
      calls: sum.calls + calls,
    });
  }
  return Object.fromEntries(sums);
}

function tokensByDay(days: readonly DayUsage[]): { date: string; operations: Record<string, number> }[] {
  const byDate = new Map<string, Record<string, number>>();
  for (const { date, operation, tokens_used } of days)
    if (tokens_used !== 0) byDate.set(date, { ...byDate.get(date), [operation]: tokens_used });
  return [...byDate].map(([date, operations]) => ({ date, operations }));
}

/** A year, told as it likes: from a day to the same day. */
const LONGEST = { years: 1, days: 1 };

function spanOf(start: string | undefined, end: string | undefined, zone: string, now: Date): UsageSpan {
  const to = end === undefined ? null : lastOf(end, zone);
  const given = start === undefined ? null : firstOf(start, zone);
  if (given && to && to < given)
    throw new PulseError('validation_error', 'The end lies before the start: give a later end_date.');
  if (given && given.plus(LONGEST) < (to ?? DateTime.fromJSDate(now)))
    throw new PulseError(
      'validation_error',
      'That is more than a year: ask for a year at most with start_date and end_date.',
    );
  // Without a start it is the year before the end.
  const from = given ?? to?.minus(LONGEST) ?? null;
  return { from: from?.toJSDate() ?? null, to: to?.toJSDate() ?? null };
}

const isDay = (value: string): boolean => value.length === 10;
const firstOf = (value: string, zone: string): DateTime =>
  isDay(value) ? DateTime.fromISO(value, { zone }).startOf('day') : DateTime.fromISO(value);
const lastOf = (value: string, zone: string): DateTime =>
  isDay(value) ? DateTime.fromISO(value, { zone }).endOf('day') : DateTime.fromISO(value);

/** A place in one user's history. The mark tells one that was given out to this user from any other text. */
const cursorOf = (userId: string, { timestamp, id }: Pick<UsageItem, 'timestamp' | 'id'>): string =>
  `${timestamp}_${id}_${markOf(userId, timestamp, id)}`;
const markOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join(' ')).digest('base64url').slice(0, 10);

function readCursor(userId: string, cursor: string): { at: Date; id: string } {
  const [at = '', id = '', ...mark] = cursor.split('_');
  // The mark may hold the separator itself.
  parseCursor(z.literal(markOf(userId, at, id)), mark.join('_'));
  return { at: new Date(parseCursor(instant, at)), id: parseCursor(uuid, id) };
}
