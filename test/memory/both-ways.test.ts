import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { alikeTurns } from '../../db/memory.ts';
import { migrate } from '../../db/migrate.ts';
import { INDEXED_NUMBERS, installVectors } from '../../db/vector-extension.ts';
import { readDistractors, readPairs } from '../../models/recall/measure-recall.ts';
import type { Recollection } from '../../contracts/memory.ts';
import type { RecallQuery } from '../../sessions/memory/memory.ts';
import { bytesOf, signBits } from '../../sessions/memory/vectors.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { openPglite, type PgliteServer } from '../../scripts/bench/memory/pglite-server.ts';
import { freshDatabase } from '../support/stores.ts';
import { MemoryRoom, NOW, type Person, type Said } from './memory-room.ts';

const pairs = readPairs();
/** More than are compared exactly, so that narrowing narrows. */
const TURNS: Said[] = [...pairs.map(({ earlier }) => earlier), ...readDistractors().slice(0, 130)].map(
  (message, at) => ({
    id: uuid(),
    message,
    response: at % 5 === 0 ? `Added "${message}".` : '',
    at: new Date(NOW.getTime() - at * 3_600_000),
    ...(at % 3 === 0 ? { made: 'create_task' } : {}),
  }),
);
const FILTERS: Partial<RecallQuery>[] = [
  {},
  { made: ['create_task'] },
  { from: new Date(NOW.getTime() - 200 * 3_600_000), to: new Date(NOW.getTime() - 20 * 3_600_000) },
  { made: ['create_event'] },
];
/** Fewer rows than there are, so that the index is asked. */
const FEW_ROWS = 100;

let pglite: PgliteServer;
let bits: { room: MemoryRoom; person: Person };
let pgvector: { room: MemoryRoom; person: Person };

beforeAll(async () => {
  const [real, other] = await Promise.all([freshDatabase(), openPglite()]);
  pglite = other;
  closeAfterFile(pglite.close);
  expect(await migrate(pglite.url)).toEqual([]);
  const rooms = [await MemoryRoom.open(real.url), await MemoryRoom.open(pglite.url, { poolMax: 1 })] as const;
  const [userId, sessionId] = [randomUUID(), randomUUID()];
  const people: Person[] = [];
  for (const room of rooms) {
    const person = await room.person(userId, sessionId);
    await person.said(...TURNS);
    // Somebody who has said the very same.
    await (await room.person()).said(...TURNS.slice(0, 30).map((turn) => ({ ...turn, id: uuid() })));
    await store(room);
    people.push(person);
  }
  const [first, second] = people;
  if (!first || !second) throw new Error('There is nobody');
  bits = { room: rooms[0], person: first };
  pgvector = { room: rooms[1], person: second };
}, 240_000);

beforeEach(() => {
  bits.room.lines.length = 0;
  pgvector.room.lines.length = 0;
});

/** A table is indexed sooner than its rows one by one; the next start sees that the index is missing. */
async function store(room: MemoryRoom): Promise<void> {
  await room.db.raw('drop index if exists turn_vectors_near');
  await room.storeAll();
  await installVectors(room.db);
}

/** Every query in both, which must agree; what was found. */
async function bothAnswer(filter: Partial<RecallQuery> = {}): Promise<Recollection['turns']> {
  const found: Recollection['turns'] = [];
  for (const { query } of pairs.slice(0, 12)) {
    const answer = await bits.person.recall(query, filter);
    expect(await pgvector.person.recall(query, filter)).toEqual(answer);
    found.push(...answer.turns);
  }
  return found;
}

/** Whether pgvector, and not the bits, answers for the person. */
async function isAskedOfVectors(): Promise<boolean> {
  const vector = await pgvector.room.memory.vectorOf('the vet');
  if (!vector) throw new Error('There is no vector');
  const { rows } = await pgvector.room.db.raw<{ rows: { turns: string[] | null }[] }>(
    'select nearest_turns(?, ?, ?, 200, null, null, null) as turns',
    [pgvector.person.id, pgvector.room.vectors.model, bytesOf(vector)],
  );
  return rows[0]?.turns !== null;
}

/** Again, as every start does, on the one connection that there is. */
const again = (): Promise<string | null> => installVectors(pgvector.room.db);

const rowsWithout = async (): Promise<number> =>
  (await pgvector.room.db('turn_vectors').whereNull('embedding').select('turn_id')).length;

