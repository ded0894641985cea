import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { EMPTY_CONTEXT, type TurnBody } from '../../contracts/context.ts';
import { isTerminal } from '../../contracts/frames.ts';
import { commitOf, plainResult, terminalFrame } from '../../sessions/results.ts';
import { ORDINALS, SessionStore } from '../../sessions/session-store.ts';

let redis: Redis;
let store: SessionStore;
beforeAll(() => {
  redis = new Redis(inject('redisUrl'));
  store = new SessionStore(redis);
});
afterAll(async () => {
  await redis.quit();
});

test('an end that is published again 300 turns later is not written twice', async () => {
  const sessionId = randomUUID();
  const userId = randomUUID();
  const at = new Date().toISOString();
  const bodies = Array.from({ length: 320 }, (_, index) => bodyOf(userId, sessionId, index + 1));
  const finish = (body: TurnBody) => {
    const result = plainResult(body, 'completed', 'Done.');
    const commit = commitOf(body, { state: 'completed', result, at, fence: 1, fromStates: ['running'] });
    const turn = { sessionId, turnId: body.turn_id, turnSeq: body.turn_seq, fence: 1, context: null };
    return store.finish(turn, [{ ordinal: ORDINALS.terminal, frame: terminalFrame(commit, 1) }]);
  };
  const endsOf = async (body: TurnBody): Promise<number> => {
    const page = await store.read(sessionId, 0, 2_000);
    return page?.frames.filter((frame) => isTerminal(frame) && frame.turn_id === body.turn_id).length ?? 0;
  };

  await store.rebuild(
    sessionId,
    { epoch: 'first', freed: 0, context: EMPTY_CONTEXT, open: [], ended: [] },
    '',
  );
  for (const body of bodies) {
    expect(await store.enter(body, [])).toBe('go');
    expect((await finish(body)).status).toBe('ok');
  }
  for (const body of bodies.filter(({ turn_seq: seq }) => seq === 1 || seq === 2 || seq === 319)) {
    expect(await endsOf(body), `the end of turn ${body.turn_seq}`).toBe(1);
    expect((await finish(body)).status).toBe('done');
    expect(await store.enter(body, [])).toBe('done');
    expect(await endsOf(body), `the end of turn ${body.turn_seq}, published again`).toBe(1);
  }
});

test('a job from before the fence was raised claims nothing', async () => {
  const sessionId = randomUUID();
  const body = bodyOf(randomUUID(), sessionId, 1);
  const state = {
    epoch: 'first',
    freed: 0,
    context: EMPTY_CONTEXT,
    open: [{ ...body, fence: 2 }],
    ended: [],
  };
  await store.rebuild(sessionId, state, '');
  const claim = (fence: number) =>
    store.claim({ sessionId, turnId: body.turn_id, turnSeq: 1, fence, stage: 'nlu', leaseMs: 5_000 });
  expect(await claim(1)).toEqual({ status: 'stale' });
  expect(await claim(2)).toMatchObject({ status: 'ok', body: { fence: 2 } });
  expect(await claim(3)).toEqual({ status: 'unknown' });
});

const bodyOf = (userId: string, sessionId: string, seq: number): TurnBody => {
  const at = new Date().toISOString();
  return {
    v: 1,
    user_id: userId,
    session_id: sessionId,
    turn_id: randomUUID(),
    turn_seq: seq,
    text: 'buy milk',
    request: { kind: 'text' },
    timezone: 'UTC',
    reference: at,
    received_at: at,
    channel: 'socket',
    fence: 1,
    attempt: 1,
    amendments: [],
  };
};
