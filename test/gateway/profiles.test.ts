import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { findProfile } from '../../db/users.ts';
import { profileKey } from '../../sessions/keys.ts';
import { forgetProfile, Profiles, type Profile } from '../../sessions/profiles.ts';
import { Scene } from '../repairs/scene.ts';
import { muteProxy } from '../support/mute-proxy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open(['gateway', 'nlu', 'workflows']);
}, 60_000);
afterAll(() => scene.close());

const load = (userId: string): Promise<Profile> => findProfile(scene.db, userId, new Date());

describe('what is kept of tier and settings', () => {
  it('is read from the record once, and again after a change in words, by hand or by undo', async () => {
    const me = await scene.device();
    let reads = 0;
    const profiles = new Profiles(scene.redis, (userId) => {
      reads += 1;
      return load(userId);
    });
    const week = async (): Promise<string> => (await profiles.of(me.userId)).settings.week_start;
    await me.say('start my week on sunday');
    expect(await week()).toBe('sunday');
    expect(await profiles.of(me.userId)).toEqual(await load(me.userId));
    await expect.poll(() => scene.redis.hexists(profileKey(me.userId), 'profile')).toBe(1);
    const before = reads;
    expect(await week()).toBe('sunday');
    expect(reads).toBe(before);
    await me.say('undo');
    expect(await week()).toBe('monday');
    expect(reads).toBe(before + 1);
  });

  it('is not kept where it was changed while it was read', async () => {
    const userId = randomUUID();
    const slow = new Profiles(scene.redis, async (id) => {
      const found = await load(id);
      await forgetProfile(scene.redis, id);
      return found;
    });
    await slow.of(userId);
    const marker = new Profiles(scene.redis, () => Promise.reject(new Error('asked again')));
    await expect(marker.of(userId)).rejects.toThrow('asked again');
    expect(await scene.redis.hget(profileKey(userId), 'profile')).toBeNull();
  });

  it('comes from the record where Redis has nothing readable, or does not answer', async () => {
    const userId = randomUUID();
    await scene.redis.hset(profileKey(userId), 'profile', '{"v":0}');
    expect((await new Profiles(scene.redis, load).of(userId)).tier).toBe('free');
    const proxy = await muteProxy(scene.product.redis.url);
    const silent = new Redis(proxy.url, { maxRetriesPerRequest: null });
    await silent.ping();
    proxy.mute();
    expect((await new Profiles(silent, load).of(userId)).settings.timezone).toBe('UTC');
    silent.disconnect();
  });
});
