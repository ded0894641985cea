import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Settings } from '../../contracts/entities.ts';
import { createLogger } from '../../core/logger.ts';
import { dueBriefings, hasBriefing, keepBriefing, planBriefing } from '../../db/briefings.ts';
import { connect, type Db } from '../../db/connect.ts';
import { unseenNotices } from '../../db/notices.ts';
import { findSettings } from '../../db/users.ts';
import { briefingOn, nextBriefing } from '../../workers/maintenance/briefing-times.ts';
import { giveBriefings, type BriefingDeps } from '../../workers/maintenance/briefings.ts';
import { person } from '../conversations/with-rest.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product } from '../support/product.ts';

let product: Product;
let db: Db;
beforeAll(async () => {
  // No worker: the loop is run by hand, at whatever time.
  product = await startProduct({ roles: ['gateway'] });
  db = connect(product.database.url, { poolMax: 4, name: 'test' });
});
afterAll(async () => {
  await db.destroy();
});

const told: { userId: string; id: string }[] = [];
const deps = (more: Partial<BriefingDeps> = {}): BriefingDeps => ({
  due: (now, limit) => dueBriefings(db, now, limit),
  plan: (order, nextAt) => planBriefing(db, order, nextAt),
  given: (userId, localDate) => hasBriefing(db, userId, localDate),
  keep: (order, briefing) => keepBriefing(db, order, briefing),
  settingsOf: (userId) => findSettings(db, userId),
  compose: (_userId, _settings, now) =>
    Promise.resolve({ text: 'Your day', data: { at: now.toISOString() } }),
  publishNews: (userId, news) => {
    for (const one of news) if (one.type === 'notice') told.push({ userId, id: one.notice.notice_id });
    return Promise.resolve();
  },
  log: createLogger({ level: 'silent', role: 'test' }),
  ...more,
});
const at = (time: string): Date => new Date(time);
const look = (time: string, more: Partial<BriefingDeps> = {}): Promise<number> =>
  giveBriefings(deps(more), at(time));

/** Somebody who ordered a briefing at a moment. */
async function ordered(orderedAt: string, settings: Partial<Settings>): Promise<string> {
  const id = randomUUID();
  await db('users').insert({ id, settings: JSON.stringify({ timezone: 'Europe/Vienna', ...settings }) });
  await db('briefing_orders').where({ user_id: id }).update({ ordered_at: orderedAt, due_at: null });
  await look(orderedAt);
  return id;
}
async function change(id: string, settings: Partial<Settings>, orderedAt: string): Promise<void> {
  await db('users')
    .where({ id })
    .update({ settings: JSON.stringify({ timezone: 'Europe/Vienna', ...settings }) });
  await db('briefing_orders').where({ user_id: id }).update({ ordered_at: orderedAt });
  await look(orderedAt);
}
const given = async (id: string): Promise<string[]> =>
  (await unseenNotices(db, id)).map(({ created_at }) => created_at).sort();

