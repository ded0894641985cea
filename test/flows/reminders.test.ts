import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { reminder as reminderShape } from '../../contracts/entities.ts';
import type { Notice } from '../../contracts/frames.ts';
import type { TurnResult } from '../../contracts/result.ts';
import { newId } from '../../core/ids.ts';
import { connect, type Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product, type Role } from '../support/product.ts';
import { startPushService, type Browser, type PushService } from '../support/push-service.ts';
import { person, Wire, type Person } from '../support/wire.ts';

let product: Product;
let maintenance: Role;
let db: Db;
let push: PushService;
beforeAll(async () => {
  push = await startPushService();
  product = await startProduct({
    roles: ['gateway', 'nlu', 'workflows'],
    env: { PUSH_HOSTS: push.host },
  });
  maintenance = await product.start('maintenance');
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
});
afterAll(async () => {
  await db.destroy();
  await push.close();
});

const due = async (who: Person, inMs: number, fields: Record<string, unknown> = {}): Promise<string> => {
  const id = newId();
  const now = new Date();
  await db('users').insert({ id: who.userId }).onConflict('id').ignore();
  await db('reminders').insert({
    id,
    user_id: who.userId,
    title: 'call mom',
    remind_at: new Date(now.getTime() + inMs),
    timezone: 'Europe/Vienna',
    status: 'scheduled',
    version: 1,
    created_at: now,
    updated_at: now,
    ...fields,
  });
  return id;
};
const notices = (who: Person) =>
  db('notices')
    .where({ user_id: who.userId })
    .orderBy(['created_at', 'id'])
    .select<{ text: string; tell_at: Date | null }[]>('*');
const noticesOn = (wire: Wire): Notice[] =>
  wire.frames.flatMap((frame) => (frame.type === 'notice' ? [frame.notice] : []));
