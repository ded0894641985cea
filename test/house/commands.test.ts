import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkoutDir } from '../../core/checkout.ts';
import { freePort } from '../../core/services/free-port.ts';
import { identityOf } from '../../core/services/process-identity.ts';
import { writeRuntime } from '../../core/services/runtime-file.ts';
import { COMMAND_LINES, MISS_SUITES } from '../../scripts/command-lines.mjs';
import { testDir } from '../support/stores.ts';

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(checkoutDir(), 'package.json'), 'utf8')));
const COMMANDS = Object.entries(scripts)
  .filter(([, line]) => line.startsWith('node scripts/run.mjs '))
  .map(([name]) => name);

/** As npm would: `npm run <command> -- <args>`, with nothing set but what is given. */
function npmRun(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['scripts/run.mjs', command, ...args], {
    cwd: checkoutDir(),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', PULSEPLAN_ENV_FILE: '', ...env },
  });
}

describe('every command', () => {
  it('has a line that says what it takes', () => {
    expect(Object.keys(COMMAND_LINES).sort()).toEqual([...COMMANDS].sort());
  });

  it.each(COMMANDS)('%s answers --help and does nothing else', (command) => {
    const { status, stdout, stderr } = npmRun(command, ['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^npm (run )?${command}`));
    const { options = {} } = COMMAND_LINES[command as keyof typeof COMMAND_LINES] as { options?: object };
    for (const name of Object.keys(options)) expect(stdout).toContain(`--${name}`);
  });

  // The one that hands its arguments to a tool of its own leaves them to that tool.
  const STRICT = COMMANDS.filter((command) => command !== 'test');
  it.each(STRICT)('%s refuses what it does not know in one sentence', (command) => {
    // One that reads a file takes no second one.
    const stray =
      'file' in COMMAND_LINES[command as keyof typeof COMMAND_LINES] ? ['file', 'stray'] : ['stray'];
    for (const [args, word] of [
      [['--nonsense'], 'has no option --nonsense'],
      [stray, 'takes no "stray"'],
    ] as const) {
      const { status, stdout, stderr } = npmRun(command, args);
      expect({ status, stdout, stderr }).toEqual({
        status: 2,
        stdout: '',
        stderr: `"npm run ${command}" ${word}; "npm run ${command} -- --help" shows what it can do.\n`,
      });
    }
  });

  it('that wants a value says so', () => {
    expect(npmRun('worker', ['--roles'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('wants a value after --roles') as string,
    });
    expect(npmRun('chaos', ['--write=yes'])).toMatchObject({ status: 2 });
  });
});

describe('parse', () => {
  it('reads a file, from where npm was called, and shows the right form of a line that has another', () => {
    const dir = testDir();
    writeFileSync(join(dir, 'lines'), '{"text":"buy milk"}\n\nbuy milk "today"\n{"text":\n');
    const { status, stdout } = npmRun('parse', ['lines'], { INIT_CWD: dir });
    rmSync(dir, { recursive: true, force: true });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(status).toBe(0);
    expect(answers).toMatchObject([
      { acts: [{ action: 'create_task' }] },
      {
        error: String.raw`The line is not valid JSON. It looks like this: {"text":"buy milk \"today\""}`,
        error_code: 'validation_error',
      },
      { error: 'The line is not valid JSON. It looks like this: {"text":"buy milk tomorrow"}' },
    ]);
  });

  it('says that a file is not there', () => {
    expect(npmRun('parse', ['nowhere'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'There is no file "nowhere" that can be read.\n',
    });
  });
});

describe('plan', () => {
  const instance = {
    format: 'pulseplan-schedule-instance/1',
    id: 'monday',
    timezone: 'Europe/Vienna',
    horizon: { start: '2026-11-16', days: 1 },
    now: '2026-11-16T07:00:00Z',
    gridMinutes: 15,
    workingHours: { mon: [['09:00', '10:00']] },
    maxDailyMinutes: 480,
    bufferMinutes: 0,
    chunkGapMinutes: 30,
    priorityWeights: { 1: 1, 2: 2, 3: 4, 4: 8 },
    weights: {
      drop: 100,
      late: 20,
      latePerDay: 5,
      lateCap: 80,
      sooner: 1,
      preference: 6,
      chunk: 8,
      move: 5,
    },
    events: [],
    tasks: ['a', 'b'].map((id, index) => ({
      id,
      title: id,
      durationMinutes: 45,
      priority: index + 1,
      splittable: false,
      release: null,
      deadline: null,
      deadlineType: 'none',
      after: [],
      preferred: null,
      pinned: null,
    })),
    previous: null,
  };

  it('answers each instance with its plan, and each other line with what is wrong', () => {
    const dir = testDir();
    const lines = [
      { ...instance, budget_ms: 500, solver_seed: 3 },
      { ...instance, gridMinutes: 7 },
      { ...instance, budget_ms: -1 },
    ].map((line) => JSON.stringify(line));
    writeFileSync(join(dir, 'lines'), [...lines, 'plan my week', ''].join('\n'));
    const { status, stdout } = npmRun('plan', ['lines'], { INIT_CWD: dir });
    rmSync(dir, { recursive: true, force: true });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(status).toBe(0);
    expect(answers).toMatchObject([
      {
        format: 'pulseplan-schedule-solution/1',
        instance: 'monday',
        blocks: [{ task: 'b', start: '2026-11-16T08:00:00Z', end: '2026-11-16T08:45:00Z' }],
        unscheduled: ['a'],
        objective: 300,
        bound: null,
        status: 'feasible',
        timings_ms: { total: expect.any(Number) as number },
      },
      { error: 'The request is not valid. "gridMinutes": must be 15.', error_code: 'validation_error' },
      { error: expect.stringMatching(/"budget_ms"/) as string, error_code: 'validation_error' },
      { error: expect.stringMatching(/not valid JSON/) as string, error_code: 'validation_error' },
    ]);
  });
});

describe('evaluate', () => {
  it('knows the suites that misses can be asked of', () => {
    expect(npmRun('evaluate', ['--misses', 'nosuch'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `There is no such suite as "nosuch"; there are ${MISS_SUITES.join(', ')}.\n`,
    });
  });

  it('names a page for its tables that exists', () => {
    const [page] = /\S+\.md/.exec(npmRun('evaluate', ['--help']).stdout) ?? [];
    expect(page !== undefined && existsSync(join(checkoutDir(), page))).toBe(true);
  });
});

describe('the settings of a command', () => {
  let dir: string;
  beforeEach(() => {
    dir = testDir();
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Where `npm run chat` looked for a server: nobody is there. */
  function lookedAt(env: Record<string, string>, args: readonly string[] = []): string {
    const { stderr, status } = npmRun('chat', ['--once', 'hello', ...args], {
      PULSEPLAN_DATA_DIR: dir,
      ...env,
    });
    expect(status).toBe(1);
    return /^No PulsePlan at (\S+)\. Start it/.exec(stderr)?.[1] ?? stderr;
  }

  it('come from .env, and what is set already wins', async () => {
    const [inFile, inShell] = [await freePort(), await freePort()];
    const file = join(dir, 'settings');
    writeFileSync(file, `# mine\nPORT=${inFile}\nHOST=0.0.0.0\n`);
    expect(lookedAt({ PULSEPLAN_ENV_FILE: file })).toBe(`http://127.0.0.1:${inFile}`);
    expect(lookedAt({ PULSEPLAN_ENV_FILE: file, PORT: String(inShell) })).toBe(`http://127.0.0.1:${inShell}`);
  });

  it('lead a client to the server that runs on the data folder, unless told of another', async () => {
    const [running, other] = [await freePort(), await freePort()];
    const launcher = identityOf(process.pid);
    if (!launcher) throw new Error('This process is not known');
    writeRuntime(dir, { launcher, url: `http://127.0.0.1:${running}` });
    expect(lookedAt({ PORT: String(other) })).toBe(`http://127.0.0.1:${running}`);
    expect(lookedAt({}, ['--url', `http://127.0.0.1:${other}`])).toBe(`http://127.0.0.1:${other}`);
    // What a launcher that was killed has left behind counts for nothing.
    writeRuntime(dir, {
      launcher: { ...launcher, startedAt: 'long ago' },
      url: `http://127.0.0.1:${running}`,
    });
    expect(lookedAt({ PORT: String(other) })).toBe(`http://127.0.0.1:${other}`);
  });

  it('never reach the tests or what is measured', () => {
    const reading = Object.entries(COMMAND_LINES).filter(([, line]) => 'envFile' in line);
    expect(reading.map(([name]) => name).sort()).toEqual(['chat', 'gateway', 'parse', 'start', 'worker']);
  });

  it('that are wrong end the start with every fault, before anything is started', () => {
    const untouched = join(dir, 'untouched');
    const { status, stdout, stderr } = npmRun('start', [], {
      PORT: 'abc',
      LOG_LEVEL: 'loud',
      PULSEPLAN_DATA_DIR: untouched,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(existsSync(untouched)).toBe(false);
    expect(stderr).toMatch(
      /^Some settings are not right:\n {2}- PORT is "abc"; .*\n {2}- LOG_LEVEL is "loud"; .*\n$/,
    );
  });

  it('that name a port which is taken end the start before anything is started', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const untouched = join(dir, 'untouched');
    const { status, stderr } = npmRun('start', [], { PORT: String(port), PULSEPLAN_DATA_DIR: untouched });
    taken.close();
    expect(status).toBe(1);
    expect(stderr).toBe(`Port ${port} is taken by another program: end it, or set PORT to a free one.\n`);
    expect(existsSync(untouched)).toBe(false);
  });

  it('that name a store which is not there end the start with where it was looked for', async () => {
    const port = await freePort();
    const { status, stderr } = npmRun('start', [], {
      PORT: '0',
      DATABASE_URL: `postgres://me:hushhush@127.0.0.1:${port}/mine`,
      PULSEPLAN_DATA_DIR: dir,
    });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `Postgres at 127.0.0.1:${port} can't be reached (nothing listens there). Start it, or correct DATABASE_URL.\n`,
    );
  });
});
