import { randomUUID } from 'node:crypto';
import { Clock } from '../../../core/clock.ts';
import { createLogger } from '../../../core/logger.ts';
import { startServices } from '../../../core/services/start-services.ts';
import { connect, type Db } from '../../../db/connect.ts';
import { memoryRecords } from '../../../db/memory.ts';
import { migrate } from '../../../db/migrate.ts';
import { installVectors } from '../../../db/vector-extension.ts';
import { Memory, type TextVectors } from '../../../sessions/memory/memory.ts';
import { openPglite } from './pglite-server.ts';
import { fillIn, fillMemory, say, sayings } from './records.ts';

export interface Volume {
  /** Turns of the one who looks. */
  own: number;
  /** Of each of {@link Volume.people} others. */
  others: number;
  people: number;
}

/** Milliseconds of each look: among all turns, and among those that made something. */
export interface Looks {
  all: number[];
  made: number[];
}

const log = createLogger({ level: 'silent', role: 'bench' });
const LOOKS = 200;
const STORED = 2_000;

const memoryOver = (db: Db, vectors: TextVectors): Memory =>
  new Memory({
    records: memoryRecords(db, log),
    vectors,
    settings: { recent: 10, semantic: 3, threshold: 0.35 },
    clock: new Clock(),
    onFailure: () => {},
  });

/** The way from words to turns, with the encoder and both statements. */
async function look(memory: Memory, userId: string): Promise<Looks> {
  const { queries } = sayings();
  const times: Looks = { all: [], made: [] };
  for (let at = -20; at < LOOKS; at += 1) {
    for (const kind of ['all', 'made'] as const) {
      const began = performance.now();
      await memory.recall({
        userId,
        text: queries[(at + LOOKS) % queries.length] ?? '',
        isOn: true,
        ...(kind === 'made' ? { made: ['create_task'] } : {}),
      });
      if (at >= 0) times[kind].push(performance.now() - began);
    }
  }
  return times;
}

export interface PrivateSearch {
  bits: Looks;
  storedPerSecond: number;
}

/** By bits, on a Postgres like that of `npm start`; and how many turns a second are stored there. */
export async function searchByBits(
  dataDir: string,
  vectors: TextVectors,
  volume: Volume,
): Promise<PrivateSearch> {
  const services = await startServices({ dataDir, supervise: false, durable: true, env: process.env });
  const db = connect(services.databaseUrl, { poolMax: 4, name: 'bench', patient: true });
  const owner = connect(services.databaseOwnerUrl, { poolMax: 1, name: 'bench-owner', patient: true });
  try {
    await migrate(services.databaseOwnerUrl);
    const userId = randomUUID();
    await fillMemory(db, vectors, userId, volume.own);
    for (let at = 0; at < volume.people; at += 1) await fillMemory(db, vectors, randomUUID(), volume.others);
    // As the server does by itself after a while.
    await owner.raw('vacuum analyze turn_vectors, conversation_turns, receipts');
    const memory = memoryOver(db, vectors);
    const bits = await look(memory, userId);
    const { messages } = sayings();
    await say(
      db,
      randomUUID(),
      Array.from({ length: STORED }, (_, at) => messages[at % messages.length] ?? ''),
    );
    const began = performance.now();
    let stored = 0;
    while (stored < STORED) stored += await memory.store();
    return { bits, storedPerSecond: (stored / (performance.now() - began)) * 1000 };
  } finally {
    await Promise.all([db.destroy(), owner.destroy()]);
    await services.close();
  }
}

export interface PgliteSearch {
  bits: Looks;
  sorted: Looks;
  index: Looks;
}

/** The three ways beside each other in one PGlite, where there is pgvector; slower than a server by far. */
export async function searchWithVectors(vectors: TextVectors, turns: number): Promise<PgliteSearch> {
  const pglite = await openPglite();
  try {
    await migrate(pglite.url);
    const db = connect(pglite.url, { poolMax: 1, name: 'bench', patient: true });
    try {
      const userId = randomUUID();
      await db.raw('drop index turn_vectors_near');
      await fillMemory(db, vectors, userId, turns);
      await db.raw('vacuum analyze turn_vectors, conversation_turns, receipts');
      // Nothing is filled in yet, so the bits are asked.
      const bits = await look(memoryOver(db, vectors), userId);
      await fillIn(memoryRecords(db, log));
      await installVectors(db, turns);
      await db.raw('vacuum analyze turn_vectors');
      const sorted = await look(memoryOver(db, vectors), userId);
      await installVectors(db, Math.floor(turns / 2));
      return { bits, sorted, index: await look(memoryOver(db, vectors), userId) };
    } finally {
      await db.destroy();
    }
  } finally {
    await pglite.close();
  }
}
