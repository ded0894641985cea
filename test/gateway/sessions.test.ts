import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrameDraft } from '../../contracts/frames.ts';
import { ORDINALS, SessionStore } from '../../sessions/session-store.ts';
import { Scene } from '../repairs/scene.ts';
import { eventually } from '../support/eventually.ts';
import { at, call, person, Wire } from '../support/wire.ts';

let scene: Scene;
let url: string;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows', 'maintenance']);
  ({ url } = scene.product);
});
afterAll(() => scene.close());

const sessionsOf = (userId: string): Promise<string[]> =>
  scene.db('conversation_sessions').where({ user_id: userId }).pluck<string[]>('id');

describe('a session without a turn', () => {
  it('is not left behind by a query that is repeated without its session', async () => {
    const me = await person();
    const body = { query: 'create a task to buy milk', turn_id: randomUUID() };
    const ask = () => call(url, 'POST', '/api/v1/agent/query', { token: me.token, body });
    const answers = await Promise.all(Array.from({ length: 10 }, ask));
    answers.push(await ask());
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const { body: result } of answers) expect(result).toEqual(answers[0]?.body);
    expect(await sessionsOf(me.userId)).toHaveLength(1);
  });

  it('is removed a day after it was seen last, unless somebody is connected to it', async () => {
    const me = await person();
    const open = async (session_id?: string): Promise<Wire> =>
      Wire.open(url, { token: me.token, ...(session_id ? { session_id } : {}) });
    const [left, fresh, held, used, back] = [
      await open(),
      await open(),
      await open(),
      await open(),
      await open(),
    ];
    await used.say('hello');
    for (const wire of [left, fresh, used, back]) wire.close();
    const old = [left, held, used, back].map((wire) => wire.sessionId);
    await scene.db.raw(
      `update conversation_sessions set last_activity_at = now() - interval '25 hours' where id = any(?)`,
      [old],
    );
    // Somebody comes back to it and leaves again: that is a sight.
    (await open(back.sessionId)).close();
    await eventually('the others are known to be gone', async () => {
      const known = await scene.redis.hvals(`pp1:{${me.userId}}:connections`);
      return known.length === 1 && known[0]?.includes(held.sessionId);
    });
    await scene.queues.add('maintenance', 'records.prune', {}, randomUUID());
    await eventually('it is removed', async () => !(await sessionsOf(me.userId)).includes(left.sessionId));
    const kept = [fresh, held, used, back].map((wire) => wire.sessionId);
    expect((await sessionsOf(me.userId)).toSorted((a, b) => a.localeCompare(b))).toEqual(
      kept.toSorted((a, b) => a.localeCompare(b)),
    );
    expect((await held.say('create a task to buy milk')).type).toBe('turn.completed');
    const again = await open(left.sessionId);
    expect((await again.say('create a task to buy eggs')).type).toBe('turn.completed');
  });
});

describe('a snapshot', () => {
  it('says what a free month holds, and that premium has no limit', async () => {
    for (const [tier, limit] of [
      ['free', 10_000],
      ['premium', null],
    ] as const) {
      const login = await call(url, 'POST', '/api/v1/auth/demo', { body: { tier } });
      const { token } = login.body as { token: string };
      const wire = await Wire.open(url, { token, session_id: randomUUID() });
      const { quota } = await wire.first('session.snapshot');
      expect(quota).toMatchObject({ tokens_used: 0, limit, remaining: limit });
    }
  });

  it('of another log than the client knows has the running text from its beginning', async () => {
    await scene.stop('workflows');
    await scene.stop('maintenance');
    const { token, userId } = await person();
    const first = await Wire.open(url, { token });
    const turn_id = randomUUID();
    await first.submit('create a task to buy milk', { turn_id });
    await first.first('turn.understood', turn_id);
    const store = new SessionStore(scene.redis);
    const turn = { sessionId: first.sessionId, turnId: turn_id, fence: 1, leaseMs: 60_000 };
    await eventually(
      'it is handed over',
      async () => (await store.claim({ ...turn, turnSeq: 1, stage: 'act' })).status === 'ok',
    );
    const pieces = ['One, ', 'two, ', 'three.'];
    const delta = (text: string): FrameDraft => ({
      type: 'reply.delta',
      session_id: first.sessionId,
      turn_id,
      attempt: 1,
      at: new Date().toISOString(),
      text,
    });
    const frames = pieces.map((text, n) => ({ ordinal: ORDINALS.act + n, frame: delta(text) }));
    expect(await store.emit(turn, frames)).toBe('ok');
    await first.until(() => first.log.filter(({ type }) => type === 'reply.delta').length === pieces.length);

    const { last_seq } = first.place;
    for (const known of [
      { epoch: 'of an earlier life', last_seq: last_seq - 1 },
      { epoch: 'of an earlier life', last_seq: last_seq + 100 },
    ]) {
      const other = await Wire.open(url, { token, session_id: first.sessionId, ...known });
      const snapshot = await other.first('session.snapshot');
      expect(snapshot.running).toEqual({ turn_id, attempt: 1, text: pieces.join('') });
    }
    expect(await sessionsOf(userId)).toEqual([first.sessionId]);
  });
});

describe('messages that are sent without waiting for acknowledgements', () => {
  it('are admitted in the order in which they were sent', async () => {
    const me = await person();
    const wires = await Promise.all(Array.from({ length: 4 }, () => Wire.open(url, { token: me.token })));
    const orders = await Promise.all(
      wires.map(async (wire) => {
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, index) => wire.submit(`add task number ${index}`)),
        );
        return answers.map((answer) => at(answer, 'turn_seq'));
      }),
    );
    for (const order of orders) expect(order).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
