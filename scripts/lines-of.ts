import { open } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Where a command reads its lines: a file, or what is typed or piped in. Ends the process where there is no such file. */
export async function linesOf(file: string | undefined): Promise<NodeJS.ReadableStream> {
  if (file === undefined) return process.stdin;
  try {
    // npm runs a command in the checkout, wherever its user stands.
    const found = await open(resolve(process.env['INIT_CWD'] ?? '', file));
    if ((await found.stat()).isFile()) return found.createReadStream();
  } catch {
    // Whatever is wrong with it, it can't be read.
  }
  process.stderr.write(`There is no file "${file}" that can be read.\n`);
  process.exit(2);
}
