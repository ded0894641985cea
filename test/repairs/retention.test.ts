import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../../core/clock.ts';
import { loadConfig } from '../../core/config.ts';
import { createLogger } from '../../core/logger.ts';
import { pruneAged } from '../../db/retention.ts';
import { ConnectionRegistry } from '../../sessions/connections.ts';
import { SessionStore } from '../../sessions/session-store.ts';
import { openRetention } from '../../workers/maintenance/open-retention.ts';
import { pruneRecords, type RetentionDeps } from '../../workers/maintenance/retention.ts';
import { eventually } from '../support/eventually.ts';
import { Scene } from './scene.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows', 'maintenance']);
});
afterAll(() => scene.close());
beforeEach(async () => {
  for (const table of [...CLASSES, 'system_logs']) await scene.db(table).delete();
});

function retention(settings: Record<string, string> = {}, clock = new Clock()): RetentionDeps {
  const { db, redis } = scene;
  return openRetention({
    config: loadConfig(settings),
    db,
    redis,
    clock,
    log: createLogger({ level: 'silent', role: 'test' }),
    store: new SessionStore(redis),
    connections: new ConnectionRegistry(redis),
  });
}

const ago = (ms: number): Date => new Date(Date.now() - ms);

/** One row of each class at that age, of a person of its own. */
async function rowsOfAge(ageMs: number): Promise<string> {
  const { db } = scene;
  const user_id = randomUUID();
  const at = ago(ageMs);
  const session_id = randomUUID();
  await db('users').insert({ id: user_id });
  await db('conversation_sessions').insert({ id: session_id, user_id, turns: 1 });
  const question = { user_id, session_id, turn_id: randomUUID(), question: '{}', expires_at: at };
  await db('clarifications').insert([
    { ...question, id: randomUUID(), state: 'closed', closed_at: at, close_reason: 'answered' },
    // Whatever its age: it is open, and closed by its own job.
    { ...question, id: randomUUID(), state: 'open', expires_at: new Date(Date.now() + HOUR) },
  ]);
  const notice = { user_id, kind: 'reminder_due', text: 'x', created_at: at };
  await db('notices').insert([
    { ...notice, id: randomUUID(), seen_at: at },
    { ...notice, id: randomUUID(), seen_at: null },
  ]);
  await db('briefings').insert({ user_id, local_date: '2020-01-01', given_at: at });
  await db('write_keys').insert({
    user_id,
    key: randomUUID(),
    change_id: randomUUID(),
    body_hash: 'x',
    created_at: at,
  });
  await db('turn_tombstones').insert({ user_id, turn_id: randomUUID(), expires_at: at });
  await db('system_logs').insert({ event: `made by ${user_id}`, details: '{}', created_at: at });
  return user_id;
}

const CLASSES = ['clarifications', 'notices', 'briefings', 'write_keys', 'turn_tombstones'] as const;

/** How many rows there are of somebody in each table. */
async function left(userId: string): Promise<Record<string, number>> {
  const counts = await Promise.all(
    CLASSES.map(async (table) => [table, await count(table, { user_id: userId })] as const),
  );
  const logs = await count('system_logs', { event: `made by ${userId}` });
  return Object.fromEntries([...counts, ['system_logs', logs] as const]);
}
async function count(table: string, where: Record<string, string>): Promise<number> {
  const row = await scene.db(table).where(where).count<{ count: string }[]>('* as count');
  return Number(row[0]?.count);
}

const ALL = {
  clarifications: 2,
  notices: 2,
  briefings: 1,
  write_keys: 1,
  turn_tombstones: 1,
  system_logs: 1,
};
const AFTER = (gone: Partial<Record<keyof typeof ALL, number>>) => ({ ...ALL, ...gone });

