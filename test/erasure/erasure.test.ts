import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { erasureReceipt, type ErasureReceipt } from '../../contracts/erasure.ts';
import { JobQueues } from '../../core/queues.ts';
import { withClient } from '../../core/services/postgres-driver.ts';
import type { Db } from '../../db/connect.ts';
import { openTruth } from '../faults/ground-truth.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product, type Role } from '../support/product.ts';
import { at, call, person, Wire, type Person } from '../support/wire.ts';
import { fillEveryTable, rowsOf } from './everything.ts';
import { isFileNamed, isRedisKeyNamed } from './named.ts';
import { dumpRedis, dumpTables, filesHolding, filesIn } from './traces.ts';

/** Words that nobody else says, in any form that an index may keep them in. */
const WORDS = ['zyxquark', 'vlomtripe'];
const CONFIRMED = { body: { confirm: 'erase' } };

let product: Product;
let gateways: [string, string];
let db: Db;
let redis: Redis;
let archiveDir: string;
beforeAll(async () => {
  archiveDir = mkdtempSync(join(tmpdir(), 'pulseplan-archive-'));
  product = await startProduct({
    roles: ['gateway', 'gateway', 'worker'],
    ownPostgres: true,
    env: { USAGE_ARCHIVE_DIR: archiveDir, RATE_BURST: '10000', RATE_TURNS_PER_MINUTE: '100000' },
  });
  const urls = product.roles.flatMap(({ url }) => (url === null ? [] : [url]));
  gateways = [urls[0] ?? '', urls[1] ?? ''];
  db = openTruth(product);
  redis = new Redis(product.redis.url, { maxRetriesPerRequest: null });
});
afterAll(async () => {
  await redis.quit();
  await db.destroy();
});

const rest = (
  who: Person,
  method: string,
  path: string,
  options: { body?: object } = {},
  url = gateways[0],
) => call(url, method, `/api/v1${path}`, { token: who.token, ...options });

/** Says and does everything, on two devices, and leaves something of it open. */
async function live(who: Person, [one, two]: readonly string[]): Promise<Wire[]> {
  const wire = await Wire.open(gateways[0], { token: who.token });
  const other = await Wire.open(gateways[1], { token: who.token, session_id: wire.sessionId });
  await wire.say(`create a task to ${one} the boat #${two}`);
  await wire.say(`remind me to ${one} tomorrow at 5pm`);
  await wire.say(`schedule a meeting with ${one} tomorrow at 3pm`);
  await wire.say(`draft an email to ${one} about the ${two}`);
  await wire.say('what should I do today?');
  await wire.say(`find ${two}`);
  for (const [method, path, body] of [
    ['POST', '/contacts', { name: one, address: `${one}@example.com` }],
    ['POST', '/tasks', { title: `${one} by hand`, notes: two }],
    ['PUT', '/settings', { timezone: 'Europe/Vienna', briefing_time: '07:30' }],
    ['POST', '/nlu/parse', { text: `buy ${two} tomorrow` }],
  ] as const) {
    const { status } = await rest(who, method, path, { body });
    expect(status, path).toBe(200);
  }
  expect((await wire.say('create a task')).result.status).toBe('clarifying');
  await fillEveryTable(db, who.userId, `${one} ${two}`);
  return [wire, other];
}

const everything = async (): Promise<string[]> => [...(await dumpTables(db)), ...(await dumpRedis(redis))];

const holding = (lines: readonly string[], wanted: readonly string[]): string[] =>
  lines.filter((line) => wanted.some((text) => line.includes(text)));

async function erase(who: Person): Promise<ErasureReceipt> {
  const { status, body } = await rest(who, 'DELETE', '/users/me', CONFIRMED);
  expect([200, 202]).toContain(status);
  const begun = erasureReceipt.parse(body);
  return eventually(
    'the erasure is done',
    async () => {
      const seen = await call(gateways[1], 'GET', `/api/v1/erasures/${begun.erasure_id}`);
      const receipt = erasureReceipt.parse(seen.body);
      return receipt.state === 'done' && receipt;
    },
    40_000,
  );
}

