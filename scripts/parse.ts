/** `npm run parse [-- FILE]`: JSON lines in, JSON lines out, as `POST /nlu/parse` answers; no server, no stores. */
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { PulseError, parseInput } from '../contracts/errors.ts';
import { parseRequest } from '../contracts/nlu.ts';
import { loadConfig } from '../core/config.ts';
import { cutText } from '../core/cut-text.ts';
import { openUnderstander } from '../workers/nlu/open-understander.ts';
import { linesOf } from './lines-of.ts';

const lines = await linesOf(process.argv[2]);
const { understander, close } = await openUnderstander(loadConfig(process.env), ({ message }) =>
  process.stderr.write(`${message}\n`),
);

async function answer(line: string): Promise<unknown> {
  try {
    let body: unknown;
    try {
      body = JSON.parse(line);
    } catch {
      throw new PulseError(
        'validation_error',
        `The line is not valid JSON. It looks like this: ${inForm(line)}`,
      );
    }
    return await understander.parse(parseInput(parseRequest, body), new Date());
  } catch (error) {
    const fault =
      error instanceof PulseError ? error : new PulseError('internal_error', 'The text could not be read.');
    return { error: fault.message, error_code: fault.code, retryable: fault.retryable };
  }
}

/** Plain words as they have to be said here; a sentence of ours where the line was meant to be JSON. */
function inForm(line: string): string {
  const words = /^\s*[{["]/.test(line) ? 'buy milk tomorrow' : cutText(line.trim(), 100);
  return JSON.stringify({ text: words });
}

// A reader that went away (`| head`) is no fault of the lines that were still to come.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

for await (const line of createInterface({ input: lines, crlfDelay: Infinity })) {
  if (line.trim() === '') continue;
  // One answer per line in the order of the lines; waiting for the drain keeps the memory flat on long inputs.
  if (!process.stdout.write(`${JSON.stringify(await answer(line))}\n`)) await once(process.stdout, 'drain');
}
await close();
