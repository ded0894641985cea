import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { call, person } from '../support/wire.ts';
import { Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(['gateway']);
});
afterAll(() => scene.close());

test('a change that was answered with a timeout is not made later', { timeout: 40_000 }, async () => {
  const me = await person();
  const add = (title: string) =>
    call(scene.product.url, 'POST', '/api/v1/tasks', { token: me.token, body: { title } });

  const inVain = await add('told to be in vain');
  expect(inVain).toMatchObject({ status: 504, body: { error_code: 'deadline_exceeded', retryable: true } });

  // The job still waits in the queue; the worker takes it before the one that comes after it.
  await scene.start('workflows');
  expect((await add('asked for later')).status).toBe(200);
  await eventually('the worker is through with what waited', async () => {
    const { waiting, active, delayed } = await scene.queues.counts('workflows');
    return waiting === 0 && active === 0 && delayed === 0;
  });
  expect(await scene.titles(me.userId)).toEqual(['asked for later']);
});
