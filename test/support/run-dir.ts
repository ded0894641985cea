import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJsonIfThere, writePrivateFile } from '../../core/services/private-file.ts';
import { identityOf, isAlive, processIdentity, sendSignal } from '../../core/services/process-identity.ts';
import { readRuntime } from '../../core/services/runtime-file.ts';

export const TEST_DIR_PREFIX = 'pulseplan-test-';
const OWNER_FILE = 'owner.json';

/**
 * One folder for everything that a test run puts on disk. It names the process of the run, so that the next run
 * recognises what one that was killed has left behind.
 */
export function makeRunDir(): string {
  removeAbandoned();
  const dir = mkdtempSync(join(tmpdir(), TEST_DIR_PREFIX));
  writePrivateFile(join(dir, OWNER_FILE), JSON.stringify(identityOf(process.pid)));
  return dir;
}

/** Kills what still runs in the folders of a run, and removes them. Synchronous: it is the last thing a process does. */
export function removeRunDir(dir: string): void {
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) {
    const runtime = readRuntime(join(dir, name));
    for (const store of [runtime?.redis, runtime?.postgres]) {
      if (store !== undefined) sendSignal(store.process, 'SIGKILL');
    }
  }
  // Helpers of a killed Postgres need a moment to notice, and may still write.
  rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** A new folder of one test. */
export function makeTestDir(runDir: string): string {
  mkdirSync(runDir, { recursive: true });
  return mkdtempSync(join(runDir, 'test-'));
}

function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(TEST_DIR_PREFIX))) {
    const dir = join(tmpdir(), name);
    const owner = processIdentity.safeParse(readJsonIfThere(join(dir, OWNER_FILE))).data;
    if (owner !== undefined && !isAlive(owner)) removeRunDir(dir);
  }
}
