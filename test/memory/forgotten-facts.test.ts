import { beforeAll, expect, it } from 'vitest';
import { removeForgottenFacts } from '../../db/forgotten-facts.ts';
import { Scene, type Device } from '../repairs/scene.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { dumpTables } from '../erasure/traces.ts';

const HOUR_MS = 3_600_000;
let scene: Scene;

beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows']);
  closeAfterFile(() => scene.close());
});

const rowsWith = async (word: string): Promise<string[]> =>
  (await dumpTables(scene.db)).filter((row) => row.includes(word)).map((row) => row.split(' ')[0] ?? '');
const inAnHour = (): Date => new Date(Date.now() + HOUR_MS);
const remove = (before: Date): Promise<number> => removeForgottenFacts(scene.db, before, 1_000);

async function forgotten(secret: string): Promise<Device> {
  const device = await scene.device();
  await device.say('create a task to call Bob');
  await device.say(`our wifi password is ${secret}`);
  await device.say('forget that');
  return device;
}

it('what was forgotten is not found again, and is once it is taken back', async () => {
  const device = await forgotten('tangerine77');
  const other = await scene.device(device.userId);
  expect((await other.say('search for tangerine77')).reply).not.toMatch(/wifi/);
  await device.say('undo');
  expect((await other.say('search for tangerine77')).reply).toMatch(/wifi password/);
});

it('its words are in no table any more a day later', async () => {
  const device = await forgotten('satsuma99');
  const kept = await scene.device();
  await kept.say('my wifi password is clementine88');
  expect((await rowsWith('satsuma99')).length).toBeGreaterThan(3);
  expect(await remove(new Date(Date.now() - HOUR_MS))).toBe(0);
  await remove(inAnHour());
  expect(await rowsWith('satsuma99')).toEqual([]);
  expect(await scene.titles(device.userId)).toEqual(['call Bob']);
  expect((await kept.say('what is my wifi password?')).reply).toMatch(/clementine88/);
  // The conversation goes on.
  await device.say('add a task to water the plants');
  expect(await scene.titles(device.userId)).toEqual(['call Bob', 'water the plants']);
});

it('a birthday goes, and the day in the calendar stays', async () => {
  const device = await scene.device();
  await device.say("my mother's birthday is on may 3rd");
  await device.say("forget my mother's birthday");
  await remove(inAnHour());
  const events = await scene.db('events').where({ user_id: device.userId }).whereNull('deleted_at');
  expect(events).toHaveLength(1);
  const receipts = await scene.db('receipt_effects').where({ user_id: device.userId }).pluck('kind');
  expect(receipts).toEqual(['event']);
});

it('waits while its message has an open question', async () => {
  const device = await scene.device();
  await device.say('my dentist is Dr. Tangelo');
  await device.say('forget that');
  const [fact] = await scene.db('facts').where({ user_id: device.userId });
  const asked = await device.say('create an event');
  expect(asked.status).toBe('clarifying');
  await scene.db('clarifications').where({ session_id: fact.session_id }).update({ turn_id: fact.turn_id });
  await remove(inAnHour());
  expect(await scene.db('facts').where({ user_id: device.userId })).toHaveLength(1);
  await device.say('never mind');
  await remove(inAnHour());
  expect(await scene.db('facts').where({ user_id: device.userId })).toEqual([]);
});
