import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { openAccount } from '../../db/accounts.ts';
import { ERASURE_STEPS } from '../../db/erasures.ts';
import { recordUsage } from '../../db/usage-records.ts';
import type { Erasures } from '../../sessions/erasure/erasures.ts';
import { USER_TABLES } from '../../sessions/erasure/manifest.ts';
import type { SessionsRoom } from '../repairs/sessions-room.ts';
import { Erasers, HOUR_AGO } from './erasers.ts';

let erasers: Erasers;
let room: SessionsRoom;
let truth: Db;
beforeAll(async () => {
  erasers = await Erasers.open();
  ({ room, truth } = erasers);
});

class Broken extends Error {}

/** An eraser that meets an error when it reaches a point for the nth time. */
function eraser(deadly?: { point: string; nth?: number }): Erasures {
  let left = deadly?.nth ?? 1;
  return erasers.one({
    fault: (point) => {
      if (point !== deadly?.point || --left > 0) return Promise.resolve();
      return Promise.reject(new Broken(point));
    },
  });
}

const someone = (word: string) => erasers.someone(word);
const traces = (...wanted: readonly string[]) => erasers.traces(...wanted);
const all = (userId: string, word: string) => erasers.all(userId, word);

describe('an erasure', () => {
  it('leaves nothing of its user, and everybody else as they were', async () => {
    const me = await someone('zyxquark');
    const other = await someone('qwertz');
    const before = await all(other.userId, 'qwertz');
    const erasures = eraser();
    const { id, ended } = await erasures.begin({ userId: me.userId, issuedAt: HOUR_AGO });
    await ended;
    expect(await traces(me.userId, me.sessionId, 'zyxquark')).toEqual([]);
    expect(await all(other.userId, 'qwertz')).toEqual(before);
    const receipt = await erasures.receipt(id);
    expect(receipt).toMatchObject({ erasure_id: id, state: 'done' });
    const named = new Map(receipt?.stores.map((store) => [store.name, store]));
    for (const { table } of USER_TABLES)
      expect(
        (named.get(table)?.deleted ?? 0) + (named.get(table)?.pseudonymised ?? 0),
        table,
      ).toBeGreaterThan(0);
    expect(named.get('redis')?.deleted).toBeGreaterThan(0);
    expect(named.get('jobs')?.deleted).toBeGreaterThan(0);
    expect(JSON.stringify(await truth('erasures').where({ id }))).not.toMatch(
      new RegExp([me.userId, me.sessionId].join('|')),
    );
  });

  it('keeps the sums, under one id that leads to nobody', async () => {
    const me = await someone('zyxquark');
    const sums = async (): Promise<{ user_id: string; used: number }[]> => {
      const { rows } = await truth.raw<{ rows: { user_id: string; used: number }[] }>(
        `select u.user_id, sum(u.tokens_used) as used from llm_usage u join usage_quotas q using (user_id)
          group by u.user_id order by u.user_id`,
      );
      return rows;
    };
    const before = await sums();
    await (
      await eraser().begin({ userId: me.userId, issuedAt: HOUR_AGO })
    ).ended;
    const after = await sums();
    expect(after.map(({ used }) => used)).toEqual(before.map(({ used }) => used));
    expect(after.map(({ user_id: user }) => user)).not.toContain(me.userId);
  });

  it('is asked for once', async () => {
    const me = await someone('zyxquark');
    const erasures = eraser();
    const both = await Promise.allSettled([
      erasures.begin({ userId: me.userId, issuedAt: HOUR_AGO }),
      erasures.begin({ userId: me.userId, issuedAt: HOUR_AGO }),
    ]);
    const [first, second] = both.toSorted((a, b) => (a.status < b.status ? -1 : 1));
    if (first?.status !== 'fulfilled') throw new Error('One of them should have begun');
    // Whoever asks again is told which erasure it is.
    const refusal = {
      code: 'account_erased',
      details: [{ path: 'erasure_id', message: first.value.id }],
    };
    expect(second).toMatchObject({ status: 'rejected', reason: refusal });
    await first.value.ended;
    await expect(erasures.begin({ userId: me.userId, issuedAt: HOUR_AGO })).rejects.toMatchObject(refusal);
    await expect(erasures.check({ userId: me.userId, issuedAt: HOUR_AGO })).rejects.toMatchObject(refusal);
    expect(await traces(me.userId)).toEqual([]);
  });

  const points = [
    ...ERASURE_STEPS.filter((step) => step !== 'done').map((step) => ({ point: `erasure-${step}` })),
    { point: 'erasure-batch', nth: 1 },
    { point: 'erasure-batch', nth: 9 },
    { point: 'erasure-batch', nth: 25 },
  ];
  it.each(points)('that meets an error at $point is finished by somebody else', async (deadly) => {
    const me = await someone('zyxquark');
    const other = await someone('qwertz');
    const before = await all(other.userId, 'qwertz');
    const { id, ended } = await eraser(deadly).begin({ userId: me.userId, issuedAt: HOUR_AGO });
    await ended;
    expect(await eraser().receipt(id)).toMatchObject({ state: 'erasing', finished_at: null });
    // Nobody gets in meanwhile, with whatever token.
    await expect(
      eraser().check({ userId: me.userId, issuedAt: new Date(Date.now() + 60_000) }),
    ).rejects.toMatchObject({ code: 'account_erased' });

    await eraser().finishAll();
    expect(await eraser().receipt(id)).toMatchObject({ state: 'done' });
    expect(await traces(me.userId, me.sessionId, 'zyxquark')).toEqual([]);
    expect(await all(other.userId, 'qwertz')).toEqual(before);
  });

  it('is finished although it meets an error at every single step, one after the other', async () => {
    const me = await someone('zyxquark');
    const { id, ended } = await eraser({ point: 'erasure-fenced' }).begin({
      userId: me.userId,
      issuedAt: HOUR_AGO,
    });
    await ended;
    for (const { point } of points.slice(0, 5)) await eraser({ point }).finishAll();
    for (let batch = 2; batch < 40; batch += 7)
      await eraser({ point: 'erasure-batch', nth: batch }).finishAll();
    await eraser().finishAll();
    expect(await eraser().receipt(id)).toMatchObject({ state: 'done' });
    expect(await traces(me.userId, me.sessionId, 'zyxquark')).toEqual([]);
  });

  it('is done by one at a time', async () => {
    const me = await someone('zyxquark');
    const stuck = eraser({ point: 'erasure-fenced' });
    const { id, ended } = await stuck.begin({ userId: me.userId, issuedAt: HOUR_AGO });
    await ended;
    await Promise.all(Array.from({ length: 4 }, () => eraser().finishAll()));
    await eraser().finishAll();
    const receipt = await eraser().receipt(id);
    // Counted once, whoever did it.
    expect(receipt?.stores.find(({ name }) => name === 'users')).toMatchObject({ deleted: 1 });
    expect(receipt?.stores.find(({ name }) => name === 'tasks')).toMatchObject({ deleted: 2 });
  });
});

