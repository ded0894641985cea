import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { migrate } from '../../db/migrate.ts';
import { readDistractors, readPairs } from '../../models/recall/measure-recall.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { openPglite } from '../support/pglite-server.ts';
import { freshDatabase } from '../support/stores.ts';
import { MemoryRoom, NOW, type Person, type Said } from './memory-room.ts';

const pairs = readPairs();
const TURNS: Said[] = [...pairs.map(({ earlier }) => earlier), ...readDistractors()].map((message, at) => ({
  id: uuid(),
  message,
  response: at % 3 === 0 ? `Added "${message}".` : '',
  at: new Date(NOW.getTime() - at * 3_600_000),
  ...(at % 4 === 0 ? { made: 'create_task' } : {}),
}));
/** One number that is not above 0 in the vectors of the product. */
const people = ['bits', 'pgvector'] as const;

let [byBits, byVectors]: Person[] = [];
let rooms: Record<(typeof people)[number], MemoryRoom>;
beforeAll(async () => {
  const [real, pglite] = await Promise.all([freshDatabase(), openPglite()]);
  closeAfterFile(pglite.close);
  await migrate(pglite.url);
  rooms = {
    bits: await MemoryRoom.open(real.url),
    pgvector: await MemoryRoom.open(pglite.url, { poolMax: 1 }),
  };
  byBits = await rooms.bits.person();
  byVectors = await rooms.pgvector.person(byBits.id);
  for (const [room, person] of [
    [rooms.bits, byBits],
    [rooms.pgvector, byVectors],
  ] as const) {
    const other = await room.person();
    await person.said(...TURNS);
    await other.said(...TURNS.map((turn) => ({ ...turn, id: uuid() })));
    const t0 = performance.now();
    while ((await room.memory.store()) > 0);
    console.log('stored', performance.now() - t0);
  }
}, 180_000);

describe('with and without pgvector', () => {
  it('the same is found', async () => {
    const t = await rooms.pgvector.db.raw('select count(*), count(embedding) from turn_vectors');
    console.log(t.rows);
    for (const { query } of pairs) {
      const [a, b] = [await byBits.recall(query), await byVectors.recall(query)];
      expect(b).toEqual(a);
    }
  }, 60_000);
});
