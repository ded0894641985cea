import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { openTruth } from '../faults/ground-truth.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product, type Role } from '../support/product.ts';
import { tokenFor } from '../support/tokens.ts';
import { call, person, Wire, type Person } from '../support/wire.ts';
import { fillEveryTable } from './everything.ts';
import { dumpRedis, dumpTables } from './traces.ts';

let product: Product;
let db: Db;
let redis: Redis;
/** By their fault. */
const gateways = new Map<string, Role>();
beforeAll(async () => {
  product = await startProduct();
  db = openTruth(product);
  redis = new Redis(product.redis.url, { maxRetriesPerRequest: null });
  const faults = [...DEADLY, HALTED].values();
  // Two at a time: starting a gateway is work for a whole core.
  const start = async (): Promise<void> => {
    for (const fault of faults)
      gateways.set(fault, await product.start('gateway', { PULSEPLAN_FAULT: fault }));
  };
  await Promise.all([start(), start()]);
}, 120_000);
afterAll(async () => {
  await redis.quit();
  await db.destroy();
});

/** Where the gateway that was asked dies by SIGKILL: at each step, among the tables, and when all is done but said. */
const DEADLY = [
  'erasure-fenced=kill',
  'erasure-quiet=kill',
  'erasure-batch@9=kill',
  'erasure-emptied=kill',
  'erasure-gone=kill',
  'erasure-forgotten=kill',
  'erasure-done=kill',
];
/** Where one is halted, to go on when nobody waits for it any more. */
const HALTED = 'erasure-emptied=stop';

interface Victim {
  point: string;
  who: Person;
  sessionId: string;
  /** Words that nobody else says. */
  word: string;
  gateway: Role;
}

const traces = async (...wanted: readonly string[]): Promise<string[]> => {
  const lines = [...(await dumpTables(db)), ...(await dumpRedis(redis))];
  return lines.filter((line) => wanted.some((text) => line.includes(text)));
};

/** Somebody who has said things and has everything, and a gateway that will not live to erase them. */
async function victim(point: string, index: number): Promise<Victim> {
  const gateway = gateways.get(point);
  if (!gateway) throw new Error('There is no such gateway');
  const who = await person();
  const word = `zyxquark${String.fromCodePoint(97 + index)}`;
  const wire = await Wire.open(product.url, { token: who.token });
  await wire.say(`create a task to ${word} the boat`);
  await wire.say('create a task');
  wire.close();
  await fillEveryTable(db, who.userId, word);
  return { point, who, sessionId: wire.sessionId, word, gateway };
}

/** Resolves when the gateway is dead, or goes on. */
const erase = ({ gateway, who }: Victim): Promise<unknown> =>
  call(gateway.url ?? '', 'DELETE', '/api/v1/users/me', {
    token: who.token,
    body: { confirm: 'erase' },
  }).catch(() => 'no answer');

const openErasures = (): Promise<{ step: string; leased_until: Date | null }[]> =>
  db('erasures').whereNot({ step: 'done' }).select('step', 'leased_until');

it('an erasure is finished although the process dies, at whatever step; and one that wakes late does nothing', async () => {
  const victims: Victim[] = [];
  for (const [index, point] of DEADLY.entries()) {
    const dying = await victim(point, index);
    victims.push(dying);
    expect(await erase(dying)).toBe('no answer');
    await dying.gateway.gone;
  }
  const halted = await victim(HALTED, DEADLY.length);
  const unanswered = erase(halted);
  await eventually('the last one has begun', async () => {
    const { rows } = await db.raw<{ rows: unknown[] }>('select from erasures where user_id = ?', [
      halted.who.userId,
    ]);
    return rows.length === 1;
  });

  // Whoever died held a lease, which nobody has given back.
  for (const { leased_until } of await openErasures()) expect(leased_until).not.toBeNull();
  await eventually(
    'somebody else has finished all of them',
    async () => (await openErasures()).length === 0,
    30_000,
  );
  for (const { point, who, sessionId, word } of [...victims, halted])
    expect(await traces(who.userId, sessionId, word), point).toEqual([]);

  // The person whose process is halted signs in again and says things, in the same conversation.
  const { userId } = halted.who;
  await db('erasures').update({ issued_before: new Date(Date.now() - 60_000) });
  const again = await tokenFor(userId);
  const wire = await Wire.open(product.url, { token: again, session_id: halted.sessionId });
  await wire.say('create a task to water the plants');
  await fillEveryTable(db, userId, 'anew');
  const account = async (): Promise<string[]> =>
    (await dumpTables(db)).filter((line) => line.includes(userId) || line.startsWith('erasures '));
  const before = await account();
  process.kill(halted.gateway.pid, 'SIGCONT');
  await eventually('it knows that it came late', () =>
    halted.gateway.output().includes('somebody else goes on with it'),
  );
  await unanswered;
  await halted.gateway.stop();
  expect(await account()).toEqual(before);
  expect(wire.socket.connected).toBe(true);
  expect((await wire.say('show my tasks')).result.status).toBe('completed');
  wire.close();
}, 60_000);
