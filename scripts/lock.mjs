import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Runs work while holding a lock file, so that two commands started at once do not install or build into each
 * other. The file names its holder; the lock of a process that is gone is taken over.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once if somebody else holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait = () => {}) {
  mkdirSync(dirname(path), { recursive: true });
  let waited = false;
  while (!tryAcquire(path)) {
    if (!waited) onWait();
    waited = true;
    await sleep(POLL_MS);
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function tryAcquire(path) {
  const mine = holderOf(process.pid);
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = readIfThere(path);
  if (holder !== undefined && isStale(holder)) discard(path, holder);
  return false;
}

function isStale(holder) {
  const pid = Number(holder.split(' ')[0]);
  // An empty file is a lock between creation and writing, not a stale one.
  return Number.isInteger(pid) && pid > 0 && holderOf(pid) !== holder;
}

/** Renaming first makes sure that of two processes that saw the same stale lock only one removes it. */
function discard(path, expected) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = readIfThere(aside);
  if (taken === expected) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

/** A process id alone may have been given to another process since; with the start time it is unique. */
function holderOf(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat !== undefined) {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : `${pid} ${fields[19]}`;
  }
  try {
    process.kill(pid, 0);
    return `${pid} -`;
  } catch (error) {
    return error.code === 'EPERM' ? `${pid} -` : 'gone';
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
