import { beforeAll, expect, it } from 'vitest';
import { FLAG_DEFAULTS } from '../../contracts/flags.ts';
import { Metrics } from '../../core/metrics.ts';
import { findSettings } from '../../db/users.ts';
import { NO_ANALYTICS } from '../../integrations/analytics/analytics.ts';
import { startNluRole } from '../../workers/nlu/nlu-role.ts';
import { openUnderstander } from '../../workers/nlu/open-understander.ts';
import { RecallVectors } from '../../models/recall/recall-vectors.ts';
import { Scene, type Device } from '../repairs/scene.ts';
import { SessionsRoom } from '../repairs/sessions-room.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { MemoryRoom } from './memory-room.ts';

/** Users who want to be remembered; the flags of all others are off. */
const remembered = new Set<string>();
let scene: Scene;
let room: MemoryRoom;

beforeAll(async () => {
  scene = await Scene.open(['gateway', 'workflows']);
  const { url } = scene.product.database;
  const stores = new SessionsRoom({ databaseUrl: url, redisUrl: scene.product.redis.url });
  const { understander, encoder, close } = await openUnderstander({ PULSEPLAN_DATA_DIR: '' }, () => {});
  room = await MemoryRoom.open(url, { vectors: RecallVectors.open(encoder), clock: stores.clock });
  const role = startNluRole({
    redis: scene.redis,
    turns: stores.turns,
    records: stores.records,
    understander,
    memory: room.memory,
    settingsOf: (userId) => findSettings(room.db, userId),
    analytics: NO_ANALYTICS,
    flags: {
      flagsOf: (userId) => ({ ...FLAG_DEFAULTS, enable_multi_turn_memory: remembered.has(userId) }),
    },
    metrics: new Metrics(),
    clock: stores.clock,
    isErased: () => Promise.resolve(false),
    log: stores.log,
    concurrency: 4,
  });
  closeAfterFile(async () => {
    await role.close(5_000);
    await close();
    await stores.close();
    await scene.close();
  });
});

/** Says in one conversation what is leant on in the next; what was made of it. */
async function leanBack(first: Device): Promise<string[]> {
  await first.say('create a task to study physics tomorrow');
  await room.storeAll();
  const second = await scene.device(first.userId);
  await second.say('the same for chemistry');
  return scene.titles(first.userId);
}

const vectorsOf = (userId: string): Promise<unknown[]> => room.db('turn_vectors').where({ user_id: userId });

it('with the flag on what was said is stored and taken up again', { timeout: 60_000 }, async () => {
  const device = await scene.device();
  remembered.add(device.userId);
  expect(await leanBack(device)).toEqual(['study physics', 'study chemistry']);
  await room.storeAll();
  expect(await vectorsOf(device.userId)).not.toEqual([]);
});

it(
  'with the flag off nothing is stored or taken up, and questions are answered as ever',
  { timeout: 60_000 },
  async () => {
    const device = await scene.device();
    expect(await leanBack(device)).not.toContain('study chemistry');
    const asked = await device.say('create a task');
    expect(asked.status).toBe('clarifying');
    const answered = await device.say('water the plants');
    expect(answered.status).toBe('completed');
    expect(await scene.titles(device.userId)).toEqual(['study physics', 'water the plants']);
    await room.storeAll();
    expect(await vectorsOf(device.userId)).toEqual([]);
    const session = await room
      .db('conversation_sessions')
      .where({ user_id: device.userId })
      .pluck('context_embedding');
    expect(session.filter((embedding) => embedding !== null)).toEqual([]);
    const kept = await room
      .db('conversation_turns')
      .where({ user_id: device.userId })
      .whereNotNull('user_message_embedding');
    expect(kept).toEqual([]);
  },
);

it('who turns memory off is not remembered from then on', { timeout: 60_000 }, async () => {
  const device = await scene.device();
  remembered.add(device.userId);
  const { reply } = await device.say('turn memory off');
  expect(reply).toMatch(/do not look back/);
  await room.storeAll();
  const before = await vectorsOf(device.userId);
  expect(await leanBack(device)).not.toContain('study chemistry');
  await room.storeAll();
  expect(await vectorsOf(device.userId)).toEqual(before);
  await device.say('turn memory back on');
  expect(await leanBack(await scene.device(device.userId))).toContain('study chemistry');
});
