import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { newId } from '../../core/ids.ts';
import { ARCHIVE_NAME, syncToDisk } from './archive-period.ts';

const row = z.looseObject({ user_id: z.string() });

/** Lines between two signs of life: some tenths of a second. */
const LINES_MAX = 50_000;
/** Written beside an archive, each by one process alone. */
const UNFINISHED = /^llm_usage_\d{4}-\d{2}\.jsonl\.gz\.[0-9a-f-]{36}\.erasing$/;

/**
 * Replaces a user in the archives of usage by a pseudonym, and drops where it was used. A file is replaced as a whole or
 * stays as it was; one that does not name the user is not touched. Whoever else is at the same files writes to others, and
 * finds theirs gone: they have to begin anew.
 *
 * @param alive is called now and then, and before a file is put in its place; what it throws ends the work
 * @returns how many lines were changed
 */
export async function eraseFromArchives(
  dir: string,
  userId: string,
  pseudonym: string,
  alive: () => Promise<void>,
): Promise<number> {
  let changed = 0;
  // Of whoever died over them, or was held up.
  for (const name of await namesIn(dir, UNFINISHED)) await rm(join(dir, name), { force: true });
  for (const name of await namesIn(dir, ARCHIVE_NAME)) {
    const path = join(dir, name);
    await alive();
    if (await holds(path, userId, alive)) changed += await rewrite(path, { userId, pseudonym, alive });
  }
  if (changed > 0) await syncToDisk(dir);
  return changed;
}

/** Of a folder that nothing was written to yet: none. */
async function namesIn(dir: string, wanted: RegExp): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => wanted.test(name)).toSorted();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function holds(path: string, userId: string, alive: () => Promise<void>): Promise<boolean> {
  for await (const line of linesOf(path, alive)) if (line.includes(userId)) return true;
  return false;
}

async function rewrite(
  path: string,
  { userId, pseudonym, alive }: { userId: string; pseudonym: string; alive: () => Promise<void> },
): Promise<number> {
  const unfinished = `${path}.${newId()}.erasing`;
  let changed = 0;
  async function* text(): AsyncGenerator<string> {
    for await (const line of linesOf(path, alive)) {
      const mine = line.includes(userId) && row.parse(JSON.parse(line)).user_id === userId;
      if (mine) changed += 1;
      yield `${mine ? pseudonymised(line, pseudonym) : line}\n`;
    }
  }
  try {
    await pipeline(Readable.from(text()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
    await syncToDisk(unfinished);
    await alive();
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return changed;
}

const pseudonymised = (line: string, pseudonym: string): string =>
  JSON.stringify({ ...row.parse(JSON.parse(line)), user_id: pseudonym, session_id: null, turn_id: null });

async function* linesOf(path: string, alive: () => Promise<void>): AsyncGenerator<string> {
  let seen = 0;
  const gunzip = createGunzip();
  const done = pipeline(createReadStream(path), gunzip);
  // Whoever stops reading early lets the rest go.
  done.catch(() => undefined);
  for await (const line of createInterface({ input: gunzip, crlfDelay: Infinity })) {
    if (line !== '') yield line;
    seen += 1;
    if (seen % LINES_MAX === 0) await alive();
  }
  await done;
}