/** A month long past, as it lies in the archive. */
function archive(...users: readonly string[]): string {
  const path = join(archiveDir, 'llm_usage_2025-01.jsonl.gz');
  const rows = users.map((user_id) => ({
    id: randomUUID(),
    user_id,
    session_id: randomUUID(),
    turn_id: null,
    tokens_used: 5,
  }));
  writeFileSync(path, gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
  return path;
}

describe('an account that is erased', () => {
  it('is in no store any more, nor in any file; somebody else is as they were', async () => {
    const [me, other] = [await person(), await person()];
    const mine = await live(me, WORDS);
    await live(other, ['mumpitz', 'kokolores']);
    const archived = archive(me.userId, other.userId);
    const secrets = [me.userId, ...WORDS];
    await eventually('all that was said is encoded', async () => {
      const left = await db('conversation_turns').whereNull('embedded_at').where('state', 'completed');
      return left.length === 0;
    });
    const before = {
      ...(await rowsOf(db, me.userId)),
      redis: holding(await dumpRedis(redis), [me.userId, mine[0]?.sessionId ?? '', ...WORDS]).length,
    };
    const others = async (): Promise<string[]> =>
      holding(await everything(), [other.userId, 'mumpitz', 'kokolores'])
        // What the product goes on with by itself: connections that live, ends that are noted as told, briefings.
        .filter((line) => !/^(pp1:\S+:connections|unpublished_turns|briefing_orders) /.test(line))
        .toSorted();
    const otherBefore = await others();
    expect(holding(await everything(), secrets).length).toBeGreaterThan(40);
    await checkpoint();
    expect((await filesHolding(product.files?.dir ?? '', secrets)).length).toBeGreaterThan(20);

    // Something runs and something waits.
    const worker = product.roles.find(({ name }) => name === 'worker');
    await worker?.stop();
    for (const text of WORDS)
      expect(await mine[0]?.submit(`create a task to ${text}`)).toMatchObject({ ok: true });
    const receipt = await erase(me);
    await product.start('worker');

    // Devices are told, and nobody gets in by what they had.
    for (const wire of mine) await eventually('the socket is cut', () => !wire.socket.connected);
    for (const url of gateways) {
      expect(await Wire.refused(url, { token: me.token })).toMatchObject({ code: 'account_erased' });
      expect(await rest(me, 'GET', '/tasks', {}, url)).toMatchObject({
        status: 401,
        body: { error_code: 'account_erased', retryable: false },
      });
    }
    expect(await rest(me, 'POST', '/tasks', { body: { title: WORDS[0] } })).toMatchObject({ status: 401 });
    // Whoever has lost the receipt is told which it was.
    expect(await rest(me, 'DELETE', '/users/me', CONFIRMED)).toMatchObject({
      status: 401,
      body: {
        error_code: 'account_erased',
        details: [{ path: 'erasure_id', message: receipt.erasure_id }],
      },
    });
    expect(await rest(me, 'GET', '/users/me/export')).toMatchObject({ status: 401 });

    // Another person's turn goes through the same queues as what was late.
    expect(await rest(other, 'POST', '/agent/query', { body: { query: 'show my tasks' } })).toMatchObject({
      status: 200,
    });
    expect(holding(await everything(), [...secrets, mine[0]?.sessionId ?? ''])).toEqual([]);
    const otherAfter = await others();
    expect(otherBefore.filter((line) => !otherAfter.includes(line))).toEqual([]);
    expect(gunzipSync(readFileSync(archived)).toString()).not.toContain(me.userId);
    expect(gunzipSync(readFileSync(archived)).toString()).toContain(other.userId);
    expect(product.roles.map((role) => role.output()).join('\n')).not.toMatch(new RegExp(secrets.join('|')));

    const dirs = [product.files?.dir ?? '', product.dataDir];
    // Deleted is not gone from files.
    expect(await filesHolding(dirs[0] ?? '', secrets)).not.toEqual([]);
    expect(await cleanedAt(receipt.erasure_id)).toBeNull();
    await nextNight(async () => (await cleanedAt(receipt.erasure_id)) !== null);
    for (const dir of dirs) expect(await filesHolding(dir, secrets)).toEqual([]);
    show(receipt, before, { ...(await rowsOf(db, me.userId)), redis: 0 });
  }, 90_000);

  it('says what it does, and only to whoever means it', async () => {
    const me = await person();
    expect(await rest(me, 'DELETE', '/users/me')).toMatchObject({ status: 400 });
    expect(await rest(me, 'DELETE', '/users/me', { body: { confirm: 'yes' } })).toMatchObject({
      status: 400,
      body: { error_code: 'validation_error' },
    });
    expect(await rest(me, 'GET', '/tasks')).toMatchObject({ status: 200 });
    expect(await call(gateways[0], 'GET', `/api/v1/erasures/${randomUUID()}`)).toMatchObject({ status: 404 });
    const { status, body } = await rest(me, 'DELETE', '/users/me', CONFIRMED);
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'done', files_clean_at: null });
    expect(JSON.stringify(body)).not.toContain(me.userId);
    const until =
      Date.parse(String(at(body, 'files_clean_by'))) - Date.parse(String(at(body, 'requested_at')));
    expect(until).toBe(24 * 3_600_000);
  });

  it('is gone for a demo name too, which begins anew at once', async () => {
    const login = async (): Promise<Person> => {
      const { body } = await call(gateways[0], 'POST', '/api/v1/auth/demo', { body: { name: 'Quentin' } });
      return { userId: String(at(body, 'user_id')), token: String(at(body, 'token')) };
    };
    const me = await login();
    await erase(me);
    const again = await login();
    expect(again.userId).not.toBe(me.userId);
    expect(await rest(again, 'GET', '/tasks')).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('ends what runs, without effect', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => person()));
    const wires = await Promise.all(people.map(({ token }) => Wire.open(gateways[1], { token })));
    const said = Promise.allSettled(
      wires.flatMap((wire, who) =>
        Array.from({ length: 8 }, (_, n) => wire.submit(`create a task to brimborium ${who} ${n}`)),
      ),
    );
    await Promise.all(people.map((who) => erase(who)));
    await said;
    expect(holding(await everything(), ['brimborium', ...people.map(({ userId }) => userId)])).toEqual([]);
  });
});

