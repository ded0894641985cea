import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { startProduct, type Product } from '../support/product.ts';
import { at, call, person, Wire, type Answer, type Person } from '../support/wire.ts';

const DAY_MS = 86_400_000;
const NOW = Date.now();

let product: Product;
let url: string;
let db: Db;
let admin: Person;
beforeAll(async () => {
  product = await startProduct({ roles: ['gateway'] });
  ({ url } = product);
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  admin = await person({ role: 'admin' });
});
afterAll(() => db.destroy());

/** Somebody who has been here. */
async function customer(): Promise<Person> {
  const me = await person();
  await db('users').insert({ id: me.userId });
  return me;
}
const mine = async (who: Person): Promise<unknown> =>
  (await call(url, 'GET', '/api/v1/subscription', { token: who.token })).body;
const tierOf = (of: Person, who = admin): Promise<Answer> =>
  call(url, 'GET', `/api/v1/ops/users/${of.userId}/tier`, { token: who.token });
const FREE = { tier: 'free', status: 'none', expires_at: null };
const until = (ms: number): string => new Date(ms).toISOString();

describe('a grant by an admin', () => {
  const change = (method: 'POST' | 'DELETE', of: Person, body: object, who = admin): Promise<Answer> =>
    call(url, method, `/api/v1/ops/users/${of.userId}/tier`, { token: who.token, body });

  it('gives premium, is audited with its reason, and can be taken back', async () => {
    const me = await customer();
    const expires_at = until(NOW + DAY_MS);
    const granted = await change('POST', me, { tier: 'premium', reason: 'press', expires_at });
    expect(granted).toMatchObject({ status: 200, body: { tier: 'premium', status: 'granted', expires_at } });
    expect(await mine(me)).toEqual({ tier: 'premium', status: 'granted', expires_at });
    expect((await Wire.open(url, { token: me.token })).ready.tier).toBe('premium');
    expect((await change('DELETE', me, { reason: 'the trial is over' })).status).toBe(200);
    expect(await mine(me)).toEqual(FREE);
    const actor = `admin:${admin.userId}`;
    expect((await tierOf(me)).body).toMatchObject({
      ...FREE,
      grants: [{ tier: 'premium', reason: 'press', granted_by: admin.userId, revoked_by: admin.userId }],
      audit: [
        { actor, from_tier: 'premium', to_tier: 'free', cause: { reason: 'the trial is over' } },
        { actor, from_tier: 'free', to_tier: 'premium', cause: { reason: 'press' } },
      ],
    });
  });

  it('is for admins, for users who were here, and for a time to come', async () => {
    const me = await customer();
    const body = { tier: 'premium', reason: 'press' };
    for (const answer of [
      await change('POST', me, body, me),
      await change('DELETE', me, { reason: 'x' }, me),
      await tierOf(me, me),
    ])
      expect(answer).toMatchObject({ status: 403, body: { error_code: 'forbidden' } });
    const nobody = await person();
    expect((await change('POST', nobody, body)).status).toBe(404);
    expect((await change('DELETE', nobody, { reason: 'x' })).status).toBe(404);
    expect((await tierOf(nobody)).status).toBe(404);
    const faults = [
      { ...body, expires_at: until(NOW - DAY_MS) },
      { ...body, tier: 'free' },
      { ...body, reason: ' ' },
      { tier: 'premium' },
    ];
    for (const fault of faults) expect((await change('POST', me, fault)).status).toBe(400);
    expect(await mine(me)).toEqual(FREE);
  });

  it('tells a demo user of a tier that was given at the login', async () => {
    const login = { name: randomUUID(), tier: 'premium' };
    const answer = await call(url, 'POST', '/api/v1/auth/demo', { body: login });
    const me = { userId: String(at(answer.body, 'user_id')), token: String(at(answer.body, 'token')) };
    expect(await mine(me)).toEqual({ tier: 'premium', status: 'granted', expires_at: null });
    expect((await tierOf(me)).body).toMatchObject({ audit: [{ actor: 'demo', to_tier: 'premium' }] });
  });
});

describe('a change of the status', () => {
  it('is told to product analytics, by a pseudonym and once', async () => {
    const sent: string[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks);
        const isZipped = request.headers['content-encoding'] === 'gzip';
        sent.push((isZipped ? gunzipSync(raw) : raw).toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":1}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const gateway = await product.start('gateway', {
      POSTHOG_API_KEY: 'phc_test',
      POSTHOG_HOST: `http://127.0.0.1:${port}`,
    });
    const me = await customer();
    const grant = { tier: 'premium', reason: 'press' };
    for (let n = 0; n < 2; n += 1)
      await call(gateway.url ?? '', 'POST', `/api/v1/ops/users/${me.userId}/tier`, {
        token: admin.token,
        body: grant,
      });
    // What is queued is sent at the end.
    await gateway.stop();
    server.close();
    const all = sent.join();
    expect(all.match(/"event":"subscription_status_changed"/g)).toHaveLength(1);
    expect(all).toMatch(/"from_status":"none","to_status":"granted","tier":"premium"/);
    expect(all).not.toContain(me.userId);
    expect(all).not.toContain('press');
  });
});