const rest = (who: Person, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const resultOf = (frame: { result: TurnResult }): TurnResult => frame.result;
const put = z.object({ item: reminderShape, receipt: z.object({ receipt_id: z.string() }) });
const card = (result: TurnResult) => result.cards.find(({ kind }) => kind === 'reminder')?.data;

test('comes at its second on every device, is snoozed and done by words, and each can be taken back', async () => {
  const me = await person();
  const one = await Wire.open(product.url, { token: me.token });
  const two = await one.again(product.url);
  const set = resultOf(await one.say('remind me in 2 seconds to breathe'));
  const made = z.object({ reminder: reminderShape }).parse(card(set)).reminder;
  const [first, second] = [await one.first('notice'), await two.first('notice')];
  expect(first.notice).toMatchObject({ kind: 'reminder_due', text: 'Reminder: breathe' });
  expect(second.notice).toEqual(first.notice);
  const lateMs = Date.parse(first.notice.created_at) - Date.parse(made.remind_at);
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThan(1_500);
  await one.find(
    (frame): frame is Extract<typeof frame, { type: 'entity.changed' }> =>
      frame.type === 'entity.changed' && frame.kind === 'reminder' && frame.item?.status === 'fired',
  );

  const snoozed = resultOf(await one.say('snooze it for 10 minutes'));
  expect(snoozed.reply).toMatch(/^Snoozed "breathe" until /);
  expect(card(snoozed)).toMatchObject({ reminder: { id: made.id, status: 'scheduled', fired_at: null } });
  const taken = resultOf(await one.say('undo'));
  expect(card(taken)).toMatchObject({ reminder: { status: 'fired' } });
  const done = resultOf(await one.say('mark the reminder as done'));
  expect(card(done)).toMatchObject({ reminder: { id: made.id, status: 'done' } });
  expect(await notices(me)).toHaveLength(1);
});

test('"done" to a notice about a task completes the task, and all its reminders with it', async () => {
  const me = await person();
  const wire = await Wire.open(product.url, { token: me.token });
  const added = resultOf(await wire.say('add a task to buy milk and remind me in 1 second'));
  expect(added.acts).toHaveLength(2);
  await wire.first('notice');
  const done = resultOf(await wire.say('done'));
  expect(done).toMatchObject({ action: 'complete_task', status: 'completed' });
  expect(done.cards[0]).toMatchObject({
    kind: 'task',
    data: { change: 'completed', task: { title: 'buy milk' } },
  });
});

test.each([
  ['snooze', /^Snoozed "stretch" until /],
  ['snooze 15 min', /^Snoozed "stretch" until /],
  ['remind me again in an hour', /^Snoozed "stretch" until /],
  ['not now, remind me in 15 minutes', /^Snoozed "stretch" until /],
  ['move it to 5pm tomorrow', /^Snoozed "stretch" until /],
  ['done', /^Done: "stretch"/],
  ['I did it', /^Done: "stretch"/],
  ['delete it', /^Deleted the reminder "stretch"/],
])('"%s" after the notice is about it', async (text, reply) => {
  const me = await person();
  const wire = await Wire.open(product.url, { token: me.token });
  await wire.say('remind me in 1 second to stretch');
  await wire.first('notice');
  const heard = resultOf(await wire.say(text));
  expect(heard.reply).toMatch(reply);
  expect(heard.receipt).not.toBeNull();
});

test('is put off and ended by button, with a receipt that takes it back', async () => {
  const me = await person();
  const id = await due(me, 0, { status: 'fired', fired_at: new Date() });
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const snoozed = put.parse(await (await rest(me, 'PATCH', `/reminders/${id}`, { remind_at: later })).json());
  expect(snoozed.item).toMatchObject({ status: 'scheduled', fired_at: null });
  expect(Date.parse(snoozed.item.remind_at)).toBe(Math.floor(Date.parse(later) / 1000) * 1000);
  await rest(me, 'POST', `/receipts/${snoozed.receipt.receipt_id}/undo`);
  const now = reminderShape.parse(await (await rest(me, 'GET', `/reminders/${id}`)).json());
  expect(now).toMatchObject({ status: 'fired' });
  expect(now.fired_at).not.toBeNull();
  const done = put.parse(await (await rest(me, 'PATCH', `/reminders/${id}`, { status: 'done' })).json());
  expect(done.item.status).toBe('done');
  const past = await rest(me, 'PATCH', `/reminders/${id}`, { remind_at: '2020-01-01T00:00:00Z' });
  expect(past.status).toBe(400);
});

test('one that repeats stays when its notice is done with', async () => {
  const me = await person();
  const id = await due(me, 0, { recurrence: 'FREQ=DAILY', series_start: new Date() });
  await eventually('it was told', async () => (await notices(me)).length === 1);
  await rest(me, 'PATCH', `/reminders/${id}`, { status: 'done' });
  const kept = reminderShape.parse(await (await rest(me, 'GET', `/reminders/${id}`)).json());
  expect(kept).toMatchObject({ status: 'scheduled', recurrence: 'FREQ=DAILY' });
});

test('one that repeats is done for today before its notice, and comes the next day', async () => {
  const me = await person();
  const now = new Date();
  // Wherever it is morning, there is an hour left of the day.
  const timezone = now.getUTCHours() < 12 ? 'UTC' : 'Etc/GMT+12';
  const start = new Date(now.getTime() + 3_600_000);
  const id = await due(me, 3_600_000, { recurrence: 'FREQ=DAILY', series_start: start, timezone });
  const done = put.parse(await (await rest(me, 'PATCH', `/reminders/${id}`, { status: 'done' })).json());
  expect(done.item.status).toBe('scheduled');
  expect(Date.parse(done.item.remind_at) - Date.now()).toBeGreaterThan(24 * 3_600_000);
});

test('a wiped Redis forgets nothing, and the notice reaches who is connected', async () => {
  const me = await person();
  const wire = await Wire.open(product.url, { token: me.token });
  await due(me, 1_500);
  const redis = new Redis(product.redis.url);
  await redis.flushall();
  await redis.quit();
  await eventually('it was told', async () => (await notices(me)).length === 1);
  await eventually('the device has it', () => noticesOn(wire).length > 0);
  expect(noticesOn(wire)).toHaveLength(1);
});

test('killed before, while and after it is due: each is told once, oldest first', async () => {
  const me = await person();
  await maintenance.kill();
  await due(me, 0, { title: 'second' });
  await due(me, -60_000, { title: 'first' });
  await due(me, -90_000_000, {
    title: 'daily',
    recurrence: 'FREQ=DAILY',
    series_start: new Date(Date.now() - 90_000_000),
  });
  // It dies when the notices are written and nobody was told.
  const dying = await product.start('maintenance', { PULSEPLAN_FAULT: 'reminders-fired=kill' });
  await dying.gone;
  expect((await notices(me)).map(({ text }) => text.replace(/ \(.*/, ''))).toEqual([
    'Reminder: daily',
    'Reminder: first',
    'Reminder: second',
  ]);
  const wire = await Wire.open(product.url, { token: me.token });
  expect(wire.ready.notices.map(({ text }) => text.replace(/ \(.*/, ''))).toEqual([
    'Reminder: daily',
    'Reminder: first',
    'Reminder: second',
  ]);
  maintenance = await product.start('maintenance');
  await eventually(
    'nothing waits to be told',
    async () => (await notices(me)).every(({ tell_at }) => tell_at === null),
    25_000,
  );
  expect(await notices(me)).toHaveLength(3);
  expect(noticesOn(wire)).toEqual([]);
});

test('who is connected while its teller dies is told by the next one', async () => {
  const me = await person();
  const wire = await Wire.open(product.url, { token: me.token });
  await maintenance.kill();
  await due(me, 0);
  const dying = await product.start('maintenance', { PULSEPLAN_FAULT: 'reminders-fired=kill' });
  await dying.gone;
  expect(noticesOn(wire)).toEqual([]);
  maintenance = await product.start('maintenance');
  await eventually('it is told', () => noticesOn(wire).length > 0, 25_000);
  expect(await notices(me)).toHaveLength(1);
});

test('two that look at once tell each reminder once', async () => {
  const me = await person();
  const other = await product.start('maintenance');
  const wire = await Wire.open(product.url, { token: me.token });
  for (let n = 0; n < 40; n += 1) await due(me, 1_000, { title: `n${n}` });
  await eventually(
    'all are told',
    async () => (await notices(me)).length >= 40 && noticesOn(wire).length >= 40,
  );
  await other.stop();
  expect(await notices(me)).toHaveLength(40);
  expect(new Set(noticesOn(wire).map(({ notice_id: id }) => id)).size).toBe(40);
});

test('with the page closed the browser is told: text and link, encrypted and signed by our key', async () => {
  const me = await person();
  const browser = push.browser();
  const { public_key: key } = z
    .object({ public_key: z.string() })
    .parse(await (await rest(me, 'GET', '/push/key')).json());
  for (let twice = 0; twice < 2; twice += 1)
    expect((await rest(me, 'POST', '/push/subscriptions', browser.subscription)).status).toBe(200);
  await due(me, 0);
  await eventually('the browser was told', () => browser.got.length > 0);
  const [notice] = await db('notices').where({ user_id: me.userId }).select<{ id: string }[]>('id');
  expect(browser.got).toEqual([
    {
      key,
      claims: expect.objectContaining({ sub: 'mailto:push@pulseplan.invalid' }) as unknown,
      message: { text: 'Reminder: call mom', url: '/', tag: notice?.id },
    },
  ]);
  const wire = await Wire.open(product.url, { token: me.token });
  expect(wire.ready.notices.map(({ text }) => text)).toEqual(['Reminder: call mom']);
  await due(me, 0, { title: 'seen on the page' });
  await eventually('the page was told', () => noticesOn(wire).length > 0);
  await eventually('it is noted', async () => (await notices(me)).every(({ tell_at }) => tell_at === null));
  expect(browser.got).toHaveLength(1);
});

test('a browser that is gone is forgotten, one that fails is kept, and neither holds anything up', async () => {
  const me = await person();
  const [gone, broken, fine] = [push.browser(), push.browser(), push.browser()];
  for (const { subscription } of [gone, broken, fine])
    await rest(me, 'POST', '/push/subscriptions', subscription);
  gone.answer(410);
  broken.answer(500);
  await due(me, 0);
  await eventually('one was told', () => fine.got.length === 1);
  await eventually('it is noted', async () => (await notices(me)).every(({ tell_at }) => tell_at === null));
  const left: string[] = await db('push_subscriptions').where({ user_id: me.userId }).pluck('endpoint_hash');
  const hashOf = ({ subscription: { endpoint } }: Browser): string =>
    createHash('sha256').update(endpoint).digest('hex');
  expect(new Set(left)).toEqual(new Set([broken, fine].map(hashOf)));
  expect(
    (await rest(me, 'DELETE', '/push/subscriptions', { endpoint: fine.subscription.endpoint })).status,
  ).toBe(200);
  await due(me, 0);
  await eventually('it was told', async () => (await notices(me)).length === 2);
  await eventually('it is noted', async () => (await notices(me)).every(({ tell_at }) => tell_at === null));
  expect(fine.got).toHaveLength(1);
});

test.each([
  'http://169.254.169.254/latest/meta-data',
  'https://example.com/push',
  'http://fcm.googleapis.com/fcm/send/x',
  'https://fcm.googleapis.com:8080/x',
  'https://user:pass@fcm.googleapis.com/x',
  'https://fcm.googleapis.com.evil.example/x',
])('%s is no place to push to', async (endpoint) => {
  const me = await person();
  const { keys } = push.browser().subscription;
  const answer = await rest(me, 'POST', '/push/subscriptions', { endpoint, keys });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error_code: 'validation_error' });
});

test('the worker of the page is served, and the page may load it', async () => {
  const script = await fetch(`${product.url}/sw.js`);
  expect(script.headers.get('content-type')).toMatch(/javascript/);
  const page = await fetch(product.url, { headers: { accept: 'text/html' } });
  expect(page.headers.get('content-security-policy')).toMatch(/worker-src 'self'/);
});

test('nothing that was said to be reminded of is in the logs', () => {
  for (const role of product.roles) expect(role.output()).not.toMatch(/breathe|call mom|buy milk|stretch/);
});
