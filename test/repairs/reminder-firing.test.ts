import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../core/ids.ts';
import { connect, type Db } from '../../db/connect.ts';
import { takeUntold } from '../../db/notices.ts';
import { fireDue, nextDue } from '../../db/reminder-firing.ts';
import { reminderNotice } from '../../workers/maintenance/reminder-words.ts';
import { freshDatabase } from '../support/stores.ts';

const ZONE = 'Europe/Vienna';
let db: Db;
beforeAll(async () => {
  db = connect((await freshDatabase()).url, { poolMax: 8, name: 'test' });
});
afterAll(async () => {
  await db.destroy();
});

const at = (text: string): Date => new Date(text);
type Row = Record<string, unknown>;

async function user(settings: Row = {}): Promise<string> {
  const id = randomUUID();
  await db('users').insert({ id, settings: JSON.stringify(settings) });
  return id;
}
async function reminder(userId: string, fields: Row & { remind_at: string }): Promise<string> {
  const id = newId();
  await db('reminders').insert({
    id,
    user_id: userId,
    title: 'call mom',
    timezone: ZONE,
    status: 'scheduled',
    version: 1,
    created_at: at('2026-01-01T00:00:00Z'),
    updated_at: at('2026-01-01T00:00:00Z'),
    ...fields,
  });
  return id;
}
async function event(userId: string, fields: Row & { start_at: string }): Promise<string> {
  const id = newId();
  await db('events').insert({
    id,
    user_id: userId,
    title: 'standup',
    end_at: fields.start_at,
    all_day: false,
    timezone: ZONE,
    exceptions: [],
    participants: [],
    calendar: 'personal',
    version: 1,
    created_at: at('2026-01-01T00:00:00Z'),
    updated_at: at('2026-01-01T00:00:00Z'),
    ...fields,
  });
  return id;
}
const fire = (now: string, limit = 100) =>
  fireDue(db, at(now), {
    limit,
    tellAt: new Date(at(now).getTime() + 15_000),
    noticeOf: (due) => reminderNotice(newId(), due, at(now)),
  });
const find = (id: string) => db('reminders').where({ id }).first<Row>();
const texts = (userId: string): Promise<string[]> =>
  db('notices').where({ user_id: userId }).orderBy(['created_at', 'id']).pluck('text');

describe('what is due', () => {
  it('is told once, with the notice in the record and the row out of waiting', async () => {
    const me = await user();
    const id = await reminder(me, { remind_at: '2026-11-20T09:00:00Z' });
    expect((await fire('2026-11-20T08:59:59.999Z')).fired).toEqual([]);
    const { fired } = await fire('2026-11-20T09:00:00Z');
    expect(fired.map(({ notice }) => notice)).toMatchObject([
      {
        kind: 'reminder_due',
        text: 'Reminder: call mom',
        data: {
          reminder_id: id,
          title: 'call mom',
          remind_at: '2026-11-20T10:00:00+01:00',
          item_kind: null,
          item_id: null,
          repeats: false,
        },
      },
    ]);
    expect(fired[0]?.changed[0]?.after).toMatchObject({ status: 'fired', version: 2 });
    expect((await fire('2026-11-20T09:00:01Z')).fired).toEqual([]);
    expect(await texts(me)).toEqual(['Reminder: call mom']);
  });

  it('is told by one of several that look at once', async () => {
    const me = await user();
    for (let n = 0; n < 60; n += 1) await reminder(me, { title: `n${n}`, remind_at: '2026-11-20T09:00:00Z' });
    const looks = await Promise.all(Array.from({ length: 6 }, () => fire('2026-11-20T09:00:00Z', 25)));
    let more = true;
    while (more) ({ more } = await fire('2026-11-20T09:00:00Z', 25));
    expect(looks.length).toBe(6);
    const told = await texts(me);
    expect(told).toHaveLength(60);
    expect(new Set(told).size).toBe(60);
  });

  it('leaves no trace of what was rolled back', async () => {
    const me = await user();
    const id = await reminder(me, { remind_at: '2026-11-20T09:00:00Z' });
    const dying = fireDue(db, at('2026-11-20T09:00:00Z'), {
      limit: 100,
      tellAt: new Date(),
      noticeOf: () => {
        throw new Error('the process dies here');
      },
    });
    await expect(dying).rejects.toThrow('dies here');
    expect(await texts(me)).toEqual([]);
    expect(await find(id)).toMatchObject({ status: 'scheduled', version: 1 });
    await fire('2026-11-20T09:00:05Z');
    expect(await texts(me)).toEqual(['Reminder: call mom']);
  });

  it('after a long sleep comes oldest first and says when it was for', async () => {
    const me = await user();
    await reminder(me, { title: 'second', remind_at: '2026-11-20T09:30:00Z' });
    await reminder(me, { title: 'first', remind_at: '2026-11-19T09:00:00Z' });
    await fire('2026-11-20T12:00:00Z');
    expect(await texts(me)).toEqual([
      'Reminder: first (this was for Thursday 19 November at 10:00)',
      'Reminder: second (this was for 10:30)',
    ]);
  });

  it('is not a deleted one, one that is done, or a moment that was over when it was chosen', async () => {
    const me = await user();
    await reminder(me, { remind_at: '2026-11-20T09:00:00Z', deleted_at: '2026-11-19T09:00:00Z' });
    await reminder(me, { remind_at: '2026-11-20T09:00:00Z', status: 'done' });
    await reminder(me, { remind_at: '2026-11-20T09:00:00Z', set_at: '2026-11-20T09:00:01Z' });
    await fire('2026-11-20T12:00:00Z');
    expect(await texts(me)).toEqual([]);
    expect(await nextDue(db, at('2026-11-20T00:00:00Z'))).toBeNull();
  });

  it('is what is slept for', async () => {
    const me = await user();
    const id = await reminder(me, { remind_at: '2027-01-01T09:00:00.250Z' });
    expect(await nextDue(db, at('2026-11-20T00:00:00Z'))).toEqual(at('2027-01-01T09:00:00.250Z'));
    await db('reminders').where({ id }).delete();
  });
});

