/** JSON lines in, JSON lines out: what `POST /nlu/parse` answers, without a server or stores. */
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { PulseError, parseInput } from '../contracts/errors.ts';
import { parseRequest } from '../contracts/nlu.ts';
import { loadConfig } from '../core/config.ts';
import { openUnderstander } from '../workers/nlu/open-understander.ts';

const { understander, close } = await openUnderstander(loadConfig(process.env), ({ message }) =>
  process.stderr.write(`${message}\n`),
);

async function answer(line: string): Promise<unknown> {
  try {
    let body: unknown;
    try {
      body = JSON.parse(line);
    } catch {
      throw new PulseError('validation_error', 'The line is not valid JSON.');
    }
    return await understander.parse(parseInput(parseRequest, body), new Date());
  } catch (error) {
    const fault =
      error instanceof PulseError ? error : new PulseError('internal_error', 'The text could not be read.');
    return { error: fault.message, error_code: fault.code, retryable: fault.retryable };
  }
}

// A reader that went away (`| head`) is no fault of the lines that were still to come.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line.trim() === '') continue;
  // One answer per line in the order of the lines; waiting for the drain keeps the memory flat on long inputs.
  if (!process.stdout.write(`${JSON.stringify(await answer(line))}\n`)) await once(process.stdout, 'drain');
}
await close();
