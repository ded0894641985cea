import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { Scene, type Device } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows', 'maintenance']);
});
afterAll(() => scene.close());
afterEach(async () => {
  if (!scene.product.roles.some((role) => role.name === 'workflows' && role.alive()))
    await scene.start('workflows');
});

describe('a cancel that comes before its turn', () => {
  test('wins every time', async () => {
    const me = await scene.device();
    const tally: Record<string, number> = {};
    for (let round = 0; round < 60; round += 1) {
      const turn_id = randomUUID();
      await me.cancelAhead(turn_id);
      await me.submit(`create a task to carry crate ${round}`, { turn_id });
      const { status } = await me.ended(turn_id);
      tally[status] = (tally[status] ?? 0) + 1;
    }
    expect(tally).toEqual({ cancelled: 60 });
    expect(await scene.titles(me.userId)).toEqual([]);
    expect(me.recorder.faults).toEqual([]);
  });

  test('wins when the gateway is killed on the way', async () => {
    const userId = randomUUID();
    const doomed = await scene.start('gateway', { PULSEPLAN_FAULT: 'admitted=kill' });
    const before = await scene.device(userId, doomed.url ?? '');
    const turn_id = randomUUID();
    await before.cancelAhead(turn_id);
    const text = 'create a task to buy a car';
    // It dies at this point only where a cancelled turn passes it at all.
    await Promise.race([doomed.gone, before.submit(text, { turn_id }).then(() => before.ended(turn_id))]);
    await doomed.kill();
    const after = await scene.device(userId);
    await after.submit(text, { turn_id });
    await eventually('the turn has ended', async () => (await scene.turn(turn_id)).state !== 'running');
    expect(await scene.turn(turn_id)).toMatchObject({ state: 'cancelled' });
    expect(await scene.titles(userId)).toEqual([]);
  });

  test('wins when the gateway is gone before it has told anybody', async () => {
    const userId = randomUUID();
    const doomed = await scene.start('gateway');
    const before = await scene.device(userId, doomed.url ?? '');
    const [again, swept] = [randomUUID(), randomUUID()];
    const text = 'create a task to buy a boat';
    for (const turn_id of [again, swept]) await before.cancelAhead(turn_id);
    // Postgres takes the turns in; nothing of them gets into Redis.
    await scene.product.redis.control.kill('SIGSTOP');
    try {
      for (const turn_id of [again, swept]) await before.submit(text, { turn_id, timezone: 'UTC' });
      await doomed.kill();
    } finally {
      await scene.product.redis.control.kill('SIGCONT');
    }
    const { recorder } = before;
    await recorder.connect(scene.product.url);
    await before.submit(text, { turn_id: again, timezone: 'UTC' });
    for (const turn_id of [again, swept]) {
      expect((await before.ended(turn_id)).status).toBe('cancelled');
      expect(await scene.turn(turn_id)).toMatchObject({ state: 'cancelled' });
    }
    expect((await before.say('create a task to buy bread')).status).toBe('completed');
    expect(await scene.titles(userId)).toEqual(['buy bread']);
    expect(recorder.faults).toEqual([]);
  });
});

describe('what a session remembers outlives a turn that did nothing', () => {
  /** The reply that is remembered must be the one before; it comes back from Postgres alone. */
  async function remembersTheMilk(me: Device): Promise<void> {
    await scene.redis.flushall();
    const repeated = await me.say('repeat that');
    expect(repeated.reply).toMatch(/buy milk/);
    expect((await me.say('actually make it urgent')).status).toBe('completed');
    expect(await scene.tasks(me.userId)).toMatchObject([{ title: 'buy milk', priority: 'urgent' }]);
  }

  test('because it was cancelled before it came', async () => {
    const me = await scene.device();
    await me.say('create a task to buy milk');
    const turn_id = randomUUID();
    await me.cancelAhead(turn_id);
    await me.submit('create a task to buy eggs', { turn_id });
    expect((await me.ended(turn_id)).status).toBe('cancelled');
    await remembersTheMilk(me);
  });

  test('because it was cancelled while it ran', async () => {
    const me = await scene.device();
    await me.say('create a task to buy milk');
    await scene.stop('workflows');
    const turn_id = await me.submit('create a task to buy eggs');
    const ack = await me.recorder.emit('turn.cancel', { turn_id });
    expect(ack).toEqual({ ok: true, state: 'cancelled' });
    expect((await me.ended(turn_id)).status).toBe('cancelled');
    await scene.start('workflows');
    await remembersTheMilk(me);
  });

  test('because Postgres refused what it wanted to write', async () => {
    const me = await scene.device();
    await me.say('create a task to buy milk');
    // Whatever is tried, somebody else was faster.
    await scene.db.raw(`
      create function always_changed() returns trigger language plpgsql as
        $$ begin raise exception 'changed' using errcode = 'PP409'; end $$;
      create trigger always_changed before insert on tasks
        for each row when (new.title = 'buy eggs') execute function always_changed()`);
    const refused = await me.say('create a task to buy eggs');
    expect(refused).toMatchObject({ status: 'refused', error_code: 'version_conflict' });
    await remembersTheMilk(me);
  });
});
