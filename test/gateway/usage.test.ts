import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf } from '../../contracts/rest.ts';
import { usageItem, usageStatus, usageSummary, type UsageEvent } from '../../contracts/usage.ts';
import { connect, type Db } from '../../db/connect.ts';
import { recordUsage } from '../../db/usage-records.ts';
import { DEFAULT_USAGE_SETTINGS } from '../../usage/default-settings.ts';
import { periodAt } from '../../usage/periods.ts';
import { startProduct } from '../support/product.ts';
import { at, call, each, itemsOf, person, type Answer, type Person } from '../support/wire.ts';
import { usageOf } from '../metering/usage-events.ts';

let url: string;
let db: Db;
let admin: Person;
beforeAll(async () => {
  const product = await startProduct({ roles: ['gateway', 'workflows'] });
  url = product.url;
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  admin = await person({ role: 'admin' });
});
afterAll(() => db.destroy());

const get = (who: Person, path: string): Promise<Answer> =>
  call(url, 'GET', `/api/v1${path}`, { token: who.token });
const refused = (words: RegExp) => ({
  status: 400,
  body: { error_code: 'validation_error', error: expect.stringMatching(words) as unknown },
});
const inZone = (who: Person, timezone: string): Promise<Answer> =>
  call(url, 'PUT', '/api/v1/settings', { token: who.token, body: { timezone } });

const now = new Date();
const month = periodAt(now, 'UTC');
const mine = (who: Person, more: Partial<UsageEvent>): UsageEvent =>
  usageOf({ user_id: who.userId, period: month.period, at: now.toISOString(), ...more });

describe('GET /users/usage', () => {
  it('tells somebody who has used nothing what there is', async () => {
    const status = usageStatus.parse((await get(await person(), '/users/usage')).body);
    expect(status).toEqual({
      tokens_used: 0,
      limit: 10_000,
      remaining: 10_000,
      period: month.label,
      resets_at: month.resetsAt.toISOString(),
      subscription_tier: 'free',
    });
  });
});

describe('GET /usage/summary', () => {
  it('adds up operations and days, refunds included, with costs as numbers', async () => {
    const me = await person();
    const draft = { operation: 'email_draft_llm', tokens_used: 500, cost_usd: '0.1' };
    await recordUsage(db, [
      mine(me, draft),
      mine(me, { ...draft, cost_usd: '0.2' }),
      mine(me, { ...draft, kind: 'refund', reason: 'failed', tokens_used: -500, cost_usd: '0' }),
      mine(me, { operation: 'advanced_search', tokens_used: 400, cost_usd: '0.000001' }),
      mine(me, { operation: 'conversation_turn', tokens_used: 0, cost_usd: '0.003' }),
    ]);
    const summary = usageSummary.parse((await get(me, '/usage/summary')).body);
    expect(summary).toMatchObject({
      tokens_used_today: 900,
      limit: 10_000,
      period: month.label,
      resets_at: month.resetsAt.toISOString(),
      subscription_tier: 'free',
    });
    expect(summary.operation_breakdown).toEqual({
      email_draft_llm: { tokens_used: 500, cost_usd: 0.3, calls: 2 },
      advanced_search: { tokens_used: 400, cost_usd: 0.000001, calls: 1 },
      conversation_turn: { tokens_used: 0, cost_usd: 0.003, calls: 1 },
    });
    expect(summary.top_operations.map(({ operation }) => operation)).toEqual([
      'email_draft_llm',
      'advanced_search',
      'conversation_turn',
    ]);
    expect(summary.days).toEqual([
      { date: now.toISOString().slice(0, 10), operations: { email_draft_llm: 500, advanced_search: 400 } },
    ]);
  });

  it('counts the month by the counter of the quota, which knows more than the rows at times', async () => {
    const me = await person();
    await db('usage_quotas').insert({
      user_id: me.userId,
      period: month.period,
      monthly_token_limit: 10_000,
      tokens_used_this_month: 700,
      last_reset_at: month.startsAt,
      subscription_tier: 'free',
      updated_at: now,
    });
    expect((await get(me, '/usage/summary')).body).toMatchObject({
      tokens_used_this_month: 700,
      quota_remaining: 9_300,
      tokens_used_today: 0,
      days: [],
    });
  });

  it.each(['Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Kolkata'])('has the days of %s', async (zone) => {
    const me = await person();
    await inZone(me, zone);
    const { period, startsAt } = periodAt(now, zone);
    const first = mine(me, { period, at: startsAt.toISOString(), tokens_used: 7 });
    await recordUsage(db, [first]);
    const summary = usageSummary.parse((await get(me, '/usage/summary')).body);
    expect(summary.days).toEqual([{ date: period, operations: { [first.operation]: 7 } }]);
    expect(summary.period).toBe(period.slice(0, 7));
  });
});

