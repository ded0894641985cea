import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno, readIfThere } from './private-file.ts';
import { identityOf, isAlive, processIdentity } from './process-identity.ts';
import { readRuntime } from './runtime-file.ts';
import { ServicesError } from './services-error.ts';

/**
 * One launcher per data folder: two would start two servers on the same files. The lock names its holder, so
 * that of a killed launcher is recognised and taken over.
 *
 * @returns releases the lock
 */
export function acquireLauncherLock(dataDir: string): () => void {
  const path = join(dataDir, 'launcher.lock');
  const mine = JSON.stringify(identityOf(process.pid));
  while (!tryLink(path, mine)) {
    const holder = readIfThere(path);
    if (holder === undefined) continue;
    if (isHeld(holder)) throw alreadyRunning(dataDir, holder);
    discard(path, holder);
  }
  return () => {
    if (readIfThere(path) === mine) rmSync(path, { force: true });
  };
}

/** A link appears complete or not at all, unlike a file that is created and then written. */
function tryLink(path: string, content: string): boolean {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, content, { mode: 0o600 });
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Renaming first makes sure that of two launchers that saw the same stale lock only one removes it. */
function discard(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  const taken = readIfThere(aside);
  if (taken !== undefined && taken !== stale) tryLink(path, taken);
  rmSync(aside, { force: true });
}

function isHeld(holder: string): boolean {
  const identity = parseHolder(holder);
  return identity !== undefined && isAlive(identity);
}

function parseHolder(holder: string) {
  try {
    return processIdentity.safeParse(JSON.parse(holder)).data;
  } catch {
    return undefined;
  }
}

function alreadyRunning(dataDir: string, holder: string): ServicesError {
  const where = [`process ${parseHolder(holder)?.pid ?? 'unknown'}`, readRuntime(dataDir)?.url];
  return new ServicesError(
    'already_running',
    `PulsePlan is already running on ${dataDir} (${where.filter((part) => part !== undefined).join(', ')}).`,
  );
}
