import type { Plan } from '../plan.ts';
import { Meter } from '../measure.ts';
import { fixed, table } from '../report.ts';
import { redisReader, type BenchScene } from '../run-bench.ts';
import { writeTables } from '../write-tables.ts';
import { measureMeteredTurns, type MeteredTurns } from './metered-turns.ts';

/** What metering adds to a turn, and what its books can take. */
export async function benchMetering(plan: Plan, scene: BenchScene): Promise<string> {
  const { stacks, lifecycle, say } = scene;
  say('Drafting with and without the meter');
  const load = await stacks.load();
  const turns = await measureMeteredTurns(stacks, new Meter(load, redisReader(lifecycle)));
  const text = turnsTable(turns);
  if (plan.write) writeTables(text, { page: 'metering.md', mark: 'bench-metering' });
  return `${text}\n`;
}

function turnsTable({ answerMs, withMs, withoutMs, ratio, turns }: MeteredTurns): string {
  return table(
    ['a turn that drafts, p50', 'ms'],
    [
      [`under the meter (the provider answers in ${answerMs} ms)`, fixed(withMs)],
      ['without it', fixed(withoutMs)],
      [`ratio (to reach: 1.05), of ${turns} turns`, fixed(ratio, 3)],
    ],
  );
}
