import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCredentialKey } from '../../core/credential-keys.ts';
import { newId } from '../../core/ids.ts';
import { connect, type Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product, type Role } from '../support/product.ts';
import { startPushService, type PushService } from '../support/push-service.ts';
import { call, person, type Person, Wire } from '../support/wire.ts';

const [old, fresh] = [newCredentialKey(), newCredentialKey()];
const idOf = (key: string): string => key.split(':')[0] ?? '';

let push: PushService;
let product: Product;
let db: Db;
beforeAll(async () => {
  push = await startPushService();
  product = await startProduct({
    roles: ['nlu', 'workflows'],
    env: { PUSH_HOSTS: push.host, LOG_LEVEL: 'info' },
  });
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await push?.close();
});

const start = (
  name: 'gateway' | 'maintenance',
  keys: string,
  env: Record<string, string> = {},
): Promise<Role> => product.start(name, { CREDENTIAL_KEYS: keys, ...env });
const urlOf = (gateway: Role): string => gateway.url ?? '';

async function remind(who: Person): Promise<void> {
  const now = new Date();
  const dates = { remind_at: now, created_at: now, updated_at: now };
  const reminder = { title: 'call mom', timezone: 'Europe/Vienna', status: 'scheduled', version: 1 };
  await db('reminders').insert({ id: newId(), user_id: who.userId, ...reminder, ...dates });
}
/** Which keys have sealed what is stored. */
async function sealedBy(): Promise<string[]> {
  const { rows } = await db.raw<{ rows: { key: string }[] }>(`
    select distinct split_part(value, '.', 2) as key from (
      select unnest(array[endpoint, p256dh, auth]) as value from push_subscriptions
      union all select private_key from push_keys) as sealed order by key`);
  return rows.map(({ key }) => key);
}

test(
  'keys are changed while a process is killed, and push goes on with the new one alone',
  { timeout: 120_000 },
  async () => {
    const me = await person();
    const browser = push.browser();
    const gateway = await start('gateway', old);
    const asked = await call(urlOf(gateway), 'GET', '/api/v1/push/key', { token: me.token });
    expect(asked.status).toBe(200);
    const subscribed = { token: me.token, body: browser.subscription };
    expect((await call(urlOf(gateway), 'POST', '/api/v1/push/subscriptions', subscribed)).status).toBe(200);
    expect(await sealedBy()).toEqual([idOf(old)]);

    // Killed after the first table: the second one is as it was.
    const killed = await start('maintenance', `${fresh},${old}`, {
      PULSEPLAN_FAULT: 'credentials-sealed=kill',
    });
    await killed.gone;
    expect(await sealedBy()).toEqual([idOf(fresh), idOf(old)].sort());

    const next = await start('maintenance', `${fresh},${old}`);
    await eventually('the rest is sealed', async () => (await sealedBy()).join() === idOf(fresh));
    await eventually('that is said', () => /others can be taken out/.test(next.output()));
    await Promise.all([gateway.stop(), next.stop()]);

    const alone = await start('maintenance', fresh);
    await remind(me);
    await eventually('the browser was told', () => browser.got.length === 1);
    const after = await start('gateway', fresh);
    expect((await call(urlOf(after), 'GET', '/api/v1/push/key', { token: me.token })).body).toEqual(
      asked.body,
    );
    await Promise.all([alone.stop(), after.stop()]);
  },
);

test(
  'without its key push is off and says so; nothing else is, and nothing is lost',
  { timeout: 120_000 },
  async () => {
    const me = await person();
    const browser = push.browser();
    const before = await start('gateway', fresh);
    const subscribed = { token: me.token, body: browser.subscription };
    expect((await call(urlOf(before), 'POST', '/api/v1/push/subscriptions', subscribed)).status).toBe(200);
    await before.stop();

    const lost = newCredentialKey();
    const gateway = await start('gateway', lost);
    const maintenance = await start('maintenance', lost);
    const refused = await call(urlOf(gateway), 'GET', '/api/v1/push/key', { token: me.token });
    expect(refused).toMatchObject({
      status: 403,
      body: {
        error_code: 'feature_unavailable',
        error: expect.stringContaining('off on this server') as unknown,
      },
    });
    const wire = await Wire.open(urlOf(gateway), { token: me.token });
    expect((await wire.say('create a task to buy milk')).type).toBe('turn.completed');
    wire.close();
    await remind(me);
    await eventually('its reason is said', () => /A notice was not pushed/.test(maintenance.output()));
    expect(maintenance.output()).toContain(`"keyId":"${idOf(fresh)}"`);
    expect(maintenance.output()).toMatch(/Credentials need keys that are not among CREDENTIAL_KEYS/);
    expect(browser.got).toEqual([]);
    await Promise.all([gateway.stop(), maintenance.stop()]);

    const back = await start('maintenance', fresh);
    await remind(me);
    await eventually('the browser was told', () => browser.got.length === 1);
    await back.stop();
  },
);
