import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { findRedis } from '../../core/services/redis-binary.ts';
import { startServices, type Services, type ServicesOptions } from '../../core/services/start-services.ts';
import { testDir } from '../support/stores.ts';

let dir: string;

beforeEach(() => {
  dir = testDir();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function withRedis<T>(
  options: Partial<ServicesOptions>,
  use: (services: Services) => T | Promise<T>,
): Promise<T> {
  const services = await startServices({
    dataDir: join(dir, 'data'),
    databaseUrl: inject('databaseUrl'),
    supervise: true,
    durable: false,
    env: process.env,
    ...options,
  });
  try {
    return await use(services);
  } finally {
    await services.close();
  }
}

const portOf = (services: Services): number => services.redis?.port ?? 0;

it('a store is on the same port after a restart, and on another if that one is taken', async () => {
  const first = await withRedis({}, portOf);
  expect(await withRedis({}, portOf)).toBe(first);
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(first, '127.0.0.1', resolve));
  const moved = await withRedis({}, portOf);
  squatter.close();
  expect(moved).not.toBe(first);
  // The last one counts: that is where role processes that are alive have found it.
  expect(await withRedis({}, portOf)).toBe(moved);
});

it('an unpacked Redis lies in its data folder, and the next folder gets a copy without a download', async () => {
  const [cacheDir, name] = [join(dir, 'cache'), `redis-${process.arch}`];
  const unpacked = join(inject('runDir'), 'shared', 'bin', name);
  mkdirSync(join(cacheDir, name), { recursive: true });
  if (existsSync(unpacked)) {
    cpSync(unpacked, join(cacheDir, name), { recursive: true, verbatimSymlinks: true });
  } else {
    // This machine has a Redis of its own; it stands for one that was unpacked.
    const { path } = await findRedis({ binDir: dir, cacheDir, env: process.env, onEvent: () => {} });
    symlinkSync(path, join(cacheDir, name, 'redis-server'));
  }
  const lines: string[] = [];
  const options = {
    redisCacheDir: cacheDir,
    env: { PATH: join(dir, 'no-tools') },
    onEvent: (line: string) => lines.push(line),
  };
  expect(await withRedis(options, portOf)).toBeGreaterThan(0);
  expect(existsSync(join(dir, 'data', 'bin', name, 'redis-server'))).toBe(true);
  expect(lines).toEqual([]);
  // It does not depend on the copy any more.
  rmSync(cacheDir, { recursive: true });
  expect(await withRedis(options, portOf)).toBeGreaterThan(0);
});
