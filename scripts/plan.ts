/** `npm run plan [-- FILE]`: JSON lines in, JSON lines out: scheduling instances and their plans; no server, no stores. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PulseError, parseInput } from '../contracts/errors.ts';
import { planRequest, solutionOf } from '../contracts/schedule.ts';
import { greedyEngine } from '../workers/workflows/scheduling/engine/greedy-engine.ts';
import { linesOf } from './lines-of.ts';

const DEFAULT_BUDGET_MS = 1_000;
const DEFAULT_SEED = 1;

async function answer(line: string): Promise<unknown> {
  try {
    let body: unknown;
    try {
      body = JSON.parse(line);
    } catch {
      throw new PulseError(
        'validation_error',
        'The line is not valid JSON. A line is one whole instance, as docs/scheduling.md describes it.',
      );
    }
    const { budget_ms, solver_seed, ...instance } = parseInput(planRequest, body);
    const { status, objective, bound, timings, ...plan } = await greedyEngine.plan(instance, {
      budgetMs: budget_ms ?? DEFAULT_BUDGET_MS,
      seed: solver_seed ?? DEFAULT_SEED,
    });
    return { ...solutionOf(instance, plan), objective, bound, status, timings_ms: timings };
  } catch (error) {
    const fault =
      error instanceof PulseError
        ? error
        : new PulseError('internal_error', 'The instance could not be planned.');
    return { error: fault.message, error_code: fault.code, retryable: fault.retryable };
  }
}

// A reader that went away (`| head`) is no fault of the lines that were still to come.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const lines = await linesOf(process.argv[2]);
for await (const line of createInterface({ input: lines, crlfDelay: Infinity })) {
  if (line.trim() === '') continue;
  if (!process.stdout.write(`${JSON.stringify(await answer(line))}\n`)) await once(process.stdout, 'drain');
}
