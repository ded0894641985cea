import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../support/product.ts';
import { call, connect, person, Wire } from '../support/wire.ts';

let product: Product;
let url: string;
beforeAll(async () => {
  product = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } });
  ({ url } = product);
});

/** Channels somebody listens to, but for the gateway's own that answers come by. */
async function channels(redis: Redis): Promise<string[]> {
  const listened = (await redis.call('PUBSUB', 'CHANNELS', 'pp1:*')) as string[];
  return listened.filter((channel) => !channel.endsWith(':answers'));
}
const gauge = async (name: string): Promise<number> =>
  Number(
    new RegExp(`^pulseplan_${name} (\\d+)$`, 'm').exec(
      String((await call(url, 'GET', '/metrics')).body),
    )?.[1],
  );

describe('what nobody listens to any longer', () => {
  it('is let go: sockets that leave in the middle, calls that hang up, sessions that are over', async () => {
    const redis = new Redis(product.redis.url);
    const { token } = await person();
    const stays = await Wire.open(url, { token });
    const expected = await channels(redis);
    expect(expected).toHaveLength(2);

    const session_id = randomUUID();
    await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        // Some of them share a session, some are gone before the greeting, some after their turn was taken.
        const socket = connect(url, { token, ...(n % 2 ? { session_id } : {}) });
        await new Promise<void>((resolve) => {
          if (n % 3 === 0) socket.once('connect', resolve);
          else if (n % 3 === 1) socket.once('frame', () => resolve());
          else
            socket.once('frame', () =>
              socket.emit('turn.submit', { turn_id: randomUUID(), text: 'hello' }, () => resolve()),
            );
        });
        socket.disconnect();
      }),
    );
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => {
        const hangUp = new AbortController();
        const asked = fetch(`${url}/api/v1/agent/query`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            accept: n % 2 ? 'text/event-stream' : 'application/json',
          },
          body: JSON.stringify({ query: 'hello' }),
          signal: hangUp.signal,
        });
        if (n < 6) setTimeout(() => hangUp.abort(), n);
        return asked.then((answer) => answer.text()).catch(() => 'hung up');
      }),
    );
    await expect.poll(() => channels(redis), { timeout: 10_000 }).toEqual(expect.arrayContaining(expected));
    await expect.poll(async () => (await channels(redis)).length, { timeout: 10_000 }).toBe(expected.length);
    expect(await gauge('sockets')).toBe(1);
    expect(await gauge('sessions_active')).toBe(1);
    stays.close();
    await expect.poll(async () => (await channels(redis)).length, { timeout: 10_000 }).toBe(0);
    expect(await gauge('sessions_active')).toBe(0);
    await redis.quit();
  });

  it('a channel that carries nonsense harms nobody', async () => {
    const redis = new Redis(product.redis.url);
    const me = await Wire.open(url, { token: (await person()).token });
    const [bell, news] = [`pp1:{${me.sessionId}}:bell`, `pp1:{${me.ready.user_id}}:news`];
    for (const nonsense of ['', '{', 'null', '[]', '["x"]', '["x",{"type":"turn.completed"}]', '{"a":1}'])
      for (const channel of [bell, news]) expect(await redis.publish(channel, nonsense)).toBe(1);
    expect((await me.say('create a task to buy milk')).type).toBe('turn.completed');
    await me.first('entity.changed');
    expect(me.log.map(({ seq }) => seq)).toEqual(me.log.map((_, index) => index + 1));
    await redis.quit();
  });
});
