import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { withClient } from '../../core/services/postgres-driver.ts';
import { identityOf, stopProcess } from '../../core/services/process-identity.ts';
import { probeRedis } from '../../core/services/redis-probe.ts';
import { readRuntime } from '../../core/services/runtime-file.ts';
import { startServices, type Services, type ServicesOptions } from '../../core/services/start-services.ts';
import { testDir } from '../support/stores.ts';

let dataDir: string;
let running: Services[];
let startedPids: number[];

beforeEach(() => {
  dataDir = testDir();
  running = [];
  startedPids = [];
});

afterEach(async () => {
  await Promise.all(running.map((services) => services.close()));
  const runtime = readRuntime(dataDir);
  const left = [...startedPids, runtime?.redis?.process.pid, runtime?.postgres?.process.pid];
  await Promise.all(left.filter((pid) => pid !== undefined).map(killAndWait));
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<ServicesOptions> = {}): Promise<Services> {
  const services = await startServices({
    dataDir,
    supervise: true,
    durable: false,
    env: process.env,
    ...options,
  });
  running.push(services);
  return services;
}

const launched = z.object({
  redisUrl: z.string(),
  databaseOwnerUrl: z.string(),
  redisPid: z.number(),
  postgresPid: z.number(),
});

/** A launcher in another process, with its stores up. */
async function startElsewhere(): Promise<z.infer<typeof launched> & { pid: number }> {
  const child = spawn(process.execPath, ['test/support/run-ts.mjs', 'test/services/launcher.ts', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.pid === undefined) throw new Error('no process');
  startedPids.push(child.pid);
  for await (const line of createInterface({ input: child.stdout })) {
    return { ...launched.parse(JSON.parse(line)), pid: child.pid };
  }
  throw new Error('the launcher ended before its stores were up');
}

async function killAndWait(pid: number): Promise<void> {
  const identity = identityOf(pid);
  if (identity !== undefined) await stopProcess(identity, [{ signal: 'SIGKILL', timeoutMs: 5_000 }]);
}

async function writeBoth(services: { redisUrl: string; databaseOwnerUrl: string }): Promise<void> {
  await withRedis(services.redisUrl, (redis) => redis.set('kept', 'yes'));
  await withClient(services.databaseOwnerUrl, (client) =>
    client.query(`CREATE TABLE kept AS SELECT 'yes' AS answer`),
  );
}

async function readBoth(services: { redisUrl: string; databaseOwnerUrl: string }): Promise<unknown[]> {
  const inRedis = await withRedis(services.redisUrl, (redis) => redis.get('kept'));
  const inPostgres = await withClient(services.databaseOwnerUrl, (client) =>
    client.query<{ answer: string }>('SELECT answer FROM kept'),
  );
  return [inRedis, inPostgres.rows[0]?.answer];
}

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, enableReadyCheck: false, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

function pidsOf(services: Services): number[] {
  return [services.redis?.pid, services.postgres?.pid].filter((pid) => pid !== undefined);
}

describe('starting and stopping', () => {
  it('starts both stores on a fresh folder and leaves no process behind', async () => {
    const services = await start();
    await writeBoth(services);
    const pids = pidsOf(services);
    expect(pids).toHaveLength(2);
    await services.close();
    expect(pids.map(identityOf)).toEqual([undefined, undefined]);
    expect(existsSync(join(dataDir, 'runtime.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'launcher.lock'))).toBe(false);
  });

  it('keeps the data from one start to the next', async () => {
    const first = await start();
    await writeBoth(first);
    await first.close();
    expect(await readBoth(await start())).toEqual(['yes', 'yes']);
  });

  it('shows addresses to the owner of the folder only, and processes with their start', async () => {
    const services = await start();
    services.announce('http://127.0.0.1:4000');
    expect(statSync(join(dataDir, 'runtime.json')).mode & 0o777).toBe(0o600);
    expect(readRuntime(dataDir)).toMatchObject({
      url: 'http://127.0.0.1:4000',
      launcher: identityOf(process.pid),
      redisUrl: services.redisUrl,
      databaseUrl: services.databaseUrl,
      databaseOwnerUrl: services.databaseOwnerUrl,
      redis: { process: identityOf(services.redis?.pid ?? 0) },
      postgres: { process: identityOf(services.postgres?.pid ?? 0) },
    });
  });

  it('lets nobody in without the password', async () => {
    const services = await start();
    await expect(probeRedis(services.redis?.port ?? 0, 'guessed', 1_000)).rejects.toThrow(/WRONGPASS/);
    const databaseUrl = new URL(services.databaseUrl);
    databaseUrl.password = 'guessed';
    await expect(withClient(databaseUrl.href, (client) => client.query('SELECT 1'))).rejects.toThrow(
      /password/,
    );
  });

  it('gives the app role no right to change the schema', async () => {
    const services = await start();
    await withClient(services.databaseUrl, async (client) => {
      await expect(client.query('CREATE TABLE mine ()')).rejects.toThrow(/permission denied/);
      await expect(client.query('CREATE TEMP TABLE mine ()')).rejects.toThrow(/permission denied/);
    });
  });

  it('starts nothing and writes nothing if both addresses are given', async () => {
    const untouched = join(dataDir, 'untouched');
    const [redisUrl, databaseUrl] = [inject('redisUrl'), inject('databaseUrl')];
    const services = await start({ dataDir: untouched, redisUrl, databaseUrl });
    expect(services).toMatchObject({ redisUrl, databaseUrl, databaseOwnerUrl: databaseUrl });
    expect(existsSync(untouched)).toBe(false);
  });

  it('starts only the store whose address is not given', async () => {
    const services = await start({ databaseUrl: inject('databaseUrl') });
    expect(services.postgres).toBeUndefined();
    expect(services.databaseUrl).toBe(inject('databaseUrl'));
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    expect(readFileSync(join(dataDir, 'runtime.json'), 'utf8')).not.toContain('postgres');
  });

  it('names the line to type where no Redis can be had', async () => {
    const tools = join(dataDir, 'no-tools');
    mkdirSync(tools);
    const attempt = start({
      databaseUrl: inject('databaseUrl'),
      redisCacheDir: join(dataDir, 'no-cache'),
      env: { PATH: tools },
    });
    await expect(attempt).rejects.toMatchObject({
      code: 'redis_missing',
      message: 'sudo apt-get install redis-server',
    });
    expect(existsSync(join(dataDir, 'launcher.lock'))).toBe(false);
  });
});

describe('supervision', () => {
  it('starts a killed store again on its port with its data', async () => {
    const lines: string[] = [];
    const services = await start({ onEvent: (line) => lines.push(line) });
    await writeBoth(services);
    const before = {
      redisUrl: services.redisUrl,
      ownerUrl: services.databaseOwnerUrl,
      pids: pidsOf(services),
    };
    await Promise.all([services.killRedis(), services.killPostgres()]);
    await Promise.all([services.redis?.ready(), services.postgres?.ready()]);
    expect(services).toMatchObject({ redisUrl: before.redisUrl, databaseOwnerUrl: before.ownerUrl });
    expect(pidsOf(services).filter((pid) => before.pids.includes(pid))).toEqual([]);
    expect(await readBoth(services)).toEqual(['yes', 'yes']);
    expect(lines).toContain('Redis ended (SIGKILL); starting it again');
    expect(readRuntime(dataDir)?.redis?.process.pid).toBe(services.redis?.pid);
  });

  it('leaves an unsupervised store down until it is asked to restart it', async () => {
    const services = await start({ supervise: false, databaseUrl: inject('databaseUrl') });
    await services.killRedis();
    await expect(withRedis(services.redisUrl, (redis) => redis.ping())).rejects.toThrow();
    await services.redis?.restart();
    expect(await withRedis(services.redisUrl, (redis) => redis.ping())).toBe('PONG');
  });

  it('closes while a store is down', async () => {
    const services = await start({ supervise: false });
    await services.killRedis();
    const pids = pidsOf(services);
    await services.close();
    expect(pids.map(identityOf)).toEqual([undefined]);
  });
});

describe('after a launcher that was killed', () => {
  it('adopts its stores and supervises them', async () => {
    const earlier = await startElsewhere();
    await writeBoth(earlier);
    await killAndWait(earlier.pid);
    const services = await start();
    expect(pidsOf(services)).toEqual([earlier.redisPid, earlier.postgresPid]);
    expect(services.redisUrl).toBe(earlier.redisUrl);
    await Promise.all([services.killRedis(), services.killPostgres()]);
    await Promise.all([services.redis?.ready(), services.postgres?.ready()]);
    expect(await readBoth(services)).toEqual(['yes', 'yes']);
    const pids = pidsOf(services);
    await services.close();
    expect(pids.map(identityOf)).toEqual([undefined, undefined]);
  });

  it('recovers the data if the stores were killed with it', async () => {
    const earlier = await startElsewhere();
    await writeBoth(earlier);
    await Promise.all([earlier.pid, earlier.redisPid, earlier.postgresPid].map(killAndWait));
    expect(await readBoth(await start())).toEqual(['yes', 'yes']);
  });

  it('stops stores that nobody wrote down before it starts its own', async () => {
    const earlier = await startElsewhere();
    await writeBoth(earlier);
    await killAndWait(earlier.pid);
    rmSync(join(dataDir, 'runtime.json'));
    const services = await start();
    expect(identityOf(earlier.redisPid)).toBeUndefined();
    expect(identityOf(earlier.postgresPid)).toBeUndefined();
    expect(await readBoth(services)).toEqual(['yes', 'yes']);
  });

  it('replaces a store that lives and does not answer', async () => {
    const earlier = await startElsewhere();
    await withRedis(earlier.redisUrl, (redis) => redis.set('kept', 'yes'));
    process.kill(earlier.redisPid, 'SIGSTOP');
    await killAndWait(earlier.pid);
    const services = await start();
    expect(services.redis?.pid).not.toBe(earlier.redisPid);
    expect(await withRedis(services.redisUrl, (redis) => redis.get('kept'))).toBe('yes');
  });

  it('is not held up by a postmaster.pid that names a stranger', async () => {
    const first = await start({ redisUrl: inject('redisUrl') });
    await first.close();
    writeFileSync(
      join(dataDir, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${dataDir}\n0\n5432\n\n\n0 0\n`,
    );
    const services = await start({ redisUrl: inject('redisUrl') });
    const answer = await withClient(services.databaseUrl, (client) => client.query('SELECT 1 AS one'));
    expect(answer.rows).toEqual([{ one: 1 }]);
  });
});

describe('a second launcher', () => {
  it('is refused while the first one runs', async () => {
    const first = await startElsewhere();
    await expect(start()).rejects.toMatchObject({
      code: 'already_running',
      message: `PulsePlan is already running on ${dataDir} (process ${first.pid}, http://127.0.0.1:3000).`,
    });
    expect(identityOf(first.redisPid)).toBeDefined();
  });

  it('is refused in the same process too', async () => {
    await start({ redisUrl: inject('redisUrl') });
    await expect(start({ redisUrl: inject('redisUrl') })).rejects.toMatchObject({ code: 'already_running' });
  });
});
