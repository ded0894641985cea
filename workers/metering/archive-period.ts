import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';

/** The names of archives. */
export const ARCHIVE_NAME = /^llm_usage_\d{4}-\d{2}\.jsonl\.gz$/;

/** Rows and tokens, to compare what was written with what was read. */
interface Sums {
  rows: number;
  tokens: number;
}

const line = z.object({ tokens_used: z.int() });

function addTo(sums: Sums, text: string): void {
  sums.rows += 1;
  sums.tokens += line.parse(JSON.parse(text)).tokens_used;
}

/**
 * Writes a month's rows to a compressed file, one JSON object a line, on the disk when this returns, and reads it back.
 *
 * @param pages the rows as JSON, many at a time
 * @throws when what is read back is not what was written
 */
export async function archivePeriod(
  dir: string,
  period: string,
  pages: AsyncIterable<readonly string[]>,
): Promise<{ path: string; rows: number }> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, `llm_usage_${period.slice(0, 7)}.jsonl.gz`);
  const unfinished = `${path}.part`;
  const written: Sums = { rows: 0, tokens: 0 };
  async function* text(): AsyncGenerator<string> {
    for await (const page of pages) {
      for (const row of page) addTo(written, row);
      yield `${page.join('\n')}\n`;
    }
  }
  try {
    await pipeline(Readable.from(text()), createGzip(), createWriteStream(unfinished, { mode: 0o600 }));
    await syncToDisk(unfinished);
    const read = await readBack(unfinished);
    if (read.rows !== written.rows || read.tokens !== written.tokens)
      throw new Error('The archive of a month does not hold what was written to it');
    await rename(unfinished, path);
    await syncToDisk(dir);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { path, rows: written.rows };
}

async function readBack(path: string): Promise<Sums> {
  const sums: Sums = { rows: 0, tokens: 0 };
  const source = createReadStream(path);
  const gunzip = createGunzip();
  const done = pipeline(source, gunzip);
  for await (const row of createInterface({ input: gunzip, crlfDelay: Infinity })) addTo(sums, row);
  await done;
  return sums;
}

/** A file or a folder; a name is on the disk when its folder is. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