describe('what the product leaves behind', () => {
  it('in Redis stands in the manifest', async () => {
    const unnamed = (await redis.keys('*')).filter((key) => !isRedisKeyNamed(key));
    expect(unnamed).toEqual([]);
    expect((await redis.keys('*')).length).toBeGreaterThan(10);
  });

  it('on disk stands in the manifest', async () => {
    const files = [...(await filesIn(product.files?.dir ?? '')), ...(await filesIn(product.dataDir))];
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((path) => !isFileNamed(path))).toEqual([]);
  });

  it('lets no process in that has another key', async () => {
    const start = (key: string): Promise<Role> => product.start('gateway', { ERASURE_KEY: key });
    await expect(start('another key, of 32 characters or more')).rejects.toThrow('erasure key');
  });
});

const cleanedAt = async (erasureId: string): Promise<string | null> => {
  const { body } = await call(gateways[1], 'GET', `/api/v1/erasures/${erasureId}`);
  return erasureReceipt.parse(body).files_clean_at;
};

/** The product's own job, by a maintenance role whose clock says that the erasure was long ago. */
async function nextNight(done: () => Promise<boolean>): Promise<void> {
  const worker = product.roles.findLast(({ name }) => name === 'worker');
  await worker?.stop();
  const late = { PULSEPLAN_CLOCK_OFFSET_MS: String(21 * 3_600_000), ERASURE_CLEANS: 'all' };
  const maintenance = await product.start('maintenance', late);
  const queues = new JobQueues(redis);
  await queues.add('maintenance', 'erasures.clean', {}, 'of-the-night');
  await eventually('files are said to be clean', done, 20_000);
  await queues.close();
  await maintenance.stop();
  await product.start('worker');
}

/** Brings what was written into the files of the tables, so that there is something to be found. */
const checkpoint = (): Promise<void> =>
  withClient(product.files?.adminUrl ?? '', async (admin) => {
    await admin.query('checkpoint');
  });

/** For whoever reads the output of the tests. */
function show(receipt: ErasureReceipt, before: Record<string, number>, after: Record<string, number>): void {
  const stores = new Map(receipt.stores.map((store) => [store.name, store]));
  const names = [...new Set([...Object.keys(before), ...stores.keys()])];
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(24) : String(cell).padStart(8))).join('');
  const rows = names.map((name) => {
    const erased = stores.get(name);
    return line([
      name,
      before[name] ?? '',
      after[name] ?? '',
      erased?.deleted ?? 0,
      erased?.pseudonymised ?? 0,
    ]);
  });
  const ms = Date.parse(receipt.finished_at ?? '') - Date.parse(receipt.requested_at);
  process.stdout.write(
    [line(['store', 'before', 'after', 'deleted', 'pseud.']), ...rows, `erased in ${ms} ms`, ''].join('\n'),
  );
}
