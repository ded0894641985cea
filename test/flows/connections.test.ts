import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConnectionRegistry } from '../../sessions/connections.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';

let product: Product;
let redis: Redis;

beforeAll(async () => {
  product = await startProduct();
  redis = new Redis(product.redis.url);
});
afterAll(() => redis.disconnect());

test('open connections of a user are known on all gateways, with session and cursor', async () => {
  const second = await product.start('gateway');
  const registry = new ConnectionRegistry(redis);
  const userId = randomUUID();
  const token = await tokenFor(userId);
  const [phone, laptop] = [new Recorder(token), new Recorder(token)];
  await phone.connect(product.url);
  await laptop.connect(second.url ?? '');

  const states = await eventually('both are listed', async () => {
    const open = await registry.of(userId, new Date());
    return open.length === 2 ? open : null;
  });
  expect(states.map((state) => state.session_id).toSorted((a, b) => a.localeCompare(b))).toEqual(
    [phone.sessionId ?? '', laptop.sessionId ?? ''].toSorted((a, b) => a.localeCompare(b)),
  );
  expect(new Set(states.map((state) => state.gateway_id)).size).toBe(2);
  for (const state of states)
    expect(state).toMatchObject({ v: 1, user_id: userId, timezone: 'UTC', cursor: 0 });

  phone.drop();
  await eventually(
    'the closed one is gone',
    async () => (await registry.of(userId, new Date())).length === 1,
  );
  // A gateway that died can't say goodbye for its connections; they are not counted for long.
  expect(await registry.of(userId, new Date(Date.now() + 120_000))).toEqual([]);
});
