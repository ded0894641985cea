import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startProduct } from '../support/product.ts';
import { call, person, Wire } from '../support/wire.ts';

describe('floods', () => {
  it('of one user are refused without harm to others, and only for a while', async () => {
    const { url } = await startProduct({
      env: { RATE_TURNS_PER_MINUTE: '20', RATE_BURST: '5', RATE_ADDRESS_FACTOR: '1000' },
    });
    const me = await person();
    const wire = await Wire.open(url, { token: me.token });
    expect(wire.ready.limits).toEqual({
      text_max_chars: 4000,
      waiting_turns_max: 8,
      turns_per_minute: 20,
      burst: 5,
    });
    const answers = await Promise.all(Array.from({ length: 40 }, () => wire.submit('hello')));
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThanOrEqual(30);
    expect(new Set(refused.map(({ error }) => `${error?.code} ${error?.retryable}`))).toEqual(
      new Set(['rate_limited true']),
    );
    const rest = await call(url, 'POST', '/api/v1/agent/query', {
      token: me.token,
      body: { query: 'hello' },
    });
    expect(rest).toMatchObject({ status: 429, body: { error_code: 'rate_limited', retryable: true } });
    expect(Number(rest.headers.get('retry-after'))).toBeGreaterThan(0);
    // Looking costs nothing, and somebody else is not concerned.
    expect(await wire.send('session.history', {})).toMatchObject({ ok: true });
    const other = await Wire.open(url, { token: (await person()).token });
    expect((await other.say('hello')).type).toBe('turn.completed');
    await expect
      .poll(() => wire.submit('hello'), { timeout: 10_000, interval: 200 })
      .toMatchObject({ ok: true });
    const taken = 1 + answers.filter(({ ok }) => ok).length;
    const { turns } = (await wire.send('session.history', { limit: 100 })) as unknown as { turns: unknown[] };
    expect(turns).toHaveLength(taken);
  });

  it('from one address are refused at every door, each with the typed error', async () => {
    const { url } = await startProduct({
      roles: ['gateway'],
      env: { RATE_TURNS_PER_MINUTE: '60', RATE_BURST: '10', RATE_ADDRESS_FACTOR: '2' },
    });
    const { token } = await person();
    const wire = await Wire.open(url, { token });
    const answers = await Promise.all(Array.from({ length: 60 }, () => wire.send('session.history', {})));
    expect(answers.filter(({ ok }) => ok).length).toBeLessThan(25);
    expect(answers.at(-1)).toMatchObject({ ok: false, error: { code: 'rate_limited', retryable: true } });
    expect(await call(url, 'GET', '/api/v1/tasks', { token })).toMatchObject({
      status: 429,
      body: { error_code: 'rate_limited' },
    });
    expect(await Wire.refused(url, { token })).toMatchObject({ code: 'rate_limited', retryable: true });
    // Who looks after the machine is not kept out.
    expect((await call(url, 'GET', '/healthz')).status).toBe(200);
    expect((await call(url, 'GET', '/metrics')).status).toBe(200);
    await expect.poll(() => wire.send('session.history', {}), { timeout: 5_000 }).toMatchObject({ ok: true });
  });

  it('behind a proxy are told apart by what the proxy saw, which nobody can make up', async () => {
    const { url } = await startProduct({
      roles: ['gateway'],
      env: { RATE_TURNS_PER_MINUTE: '60', RATE_BURST: '5', RATE_ADDRESS_FACTOR: '1', TRUST_PROXY: '1' },
    });
    const { token } = await person();
    const from = async (forwarded: string): Promise<number> =>
      (await call(url, 'GET', '/api/v1/settings', { token, headers: { 'x-forwarded-for': forwarded } }))
        .status;
    for (let n = 0; n < 5; n += 1) expect(await from(`10.9.9.${n}, 203.0.113.7`)).toBe(200);
    expect(await from('10.1.1.1, 203.0.113.7')).toBe(429);
    expect(await from('203.0.113.8')).toBe(200);
  });
});

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

describe('a client that reads nothing', () => {
  it('is cut off before it fills our memory, and comes back without a loss', async () => {
    const product = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } });
    const { url } = product;
    const { token } = await person();
    const title = 'x'.repeat(3_900);
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        call(url, 'POST', '/api/v1/tasks', { token, body: { title: `${n} ${title}` } }),
      ),
    );
    const reader = await Wire.open(url, { token });
    const sleeper = await reader.again(url);
    await sleeper.first('session.snapshot');
    const { place } = sleeper;
    const { ws } = sleeper.socket.io.engine.transport as unknown as {
      ws: { _socket: { pause(): void; resume(): void } };
    };
    ws._socket.pause();

    const gateway = product.roles.find(({ name }) => name === 'gateway')!;
    const sockets = async (): Promise<number> =>
      Number(/^pulseplan_sockets (\d+)$/m.exec(String((await call(url, 'GET', '/metrics')).body))?.[1]);
    expect(await sockets()).toBe(2);
    const before = residentMb(gateway.pid);
    let said = 0;
    while ((await sockets()) === 2 && said < 200) {
      const { result } = await reader.say('show my tasks');
      expect(result.cards).toHaveLength(1);
      said += 1;
    }
    expect(await sockets()).toBe(1);
    expect(residentMb(gateway.pid) - before).toBeLessThan(200);
    // Whoever reads is served on as if nothing had happened.
    const { turn_id } = await reader.say('hello');
    ws._socket.resume();
    await sleeper.until(() => !sleeper.socket.connected);
    const seen = Math.max(place.last_seq, ...sleeper.log.map(({ seq }) => seq));
    const back = await sleeper.again(url, { ...place, last_seq: seen });
    expect(await back.first('session.resumed')).toMatchObject({ from: seen, complete: true });
    await back.ended(turn_id);
    const missed = reader.log.filter(({ seq, type }) => seq > seen && type !== 'reply.delta');
    expect(back.log.map(({ seq, type }) => [seq, type])).toEqual(missed.map(({ seq, type }) => [seq, type]));
  }, 60_000);
});

describe('ids of turns', () => {
  it('are taken in any spelling and given back in one', async () => {
    const { url } = await startProduct();
    const wire = await Wire.open(url, { token: (await person()).token });
    const turn_id = randomUUID();
    expect(await wire.submit('hello', { turn_id: turn_id.toUpperCase() })).toMatchObject({
      ok: true,
      turn_id,
    });
    expect(await wire.submit('hello', { turn_id })).toMatchObject({ ok: true, turn_seq: 1 });
  });
});