describe('with pgvector and without it', () => {
  it('the same turns are found, as near', { timeout: 120_000 }, async () => {
    expect(pgvector.room.vectors.dimension).toBe(INDEXED_NUMBERS);
    expect(await rowsWithout()).toBe(0);
    expect(await isAskedOfVectors()).toBe(true);
    const own = new Set(TURNS.map(({ id }) => id));
    for (const filter of FILTERS) {
      const found = await bothAnswer(filter);
      expect(found.length === 0).toBe(filter.made?.[0] === 'create_event');
      expect(found.filter(({ turnId }) => !own.has(turnId))).toEqual([]);
    }
  });

  it('with few turns that made something and with many the same ones are found', async () => {
    const { room, person } = bits;
    for (const { query } of pairs.slice(0, 12)) {
      const vector = await room.memory.vectorOf(query);
      if (!vector) throw new Error('There is no vector');
      const asked = { model: room.vectors.model, bits: signBits(vector) };
      for (const filter of FILTERS.filter(({ made }) => made)) {
        const [few, many] = await Promise.all(
          [1_000, 10].map(async (most) =>
            (await alikeTurns(room.db, person.id, asked, filter, 20, most))
              .map(({ turnId }) => turnId)
              .toSorted(),
          ),
        );
        expect(many).toEqual(few);
        expect(many).toHaveLength(filter.made?.[0] === 'create_task' ? 20 : 0);
      }
    }
  });

  it('the index finds them as well', { timeout: 120_000 }, async () => {
    expect(await installVectors(pgvector.room.db, FEW_ROWS)).toBeNull();
    await pgvector.room.db.raw('analyze turn_vectors');
    const scans = async (): Promise<number> => {
      await pgvector.room.db.raw('select pg_stat_force_next_flush()');
      const { rows } = await pgvector.room.db.raw<{ rows: { scans: number }[] }>(
        `select pg_stat_get_numscans('turn_vectors_near'::regclass) as scans`,
      );
      return rows[0]?.scans ?? 0;
    };
    const before = await scans();
    expect((await bothAnswer()).length).toBeGreaterThan(10);
    expect(await scans()).toBeGreaterThan(before);
    // Of few turns that pass there are not enough to be sure that the index came to all of them.
    await bothAnswer({ made: ['create_event'] });
    await again();
  });

  it('vectors of another model, or of a wrong length under the right name, break nothing', async () => {
    for (const { room, person } of [bits, pgvector]) {
      const [odd, short] = await person.said(
        { message: 'a vet for the odd one' },
        { message: 'a vet, cut short' },
      );
      await room.storeAll();
      const bytes = Buffer.alloc(384, 7);
      const signs = '1'.repeat(384);
      for (const [id, model] of [
        [odd, 'another'],
        [short, room.vectors.model],
      ] as const) {
        await room.db('conversation_turns').where({ user_id: person.id, id }).update({
          user_message_embedding: bytes,
          embedding_model: model,
        });
        await room.db('turn_vectors').where({ user_id: person.id, turn_id: id }).delete();
        await room
          .db('turn_vectors')
          .insert({ user_id: person.id, turn_id: id, model, side: 'message', bits: signs });
      }
      await room.storeAll();
    }
    expect(await rowsWithout()).toBe(0);
    expect(await isAskedOfVectors()).toBe(true);
    const found = await bothAnswer();
    expect(
      found.filter(({ message }) => message.includes('odd one') || message.includes('cut short')),
    ).toEqual([]);
    await installVectors(pgvector.room.db, FEW_ROWS);
    await bothAnswer();
    await again();
  });

  it('bits serve while rows are not filled in yet', async () => {
    await pgvector.room
      .db('turn_vectors')
      .limit(40)
      .where({ user_id: pgvector.person.id })
      .update({ embedding: null });
    expect(await isAskedOfVectors()).toBe(false);
    await bothAnswer();
    await pgvector.room.memory.store();
    expect(await rowsWithout()).toBe(0);
    expect(await isAskedOfVectors()).toBe(true);
  });
});

describe('when the extension goes away', () => {
  const REMOVED = ['alter table turn_vectors drop column embedding', 'drop extension vector cascade'];

  it.each(REMOVED)('after "%s" bits serve, until it is back', { timeout: 120_000 }, async (removal) => {
    const { room, person } = pgvector;
    await bothAnswer();
    await room.db.raw(removal);
    const found = await bothAnswer();
    expect(found.length).toBeGreaterThan(10);
    expect(room.lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 40, msg: expect.stringContaining('by their bits') as string }),
    ]);
    for (const { room: each, person: who } of [bits, pgvector]) {
      await who.said({
        id: '019a0000-0000-7000-8000-00000000000' + REMOVED.indexOf(removal),
        message: 'zebra feed',
      });
      await each.memory.store();
    }
    expect((await person.recall('feed the zebra')).turns[0]?.message).toBe('zebra feed');

    expect(await again()).toBeNull();
    expect(await rowsWithout()).toBeGreaterThan(200);
    await store(room);
    expect(await rowsWithout()).toBe(0);
    await bothAnswer();
    expect(room.lines.at(-1)).toContain('by pgvector');
    expect(await isAskedOfVectors()).toBe(true);
  });

  it('a role that may not create it is told how, and starts', async () => {
    const { db } = pgvector.room;
    await db.raw('drop extension vector cascade; create role modest; set role modest');
    expect(await again()).toMatch(/may not create it.*create extension vector/);
    await db.raw('reset role');
    await bothAnswer();
    expect(await again()).toBeNull();
  });

  it('a server that does not have it says nothing', async () => {
    expect(await installVectors(bits.room.db)).toBeNull();
    expect(await bits.room.db.schema.hasColumn('turn_vectors', 'embedding')).toBe(false);
  });
});
