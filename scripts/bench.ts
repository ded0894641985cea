import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../core/lifecycle.ts';
import { benchActions } from './bench/actions.ts';
import { benchErasure } from './bench/erasure.ts';
import { benchMemory } from './bench/memory/bench-memory.ts';
import { benchMetering } from './bench/metering/bench-metering.ts';
import { HELP, readPlan } from './bench/plan.ts';
import { profileProduct } from './bench/profile-product.ts';
import { runBench } from './bench/run-bench.ts';
import { Stacks } from './bench/stacks.ts';

/** Longer than all stores and processes take to stop. */
const STOP_MS = 60_000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

await runProcess(
  'bench',
  async (lifecycle) => {
    const plan = readPlan(process.argv.slice(2));
    if (!plan) {
      process.stdout.write(`${HELP}\n`);
      process.exit(0);
    }
    const dir = mkdtempSync(join(tmpdir(), 'pulseplan-bench-'));
    lifecycle.onClose('files', () =>
      plan.profile ? undefined : rmSync(dir, { recursive: true, force: true }),
    );
    const stacks = new Stacks(dir, say);
    lifecycle.onClose('what was measured', () => stacks.close(), STOP_MS);
    const measure = plan.erasure
      ? benchErasure
      : plan.actions
        ? benchActions
        : plan.memory
          ? benchMemory
          : plan.metering
            ? benchMetering
            : plan.profile
              ? profileProduct
              : runBench;
    process.stdout.write(await measure(plan, { stacks, dir, lifecycle, say }));
    await lifecycle.stop();
    process.exit(0);
  },
  {
    wholeStopMs: STOP_MS + 10_000,
    onEvent: ({ message, error }) => {
      say(message);
      if (error instanceof Error && error.stack !== undefined) say(error.stack);
    },
  },
);
