import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { REDIS_ANSWER_MS } from '../../core/deadline.ts';
import { eventually } from '../support/eventually.ts';
import { muteProxy, type MuteProxy } from '../support/mute-proxy.ts';
import { startProduct, type Product } from '../support/product.ts';
import { call, each, person, Wire, type Person } from '../support/wire.ts';

/** Nobody waits longer than this, whatever a store does; the machine may be busy besides. */
const PATIENCE_MS = REDIS_ANSWER_MS + 3_500;
const unavailable = { error_code: 'dependency_unavailable', retryable: true };
const refusedAck = { ok: false, error: { code: 'dependency_unavailable', retryable: true } };

async function inTime<T>(what: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const done = await work;
  expect(performance.now() - startedAt, what).toBeLessThan(PATIENCE_MS);
  return done;
}

describe('a store that is silent', () => {
  let product: Product;
  let postgres: MuteProxy;
  let redis: MuteProxy;
  let url: string;
  let me: Person;
  beforeAll(async () => {
    product = await startProduct({ roles: [] });
    [postgres, redis] = await Promise.all([muteProxy(product.database.url), muteProxy(product.redis.url)]);
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    const [gateway] = await Promise.all([product.start('gateway', env), product.start('worker', env)]);
    url = gateway.url ?? '';
    me = await person();
  });
  afterEach(() => {
    postgres.speak();
    redis.speak();
  });
  const api = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    call(url, method, `/api/v1${path}`, {
      token: me.token,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const titles = async (): Promise<unknown[]> => each(await api('GET', '/tasks'), 'title');

  it('Redis: every call and every acknowledgement is answered, and what was taken in is done later', async () => {
    const device = await Wire.open(url, { token: me.token });
    await device.say('create a task to buy milk');
    const admin = await person({ role: 'admin' });
    redis.mute();
    const turn_id = randomUUID();
    const streamed = randomUUID();
    const wants = { accept: 'text/event-stream' };
    const query = (id: string) => ({ query: 'create a task to buy tea', turn_id: id });
    const cancelled = randomUUID();
    const [made, parsed, asked, events, refused, queues, taken, stopped] = await inTime(
      'with Redis silent',
      Promise.all([
        api('POST', '/tasks', { title: 'never' }),
        api('POST', '/nlu/parse', { text: 'buy milk' }),
        api('POST', '/agent/query', query(turn_id)),
        api('POST', '/agent/query', query(streamed), wants),
        Wire.refused(url, { token: me.token }),
        call(url, 'GET', '/api/v1/ops/queues', { token: admin.token }),
        device.submit('create a task to buy bread'),
        device
          .submit('create a task to buy a boat', { turn_id: cancelled })
          .then(() => device.send('turn.cancel', { turn_id: cancelled })),
      ]),
    );
    for (const answer of [made, parsed, queues])
      expect(answer).toMatchObject({ status: 503, body: unavailable });
    expect(asked).toMatchObject({ status: 202, body: { turn_id, status: 'running' } });
    expect(events.body).toMatch(new RegExp(`event: pending\\ndata: .*"turn_id":"${streamed}"`));
    expect(events.body).toMatch(/event: error\ndata: .*"error_code":"dependency_unavailable"/);
    expect(refused).toMatchObject(refusedAck.error);
    expect(taken).toMatchObject({ ok: true });
    expect(stopped).toEqual({ ok: true, state: 'cancelled' });
    const all = await inTime('everything', device.send('turn.cancel', { scope: 'session' }));
    expect(all).toEqual({ ok: true, state: 'cancelled' });

    redis.speak();
    await eventually('both queries are done', async () => (await titles()).length === 3);
    const after = await Wire.open(url, { token: me.token });
    await after.say('create a task to buy salt');
    expect(await titles()).toHaveLength(4);
    expect(await titles()).toEqual(expect.arrayContaining(['buy milk', 'buy salt', 'buy tea']));
    expect((await titles()).filter((title) => title === 'buy tea')).toHaveLength(2);
  }, 60_000);

  it('Redis: a greeting that can’t be given ends in a way that brings the client back', async () => {
    // Let in while Redis was there: from then on nothing can be read.
    const device = await Wire.open(url, { token: me.token });
    const { place } = device;
    redis.mute();
    const refused = await inTime('the handshake', Wire.refused(url, { token: me.token, ...place }));
    expect(refused).toMatchObject({ code: 'dependency_unavailable', retryable: true });
    redis.speak();
    const back = await Wire.open(url, { token: me.token, ...place });
    expect((await back.first('session.resumed')).complete).toBe(true);
  }, 60_000);

  it('Postgres: what is on warm connections fails as retryable, and a retry finds what was done', async () => {
    const device = await Wire.open(url, { token: me.token });
    const before = (await titles()).length;
    await device.say('create a task to buy pears');
    postgres.mute();
    const turn_id = randomUUID();
    const [listed, made, asked, taken, stopped] = await inTime(
      'with Postgres silent',
      Promise.all([
        api('GET', '/tasks'),
        api('POST', '/tasks', { title: 'buy plums' }, { 'idempotency-key': turn_id }),
        api('POST', '/agent/query', { query: 'create a task to buy figs' }),
        device.submit('create a task to buy dates', { turn_id }),
        device.send('turn.cancel', { scope: 'session' }),
      ]),
    );
    for (const answer of [listed, made, asked])
      expect(answer).toMatchObject({ status: 503, body: unavailable });
    for (const ack of [taken, stopped]) expect(ack).toMatchObject(refusedAck);

    postgres.speak();
    await eventually(
      'the turn is taken in',
      async () => (await device.submit('create a task to buy dates', { turn_id })).ok,
    );
    expect((await device.ended(turn_id)).type).toBe('turn.completed');
    const again = await api('POST', '/tasks', { title: 'buy plums' }, { 'idempotency-key': turn_id });
    expect(again.status).toBe(200);
    const found = (await titles()).slice(0, -before);
    expect(found.filter((title) => title === 'buy dates')).toHaveLength(1);
    expect(found.filter((title) => title === 'buy plums')).toHaveLength(1);
    expect(product.roles.map((role) => role.output()).join('')).not.toMatch(/nobody foresaw/);
  }, 60_000);
});

describe('a store that falls silent in the middle', () => {
  it('Postgres: turns whose commits were never answered are carried out once, in their order', async () => {
    const product = await startProduct({ roles: [] });
    const postgres = await muteProxy(product.database.url);
    const env = { DATABASE_URL: postgres.url };
    const [gateway] = await Promise.all([product.start('gateway', env), product.start('worker', env)]);
    const url = gateway.url ?? '';
    const { token } = await person();
    const device = await Wire.open(url, { token });
    for (let round = 0; round < 3; round += 1) {
      const ids = Array.from({ length: 6 }, () => randomUUID());
      for (const [n, turn_id] of ids.entries())
        await device.submit(`create a task to buy box ${round}${n}`, { turn_id });
      await device.first('turn.understood', ids[round + 2]);
      postgres.mute();
      expect((await call(url, 'GET', '/api/v1/tasks', { token })).status).toBe(503);
      postgres.speak();
      for (const id of ids) expect((await device.ended(id)).type).toBe('turn.completed');
    }
    const made = each(await call(url, 'GET', '/api/v1/tasks', { token }), 'title');
    const asked = [0, 1, 2].flatMap((round) => [0, 1, 2, 3, 4, 5].map((n) => `buy box ${round}${n}`));
    expect(made.toReversed()).toEqual(asked);
    const ends = device.log.filter(({ type }) => type === 'turn.completed');
    expect(ends).toHaveLength(asked.length);
    expect(device.log.map(({ type }) => type)).not.toContain('turn.failed');
  }, 90_000);
});

describe('a store that is down', () => {
  it('is told within seconds', async () => {
    const product = await startProduct({ roles: [] });
    const redis = await muteProxy(product.redis.url);
    const gateway = await product.start('gateway', { REDIS_URL: redis.url });
    const url = gateway.url ?? '';
    const { token } = await person();
    const device = await Wire.open(url, { token });
    redis.hangUp();
    const [parsed, asked, refused, taken] = await inTime(
      'with Redis down',
      Promise.all([
        call(url, 'POST', '/api/v1/nlu/parse', { token, body: { text: 'buy milk' } }),
        call(url, 'POST', '/api/v1/agent/query', { token, body: { query: 'buy milk' } }),
        Wire.refused(url, { token }),
        device.submit('buy milk'),
      ]),
    );
    expect(parsed).toMatchObject({ status: 503, body: unavailable });
    expect(asked).toMatchObject({ status: 202, body: { status: 'running' } });
    expect(refused).toMatchObject(refusedAck.error);
    expect(taken).toMatchObject({ ok: true });
  }, 60_000);
});
