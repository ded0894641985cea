import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Frame } from '../../contracts/frames.ts';
import { startProduct, type Product } from '../support/product.ts';
import { person, Wire } from '../support/wire.ts';

let product: Product;
let url: string;
let otherUrl: string;
beforeAll(async () => {
  product = await startProduct({ roles: ['gateway', 'gateway', 'worker'] });
  [url, otherUrl] = product.roles.flatMap((role) => role.url ?? []) as [string, string];
});

const device = async (): Promise<Wire> => Wire.open(url, { token: (await person()).token });
const types = (frames: readonly Frame[]): string[] => frames.map(({ type }) => type);

describe('coming back', () => {
  it.each([
    ['at the same gateway', () => url],
    ['at another gateway', () => otherUrl],
  ])('%s brings everything that was missed, once and in order', async (_where, at) => {
    const watcher = await device();
    const roamer = await watcher.again(url);
    await watcher.say('create a task to buy milk');
    await roamer.until(() => roamer.place.last_seq === watcher.place.last_seq);
    const { place } = roamer;
    roamer.close();
    await watcher.say('create a task to study');
    await watcher.say('physics');
    const back = await roamer.again(at(), place);
    const resumed = await back.first('session.resumed');
    expect(resumed).toEqual({
      type: 'session.resumed',
      session_id: watcher.sessionId,
      epoch: place.epoch,
      complete: true,
      from: place.last_seq,
      to: watcher.place.last_seq,
    });
    // All but the deltas of turns that have ended, whose text is in their last frame.
    const missed = watcher.log.filter(({ seq, type }) => seq > place.last_seq && type !== 'reply.delta');
    expect(back.log).toEqual(missed);
    expect(types(back.frames)[0]).toBe('session.ready');
    expect(types(back.frames).at(-1)).toBe('session.resumed');
    const { turn_id } = await watcher.say('create a task to buy eggs');
    await back.ended(turn_id);
    expect(back.log.slice(missed.length)).toEqual(watcher.log.filter(({ seq }) => seq > resumed.to));
  });

  it('with nothing missed says so at once', async () => {
    const me = await device();
    await me.say('hello');
    const { place } = me;
    me.close();
    const back = await me.again(url, place);
    expect(await back.first('session.resumed')).toMatchObject({ from: place.last_seq, to: place.last_seq });
    expect(back.log).toEqual([]);
  });

  it('in the middle of a turn follows it to its end', async () => {
    const me = await device();
    const turnId = randomUUID();
    await me.submit('create a task to buy milk', { turn_id: turnId });
    me.close();
    const back = await me.again(otherUrl, { session_id: me.sessionId, epoch: me.ready.epoch, last_seq: 0 });
    await back.ended(turnId);
    const seqs = back.log.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(back.log.filter(({ type }) => type === 'turn.completed')).toHaveLength(1);
    expect(back.log[0]).toMatchObject({ type: 'turn.accepted', turn_id: turnId });
  });

  it('without a place, or with one of another log, gets a snapshot and no frame besides', async () => {
    const me = await device();
    await me.say('create a task to buy milk');
    const asked = await me.say('create a task to study');
    for (const place of [
      { session_id: me.sessionId },
      { session_id: me.sessionId, epoch: 'another', last_seq: 2 },
      { session_id: me.sessionId, epoch: me.place.epoch },
    ]) {
      const back = await me.again(url, place);
      const snapshot = await back.first('session.snapshot');
      expect(snapshot).toMatchObject({
        complete: false,
        epoch: me.place.epoch,
        tail_seq: me.place.last_seq,
        running: null,
        queue: [],
        open_clarifications: [asked.result.clarification],
        turns: [
          { turn_seq: 1, state: 'completed', text: 'create a task to buy milk' },
          { turn_seq: 2, state: 'completed', result: { status: 'clarifying' } },
        ],
      });
      expect(back.ready.open_clarifications).toEqual([asked.result.clarification]);
      expect(types(back.frames)).toEqual(['session.ready', 'session.snapshot']);
      back.close();
    }
  });

  it('with more than the log holds begins a new log for everybody', async () => {
    const me = await device();
    const watcher = await me.again(otherUrl);
    await me.say('create a task to buy milk');
    const { place } = me;
    const back = await me.again(url, { ...place, last_seq: place.last_seq + 100 });
    const snapshot = await back.first('session.snapshot');
    expect(snapshot.epoch).not.toBe(place.epoch);
    expect(snapshot).toMatchObject({ tail_seq: 0, turns: [{ text: 'create a task to buy milk' }] });
    for (const wire of [me, watcher]) {
      await wire.until(() =>
        wire.frames.some((frame) => frame.type === 'session.snapshot' && frame.epoch === snapshot.epoch),
      );
    }
    const { turn_id } = await back.say('create a task to buy eggs');
    for (const wire of [me, watcher]) {
      const end = await wire.ended(turn_id);
      expect(end.epoch).toBe(snapshot.epoch);
    }
    const fresh = back.log.map(({ seq }) => seq);
    expect(fresh).toEqual(fresh.map((_, index) => index + 1));
  });

  it('a log that is gone is begun again without a word of anybody', async () => {
    const me = await device();
    const { turn_id: before } = await me.say('create a task to buy milk');
    const { epoch } = me.place;
    await product.redis.control.kill();
    await product.redis.control.ready();
    await me.until(() => me.frames.some((f) => f.type === 'session.snapshot' && f.epoch !== epoch));
    const { result } = await me.say('undo');
    expect(result).toMatchObject({ status: 'completed', action: 'undo' });
    expect(
      me.log.filter((frame) => frame.type === 'turn.completed' && frame.turn_id === before),
    ).toHaveLength(1);
  });

  it('after more than a thousand frames still brings all of them', async () => {
    const me = await device();
    const { place } = me;
    const quiet = await me.again(url);
    quiet.close();
    for (let round = 0; round < 24; round += 1) {
      const turns = await Promise.all(
        Array.from({ length: 8 }, () => me.submit('create a task to water all of the plants in the garden')),
      );
      await Promise.all(turns.map((turn) => me.ended(String(turn['turn_id']))));
    }
    const missed = me.log.filter(({ type }) => type !== 'reply.delta');
    expect(missed.length).toBeGreaterThan(1_000);
    const back = await me.again(otherUrl, place);
    await back.first('session.resumed');
    expect(back.log).toEqual(missed);
  });
});
