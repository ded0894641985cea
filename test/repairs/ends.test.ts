import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TurnBody } from '../../contracts/context.ts';
import type { TurnCommit } from '../../contracts/records.ts';
import type { TurnStatus } from '../../contracts/result.ts';
import { Metrics } from '../../core/metrics.ts';
import { MAX_ATTEMPTS } from '../../sessions/attempts.ts';
import { commitOf, plainResult } from '../../sessions/results.ts';
import { knownUser } from '../support/known-user.ts';
import { freshDatabase, privateRedis } from '../support/stores.ts';
import { SessionsRoom, somewhere } from './sessions-room.ts';

let room: SessionsRoom;
beforeAll(async () => {
  const [database, redis] = await Promise.all([freshDatabase(), privateRedis()]);
  room = new SessionsRoom({ databaseUrl: database.url, redisUrl: redis.url });
});
afterAll(() => room.close());
beforeEach(() => void room.ends.splice(0));

function endOf(body: TurnBody, status: TurnStatus, from: 'queued' | 'running' = 'running'): TurnCommit {
  return commitOf(body, {
    state: 'completed',
    result: plainResult(body, status, 'Done.'),
    at: new Date().toISOString(),
    fence: null,
    fromStates: [from],
  });
}
const told = (): [string, number][] =>
  room.ends.map(({ turnSeq, result }): [string, number] => [result.status, turnSeq]);

test('a turn that is done is told of once, however often its end is published', async () => {
  const body = await room.take(somewhere());
  await room.turns.endings.commit(body, endOf(body, 'completed'), []);
  await room.turns.endings.publishEnded(body.user_id, body.turn_id);
  await room.turns.afterFence(body);
  await room.turns.retry({ ...body });
  await expect(room.turns.endings.commit(body, endOf(body, 'refused'), [])).rejects.toThrow();
  expect(told()).toEqual([['completed', 1]]);
  const [end] = room.ends;
  expect(end).toMatchObject({ receivedAt: body.received_at, text: 'buy milk', userId: body.user_id });
  expect(Date.parse(end?.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(body.received_at));
});

test('a turn that fails is told of after its last attempt, once', async () => {
  const place = somewhere();
  const { turn_id: turnId } = await room.take(place);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    expect(told()).toEqual([]);
    await room.turns.retry(await room.body(place.userId, turnId));
  }
  await room.turns.retry(await room.body(place.userId, turnId));
  expect(told()).toEqual([['failed', 1]]);
  expect(room.ends[0]?.result.error_code).toBe('internal_error');
});

test('turns that are cancelled are told of, waiting or running, asked once or twice', async () => {
  const place = somewhere();
  const [running, waiting] = [await room.take(place), await room.take(place)];
  for (const { turn_id: turnId } of [waiting, waiting, running, running])
    expect(await room.interruptions.cancel(place.userId, turnId)).toEqual({ state: 'cancelled' });
  expect(told()).toEqual([
    ['cancelled', 2],
    ['cancelled', 1],
  ]);
});

test('a turn whose cancel came before it is told of once, also when it is sent again', async () => {
  const place = somewhere();
  const turnId = randomUUID();
  await knownUser(room.db, place.userId);
  expect(await room.interruptions.cancel(place.userId, turnId)).toEqual({ state: 'tombstoned' });
  for (let time = 0; time < 2; time += 1) await room.take(place, { turnId });
  expect(told()).toEqual([['cancelled', 1]]);
});

test('"stop" and all that it stops are told of, in one go', async () => {
  const place = somewhere();
  const [running, between, stop] = [await room.take(place), await room.take(place), await room.take(place)];
  const stopped = await room.interruptions.cancelByWaiting(
    place.sessionId,
    stop.turn_id,
    running.turn_id,
    (body) => endOf(body, 'completed', 'queued'),
  );
  expect(stopped).toBe(true);
  expect(told()).toEqual([
    ['completed', 3],
    ['cancelled', between.turn_seq],
    ['cancelled', running.turn_seq],
  ]);
});

test('"stop" whose target is just done stops what still waits before it', async () => {
  const place = somewhere();
  const [target, next, stop] = [await room.take(place), await room.take(place), await room.take(place)];
  await room.turns.endings.commit(target, endOf(target, 'completed'), []);
  const heard: boolean[] = [];
  const stopped = await room.interruptions.cancelByWaiting(
    place.sessionId,
    stop.turn_id,
    target.turn_id,
    (body, whole) => {
      heard.push(whole);
      return endOf(body, 'completed', 'queued');
    },
  );
  expect([stopped, heard]).toEqual([true, [false]]);
  expect(told()).toEqual([
    ['completed', 1],
    ['completed', 3],
    ['cancelled', next.turn_seq],
  ]);
});

test('a message that corrects is told of, and what it corrects when that ends', async () => {
  const place = somewhere();
  const [running, more] = [await room.take(place), await room.take(place)];
  const amended = await room.interruptions.amend(place.userId, more.turn_id, running.turn_id, (body) => ({
    ...endOf(body, 'completed', 'queued'),
    amends: [{ turn_id: running.turn_id, amendment: { turn_id: body.turn_id, text: body.text, slots: {} } }],
  }));
  expect(amended).toBe(true);
  expect(told()).toEqual([['completed', 2]]);
});

test('an end counts by status and source, and its time from the admission', async () => {
  const metrics = new Metrics();
  metrics.countTurn('completed', 'rule', 40);
  metrics.countTurn('cancelled', null, 3_000);
  const text = await metrics.registry.metrics();
  expect(text).toContain('pulseplan_turns_total{status="completed",source="rule"} 1');
  expect(text).toContain('pulseplan_turns_total{status="cancelled",source="none"} 1');
  expect(text).toContain('pulseplan_turn_duration_seconds_count 2');
  expect(text).toContain('pulseplan_turn_duration_seconds_bucket{le="0.05"} 1');
});
