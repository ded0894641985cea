import type { Lifecycle } from '../../core/lifecycle.ts';
import { createLogger } from '../../core/logger.ts';
import { closeRedis, openRedis } from '../../core/redis.ts';
import type { Redis } from 'ioredis';
import { countStores, type Counts } from './counting.ts';
import { Meter, type Slice } from './measure.ts';
import { inMode, LOADS, MODES, type Plan } from './plan.ts';
import { aimsTable, cpuTable, keyOf, latencyTable, storeTable, surroundings, type Round } from './report.ts';
import { VARIANTS, type Stacks, type Variant, type VariantName } from './stacks.ts';
import { writeTables } from './write-tables.ts';

/** A slice during which others used more than this is taken again, as long as there are repeats left. */
const DISTURBED_CORES = 0.3;
/** For each round; they end the run in time on a machine that is never quiet. */
const REPEATS = 4;

export interface BenchScene {
  stacks: Stacks;
  dir: string;
  lifecycle: Lifecycle;
  say: (line: string) => void;
}

/** One connection to each Redis that is asked for its counters. */
export function redisReader(lifecycle: Lifecycle): (variant: Variant) => Redis {
  const log = createLogger({ level: 'silent', role: 'bench' });
  const known = new Map<string, Redis>();
  lifecycle.onClose('counters', () =>
    Promise.all([...known.values()].map((redis) => closeRedis(redis))).then(() => {}),
  );
  return ({ services }) => {
    const redis = known.get(services.redisUrl) ?? openRedis(services.redisUrl, { name: 'bench', log });
    known.set(services.redisUrl, redis);
    return redis;
  };
}

/**
 * Baselines and product in turns, in short slices and in another order each round: whatever else the machine does
 * meets them all. Those that wait stay alive and are warmed up again before they are measured; idle they use less than
 * a hundredth of a core.
 */
export async function runBench(plan: Plan, scene: BenchScene): Promise<string> {
  const { stacks, say, lifecycle } = scene;
  say('Starting stores, baselines and product');
  const [load, variants] = await Promise.all([stacks.load(), stacks.start(VARIANTS)]);
  const redisOf = redisReader(lifecycle);
  const meter = new Meter(load, redisOf);
  for (const variant of variants) {
    await meter.open(variant, plan.sessions);
    await meter.slice(variant, LOADS.saturation, plan.warmUpMs);
  }

  const repeats = { left: plan.rounds * REPEATS };
  const rounds: Round[] = [];
  for (let number = 0; number < plan.rounds; number += 1) {
    rounds.push(await runRound(number, { plan, variants, meter, repeats }));
    say(`Round ${number + 1} of ${plan.rounds} is done`);
  }
  const counts = new Map<VariantName, Counts>();
  for (const variant of variants) {
    if (variant.name !== 'b0') counts.set(variant.name, await countStores(variant, meter, redisOf(variant)));
  }

  const text = [
    aimsTable(rounds),
    latencyTable(rounds),
    cpuTable(rounds, 'saturation'),
    cpuTable(rounds, 'rate'),
    storeTable(counts),
    surroundings(rounds),
  ].join('\n\n');
  if (plan.write) writeTables(text);
  return `${text}\n`;
}

async function runRound(
  number: number,
  scene: { plan: Plan; variants: readonly Variant[]; meter: Meter; repeats: { left: number } },
): Promise<Round> {
  const { plan, variants, meter, repeats } = scene;
  const slices = new Map<string, Slice>();
  // Another one begins each time: none always follows the same neighbour.
  const order = variants
    .map((_, at) => variants[(at + number) % variants.length])
    .filter((variant) => variant !== undefined);
  for (const mode of MODES) {
    for (const variant of order.filter(({ name }) => inMode(name, mode))) {
      // What has waited has lost its compiled code: V8 lets go of it where it is not used for a while.
      await meter.slice(variant, LOADS.saturation, plan.settleMs);
      const measure = () => meter.slice(variant, LOADS[mode], plan.sliceMs[mode]);
      let slice = await measure();
      while (slice.foreignCores > DISTURBED_CORES && repeats.left > 0) {
        repeats.left -= 1;
        const again = await measure();
        if (again.foreignCores < slice.foreignCores) slice = again;
      }
      slices.set(keyOf(variant.name, mode), slice);
    }
  }
  return slices;
}
