import { randomUUID } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Db } from '../../../db/connect.ts';
import { keepVectors, type memoryRecords } from '../../../db/memory.ts';
import { readDistractors, readPairs } from '../../../models/recall/measure-recall.ts';
import type { TextVectors } from '../../../sessions/memory/memory.ts';
import { bytesOf, signBits, storedVector } from '../../../sessions/memory/vectors.ts';

const BATCH = 500;
/** How far a made-up vector is from a real one, against its length. */
const NOISE = 0.7;
/** Of the turns, one in so many has made something. */
const MADE_EVERY = 5;

export interface Sayings {
  messages: string[];
  queries: string[];
}

export const sayings = (): Sayings => {
  const pairs = readPairs();
  return {
    messages: [...pairs.map(({ earlier }) => earlier), ...readDistractors()],
    queries: pairs.map(({ query }) => query),
  };
};

/** Turns of one user that have ended, in the order of their ids; every fifth has made a task. */
export async function say(db: Db, userId: string, messages: readonly string[]): Promise<string[]> {
  const sessionId = randomUUID();
  await db('users').insert({ id: userId }).onConflict('id').ignore();
  await db('conversation_sessions').insert({ id: sessionId, user_id: userId });
  const ids: string[] = [];
  for (let from = 0; from < messages.length; from += BATCH) {
    const part = messages.slice(from, from + BATCH).map((message) => ({ id: uuid(), message }));
    ids.push(...part.map(({ id }) => id));
    await db('conversation_turns').insert(
      part.map(({ id, message }, at) => ({
        user_id: userId,
        id,
        session_id: sessionId,
        turn_index: from + at + 1,
        kind: 'text',
        user_message: message,
        response: '',
        request: '{}',
        body_hash: '',
        timezone: 'UTC',
        received_at: new Date(Date.now() - (messages.length - from - at) * 60_000),
        state: 'completed',
        flags: '{"enable_multi_turn_memory": true}',
      })),
    );
    await db('receipts').insert(
      part
        .filter((_, at) => at % MADE_EVERY === 0)
        .map(({ id }) => ({
          id: uuid(),
          user_id: userId,
          turn_id: id,
          action: 'create_task',
          summary: 'Made',
        })),
    );
  }
  return ids;
}

/**
 * A user with many turns: each has the vector of a real message, moved at random, and is written the way that all vectors
 * are. To encode so many would take longer and show nothing more.
 */
export async function fillMemory(db: Db, vectors: TextVectors, userId: string, turns: number): Promise<void> {
  const { messages } = sayings();
  const ids = await say(
    db,
    userId,
    Array.from({ length: turns }, (_, at) => `${messages[at % messages.length]} ${at}`),
  );
  const real: Float32Array[] = [];
  for (const message of messages) real.push(await vectors.vectorOf(message));
  const model = { name: vectors.model, dimension: vectors.dimension };
  for (let from = 0; from < ids.length; from += BATCH) {
    const part = ids.slice(from, from + BATCH).map((turnId, at) => {
      const base = real[(from + at) % real.length] ?? new Float32Array(vectors.dimension);
      const scale = (NOISE * Math.hypot(...base)) / Math.sqrt(base.length);
      const vector = storedVector([base.map((x) => x + scale * gaussian())]);
      return { userId, turnId, message: { bytes: bytesOf(vector), bits: signBits(vector) }, response: null };
    });
    await keepVectors(db, model, part, new Date());
  }
}

/** What is left to be filled in, to the end. */
export async function fillIn(records: ReturnType<typeof memoryRecords>): Promise<void> {
  while ((await records.fillIn(BATCH)) > 0);
}

const gaussian = (): number =>
  Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
