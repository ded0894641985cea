import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { USAGE_EVENTS_MAX } from '../../contracts/jobs.ts';
import type { UsageEvent } from '../../contracts/usage.ts';
import { JobQueues } from '../../core/queues.ts';
import { connect, type Db } from '../../db/connect.ts';
import { usageRun } from '../../db/usage-records.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product } from '../support/product.ts';
import { call, person } from '../support/wire.ts';
import { logged, owe } from './books.ts';
import { reservedCall, usageOf } from './usage-events.ts';

const ROLLUP = 'monthly_usage_aggregation';

let product: Product;
let db: Db;
let redis: Redis;
let queues: JobQueues;
beforeAll(async () => {
  product = await startProduct({ roles: ['gateway', 'metering', 'maintenance'] });
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  redis = new Redis(product.redis.url, { maxRetriesPerRequest: null });
  queues = new JobQueues(redis);
});
afterAll(async () => {
  await queues.close();
  redis.disconnect();
  await db.destroy();
});

const deliver = (events: UsageEvent[], jobId = randomUUID()): Promise<void> =>
  queues.add('metering', 'usage.record', { events }, jobId);
const of = (userId: string, count: number): UsageEvent[] =>
  Array.from({ length: count }, () => usageOf({ user_id: userId }));
const idsOf = async (userId: string): Promise<string[]> =>
  (await db('llm_usage').where({ user_id: userId }).select<{ id: string }[]>('id'))
    .map(({ id }) => id)
    .sort();
const outboxOf = async (events: readonly UsageEvent[]): Promise<number> =>
  (
    await db('usage_events')
      .whereIn(
        'id',
        events.map(({ id }) => id),
      )
      .select('id')
  ).length;
const sorted = (events: readonly UsageEvent[]): string[] => events.map(({ id }) => id).sort();

describe('a delivery', () => {
  it('becomes rows, once, whether its events come one by one, together or again, and is owed no more', async () => {
    const userId = randomUUID();
    const events = of(userId, USAGE_EVENTS_MAX);
    await owe(db, events, new Date());
    await Promise.all([
      deliver(events),
      ...events.slice(0, 50).map((event) => deliver([event])),
      deliver(events.slice(100, 200)),
    ]);
    await eventually('all rows', async () => (await idsOf(userId)).length === events.length);
    expect(await idsOf(userId)).toEqual(sorted(events));
    await eventually('an empty outbox', async () => (await outboxOf(events)) === 0);
  });

  it('that can’t be written takes no other with it', async () => {
    const userId = randomUUID();
    // The table knows no such month: years before the product are a fault.
    const unfit = usageOf({ user_id: userId, period: '1970-01-01' });
    const good = of(userId, 20);
    await owe(db, [unfit]);
    await Promise.all([...good.slice(0, 10), unfit, ...good.slice(10)].map((event) => deliver([event])));
    await eventually('all rows', async () => (await idsOf(userId)).length === good.length);
    const kept = await eventually('the refusal', () =>
      db('usage_events').where({ id: unfit.id }).whereNotNull('refused_at').first<{ id: string }>('id'),
    );
    expect(kept).toEqual({ id: unfit.id });
  });
});

describe('the sweep', () => {
  it('fetches what no delivery has brought', async () => {
    const userId = randomUUID();
    const events = of(userId, 30);
    await owe(db, events);
    await eventually('all rows', async () => (await idsOf(userId)).length === events.length);
    await eventually('an empty outbox', async () => (await outboxOf(events)) === 0);
  });

  it('sets aside what is no event, and goes on', async () => {
    const userId = randomUUID();
    const [bad, wrongSign, good] = [
      usageOf(),
      usageOf({ user_id: userId, tokens_used: -5 }),
      usageOf({ user_id: userId }),
    ];
    await db('usage_events').insert({
      id: bad.id,
      event: JSON.stringify({ id: bad.id }),
      created_at: new Date(0),
    });
    await owe(db, [wrongSign, good]);
    await eventually('the row', async () => (await idsOf(userId)).length === 1);
    expect(await idsOf(userId)).toEqual([good.id]);
    // The rows are booked before what was refused is marked.
    await eventually('both are set aside', async () => {
      const ids = [bad.id, wrongSign.id];
      return (await db('usage_events').whereNotNull('refused_at').whereIn('id', ids)).length === 2;
    });
  });

  it('ends calls whose maker died, and books them without a charge', async () => {
    const id = randomUUID();
    const userId = randomUUID();
    const past = new Date(Date.now() - 200_000);
    await db('usage_quotas').insert({
      user_id: userId,
      period: '2026-11-01',
      tokens_reserved: 500,
      last_reset_at: past,
      subscription_tier: 'free',
      updated_at: past,
    });
    const expiresAt = new Date(Date.now() - 100_000);
    await db('llm_calls').insert(reservedCall({ id, userId, startedAt: past, expiresAt }));
    const row = await eventually('the row', () => db('llm_usage').where({ id }).first<object>());
    expect(row).toMatchObject({
      user_id: userId,
      tokens_used: 0,
      metadata: { success: false, error_type: 'expired' },
    });
    expect(await db('usage_quotas').where({ user_id: userId }).first<object>()).toMatchObject({
      tokens_reserved: 0,
    });
  });
});

