import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A process id is given out again after a while; together with the start it names one process for ever. */
export const processIdentity = z.object({ pid: z.number().int().positive(), startedAt: z.string().min(1) });
export type ProcessIdentity = z.infer<typeof processIdentity>;

/** The identity of a running process; none if there is no such process or only a zombie is left of it. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  return process.platform === 'linux' ? linuxIdentity(pid) : portableIdentity(pid);
}

/** False also when the pid belongs to another process by now. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identityOf(identity.pid)?.startedAt === identity.startedAt;
}

/** The working directory of a process, where the platform tells (Linux). */
export function workingDirOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** @returns false if the process had already gone */
export function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false;
  }
}

/** @returns whether the process was gone within the time */
export async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(identity)) {
    if (Date.now() >= deadline) return false;
    await sleep(10);
  }
  return true;
}

/** Asks with each signal in turn, allowing each its time; the last should be SIGKILL. */
export async function stopProcess(
  identity: ProcessIdentity,
  steps: readonly { signal: NodeJS.Signals; timeoutMs: number }[],
): Promise<boolean> {
  for (const { signal, timeoutMs } of steps) {
    sendSignal(identity, signal);
    if (await waitUntilGone(identity, timeoutMs)) return true;
  }
  return false;
}

function linuxIdentity(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may contain anything, so fields are counted from its end.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = rest[18];
    if (state === 'Z' || state === 'X' || startTicks === undefined) return undefined;
    return { pid, startedAt: `${bootId()}:${startTicks}` };
  } catch {
    return undefined;
  }
}

function portableIdentity(pid: number): ProcessIdentity | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? undefined : { pid, startedAt: line.replace(/^\S+\s+/, '') };
  } catch {
    return undefined;
  }
}

/** Ticks count from the boot of the machine, so the boot belongs to the identity. */
function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
}

/** Stops a server that works on our files although nobody wrote it down. */
export async function stopStray(
  pid: number,
  steps: readonly { signal: NodeJS.Signals; timeoutMs: number }[],
): Promise<void> {
  const identity = identityOf(pid);
  if (identity === undefined) return;
  await stopProcess(identity, steps);
  await waitUntilGone(identity, 1_000);
}