describe('a standing briefing', () => {
  test('comes at its time, once a day, day after day', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    await look('2026-11-18T05:59:59Z');
    expect(await given(id)).toEqual([]);
    for (const time of ['2026-11-18T06:00:00Z', '2026-11-18T06:00:05Z', '2026-11-18T18:00:00Z'])
      await look(time);
    expect(await given(id)).toEqual(['2026-11-18T06:00:00.000Z']);
    await look('2026-11-19T06:00:01Z');
    expect(await given(id)).toHaveLength(2);
    expect(told.filter(({ userId }) => userId === id)).toHaveLength(2);
  });

  test('one that is ordered after its time of the day comes on the next', async () => {
    const id = await ordered('2026-11-18T10:00:00Z', { briefing_time: '07:00' });
    await look('2026-11-18T10:00:05Z');
    expect(await given(id)).toEqual([]);
    await look('2026-11-19T06:00:00Z');
    expect(await given(id)).toHaveLength(1);
  });

  test('what was missed comes when somebody is back, as long as its day lasts, and never twice', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    // Nobody was there on the 18th; on the 19th only in the evening.
    await look('2026-11-19T19:30:00Z');
    await look('2026-11-19T20:30:00Z');
    expect(await given(id)).toEqual(['2026-11-19T19:30:00.000Z']);
    const [row] = (await db('briefings').where({ user_id: id })) as { local_date: string }[];
    expect(row?.local_date).toBe('2026-11-19');
  });

  test('many processes at once give one', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    const rounds = await Promise.all(Array.from({ length: 6 }, () => look('2026-11-18T06:00:00Z')));
    expect(rounds.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(1);
    expect(await given(id)).toHaveLength(1);
    expect(told.filter(({ userId }) => userId === id)).toHaveLength(1);
  });

  test('another time on the same day gives no second one', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    await look('2026-11-18T06:00:00Z');
    await change(id, { briefing_time: '18:00' }, '2026-11-18T09:00:00Z');
    await look('2026-11-18T17:00:00Z');
    expect(await given(id)).toHaveLength(1);
    await look('2026-11-19T06:00:00Z');
    expect(await given(id)).toHaveLength(1);
    await look('2026-11-19T17:00:00Z');
    expect(await given(id)).toHaveLength(2);
  });

  test('none comes after it was stopped', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    await change(id, { briefing_time: null }, '2026-11-18T05:00:00Z');
    await look('2026-11-18T06:00:00Z');
    expect(await given(id)).toEqual([]);
    expect(await db('briefing_orders').where({ user_id: id })).toEqual([]);
  });

  test('settings that were changed while it was made are not planned over', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    await look('2026-11-18T06:00:00Z', {
      compose: async () => {
        await db('users')
          .where({ id })
          .update({ settings: JSON.stringify({ timezone: 'Europe/Vienna', briefing_time: '09:00' }) });
        return { text: 'Your day', data: {} };
      },
    });
    expect(await given(id)).toHaveLength(1);
    const [order] = (await db('briefing_orders').where({ user_id: id })) as { due_at: Date | null }[];
    expect(order?.due_at).toBeNull();
  });

  test('it is kept though nobody can be told, and tried again when it could not be made', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    await look('2026-11-18T06:00:00Z', { compose: () => Promise.reject(new Error('no store')) });
    expect(await given(id)).toEqual([]);
    await look('2026-11-18T06:01:00Z', { publishNews: () => Promise.reject(new Error('no Redis')) });
    expect(await given(id)).toHaveLength(1);
  });

  test('quiet hours hold it back until they end', async () => {
    const quiet_hours = { start: '22:00', end: '08:30' };
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00', quiet_hours });
    await look('2026-11-18T06:00:00Z');
    expect(await given(id)).toEqual([]);
    await look('2026-11-18T07:30:00Z');
    expect(await given(id)).toHaveLength(1);
  });

  test('quiet hours that are set after it was planned hold it back, too', async () => {
    const id = await ordered('2026-11-17T20:00:00Z', { briefing_time: '07:00' });
    const quiet_hours = { start: '22:00', end: '08:30' };
    await db('users')
      .where({ id })
      .update({
        settings: JSON.stringify({ timezone: 'Europe/Vienna', briefing_time: '07:00', quiet_hours }),
      });
    await look('2026-11-18T06:00:00Z');
    expect(await given(id)).toEqual([]);
    await look('2026-11-18T07:30:00Z');
    expect(await given(id)).toHaveLength(1);
  });

  test('looking reads what is due and nothing else', async () => {
    const answer = await db.transaction(async (trx) => {
      await trx.raw('set local enable_seqscan = off');
      return trx.raw<{ rows: Record<string, string>[] }>(
        `explain select * from briefing_orders where due_at <= now() or due_at is null order by due_at nulls first limit 100`,
      );
    });
    expect(JSON.stringify(answer.rows)).toContain('briefing_orders_');
  });
});