describe('a rollup by hand', () => {
  it('is an admin’s to ask for, and is in the log of the system', async () => {
    const admin = await person({ role: 'admin' });
    const before = (await logged(db, ROLLUP)).length;
    const answer = await call(product.url, 'POST', '/api/v1/ops/usage/rollup', { token: admin.token });
    expect(answer).toMatchObject({ status: 200, body: { queued: true } });
    const lines = await eventually('the log', async () => {
      const found = await logged(db, ROLLUP);
      return found.length >= before + 2 && found.slice(before);
    });
    for (const line of lines)
      expect(line).toMatchObject({ outcome: 'completed', month: expect.any(String) as string });
    const runs = await call(product.url, 'GET', '/api/v1/ops/usage/rollups?limit=2', { token: admin.token });
    expect(runs).toMatchObject({
      status: 200,
      body: {
        items: lines
          .slice(-2)
          .toReversed()
          .map((details) => ({ event: ROLLUP, details })),
      },
    });
  });

  it('can be looked up by admins alone, with the reconciliations, the latest first', async () => {
    const [admin, me] = await Promise.all([person({ role: 'admin' }), person()]);
    const path = '/api/v1/ops/usage/rollups';
    const at = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
    const details = { month: '2026-10', outcome: 'failed', error: 'Error' };
    await db('system_logs').insert([
      { event: 'usage_reconciliation', details, created_at: at(2) },
      { event: ROLLUP, details, created_at: at(3) },
      { event: 'usage_settings_changed', details: {}, created_at: at(4) },
      { event: ROLLUP, details, created_at: at(1) },
    ]);
    const { status, body } = await call(product.url, 'GET', path, { token: admin.token });
    expect(status).toBe(200);
    const { items } = z.object({ items: z.array(usageRun) }).parse(body);
    expect(items.slice(0, 3)).toMatchObject([
      { event: ROLLUP, details },
      { event: 'usage_reconciliation', details },
      { event: ROLLUP, details },
    ]);
    expect(items.map(({ event }) => event)).not.toContain('usage_settings_changed');
    expect((await call(product.url, 'GET', path, { token: me.token })).status).toBe(403);
    expect((await call(product.url, 'GET', `${path}?limit=0`, { token: admin.token })).status).toBe(400);
  });
});

describe.each([
  ['before the write', 'recording=kill'],
  ['after the write', 'recorded=kill'],
])('a worker that is killed %s', (_when, fault) => {
  it('leaves each event in the books once', async () => {
    const own = await startProduct({ roles: [] });
    const books = connect(own.database.url, { poolMax: 2, name: 'test' });
    const connection = new Redis(own.redis.url, { maxRetriesPerRequest: null });
    const sender = new JobQueues(connection);
    try {
      const events = of(randomUUID(), 40);
      // Of some only the delivery knows: they come from the queue alone.
      await owe(books, events.slice(0, 20), new Date());
      for (const event of events) await sender.add('metering', 'usage.record', { events: [event] }, event.id);
      const armed = await own.start('metering', { PULSEPLAN_FAULT: fault });
      await armed.gone;
      await own.start('metering');
      const rows = (): Promise<{ id: string; n: number }[]> =>
        books('llm_usage').groupBy('id').select('id', books.raw('count(*) as n'));
      await eventually('all rows', async () => (await rows()).length === events.length, 25_000);
      expect((await rows()).map(({ id }) => id).sort()).toEqual(sorted(events));
      expect(new Set((await rows()).map(({ n }) => n))).toEqual(new Set([1]));
      await eventually(
        'an empty outbox',
        async () => (await books('usage_events').select('id')).length === 0,
      );
    } finally {
      await sender.close();
      connection.disconnect();
      await books.destroy();
    }
  });
});
