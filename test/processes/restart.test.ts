import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { builtEntry } from '../../core/checkout.ts';
import { freePort } from '../../core/services/free-port.ts';
import { readPorts, readRuntime, writePorts } from '../../core/services/runtime-file.ts';
import { watchAddresses } from '../../scripts/store-addresses.ts';
import { eventually } from '../support/eventually.ts';
import { testDir } from '../support/stores.ts';

/** Role processes of their own beside an `npm start` on the same data folder. */
let dataDir: string;
let started: Program[];

interface Program {
  pid: number;
  child: ChildProcess;
  output: () => string;
  /** Exit code, once it has gone. */
  gone: Promise<number | null>;
}

beforeEach(() => {
  dataDir = testDir();
  started = [];
});

afterEach(async () => {
  // Launchers last but in their own way: they take their stores with them.
  for (const { child, gone } of started.toReversed()) {
    child.kill('SIGTERM');
    await gone;
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function run(
  entry: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
  nodeArgs: readonly string[] = [],
): Program {
  const child = spawn(process.execPath, [...nodeArgs, builtEntry(entry), ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      PORT: '0',
      PULSEPLAN_DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const gone = once(child, 'exit').then(() => child.exitCode);
  const program = { pid: child.pid ?? 0, child, output: () => output, gone };
  started.push(program);
  return program;
}

async function says(program: Program, what: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
  return eventually(`${String(what)} is said`, () => what.exec(program.output()), timeoutMs);
}

async function startAll(): Promise<Program> {
  const launcher = run('scripts/start');
  await says(launcher, /PulsePlan is ready/);
  return launcher;
}

const health = z.object({ status: z.string() });
async function statusOf(url: string): Promise<string> {
  const answer = await fetch(new URL('/readyz', url));
  return health.parse(await answer.json()).status;
}

async function stop(program: Program): Promise<number> {
  const askedAt = performance.now();
  program.child.kill('SIGINT');
  await program.gone;
  return performance.now() - askedAt;
}

it(
  'a restarted launcher brings the stores back to where role processes wait for them',
  { timeout: 120_000 },
  async () => {
    const first = await startAll();
    const before = readRuntime(dataDir);
    const gateway = run('scripts/gateway');
    const worker = run('scripts/worker', ['--roles', 'nlu,workflows,metering,maintenance']);
    const [, url = ''] = await says(gateway, /"url":"([^"]+)"/);
    await says(worker, /The worker runs/);
    await eventually('the gateway is ready', async () => (await statusOf(url)) === 'ok');

    await stop(first);
    await eventually('the gateway is not ready', async () => (await statusOf(url)) === 'down');
    // What a person at the terminal sees of a stop is one line, and no JSON.
    expect(first.output()).not.toContain('{"level"');
    expect(first.output().match(/Stopping/g)).toHaveLength(1);

    const second = await startAll();
    expect(readRuntime(dataDir)).toMatchObject({
      redisUrl: before?.redisUrl,
      databaseUrl: before?.databaseUrl,
    });
    await eventually('the gateway is ready again', async () => (await statusOf(url)) === 'ok', 20_000);

    // Without stores nothing that runs can be finished, so a stop does not wait for it.
    await stop(second);
    await eventually('the gateway is down', async () => (await statusOf(url)) === 'down');
    expect(await stop(worker)).toBeLessThan(4_000);
    expect(await stop(gateway)).toBeLessThan(4_000);
  },
);

it('a role process whose stores have moved ends and says so', { timeout: 120_000 }, async () => {
  const first = await startAll();
  const gateway = run('scripts/gateway');
  await says(gateway, /The gateway serves/);
  await stop(first);
  const elsewhere = { redis: await freePort(), postgres: await freePort() };
  expect(elsewhere).not.toEqual(readPorts(dataDir));
  writePorts(dataDir, elsewhere);
  await startAll();
  expect(await gateway.gone).toBe(1);
  expect(gateway.output()).toContain(
    `The stores on ${dataDir} have moved to other ports: start this process again.\n`,
  );
});

it('a role process gives up on stores that nobody has brought back', async () => {
  const addresses = { redisUrl: 'redis://127.0.0.1:1', databaseUrl: 'postgres://127.0.0.1:1/none' };
  const lost: string[] = [];
  const settings = { PULSEPLAN_DATA_DIR: dataDir, REDIS_URL: undefined, DATABASE_URL: undefined };
  const timers = [
    watchAddresses(settings, addresses, (message) => lost.push(message), 1_500),
    // Told where both are, it is nobody's data folder that counts.
    watchAddresses(
      { ...settings, REDIS_URL: addresses.redisUrl, DATABASE_URL: addresses.databaseUrl },
      addresses,
      (message) => lost.push(`told: ${message}`),
      0,
    ),
  ];
  await eventually('it gives up', () => lost.length > 0);
  timers.forEach(clearInterval);
  expect(lost).toEqual([
    expect.stringMatching(/^No stores have been running on .* start this process again\.$/),
  ]);
});

it('the format of the log can be asked for', { timeout: 60_000 }, async () => {
  await startAll();
  const gateway = run('scripts/gateway', [], { LOG_FORMAT: 'text' });
  await says(
    gateway,
    /^\d\d:\d\d:\d\d {2}gateway {2}The gateway serves {2}url="http:\/\/127\.0\.0\.1:\d+"$/m,
  );
});

it('the time until it is ready counts from the beginning of the process', { timeout: 60_000 }, async () => {
  const beganAt = performance.now();
  // Stands for the packages and the build that come before the command in the same process.
  const preparation = 'data:text/javascript,await new Promise((done) => setTimeout(done, 4000))';
  const launcher = run('scripts/start', [], {}, ['--import', preparation]);
  const [, seconds] = await says(launcher, /is ready: .* \(after ([\d.]+) s;/);
  const seenMs = performance.now() - beganAt;
  expect(seenMs - Number(seconds) * 1000).toBeLessThan(2_000);
});
