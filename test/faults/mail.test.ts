import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product } from '../support/product.ts';
import { person, Wire } from '../support/wire.ts';

let product: Product;
let db: Db;
let redis: Redis;
beforeAll(async () => {
  product = await startProduct({ roles: ['gateway', 'nlu', 'workflows'] });
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  redis = new Redis(product.redis.url);
});
afterAll(async () => {
  await redis.quit();
  await db.destroy();
});

interface Row {
  state: string;
  attempts: number;
}

test.each(['mail-claimed', 'mail-sent'])(
  'an email goes out once though the courier is killed at "%s" and Redis is wiped',
  async (point) => {
    const { token, userId } = await person();
    const me = await Wire.open(product.url, { token });
    await me.say('draft an email to ann@example.com about the rent');
    await me.say('send it');
    const { result } = await me.say('yes');
    const id = String(result.execution_result?.['delivery_id']);
    const delivery = () => db('deliveries').where({ id }).first<Row>('state', 'attempts');
    const sent = () => db('mail_outbox').where({ user_id: userId }).select<unknown[]>('*');
    await db('deliveries')
      .where({ id })
      .update({ not_before: new Date(Date.now() - 1_000) });

    const victim = await product.start('maintenance', { PULSEPLAN_FAULT: `${point}=kill` });
    await victim.gone;
    expect(await delivery()).toEqual({ state: 'calling', attempts: 1 });
    expect(await sent()).toHaveLength(point === 'mail-sent' ? 1 : 0);
    await redis.flushall();

    // As if the pause after which a call counts as forsaken had passed.
    await db('deliveries')
      .where({ id })
      .update({ called_at: new Date(Date.now() - 60_000) });
    const healthy = await product.start('maintenance');
    await eventually('it is done', async () => (await delivery())?.state === 'done');
    expect(await sent()).toHaveLength(1);
    expect(await db('drafts').where({ user_id: userId }).first<{ status: string }>('status')).toEqual({
      status: 'sent',
    });
    expect([victim, healthy].map((role) => role.output()).join('')).not.toMatch(/example\.com|rent/);
    await healthy.stop();
  },
);