describe('what is kept for a time only', () => {
  it('goes when its time is over, each class by its own, and the run is noted with what went', async () => {
    const [hour, days, month, year] = [
      await rowsOfAge(HOUR),
      await rowsOfAge(2 * DAY),
      await rowsOfAge(31 * DAY),
      await rowsOfAge(366 * DAY),
    ];
    const removed = await pruneRecords(retention(), new Date());
    expect(await left(hour)).toEqual(AFTER({ turn_tombstones: 0 }));
    expect(await left(days)).toEqual(AFTER({ turn_tombstones: 0, write_keys: 0 }));
    const old = { turn_tombstones: 0, write_keys: 0, clarifications: 1, notices: 1, briefings: 0 };
    expect(await left(month)).toEqual(AFTER(old));
    expect(await left(year)).toEqual(AFTER({ ...old, system_logs: 0 }));
    const { details } = (await scene
      .db('system_logs')
      .where({ event: 'records_pruned' })
      .first<{ details: { removed: Record<string, number>; failed: string[] } }>('details')) ?? {
      details: { removed: {}, failed: [] },
    };
    expect(details).toMatchObject({
      removed: { tombstones: 4, write_keys: 3, questions: 2, notices: 2, briefings: 2, system_logs: 1 },
      failed: [],
    });
    expect(removed).toBe(Object.values(details.removed).reduce((sum, one) => sum + one, 0));
    expect(await pruneRecords(retention(), new Date())).toBe(0);
  });

  it('is kept as long as the settings say', async () => {
    const days = await rowsOfAge(3 * DAY);
    const settings = {
      QUESTION_KEEP_DAYS: '2',
      NOTICE_KEEP_DAYS: '4',
      WRITE_KEY_KEEP_HOURS: '96',
      SYSTEM_LOG_KEEP_DAYS: '2',
    };
    await pruneRecords(retention(settings), new Date());
    expect(await left(days)).toEqual(AFTER({ turn_tombstones: 0, clarifications: 1, system_logs: 0 }));
  });

  it('goes in bounded lots', async () => {
    const user_id = await rowsOfAge(0);
    await scene.db.raw(
      `insert into write_keys (user_id, key, change_id, body_hash, created_at)
       select ?, gen_random_uuid(), gen_random_uuid(), 'x', now() - interval '2 days' from generate_series(1, 2500)`,
      [user_id],
    );
    expect(await pruneAged(scene.db, 'write_keys', ago(DAY), 400)).toBe(400);
    expect((await left(user_id))['write_keys']).toBe(2_101);
    expect(await pruneRecords(retention(), new Date())).toBeGreaterThanOrEqual(2_100);
    expect((await left(user_id))['write_keys']).toBe(1);
  });

  it('of one class that can’t be removed does not keep the others', async () => {
    const days = await rowsOfAge(2 * DAY);
    const deps = retention();
    const classes = deps.classes.map((kept) =>
      kept.name === 'tombstones' ? { ...kept, remove: () => Promise.reject(new Error('no')) } : kept,
    );
    await pruneRecords({ ...deps, classes }, new Date());
    expect(await left(days)).toEqual(AFTER({ write_keys: 0 }));
    expect(await scene.db('system_logs').where({ event: 'records_pruned' }).first('details')).toMatchObject({
      details: { failed: ['tombstones'] },
    });
    await pruneRecords(deps, new Date());
    expect((await left(days))['turn_tombstones']).toBe(0);
  });
});

describe('a clock that jumps', () => {
  it.each([
    ['a year ahead', YEAR],
    ['a day back', -DAY],
  ])('%s, of the process alone, takes nothing that the right one would not', async (_name, offset) => {
    const fresh = await rowsOfAge(HOUR);
    await scene
      .db('turn_tombstones')
      .where({ user_id: fresh })
      .update({ expires_at: ago(-HOUR) });
    await pruneRecords(retention({}, new Clock(offset)), new Date(Date.now() + offset));
    expect(await left(fresh)).toEqual(ALL);
    // And back again.
    await pruneRecords(retention(), new Date());
    expect(await left(fresh)).toEqual(ALL);
  });

  it('a year ahead, of the whole machine, gets a run no further than a day, and back again stands in nobody’s way', async () => {
    const [fresh, weeks] = [await rowsOfAge(HOUR / 2), await rowsOfAge(28 * DAY)];
    const machine = (offset: number): Promise<number> => {
      const deps = retention({}, new Clock(offset));
      const clocks = async () => ({
        ...(await deps.clocks()),
        database: new Date(Date.now() + offset),
      });
      return pruneRecords({ ...deps, clocks }, new Date(Date.now() + offset));
    };
    await machine(0);
    await machine(YEAR);
    expect(await left(fresh)).toEqual(AFTER({ turn_tombstones: 0 }));
    expect(await left(weeks)).toEqual(AFTER({ turn_tombstones: 0, write_keys: 0 }));
    await machine(0);
    expect(await left(weeks)).toEqual(AFTER({ turn_tombstones: 0, write_keys: 0 }));
    const month = await rowsOfAge(31 * DAY);
    await machine(0);
    expect((await left(month))['clarifications']).toBe(1);
  });

  it('and a product that was off for a month catches up, a day each run', async () => {
    const month = await rowsOfAge(40 * DAY);
    await scene.db('system_logs').insert({
      event: 'records_pruned',
      details: JSON.stringify({ as_of: ago(12 * DAY).toISOString() }),
    });
    let runs = 0;
    while ((await left(month))['briefings'] === 1) {
      await pruneRecords(retention(), new Date());
      runs += 1;
    }
    expect(runs).toBe(2);
  });
});

