import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EMPTY_CONTEXT } from '../../contracts/context.ts';
import { isTerminal } from '../../contracts/frames.ts';
import { sessionKeys } from '../../sessions/keys.ts';
import { SessionStore } from '../../sessions/session-store.ts';
import { LEASE_MS, stageJobId } from '../../sessions/attempts.ts';
import { eventually } from '../support/eventually.ts';
import type { RoleEntry } from '../support/product.ts';
import { FRIDAY, NOW, Scene } from './scene.ts';

const ROLES: readonly RoleEntry[] = ['gateway', 'nlu', 'workflows', 'maintenance'];

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(ROLES);
});
afterAll(() => scene.close());

afterEach(async () => {
  for (const name of ROLES)
    if (!scene.product.roles.some((role) => role.name === name && role.alive())) await scene.start(name);
});

const isPublished = (turnId: string) => () => scene.isPublished(turnId);

test.each(['committed', 'published'])(
  'after a worker died when it had %s, every device is told of the change',
  async (point) => {
    const me = await scene.device();
    const elsewhere = await scene.device(me.userId);
    expect(elsewhere.sessionId).not.toBe(me.sessionId);
    await scene.stop('workflows');
    const doomed = await scene.start('workflows', { PULSEPLAN_FAULT: `${point}=kill` });
    const turnId = await me.submit('create a task to buy milk');
    await doomed.gone;
    await scene.start('workflows');
    const taskId = (await me.ended(turnId)).execution_result?.['task_id'];
    for (const { recorder } of [me, elsewhere])
      await eventually('the news have come', () =>
        recorder.news.some((news) => news.type === 'entity.changed' && news.id === taskId),
      );
  },
);

test('a result that nobody can read any more does not stop the sweeper for others', async () => {
  const [mine, theirs] = [await scene.device(), await scene.device()];
  const unreadable = (await mine.say('hello')).turn_id;
  const waiting = (await theirs.say('hello')).turn_id;
  for (const id of [unreadable, waiting]) await eventually('the end is noted as published', isPublished(id));
  await scene.db('turn_results').where({ turn_id: unreadable }).update({ result: '{"old":true}' });
  await scene.forgetPublication(mine.userId, unreadable);
  await scene.forgetPublication(theirs.userId, waiting);
  await eventually('the other session is swept', isPublished(waiting), 10_000);
  // The unreadable one is done with too: it would be looked at for ever.
  await eventually('the unreadable one is swept', isPublished(unreadable), 10_000);
  expect(mine.recorder.faults).toEqual([]);
  expect((await mine.say('hello')).status).toBe('completed');
});

test('after a worker died between commit and publication, a correction means what that turn did', async () => {
  const me = await scene.device();
  await me.say('create a task to buy milk');
  await scene.stop('workflows');
  const doomed = await scene.start('workflows', { PULSEPLAN_FAULT: 'committed=kill' });
  const recovered = await me.submit('create a task to call mom');
  await doomed.gone;
  await scene.start('workflows');
  expect((await me.ended(recovered)).status).toBe('completed');
  const corrected = await me.say('actually make it friday', { reference_time: NOW });
  expect(corrected.reply).toMatch(/call mom/);
  expect(await scene.tasks(me.userId)).toMatchObject([
    { title: 'buy milk', due_on: null },
    { title: 'call mom', due_on: FRIDAY },
  ]);
});

test.each([
  ['in a log of its own', true],
  ['in the log that has shown those ends', false],
])('a watermark that is behind, %s, is brought up to date, and the next turn runs', async (_where, anew) => {
  const me = await scene.device();
  const done = [await me.say('create a task to buy milk'), await me.say('create a task to buy bread')];
  for (const { turn_id: id } of done) await eventually('the end is noted as published', isPublished(id));
  const store = new SessionStore(scene.redis);
  const epoch = (await store.read(me.sessionId, 0, 0))?.epoch ?? '';
  // As a connection does that takes the conversation for a new one; or by a hand.
  const fresh = { epoch: 'behind', freed: 0, context: EMPTY_CONTEXT, open: [], ended: [] };
  if (anew) await store.rebuild(me.sessionId, fresh, epoch);
  else await scene.redis.hset(sessionKeys(me.sessionId).state, 'freed', 0);

  const next = await me.say('create a task to buy eggs');
  expect(next.status).toBe('completed');
  expect(await scene.titles(me.userId)).toEqual(['buy milk', 'buy bread', 'buy eggs']);
  expect(await scene.turn(next.turn_id)).toMatchObject({ state: 'completed', attempt: 1 });
  // Another epoch, in which no end is shown that was shown before.
  const log = await store.read(me.sessionId, 0, 1_000);
  expect(log?.epoch).not.toBeOneOf([epoch, 'behind']);
  expect(log?.frames.filter(isTerminal).map((frame) => frame.turn_id)).toEqual([next.turn_id]);
  expect(me.recorder.faults).toEqual([]);
});

test.each([
  ['before the sweeper has seen it', false],
  ['after the sweeper has seen it', true],
])('a fence that only Postgres knows costs no lease and no attempt, %s', async (_when, swept) => {
  const me = await scene.device();
  await scene.stop('nlu');
  const turnId = await me.submit('create a task to buy milk', { reference_time: NOW });
  const { session_id, turn_seq } = { session_id: me.sessionId, turn_seq: 1 };
  const jobIs = async (fence: number): Promise<boolean> =>
    (await scene.queues.stateOf('nlu', stageJobId({ session_id, turn_seq, fence }, 'nlu'))) === 'waiting';
  await eventually('the first attempt waits to be claimed', () => jobIs(1));
  const amendment = { turn_id: randomUUID(), text: 'actually friday', slots: { due_date: FRIDAY } };
  await scene
    .db('conversation_turns')
    .where({ id: turnId })
    .update({ fence: 2, amendments: JSON.stringify([amendment]) });
  if (swept) await eventually('the sweeper has put the turn in the queue', () => jobIs(2));

  await scene.start('nlu');
  const readyAt = performance.now();
  expect((await me.ended(turnId)).status).toBe('completed');
  expect(performance.now() - readyAt).toBeLessThan(LEASE_MS);
  expect(await scene.turn(turnId)).toEqual({ state: 'completed', fence: 2, attempt: 1 });
  expect(await scene.tasks(me.userId)).toMatchObject([{ title: 'buy milk', due_on: FRIDAY }]);
  expect(me.recorder.faults).toEqual([]);
});
