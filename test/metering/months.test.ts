import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/connect.ts';
import { makePartitions, recordUsage, usageByDay } from '../../db/usage-records.ts';
import { periodAt } from '../../usage/periods.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct } from '../support/product.ts';
import { call, person, type Person } from '../support/wire.ts';
import { openScene, summaryOf, type Scene } from './books.ts';
import { usageOf } from './usage-events.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});

const tables = async ({ db }: Scene): Promise<string[]> => {
  const answer = await db.raw<{ rows: { name: string }[] }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'llm_usage'::regclass order by 1`,
  );
  return answer.rows.map(({ name }) => name);
};

describe('the tables of the months', () => {
  it('are made three months ahead, and again without effect', async () => {
    const { db } = scene;
    const ahead = ['2027_02', '2027_03', '2027_04', '2027_05', '2027_06'].map((m) => `llm_usage_${m}`);
    await Promise.all(Array.from({ length: 4 }, () => makePartitions(db, new Date('2027-03-15T00:00:00Z'))));
    expect(await tables(scene)).toEqual(expect.arrayContaining(ahead));
    await makePartitions(db, new Date('2027-03-15T00:00:00Z'));
  });

  it('are made for an event that comes before them', async () => {
    const { db } = scene;
    const events = Array.from({ length: 8 }, () =>
      usageOf({ period: '2025-02-01', at: '2025-02-10T12:00:00.000Z' }),
    );
    const done = await Promise.all(events.map((event) => recordUsage(db, [event])));
    expect(done).toEqual(events.map(() => ({ events: 1, written: 1, adjusted: 0 })));
    expect(await tables(scene)).toContain('llm_usage_2025_02');
  });

  it('hold days of their own month alone, also for who has moved to another zone since', async () => {
    const { db } = scene;
    const userId = randomUUID();
    // November had begun on Kiritimati, and lasted on in Honolulu.
    const instants = ['2026-10-31T11:00:00.000Z', '2026-12-01T09:00:00.000Z'];
    await recordUsage(
      db,
      instants.map((at) => usageOf({ user_id: userId, at })),
    );
    const days = await usageByDay(db, userId, { period: '2026-11-01', zone: 'UTC' });
    expect(days.map(({ date }) => date)).toEqual(['2026-11-01', '2026-11-30']);
  });

  it('are all that the app role may change of the schema', async () => {
    const { db } = scene;
    await expect(db.raw('create table mine (id int)')).rejects.toMatchObject({ code: '42501' });
    await expect(db.raw('drop table llm_usage_2026_11')).rejects.toMatchObject({ code: '42501' });
    const open = await db.raw<{ rows: { name: string }[] }>(
      `select p.proname as name from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace
        and (has_function_privilege('public', p.oid, 'execute') or not p.proconfig @> array['search_path=public, pg_temp'])`,
    );
    expect(open.rows).toEqual([]);
    await expect(db.raw(`select make_usage_partition('2026-11-02')`)).rejects.toMatchObject({
      code: '22023',
    });
  });
});

describe('a month', () => {
  const ZONES = ['Pacific/Kiritimati', 'UTC', 'America/Los_Angeles'] as const;
  it.each(ZONES)('ends at midnight of the first in %s', async (zone) => {
    const { db, booksAt } = scene;
    const userId = randomUUID();
    const { resetsAt } = periodAt(new Date('2026-10-15T12:00:00Z'), zone);
    const at = (ms: number) => {
      const instant = new Date(resetsAt.getTime() + ms);
      return usageOf({ user_id: userId, period: periodAt(instant, zone).period, at: instant.toISOString() });
    };
    const [last, first] = [at(-1), at(0)];
    expect([last.period, first.period]).toEqual(['2026-10-01', '2026-11-01']);
    await recordUsage(db, [
      { ...last, tokens_used: 3 },
      { ...first, tokens_used: 4 },
    ]);
    await booksAt('2026-11-02T12:00:00Z').rollUp({ recent: true });
    expect((await summaryOf(db, '2026-10-01', userId)).total_tokens).toBe(3);
    expect((await summaryOf(db, '2026-11-01', userId)).total_tokens).toBe(4);
  });
});

describe('the product on the first of a month, by its own clock', () => {
  const NEW_YEAR = Date.parse('2027-01-01T05:00:00Z');

  it('begins anew for those whose month has ended, keeps the old one for the others, and sums it up', async () => {
    const env = { PULSEPLAN_CLOCK_OFFSET_MS: String(NEW_YEAR - Date.now()) };
    const product = await startProduct({ roles: ['gateway', 'workflows', 'metering', 'maintenance'], env });
    const db = connect(product.database.url, { poolMax: 2, name: 'test' });
    try {
      const tokens = { lifetimeSeconds: 90 * 86_400 };
      const [vienna, angeles] = await Promise.all([person(tokens), person(tokens)]);
      const get = async (who: Person, path: string) =>
        (await call(product.url, 'GET', `/api/v1${path}`, { token: who.token })).body;
      await zoneOf(product.url, vienna, 'Europe/Vienna');
      await zoneOf(product.url, angeles, 'America/Los_Angeles');
      const at = '2027-01-01T04:00:00.000Z';
      const both = [vienna, angeles].map(({ userId }) => [
        usageOf({ user_id: userId, period: '2026-12-01', at: '2026-12-31T12:00:00.000Z', tokens_used: 11 }),
        usageOf({
          user_id: userId,
          period: userId === vienna.userId ? '2027-01-01' : '2026-12-01',
          at,
          tokens_used: 7,
        }),
      ]);
      await recordUsage(db, both.flat());
      expect(await get(vienna, '/usage/summary')).toMatchObject({
        period: '2027-01',
        resets_at: '2027-01-31T23:00:00.000Z',
        tokens_used_today: 7,
        days: [{ date: '2027-01-01', operations: { email_draft_llm: 7 } }],
      });
      expect(await get(angeles, '/usage/summary')).toMatchObject({
        period: '2026-12',
        resets_at: '2027-01-01T08:00:00.000Z',
        // It is still the evening of the 31st there.
        tokens_used_today: 18,
        days: [{ date: '2026-12-31', operations: { email_draft_llm: 18 } }],
      });
      const admin = await person({ ...tokens, role: 'admin' });
      await call(product.url, 'POST', '/api/v1/ops/usage/rollup', { token: admin.token });
      await eventually('the sums', async () => (await db('usage_summary').select('id')).length === 3);
      expect((await summaryOf(db, '2026-12-01', angeles.userId)).total_tokens).toBe(18);
      expect((await summaryOf(db, '2026-12-01', vienna.userId)).total_tokens).toBe(11);
      expect((await summaryOf(db, '2027-01-01', vienna.userId)).total_tokens).toBe(7);
    } finally {
      await db.destroy();
    }
  });
});

const zoneOf = (url: string, who: Person, timezone: string) =>
  call(url, 'PUT', '/api/v1/settings', { token: who.token, body: { timezone } });
