import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateDir } from './services/private-file.ts';

/**
 * A secret in a file of the data folder that only its owner may read, made when it is first asked for: it outlives a
 * restart and is the same for every process on the folder.
 *
 * @throws what the file system says, where it can be neither read nor made
 */
export function keptSecret(dataDir: string, name: string, make: () => string): string {
  const path = join(dataDir, name);
  if (!existsSync(path)) {
    makePrivateDir(dataDir);
    // Whole or not at all: a link to a file that is there already fails, and then another process was first.
    const aside = `${path}.${process.pid}`;
    writeFileSync(aside, make(), { mode: 0o600 });
    try {
      linkSync(aside, path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    } finally {
      rmSync(aside, { force: true });
    }
  }
  return readFileSync(path, 'utf8').trim();
}
