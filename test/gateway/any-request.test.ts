import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { restError } from '../../contracts/errors.ts';
import { connect, type Db } from '../../db/connect.ts';
import { OnRecord } from '../conversations/on-record.ts';
import { startProduct, type Product } from '../support/product.ts';
import { at, call, person, type Answer } from '../support/wire.ts';

let product: Product;
let db: Db;
let token: string;
beforeAll(async () => {
  product = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } });
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  ({ token } = await person());
});
afterAll(() => db.destroy());
afterEach(() => {
  expect(product.roles.map((role) => role.output()).join('')).not.toMatch(/"level":[56]0|nobody foresaw/);
});

const api = (method: string, path: string, options: Parameters<typeof call>[3] = {}): Promise<Answer> =>
  call(product.url, method, `/api/v1${path}`, { token, ...options });

/** Of requests of every kind, with what no calendar has among them. */
const WORDS = (
  'add create delete move complete undo redo cancel remind schedule plan show find send draft email search brief ' +
  'a the my all it that one second last task tasks meeting event reminder milk dentist Ann Bob list to on at by from ' +
  'until for every in and then not except before after tomorrow yesterday friday monday week month year february 30 ' +
  '31 0 -3 9999 25:00 5pm noon midnight minute second hour day forever times hours minutes days priority urgent ' +
  'yes no 1 2 why never mind help all following only this'
).split(' ');

describe('any request whatever', () => {
  const json = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .record(
        {
          query: fc.string({ unit: 'grapheme', maxLength: 60 }),
          text: fc.string({ unit: 'binary', maxLength: 60 }),
          title: fc.string({ unit: 'binary', maxLength: 60 }),
          due_date: fc.oneof(
            fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
            fc.string(),
          ),
          priority: fc.constantFrom('low', 'urgent', 'x'),
          duration_minutes: fc.integer(),
          tags: fc.array(fc.string({ maxLength: 10 }), { maxLength: 3 }),
          recurrence: fc.string(),
          notes: fc.string({ unit: 'grapheme' }),
          timezone: fc.constantFrom('UTC', 'Asia/Tokyo', 'x'),
          reference_time: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        },
        { requiredKeys: [] },
      )
      .map((body) => JSON.stringify(body)),
    fc
      .record({
        title: fc.string({ unit: 'grapheme', minLength: 1 }),
        due_date: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      })
      .map((body) => JSON.stringify(body)),
    fc
      .record({
        query: fc.string({ unit: 'grapheme', minLength: 1 }),
        reference_time: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      })
      .map((body) => JSON.stringify(body)),
  );
  const target = fc.constantFrom(
    ['POST', '/agent/query'],
    ['POST', '/nlu/parse'],
    ['POST', '/tasks'],
    ['PUT', '/settings'],
    ['POST', '/auth/demo'],
    ['PATCH', `/tasks/${randomUUID()}`],
  );

  it('is answered, typed, and never by a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(target, json, async ([method, path], raw) => {
        const answer = await api(method!, path!, { raw });
        if (answer.status < 300) return;
        expect(restError.parse(answer.body)).toEqual(answer.body);
        expect(answer.status, `${method} ${path} ${raw}`).toBeLessThan(500);
      }),
      { numRuns: 300, seed: 20261122 },
    );
    expect((await api('POST', '/agent/query', { body: { query: 'create a task to buy milk' } })).status).toBe(
      200,
    );
    expect((await api('GET', '/tasks?limit=200')).status).toBe(200);
  });
});

/** What stands in a request where something else belongs. */
const MISPLACED: unknown[] = [
  0,
  -1,
  1.5,
  1e308,
  true,
  null,
  '',
  ' ',
  [],
  [null],
  {},
  { a: { b: [] } },
  'x'.repeat(30_000),
  '\u0000',
  '\u001b[2J',
  '\ud83d',
  '\u202e',
  '<script>alert(1)</script>',
  '__proto__',
  '9999-12-31T23:59:59Z',
  '0001-01-01',
  '2026-02-30',
  '2027-03-28T02:30:00+01:00',
  '1969-12-31T00:00:00Z',
  'FREQ=SECONDLY',
  'FREQ=MINUTELY',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
  randomUUID(),
];

