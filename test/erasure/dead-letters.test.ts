import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { TurnJob } from '../../contracts/jobs.ts';
import { QUEUE_NAMES } from '../../contracts/jobs.ts';
import { startQueueWorker, type IsErased, type QueueWorker } from '../../core/queues.ts';
import { eventually } from '../support/eventually.ts';
import { knownUser } from '../support/known-user.ts';
import { Erasers, HOUR_AGO } from './erasers.ts';

let erasers: Erasers;
beforeAll(async () => {
  erasers = await Erasers.open();
});
const workers: QueueWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.close(5_000);
  await erasers.redis.flushall();
});

const isErased: IsErased = (userIds, madeAt) => erasers.one().isErased(userIds, madeAt);

/** A worker whose turns fail as soon as it is said; `taken` counts those that it has begun. */
function work(knows: IsErased = isErased) {
  let fail = (): void => undefined;
  const failing = new Promise<void>((resolve) => (fail = resolve));
  const taken: string[] = [];
  const worker = startQueueWorker({
    queue: 'nlu',
    connection: erasers.redis,
    concurrency: 4,
    isErased: knows,
    log: erasers.room.log,
    handlers: {
      'turn.understand': async ({ turn_id }) => {
        taken.push(turn_id);
        await failing;
        throw new Error('broken');
      },
      'memory.store': () => Promise.resolve(),
      'nlu.parse': () => Promise.resolve(),
      'nlu.peek': () => Promise.resolve(),
      'nlu.alike': () => Promise.resolve(),
    },
  });
  workers.push(worker);
  return { fail: () => fail(), taken };
}

async function turnOf(userId: string): Promise<TurnJob> {
  const ids = { session_id: randomUUID(), user_id: userId, turn_id: randomUUID() };
  const job = { ...ids, turn_seq: 1, fence: 1, attempt: 1 };
  await erasers.room.queues.add('nlu', 'turn.understand', job, job.turn_id);
  return job;
}

async function someone(): Promise<string> {
  const userId = randomUUID();
  await knownUser(erasers.room.db, userId);
  return userId;
}

async function erase(userId: string): Promise<string> {
  const { id, ended } = await erasers.one().begin({ userId, issuedAt: HOUR_AGO });
  await ended;
  expect(await erasers.one().receipt(id)).toMatchObject({ state: 'done' });
  return id;
}

/** No job waits, runs or waits for another try. */
const allEnded = (): Promise<true> =>
  eventually('all jobs have ended', async () => {
    const { waiting, active, delayed } = await erasers.room.queues.counts('nlu');
    return waiting === 0 && active === 0 && delayed === 0;
  });

const deadLetters = async (): Promise<unknown[]> =>
  (await erasers.room.queues.deadLetters('nlu', 10)).map(({ data }) => data);

it('a job that was running when its user was erased, and fails after that, leaves none', async () => {
  const [me, other] = [await someone(), await someone()];
  const { fail, taken } = work();
  await turnOf(me);
  const kept = await turnOf(other);
  await eventually('both run', () => taken.length === 2);
  await erase(me);
  fail();
  await allEnded();
  expect(await deadLetters()).toEqual([kept]);
  expect(await erasers.traces(me)).toEqual([]);
});

it('one that was written all the same is found by the next look, and nobody else’s', async () => {
  const [me, other] = [await someone(), await someone()];
  // It could not be known when the job failed.
  const { fail, taken } = work(() => Promise.reject(new Error('Postgres is away')));
  const lost = await turnOf(me);
  const kept = await turnOf(other);
  await eventually('both run', () => taken.length === 2);
  await erase(me);
  fail();
  await allEnded();
  expect(await deadLetters()).toHaveLength(2);
  expect(await deadLetters()).toContainEqual(lost);
  expect(await erasers.room.queues.removeDeadLettersOfErased(isErased)).toBe(1);
  expect(await deadLetters()).toEqual([kept]);
  expect(await erasers.traces(me)).toEqual([]);
});

it('whoever has come back has dead letters like everybody', async () => {
  const me = await someone();
  const id = await erase(me);
  // The seconds by which clocks may differ are over.
  await erasers.truth('erasures').where({ id }).update({ issued_before: HOUR_AGO });
  await erasers.one().check({ userId: me, issuedAt: new Date() });
  const { fail } = work();
  const mine = await turnOf(me);
  fail();
  await allEnded();
  expect(await deadLetters()).toEqual([mine]);
  expect(await erasers.room.queues.removeDeadLettersOfErased(isErased)).toBe(0);
  expect(await deadLetters()).toEqual([mine]);
});

it('those of an account that is begun anew are not taken by an erasure of the one before', async () => {
  const me = await someone();
  await turnOf(me);
  const before = new Date(Date.now() - 1_000);
  const alive = (): Promise<void> => Promise.resolve();
  expect(await erasers.room.queues.removeOfUser(me, before, alive)).toBe(0);
  expect(await erasers.room.queues.removeOfUser(me, new Date(), alive)).toBe(1);
  for (const queue of QUEUE_NAMES) expect((await erasers.room.queues.counts(queue))['waiting']).toBe(0);
});
