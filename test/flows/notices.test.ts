import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Notice } from '../../contracts/frames.ts';
import { Clock } from '../../core/clock.ts';
import { createLogger } from '../../core/logger.ts';
import { connect, type Db } from '../../db/connect.ts';
import { keepNotice, markNoticesSeen, unseenNotices } from '../../db/notices.ts';
import { pruneAged } from '../../db/retention.ts';
import { publishNews } from '../../sessions/news.ts';
import { Notices } from '../../sessions/notices.ts';
import { eventually } from '../support/eventually.ts';
import { knownUser } from '../support/known-user.ts';
import { startProduct, type Product } from '../support/product.ts';
import { person, Wire } from '../support/wire.ts';

let product: Product;
let db: Db;
let redis: Redis;
let notices: Notices;
beforeAll(async () => {
  product = await startProduct({ roles: ['gateway'] });
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  redis = new Redis(product.redis.url);
  notices = new Notices({
    records: {
      keep: (userId, notice) => keepNotice(db, userId, notice),
      unseen: (userId) => unseenNotices(db, userId),
      markSeen: (userId, ids, at) => markNoticesSeen(db, userId, ids, at),
    },
    publishNews: (userId, news) => publishNews(redis, userId, news),
    clock: new Clock(0),
    log: createLogger({ level: 'silent', role: 'test' }),
  });
});
afterAll(async () => {
  await redis.quit();
  await db.destroy();
});

const noticeOf = (text: string, at: Date): Notice => ({
  notice_id: randomUUID(),
  kind: 'reminder_due',
  text,
  data: { task_id: randomUUID() },
  created_at: at.toISOString(),
});
const allSeen = (userId: string) =>
  eventually('they are noted as seen', async () => (await notices.unseen(userId)).length === 0);

test('notices wait for their user, and are listed once when a device comes', async () => {
  const [me, other] = [await person(), await person()];
  await knownUser(db, me.userId);
  const [first, second] = [noticeOf('Call mom', new Date(1_000)), noticeOf('Buy milk', new Date(2_000))];
  for (const notice of [second, first, first]) await notices.give(me.userId, notice);
  expect((await Wire.open(product.url, { token: other.token })).ready.notices).toEqual([]);
  expect((await Wire.open(product.url, { token: me.token })).ready.notices).toEqual([first, second]);
  await allSeen(me.userId);
  expect((await Wire.open(product.url, { token: me.token })).ready.notices).toEqual([]);
});

test('a notice reaches every device that is there, and waits for none of them', async () => {
  const me = await person();
  const devices = [
    await Wire.open(product.url, { token: me.token }),
    await Wire.open(product.url, { token: me.token }),
  ];
  const notice = noticeOf('Call mom', new Date());
  await notices.give(me.userId, notice);
  for (const device of devices) expect((await device.first('notice')).notice).toEqual(notice);
  await allSeen(me.userId);
  expect((await Wire.open(product.url, { token: me.token })).ready.notices).toEqual([]);
});

test('seen notices are removed in the end, unseen ones never', async () => {
  const me = await person();
  await knownUser(db, me.userId);
  const [seen, unseen] = [noticeOf('Call mom', new Date()), noticeOf('Buy milk', new Date())];
  for (const notice of [seen, unseen]) await notices.give(me.userId, notice);
  await markNoticesSeen(db, me.userId, [seen.notice_id], new Date(5_000));
  await pruneAged(db, 'notices', new Date(4_000), 1_000);
  expect(await db('notices').where({ user_id: me.userId })).toHaveLength(2);
  await pruneAged(db, 'notices', new Date(Date.now() + 60_000), 1_000);
  expect(await db('notices').where({ user_id: me.userId }).pluck('id')).toEqual([unseen.notice_id]);
});
