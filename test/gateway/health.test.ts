import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { health } from '../../contracts/rest.ts';
import { withClient } from '../../core/services/postgres-driver.ts';
import { startProduct, type Role } from '../support/product.ts';
import { call, person, Wire, type Answer } from '../support/wire.ts';

const ready = (url: string): Promise<Answer> => call(url, 'GET', '/readyz');
async function until(url: string, status: number): Promise<void> {
  await expect.poll(async () => (await ready(url)).status, { timeout: 20_000, interval: 100 }).toBe(status);
}
const failing = async (url: string): Promise<string[]> =>
  Object.entries(health.parse((await ready(url)).body).checks).flatMap(([name, { ok }]) =>
    ok ? [] : [name],
  );

describe('readiness', () => {
  it('is red as long as anything is missing that a turn needs, and green again when it is back', async () => {
    const product = await startProduct({ roles: ['gateway'] });
    const { url, database } = product;
    expect(await ready(url)).toMatchObject({ status: 503, body: { status: 'down' } });
    expect(await failing(url)).toEqual(['nlu', 'workflows']);

    const nlu = await product.start('nlu');
    await expect.poll(() => failing(url)).toEqual(['workflows']);
    await product.start('workflows');
    await until(url, 200);
    expect((await ready(url)).body).toMatchObject({
      status: 'ok',
      checks: { nlu: { ok: true, detail: '1 worker' } },
    });

    await nlu.kill();
    await until(url, 503);
    expect(await failing(url)).toEqual(['nlu']);
    await product.start('nlu');
    await until(url, 200);

    await product.redis.control.kill('SIGSTOP');
    await until(url, 503);
    expect(await failing(url)).toContain('redis');
    expect((await call(url, 'GET', '/healthz')).status).toBe(200);
    await product.redis.control.kill('SIGCONT');
    await until(url, 200);
    await product.redis.control.kill();
    await product.redis.control.ready();
    await until(url, 200);

    const admin = inject('databaseAdminUrl');
    await withClient(admin, async (client) => {
      await client.query(`alter database ${database.name} allow_connections false`);
      await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [
        database.name,
      ]);
    });
    await until(url, 503);
    expect(await failing(url)).toEqual(['postgres']);
    const refused = await call(url, 'GET', '/api/v1/tasks', { token: (await person()).token });
    expect(refused).toMatchObject({
      status: 503,
      body: { error_code: 'dependency_unavailable', retryable: true },
    });
    await withClient(admin, (client) =>
      client.query(`alter database ${database.name} allow_connections true`),
    );
    await until(url, 200);
    const wire = await Wire.open(url, { token: (await person()).token });
    expect((await wire.say('create a task to buy milk')).type).toBe('turn.completed');
  }, 90_000);
});

describe('a gateway that stops', () => {
  it('tells its clients, answers who waits, and leaves the turn to the others', async () => {
    const product = await startProduct({ roles: ['gateway', 'gateway', 'nlu'] });
    const [leaving, staying] = product.roles.filter(({ name }) => name === 'gateway') as [Role, Role];
    const { token } = await person();
    const me = await Wire.open(leaving.url!, { token });
    const turn_id = randomUUID();
    await me.submit('create a task to buy milk', { turn_id });
    await me.first('turn.understood', turn_id);
    const waiting = call(leaving.url!, 'POST', '/api/v1/agent/query', {
      token,
      body: { query: 'create a task to buy milk', turn_id, session_id: me.sessionId },
    });
    const streaming = call(leaving.url!, 'POST', '/api/v1/agent/query', {
      token,
      body: { query: 'create a task to buy milk', turn_id },
      headers: { accept: 'text/event-stream' },
    });
    const other = await Wire.open(leaving.url!, { token });
    await other.send('session.history', {});
    expect(await leaving.stop()).toBe(0);
    expect(leaving.output()).not.toMatch(/did not stop|failed to stop/);
    expect((await me.first('notice')).notice.kind).toBe('draining');
    expect(me.socket.connected).toBe(false);
    expect(await waiting).toMatchObject({
      status: 202,
      body: { turn_id, session_id: me.sessionId, status: 'running' },
    });
    expect((await streaming).body).toMatch(/event: pending\ndata: .*"status":"running"/);
    const back = await me.again(staying.url!, me.place);
    await product.start('workflows');
    expect((await back.ended(turn_id)).type).toBe('turn.completed');
  });
});