describe('when a briefing comes', () => {
  const vienna = (briefing_time: string | null, quiet_hours: Settings['quiet_hours'] = null) => ({
    timezone: 'Europe/Vienna',
    briefing_time,
    quiet_hours,
  });
  const night = { start: '22:00', end: '07:00' };

  test.each([
    // Clocks go forward on 28 March 2027 from 2 to 3, and back on 31 October from 3 to 2.
    ['2027-03-27T06:00:00Z', vienna('07:00'), '2027-03-28T05:00:00.000Z'],
    ['2027-10-30T05:00:00Z', vienna('07:00'), '2027-10-31T06:00:00.000Z'],
    ['2027-03-27T12:00:00Z', vienna('02:30'), '2027-03-28T01:30:00.000Z'],
    ['2027-10-30T12:00:00Z', vienna('02:30'), '2027-10-31T00:30:00.000Z'],
    ['2027-10-31T00:30:00Z', vienna('02:30'), '2027-11-01T01:30:00.000Z'],
    ['2026-11-18T05:59:59Z', vienna('07:00'), '2026-11-18T06:00:00.000Z'],
    ['2026-11-18T06:00:00Z', vienna('07:00'), '2026-11-19T06:00:00.000Z'],
    ['2026-11-18T12:00:00Z', vienna('06:00', night), '2026-11-19T06:00:00.000Z'],
    ['2026-11-18T12:00:00Z', vienna('23:00', night), '2026-11-19T06:00:00.000Z'],
    ['2026-11-18T12:00:00Z', vienna('14:00', { start: '13:00', end: '15:00' }), '2026-11-18T14:00:00.000Z'],
    ['2026-11-18T12:00:00Z', { ...vienna('07:00'), timezone: 'Asia/Tokyo' }, '2026-11-18T22:00:00.000Z'],
  ])('after %s, %j', (after, settings, next) => {
    expect(nextBriefing(at(after), settings)?.toISOString()).toBe(next);
  });

  test('none is wanted', () => {
    expect(nextBriefing(at('2026-11-18T12:00:00Z'), vienna(null))).toBeNull();
    expect(briefingOn(at('2026-11-18T12:00:00Z'), vienna(null))).toBeNull();
  });
});

test('a real worker gives it once through restarts and a wiped Redis, and a device hears of it', async () => {
  const someone = await person(product.url);
  const first = await product.start('maintenance');
  await db('users')
    .where({ id: someone.userId })
    .update({ settings: JSON.stringify({ timezone: 'UTC', briefing_time: '00:00' }) });
  // As if it had been ordered yesterday: today's is due at once, whatever the time is.
  const yesterday = new Date(Date.now() - 24 * 3_600_000);
  await db('briefing_orders')
    .where({ user_id: someone.userId })
    .update({ ordered_at: yesterday, due_at: null });
  const notice = await eventually(
    'the device is told',
    () => someone.me.news.flatMap((news) => (news.type === 'notice' ? [news.notice] : []))[0],
  );
  expect(notice).toMatchObject({
    kind: 'briefing_ready',
    text: 'Your day is clear: no events and nothing due.',
    data: { reply: expect.stringContaining('is clear'), briefing: { timezone: 'UTC', events: [] } },
  });
  await first.kill();
  const redis = new Redis(product.redis.url);
  await redis.flushall();
  await redis.quit();
  await db('briefing_orders').where({ user_id: someone.userId }).update({ due_at: null });
  await product.start('maintenance');
  await product.start('maintenance');
  await eventually('it is planned anew', async () => {
    const order = (await db('briefing_orders').where({ user_id: someone.userId }).first('due_at')) as {
      due_at: Date | null;
    };
    return order.due_at;
  });
  const rows: unknown[] = await db('notices').where({ user_id: someone.userId });
  expect(rows).toHaveLength(1);
});