describe('turns', () => {
  /** What was said and all that came of it is so many days older. */
  async function age(sessionId: string, days: number, upTo = 1_000): Promise<void> {
    await scene.db.raw(
      `update conversation_turns set received_at = received_at - make_interval(days => ?)
       where session_id = ? and turn_index <= ?`,
      [days, sessionId, upTo],
    );
    await scene.db.raw(
      `update conversation_sessions s set started_at = started_at - make_interval(days => ?), last_activity_at = (
         select max(received_at) from conversation_turns t where t.session_id = s.id) where id = ?`,
      [days, sessionId],
    );
  }
  const turnsOf = (sessionId: string): Promise<number[]> =>
    scene
      .db('conversation_turns')
      .where({ session_id: sessionId })
      .orderBy('turn_index')
      .pluck<number[]>('turn_index');

  it('are kept until they are deleted, unless told otherwise', async () => {
    const me = await scene.device();
    await me.say('add buy milk');
    await age(me.sessionId, 3_000);
    await pruneRecords(retention(), new Date());
    expect(await turnsOf(me.sessionId)).toEqual([1]);
    await pruneRecords(retention({ TURN_KEEP_DAYS: '2000' }), new Date());
    expect(await turnsOf(me.sessionId)).toEqual([]);
  });

  it('go after their days: the old ones of a conversation that goes on, and one that is old as a whole', async () => {
    const [me, gone, young] = [await scene.device(), await scene.device(), await scene.device()];
    for (const device of [me, gone, young]) {
      await device.say('add buy milk');
      await device.say('create a task to study');
      await device.say('physics');
    }
    await me.say('add buy bread');
    await age(me.sessionId, 31, 3);
    await age(gone.sessionId, 31);
    await age(young.sessionId, 29);
    await pruneRecords(retention({ TURN_KEEP_DAYS: '30' }), new Date());
    expect(await turnsOf(me.sessionId)).toEqual([4]);
    expect(await turnsOf(young.sessionId)).toEqual([1, 2, 3]);
    for (const table of ['conversation_turns', 'turn_results', 'clarifications'])
      expect([table, await count(table, { session_id: gone.sessionId })]).toEqual([table, 0]);
    expect(await count('turn_results', { session_id: me.sessionId })).toBe(1);
    expect(await count('conversation_sessions', { id: gone.sessionId })).toBe(0);
    expect(await scene.redis.keys(`*${gone.sessionId}*`)).toEqual([]);
    await eventually('its device hears of it', () =>
      gone.recorder.news.some(({ type }) => type === 'session.deleted'),
    );
    // What was made, and how, stays.
    for (const device of [me, gone]) {
      expect(await scene.titles(device.userId)).toContain('study physics');
      expect(await count('receipts', { user_id: device.userId })).toBeGreaterThanOrEqual(2);
    }
    expect(await scene.db('system_logs').where({ event: 'records_pruned' }).first('details')).toMatchObject({
      details: { removed: { turns: 6, conversations: 1 } },
    });
    expect((await me.say('add buy eggs')).status).toBe('completed');
    expect((await me.say('undo')).reply).toMatch(/^Undone/);
  });

  it('stay while their question is open', async () => {
    const me = await scene.device();
    await me.say('create a task to study');
    await age(me.sessionId, 31);
    await pruneRecords(retention({ TURN_KEEP_DAYS: '30' }), new Date());
    expect(await turnsOf(me.sessionId)).toEqual([1]);
    expect((await me.say('physics')).reply).toBe('Added "study physics".');
    await age(me.sessionId, 31);
    await pruneRecords(retention({ TURN_KEEP_DAYS: '30' }), new Date());
    expect(await turnsOf(me.sessionId)).toEqual([]);
  });
});
