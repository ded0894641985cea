import { existsSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where things are on disk. The same code runs from the sources (tests) and out of a build in
 * dist/node-<hash>/, at a depth the bundler chooses, so nothing may count `../`.
 */

/** The folder of the checkout: the nearest one above this module that has a package.json. */
export function checkoutDir(): string {
  return nearest((dir) => existsSync(join(dir, 'package.json')));
}

/**
 * The built file of an entry that is started by path, such as `scripts/gateway` or a worker thread. A process
 * that runs out of a build stays with that build, whatever has been built since.
 */
export function builtEntry(name: string): string {
  return join(buildDir(), `${name}.js`);
}

/** The folder with the built web pages; it does not exist in a checkout without them. */
export function webDir(): string {
  return join(checkoutDir(), 'dist', 'web');
}

function buildDir(): string {
  const dir = nearestOrNone((candidate) => /^node-[0-9a-f]{12}$/.test(basename(candidate)));
  return dir ?? join(checkoutDir(), 'dist', 'node');
}

function nearest(fits: (dir: string) => boolean): string {
  const dir = nearestOrNone(fits);
  if (dir === undefined) throw new Error(`No checkout of PulsePlan around ${fileURLToPath(import.meta.url)}`);
  return dir;
}

function nearestOrNone(fits: (dir: string) => boolean): string | undefined {
  const start = dirname(fileURLToPath(import.meta.url));
  const { root } = parse(start);
  for (let dir = start; ; dir = dirname(dir)) {
    if (fits(dir)) return dir;
    if (dir === root) return undefined;
  }
}
