import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../../core/clock.ts';
import { EncoderUnavailable } from '../../models/encoder/errors.ts';
import type { TextVectors } from '../../sessions/memory/memory.ts';
import { freshDatabase } from '../support/stores.ts';
import { MemoryRoom, NOW, realVectors, type Person } from './memory-room.ts';

/** The real encoder, of which a test may say that it fails. */
class FailingVectors implements TextVectors {
  fails: (text: string) => Error | null = () => null;
  constructor(private readonly inner: TextVectors) {}
  get model(): string {
    return this.inner.model;
  }
  get dimension(): number {
    return this.inner.dimension;
  }
  async vectorOf(text: string): Promise<Float32Array> {
    const error = this.fails(text);
    if (error) throw error;
    return this.inner.vectorOf(text);
  }
}

/** Shows what a test says it is. */
class SetClock extends Clock {
  at = NOW;
  override now(): Date {
    return this.at;
  }
}

let url: string;
let vectors: FailingVectors;
let room: MemoryRoom;
let person: Person;
const clock = new SetClock();

beforeAll(async () => {
  url = (await freshDatabase()).url;
  vectors = new FailingVectors(await realVectors());
  room = await MemoryRoom.open(url, { vectors, clock });
});
beforeEach(async () => {
  vectors.fails = () => null;
  clock.at = NOW;
  room.failures.length = 0;
  // Each test looks at what it has said itself.
  await room.storeAll();
  person = await room.person();
});

/** How a turn stands in the record. */
async function kept(
  id: string | undefined,
): Promise<{ lookedAt: Date | null; vectors: number; rows: number }> {
  const turn = await room
    .db('conversation_turns')
    .where({ user_id: person.id, id: id ?? '' })
    .first('embedded_at', 'user_message_embedding', 'response_embedding');
  const rows = await room.db('turn_vectors').where({ user_id: person.id, turn_id: id ?? '' });
  return {
    lookedAt: turn.embedded_at,
    vectors: [turn.user_message_embedding, turn.response_embedding].filter((bytes) => bytes !== null).length,
    rows: rows.length,
  };
}

describe('texts of any kind', () => {
  it('that say nothing are looked at once and have no vectors', async () => {
    const ids = await person.said({ message: '' }, { message: ' \n\t ' }, { message: '\u200B\u200D' });
    expect(await room.memory.store()).toBe(ids.length);
    for (const id of ids) expect(await kept(id)).toEqual({ lookedAt: NOW, vectors: 0, rows: 0 });
    expect(await room.memory.store()).toBe(0);
    expect(room.failures).toEqual([]);
    expect((await person.recall('')).turns).toEqual([]);
  });

  it.each([4_000, 1_000_000])('of %d characters are found by how they begin', async (length) => {
    const message = 'the plumber has to look at the boiler '.padEnd(length, 'and so on ');
    const [id] = await person.said({ message, response: message }, { message: 'cinema with Ana' });
    await room.memory.store();
    expect(await kept(id)).toEqual({ lookedAt: NOW, vectors: 2, rows: 2 });
    const { turns } = await person.recall(message.slice(0, 4_000));
    expect(turns.map(({ turnId }) => turnId)).toEqual([id]);
  });
});

describe('an encoder that is down', () => {
  it('leaves all to a later run, and words find meanwhile', async () => {
    const [id] = await person.said(
      { message: 'call the vet about the limping dog' },
      { message: 'cinema with Ana' },
    );
    vectors.fails = () => new EncoderUnavailable('for the test');
    expect(await room.memory.store()).toBe(0);
    expect(await kept(id)).toEqual({ lookedAt: null, vectors: 0, rows: 0 });
    const down = await person.recall('what about the vet?');
    expect(down.turns.map(({ turnId, similarity }) => [turnId, similarity])).toEqual([[id, null]]);
    expect(down.metadata).toMatchObject({ fallback: 'encoder_down', lexical: 1, semantic: 0, model: null });

    vectors.fails = () => null;
    expect(await room.memory.store()).toBe(2);
    const up = await person.recall('what about the vet?');
    expect(up.turns[0]?.turnId).toBe(id);
    expect(up.metadata).toMatchObject({ fallback: null, lexical: 0, model: vectors.model });
  });

  it('that comes and goes loses nothing and stores nothing twice', async () => {
    const messages = Array.from({ length: 70 }, (_, at) => ({ message: `water plant number ${at}` }));
    const ids = await person.said(...messages);
    let asked = 0;
    vectors.fails = () => ((asked += 1) % 7 < 2 ? new EncoderUnavailable('for the test') : null);
    let stored = 0;
    for (let run = 0; run < 200 && stored < ids.length; run += 1) stored += await room.memory.store();
    expect(stored).toBe(ids.length);
    for (const id of ids) expect(await kept(id)).toEqual({ lookedAt: NOW, vectors: 1, rows: 1 });
  });
});

describe('a text that always fails', () => {
  it('is told of once and keeps nobody waiting', async () => {
    vectors.fails = (text) => (text.includes('poison') ? new RangeError('for the test') : null);
    const [poison, other] = await person.said(
      { message: 'poison', response: 'Added "poison".' },
      { message: 'buy milk', response: 'Added "buy milk".' },
    );
    expect(await room.memory.store()).toBe(2);
    expect(room.failures).toEqual(['RangeError', 'RangeError']);
    expect(await kept(poison)).toEqual({ lookedAt: NOW, vectors: 0, rows: 0 });
    expect(await kept(other)).toEqual({ lookedAt: NOW, vectors: 2, rows: 2 });
    expect(await room.memory.store()).toBe(0);
    expect(room.failures).toHaveLength(2);
  });
});

