import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FLAG_DEFAULTS } from '../../contracts/flags.ts';
import { addUsageSettings } from '../../db/metering.ts';
import { periodAt } from '../../usage/periods.ts';
import { Books, draftStep } from './books.ts';

describe('a period', () => {
  it.each([
    ['UTC', '2026-11-30T23:59:59.999Z', '2026-11', '2026-12-01T00:00:00.000Z'],
    ['UTC', '2026-12-01T00:00:00Z', '2026-12', '2027-01-01T00:00:00.000Z'],
    ['Pacific/Auckland', '2026-11-30T10:59:59Z', '2026-11', '2026-11-30T11:00:00.000Z'],
    ['Pacific/Auckland', '2026-11-30T11:00:00Z', '2026-12', '2026-12-31T11:00:00.000Z'],
    ['America/Los_Angeles', '2026-12-01T07:59:59Z', '2026-11', '2026-12-01T08:00:00.000Z'],
    // The clocks change within these months.
    ['America/Los_Angeles', '2026-11-01T07:00:00Z', '2026-11', '2026-12-01T08:00:00.000Z'],
    ['Europe/Vienna', '2026-03-31T21:59:59Z', '2026-03', '2026-03-31T22:00:00.000Z'],
    ['America/Sao_Paulo', '2026-01-31T23:00:00Z', '2026-01', '2026-02-01T03:00:00.000Z'],
    ['Nowhere/Land', '2026-11-18T10:00:00Z', '2026-11', '2026-12-01T00:00:00.000Z'],
  ])('in %s at %s is %s and ends at %s', (zone, instant, label, resets) => {
    const period = periodAt(new Date(instant), zone);
    expect(period.label).toBe(label);
    expect(period.period).toBe(`${label}-01`);
    expect(period.resetsAt.toISOString()).toBe(resets);
    expect(period.startsAt.getTime()).toBeLessThanOrEqual(Date.parse(instant));
  });

  it.each([
    ['Pacific/Auckland', '2026-11-30T10:59:00Z'],
    ['UTC', '2026-11-30T23:59:00Z'],
    ['America/Los_Angeles', '2026-12-01T07:59:00Z'],
  ])('begins anew in %s without anybody doing anything', async (zone, lastMinute) => {
    const books = await Books.open({ free_tokens: 500 });
    books.clock.instant = new Date(lastMinute);
    const first = await books.turn();
    await books
      .db('users')
      .where({ id: first.userId })
      .update({ settings: JSON.stringify({ timezone: zone }) });
    await books.draft(first);
    await expect(books.draft({ ...first, ordinal: 1 })).rejects.toMatchObject({ code: 'quota_exceeded' });
    books.clock.pass(60_000);
    expect(await books.accounts.status(first.userId, books.clock.now())).toMatchObject({
      tokens_used: 0,
      remaining: 500,
      period: '2026-12',
    });
    expect(await books.draft({ ...first, ordinal: 2 })).toBe(500);
    // What the old month is given back stays in the old month.
    await books.end(first, 'failed');
    const rows = await books
      .db('usage_quotas')
      .orderBy('period')
      .select<{ period: string; tokens_used_this_month: number }[]>('period', 'tokens_used_this_month');
    expect(rows).toEqual([
      { period: '2026-11-01', tokens_used_this_month: 0 },
      { period: '2026-12-01', tokens_used_this_month: 0 },
    ]);
    const refunds = (await books.events()).filter(({ kind }) => kind === 'refund');
    expect(refunds.map(({ period }) => period).toSorted()).toEqual(['2026-11-01', '2026-12-01']);
  });
});

describe('alerts', () => {
  it('come once each at 50, 80 and 100 per cent, and are kept with the charge', async () => {
    const books = await Books.open({ free_tokens: 2_500 });
    const place = await books.turn();
    const told = async (ordinal: number): Promise<number[]> => {
      await books.draft({ ...place, ordinal });
      return books.told.splice(0).map(({ percent }) => percent);
    };
    expect(await told(0)).toEqual([]);
    expect(await told(1)).toEqual([]);
    expect(await told(2)).toEqual([50]);
    expect(await told(3)).toEqual([80]);
    expect(await told(4)).toEqual([100]);
    const kept = await books
      .db('notices')
      .where({ user_id: place.userId })
      .orderBy('text')
      .select<{ kind: string; text: string }[]>('kind', 'text');
    expect(kept.map(({ text }) => text)).toEqual([
      'You have used 50 % of your 2,500 tokens this month.',
      'You have used 80 % of your 2,500 tokens this month.',
      'You have used all of your 2,500 tokens this month. Everything that needs none goes on.',
    ]);
  });

  it('that one use reaches together are told together, and no more after a refund', async () => {
    const books = await Books.open({ free_tokens: 500 });
    const place = await books.turn();
    await books.draft(place);
    expect(books.told.map(({ percent }) => percent)).toEqual([50, 80, 100]);
    await books.end(place, 'failed');
    const again = await books.turn(place.userId);
    await books.draft(again);
    expect(books.told).toHaveLength(3);
  });
});