/** All that a call needs, for those that need something. */
const NEEDED: Readonly<Record<string, object>> = {
  '/api/v1/tasks': { title: 'buy milk' },
  '/api/v1/events': { title: 'dinner', start: '2032-03-28T18:00:00Z' },
  '/api/v1/contacts': { name: 'Ann' },
  '/api/v1/agent/query': { query: 'hello' },
  '/api/v1/nlu/parse': { text: 'hello' },
};

describe('any value in any field of any call', () => {
  it('is taken or refused in plain words, and leaves nothing half done', async () => {
    const one = await OnRecord.new(product.url, db);
    const made: Record<string, string> = {};
    for (const said of ['add a task to buy milk', 'dinner friday at 7pm', 'remind me in 2 hours to call Bob'])
      for (const { kind, id } of (await one.me.say(said)).receipt.effects) made[`/api/v1/${kind}s`] = id;
    for (const { id } of (await one.me.say('my dentist is Dr. Weber')).receipt.effects)
      made['/api/v1/memory'] = id;
    await one.me.say('remember that Ann is ann@example.com');
    for (const { kind, id } of (await one.me.say('write an email to Ann about lunch')).receipt.effects)
      made[`/api/v1/${kind}s`] = id;

    const paths = at((await call(product.url, 'GET', '/openapi.json')).body, 'paths') as object;
    const fields = Object.entries(paths).flatMap(([path, calls]: [string, object]) =>
      Object.entries(calls).flatMap(([method, described]: [string, unknown]) => {
        const schema = at(described, 'requestBody', 'content', 'application/json', 'schema', 'properties');
        return Object.keys(schema ?? {}).map((field) => ({ method: method.toUpperCase(), path, field }));
      }),
    );
    expect(fields.length).toBeGreaterThan(40);
    const changes = fc.tuple(fc.constantFrom(...fields), fc.constantFrom(...MISPLACED));
    await fc.assert(
      fc.asyncProperty(changes, async ([{ method, path, field }, value]) => {
        const address = path.replace(
          /^(.*)\/\{id\}/,
          (_, kind: string) => `${kind}/${made[kind] ?? randomUUID()}`,
        );
        const body = { ...NEEDED[path], [field]: value };
        const answer = await call(product.url, method, address, { token: one.token, body });
        if (answer.status < 300) return;
        expect(answer.status, `${method} ${path} ${JSON.stringify(body).slice(0, 200)}`).toBeLessThan(500);
        expect(restError.parse(answer.body).error).toMatch(/^[A-Z].*\.$/s);
      }),
      { numRuns: 200, seed: 20261128 },
    );
    expect((await one.me.say('show my tasks')).result.status).toBe('completed');
    await one.isWhole();
  }, 90_000);
});

describe('any words whatever', () => {
  const word = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }) },
  );
  const words = fc.array(word, { minLength: 1, maxLength: 14 }).map((list) => list.join(' '));
  /** What the gateway takes: the rest is refused before it becomes a turn. */
  const sayable = words.filter((text) => text.trim() !== '' && !/\p{Cc}|\p{Cs}/u.test(text));

  it('are answered in words, leave nothing half done, and the next request works', async () => {
    const one = await OnRecord.new(product.url, db);
    await fc.assert(
      fc.asyncProperty(sayable, async (text) => {
        const { result } = await one.me.say(text);
        expect(['completed', 'clarifying', 'refused'], text).toContain(result.status);
        expect(result.reply, text).not.toBe('');
        expect(result.reply, text).not.toMatch(/undefined|\[object|NaN|Invalid DateTime/);
      }),
      { numRuns: 60, seed: 20261128 },
    );
    await one.isWhole();
    const fresh = await one.me.elsewhere();
    (await fresh.say('create a task to water the plants')).did('created', { title: 'water the plants' });
  }, 90_000);
});
