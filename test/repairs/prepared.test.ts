import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { freshDatabase } from '../support/stores.ts';

let owner: Db;
/** One connection, so that all of it is said over the same. */
let db: Db;
const table = 'kept';

beforeAll(async () => {
  const { ownerUrl } = await freshDatabase();
  owner = connect(ownerUrl, { poolMax: 1, name: 'owner' });
  db = connect(ownerUrl, { poolMax: 1, name: 'kept' });
  await owner.schema.createTable(table, (of) => void of.integer('n'));
  await owner(table).insert({ n: 7 });
});
afterAll(async () => {
  await Promise.all([owner.destroy(), db.destroy()]);
});

const read = (from: Db = db): Promise<unknown[]> => from(table).where({ n: 7 }).select('*');
const often = async (): Promise<void> => {
  for (let times = 0; times < 5; times += 1) await read();
};
const kept = async (): Promise<number> => {
  const { rows } = await db.raw<{ rows: { statement: string }[] }>(
    'select statement from pg_prepared_statements',
  );
  return rows.filter(({ statement }) => statement.includes(table)).length;
};

test('what is said again and again is prepared once', async () => {
  await often();
  expect(await kept()).toBe(1);
  await expect(read()).resolves.toEqual([{ n: 7 }]);
});

test('what is said without values, or once, is not', async () => {
  for (let times = 0; times < 5; times += 1) await db(table).select('*').whereRaw('n = 7');
  await db(table).where({ n: 8 }).select('n');
  expect(await kept()).toBe(1);
});

test('a table that has changed since then is read as it is now', async () => {
  await often();
  await owner.schema.alterTable(table, (of) => void of.text('word').defaultTo('new'));
  await expect(read()).resolves.toEqual([{ n: 7, word: 'new' }]);
});

test('a server that has forgotten is told anew', async () => {
  await often();
  await db.raw('deallocate all');
  await expect(read()).resolves.toEqual([{ n: 7, word: 'new' }]);
});

test('a transaction that meets a changed table fails whole, and goes through when it is tried again', async () => {
  await often();
  await owner.schema.alterTable(table, (of) => void of.integer('more'));
  const change = (): Promise<unknown> =>
    db.transaction(async (trx) => {
      await trx(table).insert({ n: 9 });
      return read(trx);
    });
  await expect(change()).rejects.toThrow();
  await expect(db(table).where({ n: 9 }).select('n')).resolves.toEqual([]);
  await expect(change()).resolves.toEqual([{ n: 7, word: 'new', more: null }]);
});
