import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { Redis } from 'ioredis';
import { withClient } from '../../core/services/postgres-driver.ts';
import { startProduct, type Product } from '../support/product.ts';
import { call, itemsOf, person, signFor, Wire, type Person } from '../support/wire.ts';

const MARK = 'quixotic';

/** Somebody who says the word in every way there is, rightly and wrongly. */
async function gossip(product: Product, who: Person): Promise<void> {
  const { url } = product;
  const { token } = who;
  const wire = await Wire.open(url, { token });
  await wire.say(`create a task to ${MARK} the boat #${MARK}`);
  await wire.say('create a task to study');
  await wire.say(`for my ${MARK} exam`);
  await wire.say(`add ${MARK} to my ${MARK} list`);
  await wire.say(`delete the task ${MARK} boat`);
  await wire.say('undo');
  await wire.say(`what is the ${MARK} meaning of all this?`);
  await wire.say(`schedule a meeting with ${MARK} tomorrow at 3pm`);
  await wire.submit(`${MARK}\u0000`);
  await wire.submit('hello', { [MARK]: MARK, timezone: MARK });
  await wire.send(MARK, { [MARK]: MARK });
  await wire.send('clarification.answer', {
    turn_id: randomUUID(),
    clarification_id: randomUUID(),
    text: MARK,
  });
  await wire.send('auth.refresh', { token: `${MARK}.${MARK}.${MARK}` });
  await Wire.refused(url, { token: MARK });
  for (const [method, path, body] of [
    ['POST', '/agent/query', { query: `create a task to ${MARK} a car` }],
    ['POST', '/agent/query', { query: `${MARK}\u0007` }],
    ['POST', '/nlu/parse', { text: `buy ${MARK} tomorrow` }],
    ['POST', '/tasks', { title: MARK, notes: MARK, due_date: '0000-01-01' }],
    ['POST', '/tasks', { title: MARK, notes: MARK }],
    ['GET', `/tasks?q=${MARK}`],
    ['GET', `/tasks/${MARK}`],
    ['GET', `/${MARK}`],
    ['PATCH', `/tasks/${randomUUID()}`, { title: MARK }],
    ['POST', '/auth/demo', { name: MARK }],
  ] as const)
    await call(url, method, `/api/v1${path}`, { token, ...(body ? { body } : {}) });
  await call(url, 'POST', '/api/v1/agent/query', { token, raw: `{"query": "${MARK}` });
}

describe('words of a user', () => {
  let product: Product;
  let who: Person;
  beforeAll(async () => {
    product = await startProduct({ env: { LOG_LEVEL: 'trace' } });
    who = await person();
    await gossip(product, who);
  });
  const logs = (): string => product.roles.map((role) => role.output()).join('\n');

  it('are in no line of any log, nor are tokens', () => {
    expect(logs()).toContain('"role":"gateway"');
    expect(logs()).toContain('"role":"worker"');
    const told = logs()
      .split('\n')
      .filter((line) => line.includes(MARK) || line.includes(who.token));
    expect(told).toEqual([]);
  });

  it('are in no line of any log when everything breaks', async () => {
    const worker = product.roles.find(({ name }) => name === 'worker')!;
    const wire = await Wire.open(product.url, { token: who.token });
    await worker.kill();
    await product.redis.control.kill();
    await wire.submit(`create a task to ${MARK} the roof`);
    await product.redis.control.ready();
    await product.start('worker');
    const found = async (): Promise<unknown[]> =>
      itemsOf(await call(product.url, 'GET', '/api/v1/tasks?q=roof', { token: who.token }));
    await expect.poll(found, { timeout: 20_000 }).toHaveLength(1);

    const { name } = product.database;
    await withClient(inject('databaseAdminUrl'), async (admin) => {
      await admin.query(`alter database ${name} allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      expect(await wire.submit(`create a task to ${MARK} the cellar`)).toMatchObject({
        error: { code: 'dependency_unavailable' },
      });
      await expect.poll(logs, { timeout: 20_000 }).toMatch(/KnexTimeoutError/);
      await admin.query(`alter database ${name} allow_connections true`);
    });
    const told = logs()
      .split('\n')
      .filter((line) => line.includes(MARK));
    expect(told).toEqual([]);
  });

  it('are in no metric, nor is anybody’s id', async () => {
    const wire = await Wire.open(product.url, { token: who.token });
    const { body } = await call(product.url, 'GET', '/metrics');
    expect(body).toMatch(/^pulseplan_sockets \d+$/m);
    for (const secret of [MARK, who.userId, wire.sessionId, who.token]) expect(body).not.toContain(secret);
    expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('are in no job of a queue', async () => {
    const redis = new Redis(product.redis.url);
    const hold = product.roles.filter(({ name }) => name === 'worker');
    await Promise.all(hold.map((role) => role.kill()));
    const wire = await Wire.open(product.url, { token: who.token });
    await wire.submit(`create a task to ${MARK} the fence`);
    await wire.submit(`create a task to ${MARK} the gate`);
    const jobs = async (): Promise<string[]> =>
      (await redis.keys('{pp1-*}:nlu:*.nlu')).concat(await redis.keys('{pp1-*}:nlu:*peek'));
    await expect.poll(async () => (await jobs()).length).toBeGreaterThanOrEqual(2);
    for (const key of await jobs()) {
      const job = JSON.stringify(await redis.hgetall(key));
      expect(job).toContain('data');
      expect(job).not.toContain(MARK);
    }
    await redis.quit();
  });

  it('and tokens are in no answer that refuses them', async () => {
    const token = await signFor({ secret: 'another-secret-of-at-least-32-characters' });
    const refused = await Wire.refused(product.url, { token });
    const answer = await call(product.url, 'GET', '/api/v1/tasks', { token });
    for (const told of [JSON.stringify(refused), JSON.stringify(answer.body)]) {
      expect(told).toContain('authentication_error');
      expect(told).not.toContain(token);
      expect(told).not.toContain(token.split('.')[1]);
    }
  });
});
