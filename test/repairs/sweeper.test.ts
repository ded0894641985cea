import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TurnBody } from '../../contracts/context.ts';
import { StageJobs } from '../../sessions/attempts.ts';
import { commitOf, plainResult } from '../../sessions/results.ts';
import { freshDatabase, privateRedis } from '../support/stores.ts';
import { eventually } from '../support/eventually.ts';
import { SessionsRoom, somewhere } from './sessions-room.ts';

/** Their publishers are dead. */
const LONG_AGO = '2001-01-01T00:00:00.000Z';

let room: SessionsRoom;
beforeAll(async () => {
  const [database, redis] = await Promise.all([freshDatabase(), privateRedis()]);
  room = new SessionsRoom({ databaseUrl: database.url, redisUrl: redis.url });
});
afterAll(() => room.close());

test(
  'one sweep finds the lost turn among more waiting sessions than a page holds',
  { timeout: 60_000 },
  async () => {
    const jobs = new StageJobs(room.queues);
    const places = Array.from({ length: 1_100 }, somewhere);
    for (let from = 0; from < places.length; from += 100)
      await Promise.all(places.slice(from, from + 100).map((place) => room.take(place)));
    // The latest of all, and the first and last of the order in which sessions are kept.
    const edges = ['00000000-0000-4000-8000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff'];
    const lost = await Promise.all(
      [...edges, somewhere().sessionId].map((sessionId) =>
        room.take({ userId: somewhere().userId, sessionId }, { entered: false }),
      ),
    );
    for (const body of lost) expect(await jobs.exists(body, 'nlu')).toBe(false);
    const begun = performance.now();
    await room.sweeper.sweep();
    for (const body of lost) expect(await jobs.exists(body, 'nlu')).toBe(true);
    // Two sweeps and what follows have to fit into the time within which a lost turn goes on.
    expect(performance.now() - begun).toBeLessThan(5_000);
  },
);

test('ends that were not published are all published in one sweep', { timeout: 60_000 }, async () => {
  const places = Array.from({ length: 510 }, somewhere);
  for (let from = 0; from < places.length; from += 102)
    await Promise.all(
      places.slice(from, from + 102).map(async (place) => {
        const body = await room.take(place);
        const result = plainResult(body, 'cancelled', 'Cancelled.');
        await room.records.commit(
          commitOf(body, { state: 'cancelled', result, at: LONG_AGO, fence: null, fromStates: ['running'] }),
        );
      }),
    );
  await room.sweeper.sweep();
  const seen = await Promise.all(places.map(({ sessionId }) => room.store.read(sessionId, 0, 10)));
  const ends = seen.map((page) => page?.frames.filter(({ type }) => type === 'turn.cancelled').length);
  expect(new Set(ends)).toEqual(new Set([1]));
});

/** The second of three turns has ended in the record, and the session does not know yet. */
async function behind(finishedAt: string): Promise<{ sessionId: string; end: TurnBody }> {
  const place = somewhere();
  const [first, end] = [await room.take(place), await room.take(place)];
  await room.take(place);
  const commits = [first, end].map((body, index) =>
    commitOf(body, {
      state: 'completed',
      result: plainResult(body, 'completed', 'Done.'),
      at: index === 0 ? new Date().toISOString() : finishedAt,
      fence: null,
      fromStates: ['running'],
    }),
  );
  const [one, two] = commits;
  if (!one || !two) throw new Error('There are two');
  await room.turns.endings.commit(first, one, []);
  await eventually('the first end is noted as published', async () => {
    const waiting: unknown = await room
      .db('unpublished_turns')
      .where({ turn_id: first.turn_id })
      .first('turn_id');
    return waiting === undefined;
  });
  await room.records.commit(two);
  return { sessionId: place.sessionId, end };
}
const epochOf = async (sessionId: string) => (await room.store.read(sessionId, 0, 0))?.epoch;
const shows = async (sessionId: string, { turn_id: turnId }: TurnBody) =>
  (await room.store.read(sessionId, 0, 100))?.frames.filter(
    (frame) => frame.type === 'turn.completed' && frame.turn_id === turnId,
  ).length;

test('an end that somebody is publishing right now is left to them', async () => {
  const { sessionId, end } = await behind(new Date(Date.now() + 60_000).toISOString());
  const epoch = await epochOf(sessionId);
  await room.sweeper.sweep();
  expect(await epochOf(sessionId)).toBe(epoch);
  expect(await shows(sessionId, end)).toBe(0);
});

test('an end whose publisher died holds the next turn back no longer than it must', async () => {
  // Too fresh for the list of what was not published; but a turn waits for it.
  const { sessionId, end } = await behind(new Date(Date.now() - 1_000).toISOString());
  const epoch = await epochOf(sessionId);
  await room.sweeper.sweep();
  expect(await epochOf(sessionId)).toBe(epoch);
  expect(await shows(sessionId, end)).toBe(1);
});

test('an end that the record has as published is not written again: another epoch begins', async () => {
  const { sessionId, end } = await behind(new Date().toISOString());
  const epoch = await epochOf(sessionId);
  await room.db('unpublished_turns').where({ turn_id: end.turn_id }).delete();
  await room.sweeper.sweep();
  expect(await epochOf(sessionId)).not.toBe(epoch);
  expect(await shows(sessionId, end)).toBe(0);
});