describe('at the same time', () => {
  it('two stores keep each turn once', async () => {
    const ids = await person.said(
      ...Array.from({ length: 80 }, (_, at) => ({ message: `errand number ${at}` })),
    );
    const second = await MemoryRoom.open(url, { vectors, clock });
    await Promise.all([room.memory.store(), second.memory.store()]);
    for (const id of ids) expect(await kept(id)).toEqual({ lookedAt: NOW, vectors: 1, rows: 1 });
    const { turns } = await person.recall('errand number 7', { semantic: 200 });
    expect(new Set(turns.map(({ turnId }) => turnId)).size).toBe(turns.length);
  });

  it('a turn that is erased between reading and writing stays erased', async () => {
    const [gone, stays] = await person.said({ message: 'my secret errand' }, { message: 'buy milk' });
    const erase = (): Promise<unknown> =>
      room
        .db('conversation_turns')
        .where({ user_id: person.id, id: gone ?? '' })
        .delete();
    const erasing = await MemoryRoom.open(url, {
      vectors,
      clock,
      adapt: (records) => ({
        ...records,
        keep: async (...what) => {
          await erase();
          await records.keep(...what);
        },
      }),
    });
    expect(await erasing.memory.store()).toBe(2);
    expect(await room.db('turn_vectors').where({ user_id: person.id }).pluck('turn_id')).toEqual([stays]);
    expect(
      (await person.recall('my secret errand', { recent: 10 })).turns.map(({ turnId }) => turnId),
    ).toEqual([stays]);
  });

  it('a turn that is erased later takes its vectors along', async () => {
    const [gone] = await person.said({ message: 'my secret errand', response: 'Added "my secret errand".' });
    await room.memory.store();
    expect(await kept(gone)).toMatchObject({ rows: 2 });
    await room
      .db('conversation_turns')
      .where({ user_id: person.id, id: gone ?? '' })
      .delete();
    expect(await room.db('turn_vectors').where({ user_id: person.id })).toEqual([]);
    expect((await person.recall('my secret errand', { recent: 10 })).turns).toEqual([]);
  });
});

describe('a clock that jumps', () => {
  const YEAR_MS = 365 * 24 * 3_600_000;

  it.each([
    ['back', -YEAR_MS],
    ['ahead', YEAR_MS],
  ])('%s by a year stores and finds all the same', async (_, jumpMs) => {
    const [before] = await person.said({ message: 'renew the passport' });
    await room.memory.store();
    clock.at = new Date(NOW.getTime() + jumpMs);
    const [after] = await person.said({ message: 'renew the driving licence', at: clock.at });
    await room.memory.store();
    expect((await kept(after)).lookedAt).toEqual(clock.at);
    const { turns } = await person.recall('renew the passport');
    expect(turns[0]?.turnId).toBe(before);
    clock.at = NOW;
    const recent = await person.recall('', { recent: 10 });
    expect(new Set(recent.turns.map(({ turnId }) => turnId))).toEqual(new Set([before, after]));
    expect(await room.memory.store()).toBe(0);
  });
});

describe('a user who does not want to be remembered', () => {
  it('has nothing stored, and finds nothing of what was stored before', async () => {
    const [wanted, unwanted] = await person.said(
      { message: 'call the vet', response: 'Added "call the vet".' },
      { message: 'call the vet again', response: 'Added "call the vet again".', kept: false },
    );
    expect(await room.memory.store()).toBe(2);
    expect(await kept(wanted)).toMatchObject({ vectors: 2 });
    expect(await kept(unwanted)).toEqual({ lookedAt: NOW, vectors: 0, rows: 0 });
    const on = await person.recall('call the vet', { recent: 10 });
    expect(on.turns.map(({ turnId }) => turnId)).toEqual([wanted]);
    const off = await person.recall('call the vet', { recent: 10, isOn: false });
    expect(off).toMatchObject({ turns: [], metadata: { fallback: 'off', model: null } });
    vectors.fails = () => new EncoderUnavailable('for the test');
    const down = await person.recall('call the vet', { recent: 0 });
    expect(down.turns.map(({ turnId }) => turnId)).toEqual([wanted]);
  });
});

describe('a turn that came last', () => {
  const SAID = 'the plumber is called Ostrowski';

  it('is as near before it was stored as it is afterwards', async () => {
    const [id] = await person.said({ message: SAID });
    const before = (await person.recall(SAID, { recent: 3, semantic: 1 })).turns.find(
      ({ turnId }) => turnId === id,
    );
    await room.storeAll();
    const after = (await person.recall(SAID, { recent: 3, semantic: 1 })).turns.find(
      ({ turnId }) => turnId === id,
    );
    expect(before?.similarity).toBeGreaterThan(1);
    expect(after?.similarity).toBeCloseTo(before?.similarity ?? 0, 6);
  });

  it('is not compared where its vectors are those of another model', async () => {
    const [id] = await person.said({ message: SAID });
    await room.storeAll();
    await room
      .db('conversation_turns')
      .where({ id: id ?? '' })
      .update({ embedding_model: 'another' });
    const found = (await person.recall('the plumber', { recent: 10, semantic: 3 })).turns.find(
      ({ turnId }) => turnId === id,
    );
    expect(found?.similarity).toBeNull();
  });
});