describe('a token', () => {
  it('that was issued before the erasure makes nothing, and a later one begins anew', async () => {
    const me = await someone('zyxquark');
    const erasures = eraser();
    await erasures.check({ userId: me.userId, issuedAt: HOUR_AGO });
    await (
      await erasures.begin({ userId: me.userId, issuedAt: HOUR_AGO })
    ).ended;
    for (const issuedAt of [HOUR_AGO, new Date()])
      await expect(erasures.check({ userId: me.userId, issuedAt })).rejects.toMatchObject({
        code: 'account_erased',
      });
    expect(await truth('users').where({ id: me.userId })).toEqual([]);
    const later = new Date(Date.now() + 10_000);
    await erasures.check({ userId: me.userId, issuedAt: later });
    expect(await truth('users').where({ id: me.userId })).toHaveLength(1);
    // The account is another one: what is old stays refused, and it can be erased like any other.
    await expect(erasures.check({ userId: me.userId, issuedAt: HOUR_AGO })).rejects.toThrow();
    await (
      await erasures.begin({ userId: me.userId, issuedAt: later })
    ).ended;
    expect(await traces(me.userId)).toEqual([]);
    await expect(erasures.check({ userId: me.userId, issuedAt: later })).rejects.toThrow();
  });

  it('from a clock that was ahead of ours when the account was erased is of the old account', async () => {
    const me = await someone('zyxquark');
    const ahead = new Date(Date.now() + 3_600_000);
    const erasures = eraser();
    await (
      await erasures.begin({ userId: me.userId, issuedAt: ahead })
    ).ended;
    await expect(erasures.check({ userId: me.userId, issuedAt: ahead })).rejects.toMatchObject({
      code: 'account_erased',
    });
  });

  it('is known by another key as little as by none', async () => {
    const me = await someone('zyxquark');
    await (
      await eraser().begin({ userId: me.userId, issuedAt: HOUR_AGO })
    ).ended;
    const hashes = await truth('erasures').pluck('subject_hash');
    expect(hashes.join()).not.toContain(me.userId);
    const other = { userId: me.userId, subjectHash: 'of another key', issuedAt: HOUR_AGO };
    expect(await openAccount(room.db, other)).toBe(true);
  });
});

