import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identityOf, waitUntilGone } from '../../core/services/process-identity.ts';
import { RoleProcess } from '../../core/services/role-process.ts';
import { testDir } from '../support/stores.ts';

let dir: string;
let journal: string;
let lines: string[];
let roles: RoleProcess[];

beforeEach(() => {
  dir = testDir();
  journal = join(dir, 'journal');
  lines = [];
  roles = [];
});

afterEach(async () => {
  await Promise.all(roles.map((role) => role.stop()));
  rmSync(dir, { recursive: true, force: true });
});

function fakeRole(mode = ''): RoleProcess {
  const role = new RoleProcess({
    name: 'Fake',
    entry: 'test/support/run-ts.mjs',
    args: ['test/processes/role.ts', journal, mode],
    env: process.env,
    onEvent: (line) => lines.push(line),
  });
  roles.push(role);
  return role;
}

function notes(): string[] {
  return readFileSync(journal, 'utf8').trimEnd().split('\n');
}

const ORDERLY_STOP = [
  'intake stopped, readiness red',
  'warn: hanging did not stop within 50 ms',
  'closed second',
  'closed first',
];

describe('a role process', () => {
  it('reports its address, and stops in order and for good', async () => {
    const role = fakeRole();
    expect(await role.start()).toEqual({ url: 'http://127.0.0.1:1' });
    const pid = role.pid ?? 0;
    await role.stop();
    expect(identityOf(pid)).toBeUndefined();
    expect(notes()).toEqual([`started ${pid}`, 'info: Stopping (SIGTERM)', ...ORDERLY_STOP]);
    expect(lines).toEqual([]);
  });

  it('gives running work its time and then aborts it', async () => {
    const role = fakeRole('work');
    await role.start();
    await role.stop();
    expect(notes().slice(2)).toEqual([ORDERLY_STOP[0], 'work aborted', ...ORDERLY_STOP.slice(1)]);
  });

  it('is started again when it dies', async () => {
    const role = fakeRole();
    await role.start();
    const first = role.pid ?? 0;
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(lines.at(-1)).toBe('Fake is back'), { timeout: 20_000 });
    expect(lines[0]).toBe('Fake ended (SIGKILL); starting it again in 100 ms');
    expect(notes()).toEqual([`started ${first}`, `started ${role.pid}`]);
  });

  it('hands the reason of a failed start to the launcher', async () => {
    await expect(fakeRole('fail').start()).rejects.toThrow('Port 3000 is taken');
  });

  it('stops in order when its launcher is killed', async () => {
    const launcher = spawn(
      process.execPath,
      ['test/support/run-ts.mjs', 'test/processes/launcher.ts', journal],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const role = await firstNumber(launcher.stdout);
    launcher.kill('SIGKILL');
    const identity = identityOf(role);
    if (identity !== undefined) expect(await waitUntilGone(identity, 10_000)).toBe(true);
    expect(notes().slice(1)).toEqual(['info: Stopping (the launcher has gone)', ...ORDERLY_STOP]);
  });

  it('ends with a fault that nobody caught, after closing what is open', async () => {
    const child = spawn(
      process.execPath,
      ['test/support/run-ts.mjs', 'test/processes/role.ts', journal, 'work'],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    child.once('message', () => child.send('reject'));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(1);
    expect(notes().slice(1)).toEqual([
      'error: A fault that nobody caught',
      'info: Stopping (fault)',
      ORDERLY_STOP[0],
      'work aborted',
      ...ORDERLY_STOP.slice(1),
    ]);
  });
});

async function firstNumber(stream: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: stream })) return Number(line);
  throw new Error('the launcher ended before it had started the role');
}
