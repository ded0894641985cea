import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../core/ids.ts';
import { connect, type Db } from '../../db/connect.ts';
import { calendarWithin } from '../../db/events.ts';
import { matchTasks } from '../../db/tasks.ts';
import type { Ports } from '../../workers/workflows/ports.ts';
import { readOnce } from '../../workers/workflows/reads-once.ts';
import { freshDatabase } from '../support/stores.ts';

let db: Db;
beforeAll(async () => {
  db = connect((await freshDatabase()).url, { poolMax: 4, name: 'test' });
});
afterAll(() => db.destroy());

/** Statements that Postgres is sent meanwhile. */
async function trips(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const counted = (): void => void (count += 1);
  db.on('query', counted);
  await work();
  db.removeListener('query', counted);
  return count;
}

const day = { from: new Date('2026-11-20T00:00:00Z'), to: new Date('2026-11-21T00:00:00Z') };

async function user(): Promise<string> {
  const id = randomUUID();
  await db('users').insert({ id, calendar_version: 7 });
  return id;
}
const event = (userId: string, start: string, fields: object = {}): Promise<unknown> =>
  db('events').insert({
    id: newId(),
    user_id: userId,
    title: 'gym',
    start_at: start,
    end_at: new Date(Date.parse(start) + 3_600_000),
    all_day: false,
    timezone: 'UTC',
    exceptions: [],
    participants: [],
    calendar: 'personal',
    version: 1,
    created_at: new Date(),
    updated_at: new Date(),
    ...fields,
  });

describe('a part of a calendar', () => {
  it('comes with its version in one trip, series by their days', async () => {
    const me = await user();
    await event(me, '2026-11-20T15:00:00Z');
    await event(me, '2026-11-01T09:00:00Z', { recurrence: 'FREQ=DAILY' });
    await event(me, '2026-11-22T15:00:00Z');
    let part: Awaited<ReturnType<typeof calendarWithin>> | undefined;
    expect(await trips(async () => (part = await calendarWithin(db, me, day)))).toBe(1);
    expect(part?.version).toBe(7);
    expect(part?.events.map(({ start }) => new Date(start).toISOString())).toEqual([
      '2026-11-20T09:00:00.000Z',
      '2026-11-20T15:00:00.000Z',
    ]);
  });

  it('that is empty has a version too, and that of nobody known is the first', async () => {
    expect(await calendarWithin(db, await user(), day)).toEqual({ events: [], version: 7 });
    expect(await calendarWithin(db, randomUUID(), day)).toEqual({ events: [], version: 1 });
  });
});

describe('the things of a user, for one plan', () => {
  const portsOf = (me: string): Ports =>
    readOnce({ tasks: { match: (words, limit) => matchTasks(db, me, words, limit) } } as Ports);

  it('are looked up once, however many parts of it ask, and more only where more are wanted', async () => {
    const me = await user();
    const common = { user_id: me, priority: 'medium', tags: [], version: 1, status: 'open' };
    const stamps = { created_at: new Date(), updated_at: new Date() };
    for (let n = 0; n < 8; n += 1)
      await db('tasks').insert({ id: newId(), title: `milk ${n}`, ...common, ...stamps });
    const { tasks } = portsOf(me);
    const asked = await trips(async () => {
      expect((await tasks.match('milk', 1)).tasks).toHaveLength(1);
      expect((await tasks.match('milk', 5)).tasks).toHaveLength(5);
      expect((await tasks.match('milk', 6)).grade).toBe('whole');
    });
    expect(asked).toBe(1);
    expect(await trips(async () => expect((await tasks.match('milk', 8)).tasks).toHaveLength(8))).toBe(1);
  });
});
