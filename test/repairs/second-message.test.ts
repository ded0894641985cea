import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { FRIDAY, NOW, Scene, type Device } from './scene.ts';

/** Understanding works all the time; acting only after `act`, so that a turn runs for as long as a test wants. */
let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu']);
});
afterAll(() => scene.close());
afterEach(() => scene.stop('workflows'));
const act = () => scene.start('workflows');

/** A turn that has been understood and now waits for somebody to act. */
async function running(me: Device, text: string): Promise<string> {
  const turnId = await me.submit(text);
  await eventually('the turn is understood', () => me.framesOf(turnId).includes('turn.understood'));
  return turnId;
}

test('a correction behind a waiting turn means what was said last', async () => {
  const me = await scene.device();
  const first = await running(me, 'create a task to buy milk');
  const second = await me.submit('create a task to call mom');
  const third = await me.submit('actually make it friday', { reference_time: NOW });
  await act();
  for (const turnId of [first, second, third]) expect((await me.ended(turnId)).status).toBe('completed');
  expect(await scene.tasks(me.userId)).toMatchObject([
    { title: 'buy milk', due_on: null },
    { title: 'call mom', due_on: FRIDAY },
  ]);
  expect(me.framesOf(first)).not.toContain('turn.amended');
});

describe('"stop"', () => {
  test('stops all that was said before it', async () => {
    const me = await scene.device();
    const open = [await running(me, 'create a task to buy milk')];
    for (const title of ['call mom', 'feed the cat', 'sweep the yard'])
      open.push(await me.submit(`create a task to ${title}`));
    const stop = await me.submit('stop');
    expect(await me.ended(stop)).toMatchObject({ status: 'completed', action: 'cancel' });
    for (const turnId of open) expect((await me.ended(turnId)).status).toBe('cancelled');
    await act();
    expect((await me.say('create a task to buy bread')).status).toBe('completed');
    expect(await scene.titles(me.userId)).toEqual(['buy bread']);
    expect(me.recorder.faults).toEqual([]);
  });

  test('is never said to have started', async () => {
    const me = await scene.device();
    for (let round = 0; round < 10; round += 1) {
      const first = await running(me, `create a task to paint wall ${round}`);
      const stop = await me.submit('stop');
      expect((await me.ended(first)).status).toBe('cancelled');
      await me.ended(stop);
      expect(me.framesOf(stop)).toEqual(['turn.accepted', 'turn.completed']);
    }
    // Frames come in order: whatever was late about the last round would be before this.
    const last = await running(me, 'create a task to go home');
    expect(me.framesOf(last)).toContain('turn.started');
    expect(me.recorder.frames.filter((frame) => frame.type === 'turn.started')).toHaveLength(11);
    expect(me.recorder.faults).toEqual([]);
  });
});

describe('"stop" that fails', () => {
  test('half-way has cancelled nothing', async () => {
    const me = await scene.device();
    const open = [await running(me, 'create a task to buy milk')];
    for (const title of ['call mom', 'feed the cat']) open.push(await me.submit(`create a task to ${title}`));
    // The end of the running one can't be written.
    await scene.db.raw(`
      create function never_cancelled() returns trigger language plpgsql as
        $$ begin raise exception 'disk full'; end $$;
      create trigger never_cancelled before update on conversation_turns for each row
        when (new.state = 'cancelled' and new.turn_index = 1) execute function never_cancelled()`);
    const stop = await me.submit('stop');
    await eventually('the gateway has tried and told its log', () =>
      scene.product.roles.some((role) => role.name === 'gateway' && role.output().includes('was cut short')),
    );
    await scene.db.raw(`drop trigger never_cancelled on conversation_turns`);
    const states = await Promise.all([...open, stop].map(async (id) => (await scene.turn(id)).state));
    expect(states).toEqual(['running', 'queued', 'queued', 'queued']);
    await act();
    for (const turnId of open) expect((await me.ended(turnId)).status).toBe('completed');
    // It has its go when everything is done: what can still be taken back is said.
    const late = await me.ended(stop);
    expect(late).toMatchObject({ status: 'refused', error_code: 'cancel_too_late', decision: 'REFUSE' });
    expect(late.reply).toMatch(/feed the cat.*undo/);
    expect(me.recorder.faults).toEqual([]);
  });

  test('because its gateway died says what was done already, with the way back', async () => {
    const userId = randomUUID();
    // The second turn that it takes in is its last.
    const doomed = await scene.start('gateway', { PULSEPLAN_FAULT: 'admitted@2=kill' });
    const before = await scene.device(userId, doomed.url ?? '');
    const first = await running(before, 'create a task to buy milk');
    const turn_id = randomUUID();
    void before.recorder.emit('turn.submit', { turn_id, text: 'stop' }).catch(() => null);
    await doomed.gone;
    await before.recorder.connect(scene.product.url);
    await act();
    await scene.start('maintenance');
    expect((await before.ended(first)).status).toBe('completed');
    const late = await before.ended(turn_id);
    expect(late).toMatchObject({ action: 'cancel', status: 'refused', error_code: 'cancel_too_late' });
    expect(late.reply).toMatch(/buy milk.*undo/);
    expect((await before.say('undo')).status).toBe('completed');
    expect(await scene.titles(userId)).toEqual([]);
    // Nothing was done since it was said: there is nothing that came too late.
    expect(await before.say('stop')).toMatchObject({ status: 'completed', error_code: null });
    await scene.stop('maintenance');
  });
});

describe('"reject" when something runs', () => {
  test('lets a "stop" through', async () => {
    const me = await scene.device();
    const first = await running(me, 'create a task to buy milk');
    const stop = await me.submit('stop', { when_busy: 'reject' });
    expect((await me.ended(first)).status).toBe('cancelled');
    expect(await me.ended(stop)).toMatchObject({ status: 'completed', action: 'cancel' });
  });

  test('lets a correction through', async () => {
    const me = await scene.device();
    const first = await running(me, 'create a task to buy milk');
    const more = await me.submit('actually make it urgent', { when_busy: 'reject' });
    expect(await me.ended(more)).toMatchObject({ status: 'completed', amended_turn_id: first });
    await act();
    expect((await me.ended(first)).status).toBe('completed');
    expect(await scene.tasks(me.userId)).toMatchObject([{ title: 'buy milk', priority: 'urgent' }]);
  });

  test('refuses a new request and writes nothing of it', async () => {
    const me = await scene.device();
    const first = await running(me, 'create a task to buy milk');
    const turn_id = randomUUID();
    const text = 'create a task to buy eggs';
    const ack = await me.recorder.emit('turn.submit', { turn_id, text, when_busy: 'reject' });
    expect(ack).toMatchObject({ ok: false, error: { code: 'session_busy', retryable: true } });
    const turns = await scene.db('conversation_turns').where({ session_id: me.sessionId }).select('id');
    expect(turns).toEqual([{ id: first }]);
    const session = await scene.db('conversation_sessions').where({ id: me.sessionId }).first();
    expect(session).toMatchObject({ turns: 1, open_turns: 1 });
    await act();
    await me.ended(first);
    // The same id is free for another try.
    await me.submit(text, { turn_id, when_busy: 'reject' });
    expect((await me.ended(turn_id)).status).toBe('completed');
    expect(await scene.titles(me.userId)).toEqual(['buy milk', 'buy eggs']);
  });
});
