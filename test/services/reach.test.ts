import { describe, expect, inject, it } from 'vitest';
import { freePort } from '../../core/services/free-port.ts';
import { reachStores } from '../../core/services/reach-stores.ts';

/** What a person is told about a store of their own that does not work. */
async function complaint(stores: Parameters<typeof reachStores>[0]): Promise<string> {
  const error: unknown = await reachStores(stores, { patienceMs: 300 }).catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error('It was reached');
  expect(error).toMatchObject({ code: 'store_unreachable' });
  return error.message;
}

/** The address of a store of the run with something else in it. */
function changed(url: string, change: (address: URL) => void): string {
  const address = new URL(url);
  change(address);
  return address.href;
}

describe('a store that is told by address', () => {
  it('is reached where it answers', async () => {
    await reachStores({
      redis: { url: inject('redisUrl'), variable: 'REDIS_URL' },
      databases: [{ url: inject('databaseUrl'), variable: 'DATABASE_URL' }],
    });
  });

  it('and that nobody listens at is named with host, port and remedy, without the password', async () => {
    const port = await freePort();
    expect(
      await complaint({
        databases: [{ url: `postgres://me:hushhush@127.0.0.1:${port}/mine`, variable: 'DATABASE_URL' }],
      }),
    ).toBe(
      `Postgres at 127.0.0.1:${port} can't be reached (nothing listens there). Start it, or correct DATABASE_URL.`,
    );
    expect(
      await complaint({ redis: { url: `redis://:hushhush@127.0.0.1:${port}`, variable: 'REDIS_URL' } }),
    ).toBe(
      `Redis at 127.0.0.1:${port} can't be reached (nothing listens there). Start it, or correct REDIS_URL.`,
    );
    expect(await complaint({ redis: { url: `redis://:hushhush@127.0.0.1:${port}` } })).toBe(
      `Redis at 127.0.0.1:${port} can't be reached (nothing listens there). Is "npm start" still running?`,
    );
  });

  it('and that refuses the password, or lacks the database, says which', async () => {
    const wrong = (url: string): string => changed(url, (address) => (address.password = 'guessed'));
    const { port } = new URL(inject('databaseUrl'));
    expect(
      await complaint({ databases: [{ url: wrong(inject('databaseUrl')), variable: 'DATABASE_URL' }] }),
    ).toBe(
      `Postgres at 127.0.0.1:${port} answers, but it does not accept the name and password: correct DATABASE_URL.`,
    );
    expect(await complaint({ redis: { url: wrong(inject('redisUrl')), variable: 'REDIS_URL' } })).toMatch(
      /^Redis at 127\.0\.0\.1:\d+ answers, but it does not accept the name and password: correct REDIS_URL\.$/,
    );
    const elsewhere = changed(inject('databaseUrl'), (address) => (address.pathname = '/nowhere'));
    expect(await complaint({ databases: [{ url: elsewhere, variable: 'DATABASE_URL' }] })).toContain(
      'it has no database of that name',
    );
  });
});
