import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/wire.ts';
import { FRIDAY, Scene, type Device } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows']);
});
afterAll(() => scene.close());

describe('changes that name no version', () => {
  const send = (me: Device, method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    call(scene.product.url, method, `/api/v1/tasks${path}`, {
      token: me.token,
      ...(body === undefined ? {} : { body }),
    });
  async function withTask(): Promise<{ me: Device; id: string }> {
    const me = await scene.device();
    const made = await me.say('create a task to buy milk');
    return { me, id: String(made.execution_result?.['task_id']) };
  }

  test('all hold when they come at once, each on top of the one before', async () => {
    const { me, id } = await withTask();
    const fields = [
      { priority: 'high' },
      { list: 'home' },
      { notes: 'two litres' },
      { duration_minutes: 15 },
      { location: 'corner shop' },
      { tags: ['food'] },
      { due_date: FRIDAY },
      { status: 'done' },
    ];
    const answers = await Promise.all(fields.map((body) => send(me, 'PATCH', `/${id}`, body)));
    expect(answers.map(({ status }) => status)).toEqual(fields.map(() => 200));
    const task = await scene.db('tasks').where({ id }).first<Record<string, unknown>>();
    expect(task).toMatchObject({ priority: 'high', list: 'home', notes: 'two litres', duration_minutes: 15 });
    expect(task).toMatchObject({ location: 'corner shop', tags: ['food'], status: 'done', version: 9 });
    // What each has found before it is what another has left: an undo takes back the one change.
    const effects = await scene
      .db('receipt_effects')
      .where({ item_id: id, op: 'update' })
      .select<{ was: number; is: number }[]>(
        scene.db.raw(`(before->>'version')::int as was, (after->>'version')::int as is`),
      );
    expect(effects.map(({ was }) => was).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { was, is } of effects) expect(is).toBe(was + 1);
  });

  test('find the task or find it gone when it is deleted at once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { me, id } = await withTask();
      const answers = await Promise.all([
        send(me, 'PATCH', `/${id}`, { priority: 'high' }),
        send(me, 'DELETE', `/${id}`),
        send(me, 'PATCH', `/${id}`, { list: 'home' }),
      ]);
      expect(answers[1]?.status).toBe(200);
      for (const answer of answers) expect(answer.status).toBeOneOf([200, 404]);
      expect(await scene.titles(me.userId)).toEqual([]);
    }
  });

  test('are told apart from those that name an old one', async () => {
    const { me, id } = await withTask();
    expect((await send(me, 'PATCH', `/${id}`, { priority: 'high' })).status).toBe(200);
    const old = await call(scene.product.url, 'PATCH', `/api/v1/tasks/${id}`, {
      token: me.token,
      body: { priority: 'low' },
      headers: { 'if-match': '"1"' },
    });
    expect(old).toMatchObject({ status: 409, body: { error_code: 'version_conflict' } });
    expect(await scene.tasks(me.userId)).toMatchObject([{ priority: 'high' }]);
  });
});