describe('one that repeats', () => {
  it('keeps its hour over a change of clocks', async () => {
    const me = await user();
    const id = await reminder(me, {
      remind_at: '2026-10-24T06:00:00Z',
      series_start: '2026-10-24T06:00:00Z',
      recurrence: 'FREQ=DAILY',
    });
    await fire('2026-10-24T06:00:00Z');
    // The clocks went back in the night.
    expect((await find(id))['remind_at']).toEqual(at('2026-10-25T07:00:00Z'));
    expect(await find(id)).toMatchObject({ status: 'scheduled', version: 2 });
  });

  it('tells once what it missed, and ends with its count', async () => {
    const me = await user();
    const id = await reminder(me, {
      remind_at: '2026-11-20T09:00:00Z',
      series_start: '2026-11-20T09:00:00Z',
      recurrence: 'FREQ=DAILY;COUNT=5',
    });
    await fire('2026-11-23T12:00:00Z');
    expect(await texts(me)).toHaveLength(1);
    expect((await find(id))['remind_at']).toEqual(at('2026-11-24T09:00:00Z'));
    await fire('2026-11-24T09:00:00Z');
    expect(await find(id)).toMatchObject({ status: 'fired' });
    expect(await texts(me)).toHaveLength(2);
  });

  it('comes back to its hour after it was put off once', async () => {
    const me = await user();
    const id = await reminder(me, {
      remind_at: '2026-11-20T09:25:00Z',
      series_start: '2026-11-20T09:00:00Z',
      recurrence: 'FREQ=WEEKLY;BYDAY=FR;BYHOUR=10;BYMINUTE=0',
    });
    await fire('2026-11-20T09:25:00Z');
    expect((await find(id))['remind_at']).toEqual(at('2026-11-27T09:00:00Z'));
  });

  it('with a rule that nobody can read does not hold up others', async () => {
    const me = await user();
    await reminder(me, { remind_at: '2026-11-20T09:00:00Z', recurrence: 'NONSENSE', title: 'odd' });
    await reminder(me, { remind_at: '2026-11-20T09:00:01Z', title: 'plain' });
    await fire('2026-11-20T09:00:05Z');
    expect(await texts(me)).toEqual(['Reminder: odd', 'Reminder: plain']);
  });
});