describe('limits, costs and prices', () => {
  it('change at their instant, without a deploy', async () => {
    const books = await Books.open();
    const later = new Date(books.clock.now().getTime() + 60_000);
    await addUsageSettings(books.db, {
      effectiveFrom: later,
      settings: { feature_costs: { email_draft_llm: 700 }, model_prices: { 'gpt-4': 0.06 } },
      changedBy: 'test',
    });
    const place = await books.turn();
    expect(await books.draft(place)).toBe(500);
    books.clock.pass(60_000);
    expect(await books.draft({ ...place, ordinal: 1 })).toBe(700);
    expect((await books.settings.at(books.clock.now())).feature_costs.advanced_search).toBe(400);
  });

  it('of the environment stand over the compiled ones, and the table over both', async () => {
    const books = await Books.open({ free_tokens: 900, feature_costs: { email_draft_llm: 450 } });
    expect(await books.settings.at(books.clock.now())).toMatchObject({
      free_tokens: 900,
      feature_costs: { email_draft_llm: 450, advanced_search: 400 },
    });
    await addUsageSettings(books.db, {
      effectiveFrom: books.clock.now(),
      settings: { free_tokens: 1_200 },
      changedBy: 'test',
    });
    books.settings.forget();
    expect((await books.settings.at(books.clock.now())).free_tokens).toBe(1_200);
  });

  it('that are not valid have no effect', async () => {
    const books = await Books.open();
    await books.db('usage_settings').insert([
      { effective_from: new Date(0), settings: { free_tokens: -1 }, changed_by: 'test' },
      { effective_from: new Date(0), settings: { feature_costs: { teleport: 1 } }, changed_by: 'test' },
      { effective_from: new Date(0), settings: '"text"', changed_by: 'test' },
    ]);
    const settings = await books.settings.at(books.clock.now());
    expect(settings.free_tokens).toBe(10_000);
    expect(Object.keys(settings.feature_costs)).not.toContain('teleport');
  });
});

describe('a gate', () => {
  const flags = { ...FLAG_DEFAULTS };
  it('tells the cost before, the reason of a refusal, and what is free', async () => {
    const books = await Books.open({ free_tokens: 800 });
    const { userId, ...place } = await books.turn();
    const check = () => books.gates.check(userId, 'email_draft_llm', flags, books.clock.now());
    expect(await check()).toMatchObject({ allowed: true, cost: 500, used: 0, limit: 800 });
    await books.draft({ userId, ...place });
    expect(await check()).toMatchObject({
      allowed: false,
      reason: 'quota',
      code: 'quota_exceeded',
      message: 'Insufficient tokens. Need 500, have 300.',
      instead: 'a draft from a template',
      needed: 500,
      remaining: 300,
    });
  });

  it('holds nothing against a turn that it has paid for in an attempt before', async () => {
    const books = await Books.open({ free_tokens: 500 });
    const place = await books.turn();
    const check = (turnId: string, taken: string[] = []) =>
      books.gates.check(place.userId, 'email_draft_llm', flags, books.clock.now(), { turnId, taken });
    const metered = await books.meter.withMeter(draftStep(place), async (call) => {
      const answer = await call.complete({ signal: AbortSignal.timeout(10_000) });
      // As another attempt finds it when this one dies here.
      expect(await check(place.scopeId)).toMatchObject({ allowed: true, used: 0 });
      return answer;
    });
    expect(await check(place.scopeId)).toMatchObject({ allowed: true, used: 0 });
    expect(await check(place.scopeId, [metered.callId])).toMatchObject({ allowed: false, remaining: 0 });
    expect(await check(randomUUID())).toMatchObject({ allowed: false, remaining: 0 });
  });

  it('looks at the flag of a feature, at its switch, and at the model', async () => {
    const books = await Books.open({ disabled_features: ['advanced_search'] });
    const userId = randomUUID();
    const check = (feature: 'title_enrichment' | 'advanced_search' | 'schedule_optimization', off = {}) =>
      books.gates.check(userId, feature, { ...flags, ...off }, books.clock.now());
    expect(await check('title_enrichment', { enable_llm_enrichment: false })).toMatchObject({
      reason: 'flag',
    });
    expect(await check('advanced_search')).toMatchObject({ reason: 'off', code: 'feature_unavailable' });
    const bare = await Books.open({}, { withModel: false });
    expect(await bare.gates.check(userId, 'email_draft_llm', flags, NOON)).toMatchObject({
      reason: 'no_model',
    });
    expect(await bare.gates.check(userId, 'schedule_optimization', flags, NOON)).toMatchObject({
      allowed: true,
    });
    const priceless = await Books.open({ draft_model: 'mystery-1' });
    expect(await priceless.gates.check(userId, 'email_draft_llm', flags, NOON)).toMatchObject({
      reason: 'no_price',
    });
  });
});

const NOON = new Date('2026-11-18T12:00:00Z');
