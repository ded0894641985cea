import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { ARCHIVE_NAME, syncToDisk } from './archive-period.ts';

const row = z.looseObject({ user_id: z.string() });

/**
 * Replaces a user in the archives of usage by a pseudonym, and drops where it was used. A file is replaced as a whole or
 * stays as it was; one that does not name the user is not touched.
 *
 * @returns how many lines were changed
 */
export async function eraseFromArchives(dir: string, userId: string, pseudonym: string): Promise<number> {
  let changed = 0;
  for (const name of await namesIn(dir)) {
    const path = join(dir, name);
    if (await holds(path, userId)) changed += await rewrite(path, userId, pseudonym);
  }
  if (changed > 0) await syncToDisk(dir);
  return changed;
}

/** Of a folder that nothing was written to yet: none. */
async function namesIn(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => ARCHIVE_NAME.test(name)).toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function holds(path: string, userId: string): Promise<boolean> {
  for await (const line of linesOf(path)) if (line.includes(userId)) return true;
  return false;
}

async function rewrite(path: string, userId: string, pseudonym: string): Promise<number> {
  const unfinished = `${path}.part`;
  let changed = 0;
  async function* text(): AsyncGenerator<string> {
    for await (const line of linesOf(path)) {
      const mine = line.includes(userId) && row.parse(JSON.parse(line)).user_id === userId;
      if (mine) changed += 1;
      yield `${mine ? pseudonymised(line, pseudonym) : line}\n`;
    }
  }
  try {
    await pipeline(Readable.from(text()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
    await syncToDisk(unfinished);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return changed;
}

const pseudonymised = (line: string, pseudonym: string): string =>
  JSON.stringify({ ...row.parse(JSON.parse(line)), user_id: pseudonym, session_id: null, turn_id: null });

async function* linesOf(path: string): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const done = pipeline(createReadStream(path), gunzip);
  // Whoever stops reading early lets the rest go.
  done.catch(() => undefined);
  for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity }))
    if (line !== '') yield line;
  await done;
}