describe('what races with an erasure', () => {
  it('admits nothing once it is fenced, neither in an old session nor in a new one', async () => {
    const me = await someone('zyxquark');
    await (
      await eraser({ point: 'erasure-fenced' }).begin({ userId: me.userId, issuedAt: HOUR_AGO })
    ).ended;
    const quiet = await someone('zyxquark');
    // A session in which nothing is open takes the short way.
    await room.interruptions.cancelSession(quiet.userId, quiet.sessionId);
    await (
      await eraser({ point: 'erasure-fenced' }).begin({ userId: quiet.userId, issuedAt: HOUR_AGO })
    ).ended;
    const doors = [me, quiet, { ...me, sessionId: randomUUID() }];
    for (const place of doors)
      await expect(
        room.records.admit({
          ...place,
          turnId: randomUUID(),
          text: 'late',
          request: { kind: 'text' },
          bodyHash: 'late',
          timezone: 'UTC',
          referenceTime: null,
          receivedAt: new Date().toISOString(),
          channel: 'rest',
          cap: 8,
          rejectWhenBusy: false,
        }),
      ).rejects.toMatchObject({ code: 'PP410' });
    await eraser().finishAll();
  });

  it('commits no effect of a turn that was running, and leaves no trace of many at once', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => someone('zyxquark')));
    const stop = { done: false };
    const late: Promise<unknown>[] = [];
    /** As gateways and workers that do not know yet. */
    const press = async (place: { userId: string; sessionId: string }): Promise<void> => {
      while (!stop.done) {
        const turnId = randomUUID();
        const change = {
          id: randomUUID(),
          step: 0,
          intent: null,
          action: 'create_task',
          summary: 'zyxquark',
          reason: {},
          undoes: null,
          undo_until: null,
          calendar_version: null,
          effects: [],
        };
        await Promise.allSettled([
          room.records.admit({
            ...place,
            turnId,
            text: 'zyxquark',
            request: { kind: 'text' },
            bodyHash: 'x',
            timezone: 'UTC',
            referenceTime: null,
            receivedAt: new Date().toISOString(),
            channel: 'rest',
            cap: 8,
            rejectWhenBusy: false,
          }),
          room.records.entomb(place.userId, randomUUID(), new Date('2099-01-01')),
          room.db.raw('select apply_receipts(?, null, null, ?, now())', [
            place.userId,
            JSON.stringify([change]),
          ]),
          room.db.raw('select * from open_session(?, ?)', [place.userId, randomUUID()]),
          room.interruptions.cancel(place.userId, turnId),
        ]);
      }
    };
    for (const place of people) late.push(press(place));
    const ids = await Promise.all(
      people.map(async ({ userId }) => {
        const { id, ended } = await eraser().begin({ userId, issuedAt: HOUR_AGO });
        await ended;
        return id;
      }),
    );
    stop.done = true;
    await Promise.all(late);
    while ((await eraser().finishAll()) > 0);
    for (const id of ids) expect(await eraser().receipt(id)).toMatchObject({ state: 'done' });
    expect(await traces(...people.map(({ userId }) => userId), 'zyxquark')).toEqual([]);
  });

  it('writes usage that comes late under the id that stands for nobody', async () => {
    const me = await someone('zyxquark');
    const event = {
      id: randomUUID(),
      period: '2026-11-01',
      kind: 'usage' as const,
      reason: null,
      user_id: me.userId,
      session_id: me.sessionId,
      turn_id: randomUUID(),
      step: 0,
      ordinal: 0,
      intent: null,
      operation: 'email_draft_llm',
      model: 'gpt-4',
      tokens_used: 7,
      cost_usd: '0.1',
      at: new Date().toISOString(),
      metadata: {
        function: 'draft',
        duration_ms: 1,
        success: true,
        error_type: null,
        prompt_tokens: 1,
        completion_tokens: 1,
        estimated: false,
      },
    };
    await truth('usage_events').insert({
      id: event.id,
      event: JSON.stringify(event),
      created_at: new Date(),
    });
    await (
      await eraser().begin({ userId: me.userId, issuedAt: HOUR_AGO })
    ).ended;
    // The job that was on its way says whose it was; what is owed says otherwise by now.
    await recordUsage(room.db, [event]);
    await recordUsage(room.db, [event]);
    const rows = await truth('llm_usage').where({ id: event.id }).select('user_id', 'tokens_used');
    expect(rows).toMatchObject([{ tokens_used: 7 }]);
    expect(await traces(me.userId)).toEqual([]);
  });
});