describe('GET /usage/history', () => {
  const page = listOf(usageItem);

  it('goes through all rows once, the latest first, also where many have one time', async () => {
    const me = await person();
    const made = Array.from({ length: 25 }, (_, i) =>
      mine(me, { at: new Date(now.getTime() - Math.floor(i / 10)).toISOString(), tokens_used: i }),
    );
    await recordUsage(db, made);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const found = page.parse((await get(me, `/usage/history?limit=10${next}`)).body);
      expect(found.items.length).toBeLessThanOrEqual(10);
      seen.push(...found.items.map(({ id }) => id));
      cursor = found.next_cursor;
    }
    const expected = made.toSorted((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? 1 : -1));
    expect(seen).toEqual(expected.map(({ id }) => id));
  });

  it('goes on from every row, whatever its cursor looks like', async () => {
    const me = await person();
    await recordUsage(
      db,
      Array.from({ length: 60 }, () => mine(me, {})),
    );
    let [next, rows]: [string | null, number] = ['', 0];
    while (next !== null) {
      const found = page.parse((await get(me, `/usage/history?limit=1${next}`)).body);
      rows += found.items.length;
      next = found.next_cursor === null ? null : `&cursor=${found.next_cursor}`;
    }
    expect(rows).toBe(60);
  });

  it('shows a row as it was used', async () => {
    const me = await person();
    const event = mine(me, {
      cost_usd: '0.0000007',
      intent: 'email.draft',
      session_id: randomUUID(),
      turn_id: randomUUID(),
    });
    await recordUsage(db, [event]);
    const { items } = page.parse((await get(me, '/usage/history')).body);
    expect(items).toEqual([
      {
        id: event.id,
        timestamp: event.at,
        operation: event.operation,
        model: event.model,
        tokens_used: event.tokens_used,
        cost_usd: 0.0000007,
        session_id: event.session_id,
        turn_id: event.turn_id,
        intent: 'email.draft',
        success: true,
        reason: null,
      },
    ]);
  });

  it('takes days of the billing zone, the last included, and instants', async () => {
    const me = await person();
    await inZone(me, 'Europe/Vienna');
    const used = (instant: string) => mine(me, { period: '2026-10-01', at: instant });
    const before = used('2026-10-09T21:59:59.999Z');
    const first = used('2026-10-09T22:00:00.000Z');
    const last = used('2026-10-11T21:59:59.999Z');
    const after = used('2026-10-11T22:00:00.000Z');
    await recordUsage(db, [before, first, last, after]);
    const ids = async (query: string): Promise<unknown[]> =>
      each(await get(me, `/usage/history?${query}`), 'id');
    expect(await ids('start_date=2026-10-10&end_date=2026-10-11')).toEqual([last.id, first.id]);
    expect(await ids('start_date=2026-10-10&end_date=2026-10-10')).toEqual([first.id]);
    expect(await ids(`start_date=${last.at}&end_date=${after.at}`)).toEqual([after.id, last.id]);
    expect(await ids('end_date=2026-10-09')).toEqual([before.id]);
  });

  it('shows nobody else’s rows', async () => {
    const [me, other] = await Promise.all([person(), person()]);
    await recordUsage(db, [mine(other, {})]);
    expect(itemsOf(await get(me, '/usage/history'))).toEqual([]);
  });

  it.each([
    ['start_date=2026-10-02&end_date=2026-10-01', /end lies before the start/],
    ['start_date=2024-01-01&end_date=2026-01-01', /more than a year/],
    ['start_date=2001-01-01', /more than a year/],
    ['start_date=0000-01-01', /more than a year/],
    ['start_date=yesterday', /start_date.*a day such as 2026-11-30, or an instant with its offset/],
    ['start_date=2026-11-30T09:00', /start_date.*a day such as 2026-11-30, or an instant with its offset/],
    ['end_date=2026-02-30', /end_date/],
    ['limit=201', /limit/],
    ['limit=0', /limit/],
    ['cursor=', /cursor/],
    ['cursor=abc', /cursor/],
    [`cursor=${now.toISOString()}_${randomUUID()}_AAAAAAAAAA`, /cursor/],
  ])('%s is refused in words', async (query, words) => {
    expect(await get(admin, `/usage/history?${query}`)).toMatchObject(refused(words));
  });

  it.each(['end_date=0000-01-01', 'end_date=0001-01-01', 'end_date=9999-12-31'])(
    '%s is far away and nothing else',
    async (query) => {
      expect(await get(await person(), `/usage/history?${query}`)).toMatchObject({
        status: 200,
        body: { items: [], next_cursor: null },
      });
    },
  );

  it('knows whose cursor it is', async () => {
    const [me, other] = await Promise.all([person(), person()]);
    await recordUsage(db, [mine(other, {}), mine(other, {}), mine(me, {})]);
    const cursor = at((await get(other, '/usage/history?limit=1')).body, 'next_cursor');
    const path = `/usage/history?cursor=${String(cursor)}`;
    expect((await get(other, path)).status).toBe(200);
    expect(await get(me, path)).toMatchObject(refused(/cursor/));
  });
});

