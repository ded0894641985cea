import { join } from 'node:path';
import { countStores } from './counting.ts';
import { Meter } from './measure.ts';
import { LOADS, type Plan } from './plan.ts';
import { startProfiles, stopProfiles, type ProfileSummary } from './profile.ts';
import { redisReader, type BenchScene } from './run-bench.ts';

const TOP = 22;

/** Where the time of the product's processes goes at saturation, with what a turn asks of the stores. */
export async function profileProduct(
  plan: Plan,
  { stacks, dir, lifecycle, say }: BenchScene,
): Promise<string> {
  say('Starting stores and product');
  const [load, [product]] = await Promise.all([stacks.load(), stacks.start(['product'], { profiled: true })]);
  if (!product) throw new Error('The product did not start');
  const redisOf = redisReader(lifecycle);
  const meter = new Meter(load, redisOf);
  await meter.open(product, plan.sessions);
  await meter.slice(product, LOADS.saturation, plan.warmUpMs);

  await startProfiles(product.roles);
  const slice = await meter.slice(product, LOADS.saturation, plan.sliceMs.saturation * 2);
  const summaries = await stopProfiles(product.roles, (role) => join(dir, `${role.name}.cpuprofile`));
  const counts = await countStores(product, meter, redisOf(product));

  const turns = slice.load.completed;
  return [
    `${turns} turns (${slice.load.failed} failed), ${slice.turnsPerSecond.toFixed(0)} a second under the profiler; profiles in ${dir}`,
    `CPU ms a turn: ${[...slice.cpu].map(([part, ms]) => `${part} ${ms.toFixed(2)}`).join(', ')}, all ${slice.cpuTotal.toFixed(2)}`,
    ...summaries.map((summary) => textOf(summary, turns)),
    `Redis, sent: ${counts.redisByName.map(([name, n]) => `${name} ${n.toFixed(1)}`).join(', ')}; inside scripts ${counts.inScripts.toFixed(1)}`,
    ...counts.postgresByText.slice(0, TOP).map(([text, n]) => `${n.toFixed(2)} × ${text}`),
    '',
  ].join('\n');
}

function textOf({ role, busyMs, byPackage, byFunction, inclusive }: ProfileSummary, turns: number): string {
  const list = (rows: readonly [string, number][]): string =>
    rows
      .slice(0, TOP)
      .map(
        ([name, ms]) =>
          `  ${((ms * 1000) / turns).toFixed(0).padStart(6)} µs  ${((100 * ms) / busyMs).toFixed(1).padStart(5)} %  ${name}`,
      )
      .join('\n');
  return [
    '',
    `${role}: ${((busyMs * 1000) / turns).toFixed(0)} µs a turn on the main thread`,
    'self, by package or file',
    list(byPackage),
    'with what was called, by package or file',
    list(inclusive),
    'self, by function',
    list(byFunction),
  ].join('\n');
}
