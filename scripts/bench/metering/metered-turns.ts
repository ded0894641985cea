import { LOADS } from '../plan.ts';
import type { Meter } from '../measure.ts';
import type { Stacks } from '../stacks.ts';
import { median, percentile } from '../statistics.ts';
import { startProvider } from './provider.ts';

/** Of the provider. Real ones take seconds for a draft. */
const ANSWER_MS = 200;
const ROUNDS = 5;
const SLICE_MS = 4_000;
const WARM_UP_MS = 3_000;

/** What quota check, reservation and settlement add to a turn that drafts with a language model. */
export interface MeteredTurns {
  answerMs: number;
  withMs: number;
  withoutMs: number;
  /** Of the p50, by rounds. */
  ratio: number;
  turns: number;
}

/** The same drafting turns with and without the meter, in turns, one in flight. */
export async function measureMeteredTurns(stacks: Stacks, meter: Meter): Promise<MeteredTurns> {
  const provider = await startProvider(ANSWER_MS);
  try {
    const variants = await stacks.drafting(provider.url);
    for (const variant of variants) {
      await meter.open(variant, 8, 'draft an email to professor');
      await meter.slice(variant, LOADS.one, WARM_UP_MS);
    }
    const rounds: { metered: number[]; unmetered: number[] }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const times = { metered: [] as number[], unmetered: [] as number[] };
      for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
        const { load } = await meter.slice(variant, LOADS.one, SLICE_MS);
        if (load.failed > 0) throw new Error(`A drafting turn failed: ${load.failure}`);
        times[variant.name === 'metered' ? 'metered' : 'unmetered'].push(...load.terminal);
      }
      rounds.push(times);
    }
    const p50 = (kind: 'metered' | 'unmetered') =>
      percentile(
        rounds.flatMap((round) => round[kind]),
        0.5,
      );
    return {
      answerMs: ANSWER_MS,
      withMs: p50('metered'),
      withoutMs: p50('unmetered'),
      ratio: median(
        rounds.map(({ metered, unmetered }) => percentile(metered, 0.5) / percentile(unmetered, 0.5)),
      ),
      turns: rounds.flatMap(({ metered, unmetered }) => [...metered, ...unmetered]).length,
    };
  } finally {
    await provider.close();
  }
}