describe('the settings of usage, for admins', () => {
  const path = '/api/v1/ops/usage/settings';
  const change = (who: Person, body: object): Promise<Answer> =>
    call(url, 'POST', path, { token: who.token, body });

  it('change limits at once, with who did it, and prices later', async () => {
    const me = await person();
    const later = new Date(Date.now() + 86_400_000).toISOString();
    expect((await change(admin, { free_tokens: 12_000 })).status).toBe(200);
    const listed = await change(admin, { model_prices: { 'gpt-4': 0.05 }, effective_from: later });
    expect(listed.body).toMatchObject({
      current: { free_tokens: 12_000, model_prices: { 'gpt-4': 0.03 } },
      items: [
        { effective_from: later, changed_by: admin.userId, settings: { model_prices: { 'gpt-4': 0.05 } } },
        { changed_by: admin.userId, settings: { free_tokens: 12_000 } },
      ],
    });
    expect((await get(admin, '/ops/usage/settings')).body).toEqual(listed.body);
    expect((await get(me, '/users/usage')).body).toMatchObject({ limit: 12_000 });
    const logged = await db('system_logs').where({ event: 'usage_settings_changed' }).select('details');
    expect(each({ body: { items: logged } } as Answer, 'details')).toMatchObject([
      { changed: ['free_tokens'] },
      { changed: ['model_prices'] },
    ]);
  });

  it('tell everybody what a use of a feature costs, as it is set at the time', async () => {
    const me = await person();
    const costs = async () => usageSummary.parse((await get(me, '/usage/summary')).body).feature_costs;
    expect(await costs()).toEqual(DEFAULT_USAGE_SETTINGS.feature_costs);
    // Whether anybody would pay them: no language model is set up here.
    expect(usageSummary.parse((await get(me, '/usage/summary')).body).language_model).toBe(false);
    expect((await change(admin, { feature_costs: { title_enrichment: 160 } })).status).toBe(200);
    expect(await costs()).toEqual({ ...DEFAULT_USAGE_SETTINGS.feature_costs, title_enrichment: 160 });
  });

  it.each([
    [{}, /nothing to change/],
    [{ effective_from: '2026-01-01T00:00:00Z', free_tokens: 1 }, /in the past/],
    [{ effective_from: '2099-01-01', free_tokens: 1 }, /effective_from/],
    [{ default_model: 'gpt-9' }, /without a price/],
    [{ free_tokens: -1 }, /free_tokens/],
    [{ free_tokens: 1.5 }, /free_tokens/],
    [{ feature_costs: { nonsense: 1 } }, /feature_costs/],
    [{ disabled_features: ['nonsense'] }, /disabled_features/],
    [{ surprise: 1 }, /surprise/],
  ])('%j is refused in words', async (body, words) => {
    expect(await change(admin, body)).toMatchObject(refused(words));
  });

  it.each(['GET', 'POST'])('%s is not for everybody', async (method) => {
    const me = await person();
    expect((await call(url, method, path, { token: me.token })).status).toBe(403);
    expect((await call(url, 'POST', '/api/v1/ops/usage/rollup', { token: me.token })).status).toBe(403);
  });
});
