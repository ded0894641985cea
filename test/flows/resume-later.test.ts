import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TurnResult } from '../../contracts/result.ts';
import { Device, receiptOf, Scene } from '../repairs/scene.ts';
import { Recorder } from '../support/recorder.ts';
import type { RoleEntry } from '../support/product.ts';

const ROLES: readonly RoleEntry[] = ['gateway', 'nlu', 'workflows'];
const MINUTE = 60_000;

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(ROLES);
});
afterAll(() => scene.close());

/** All processes with another clock, and everybody back in the same conversation. */
async function later(minutes: number, ...devices: Device[]): Promise<Device[]> {
  for (const role of ROLES) await scene.stop(role);
  const env = { PULSEPLAN_CLOCK_OFFSET_MS: String(minutes * MINUTE) };
  const started = await Promise.all(ROLES.map((role) => scene.start(role, env)));
  const url = started.find((role) => role.url !== null)?.url ?? '';
  return Promise.all(
    devices.map(async ({ userId, token, sessionId }) => {
      const recorder = new Recorder(token, sessionId);
      await recorder.connect(url);
      return new Device(userId, token, recorder);
    }),
  );
}

it('what leans on the conversation holds as long as it did before, whatever the session timeout', async () => {
  const now = await scene.device();
  const milk = receiptOf(await now.say('add buy milk'));
  await now.say('add water the plants');
  const asked = await now.say('create a task to study');
  expect(asked.status).toBe('clarifying');

  const asksNothing = await scene.device();
  await asksNothing.say('add buy eggs');

  // Half an hour later a bare value corrects nothing any more, while "it" is still what was made last.
  const [soon, other] = (await later(31, now, asksNothing)) as [Device, Device];
  expect(await other.say('no, tea')).toMatchObject({ receipt: null });
  expect((await other.say('make it urgent')).reply).toBe('Changed "buy eggs": urgent priority.');
  // The question is only parked, and the changes can be taken back.
  const answered = await soon.say('study physics');
  expect(answered.reply).toBe('Added "study physics".');
  expect((await soon.say('undo the last two')).reply).toMatch(/^Undone/);
  expect(await scene.titles(now.userId)).toEqual(['buy milk']);
  const open = await soon.say('create a task to write');
  expect(open.status).toBe('clarifying');

  // A day later neither holds, and both are told.
  const [muchLater] = (await later(31 + 24 * 60 + 1, soon)) as [Device];
  expect(await muchLater.undo(milk)).toMatchObject({
    status: 'refused',
    reply: 'That is too long ago to undo.',
  });
  const ack = await muchLater.recorder.emit('clarification.answer', {
    turn_id: randomUUID(),
    clarification_id: open.clarification?.clarification_id ?? '',
    text: 'a letter',
  });
  expect(ack).toMatchObject({
    ok: false,
    error: {
      code: 'clarification_expired',
      message: 'That question has expired. Please ask again from the start.',
    },
  });
  const undone: TurnResult = await muchLater.say('undo');
  expect(undone).toMatchObject({ status: 'refused', receipt: null });
  expect((await muchLater.say('add buy bread')).status).toBe('completed');
  expect(await scene.titles(now.userId)).toEqual(['buy milk', 'buy bread']);
}, 90_000);