describe('before something', () => {
  const before = (item_id: string, fields: Row = {}) => ({
    item_kind: 'event',
    item_id,
    before_minutes: 10,
    ...fields,
  });

  it('says when it is', async () => {
    const me = await user();
    const id = await event(me, { start_at: '2026-11-20T09:10:00Z' });
    await reminder(me, { remind_at: '2026-11-20T09:00:00Z', ...before(id) });
    await fire('2026-11-20T09:00:00Z');
    expect(await texts(me)).toEqual(['Reminder: call mom (at 10:10)']);
  });

  it('that is gone or done, nothing is told', async () => {
    const me = await user();
    const gone = await event(me, { start_at: '2026-11-20T09:10:00Z', deleted_at: '2026-11-19T00:00:00Z' });
    const id = await reminder(me, { remind_at: '2026-11-20T09:00:00Z', ...before(gone) });
    await fire('2026-11-20T09:00:00Z');
    expect(await texts(me)).toEqual([]);
    expect(await find(id)).toMatchObject({ status: 'done' });
  });

  it('each day of a series, but not one that is left out, and one that was moved at its own time', async () => {
    const me = await user();
    const rule = 'FREQ=DAILY';
    const series = await event(me, {
      start_at: '2026-11-20T09:00:00Z',
      recurrence: rule,
      exceptions: ['2026-11-21T09:00:00Z', '2026-11-22T09:00:00Z'],
    });
    await event(me, {
      start_at: '2026-11-22T13:00:00Z',
      series_id: series,
      original_start: '2026-11-22T09:00:00Z',
    });
    const id = await reminder(me, {
      remind_at: '2026-11-20T08:50:00Z',
      recurrence: rule,
      ...before(series),
    });
    const times: unknown[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { remind_at } = await find(id);
      times.push(remind_at);
      await fire(new Date(remind_at as string).toISOString());
    }
    expect(times).toEqual([
      at('2026-11-20T08:50:00Z'),
      at('2026-11-22T12:50:00Z'),
      at('2026-11-23T08:50:00Z'),
    ]);
    expect(await texts(me)).toHaveLength(3);
  });

  it('a day that is left out after it was waited for, nothing is told', async () => {
    const me = await user();
    const series = await event(me, {
      start_at: '2026-11-20T09:00:00Z',
      recurrence: 'FREQ=DAILY',
      exceptions: ['2026-11-21T09:00:00Z'],
    });
    const id = await reminder(me, {
      remind_at: '2026-11-21T08:50:00Z',
      recurrence: 'FREQ=DAILY',
      ...before(series),
    });
    await fire('2026-11-21T08:50:00Z');
    expect(await texts(me)).toEqual([]);
    expect((await find(id))['remind_at']).toEqual(at('2026-11-22T08:50:00Z'));
  });
});

describe('quiet hours', () => {
  const quiet = { timezone: 'America/New_York', quiet_hours: { start: '22:00', end: '07:00' } };

  it('keep what is due until they end, by the clock of the user', async () => {
    const me = await user(quiet);
    await reminder(me, { remind_at: '2026-11-20T04:00:00Z' });
    let now = at('2026-11-20T04:00:00Z');
    for (; now < at('2026-11-20T12:00:00Z'); now = new Date(now.getTime() + 300_000))
      await fire(now.toISOString());
    expect(await texts(me)).toEqual([]);
    await fire('2026-11-20T12:00:00Z');
    expect(await texts(me)).toHaveLength(1);
  });

  it('that are taken away hold nothing up for long', async () => {
    const me = await user(quiet);
    await reminder(me, { remind_at: '2026-11-20T04:00:00Z' });
    await fire('2026-11-20T04:00:00Z');
    await db('users')
      .where({ id: me })
      .update({ settings: JSON.stringify({ timezone: 'UTC' }) });
    await fire('2026-11-20T04:05:00Z');
    expect(await texts(me)).toHaveLength(1);
  });

  it('of one hold up nobody else', async () => {
    const [me, other] = [await user(quiet), await user()];
    for (let n = 0; n < 12; n += 1) await reminder(me, { remind_at: '2026-11-20T04:00:00Z' });
    await reminder(other, { remind_at: '2026-11-20T04:00:01Z' });
    let more = true;
    while (more) ({ more } = await fire('2026-11-20T04:00:02Z', 5));
    expect(await texts(me)).toEqual([]);
    expect(await texts(other)).toHaveLength(1);
  });

  it('within a day and without a zone of the settings count in that of the reminder', async () => {
    const me = await user({ quiet_hours: { start: '12:00', end: '14:00' } });
    await reminder(me, { remind_at: '2026-11-20T11:30:00Z' });
    await fire('2026-11-20T11:30:00Z');
    expect(await texts(me)).toEqual([]);
    await fire('2026-11-20T13:00:00Z');
    expect(await texts(me)).toHaveLength(1);
  });
});

it('what was written and not told is taken by one who looks later', async () => {
  const me = await user();
  await reminder(me, { remind_at: '2026-12-20T09:00:00Z' });
  await fire('2026-12-20T09:00:00Z');
  const take = (now: string) => takeUntold(db, at(now), at('2027-12-20T10:00:00Z'), 1_000);
  const mine = (of: Awaited<ReturnType<typeof take>>) => of.filter(({ userId }) => userId === me);
  expect(mine(await take('2026-12-20T09:00:14Z'))).toEqual([]);
  const [first, second] = await Promise.all([take('2026-12-20T09:00:15Z'), take('2026-12-20T09:00:15Z')]);
  expect([...mine(first), ...mine(second)]).toEqual([expect.objectContaining({ userId: me, seen: false })]);
});
