import { measureLatency } from '../../models/encoder/measure-latency.ts';
import type { Understander } from '../../workers/nlu/pipeline.ts';
import { readMultiActs, readOutOfScope, readRegisters, readSlotCases, REFERENCE } from './suites.ts';

/** Milliseconds, middle and the slowest of a hundred. */
export interface Latency {
  name: string;
  p50: number;
  p99: number;
}

/** As many pieces as the aim of the encoder's latency speaks of. */
const LONG_TEXT =
  'please move the long meeting with the whole sales team of the northern region from late friday afternoon to the same time on the first monday of next month if everybody agrees';
const RUNS = 1_000;

/** How long understanding takes, through the thread and one text after the other. */
export async function measureUnderstanding(understander: Understander): Promise<Latency[]> {
  const texts = [...readRegisters(), ...readOutOfScope(), ...readSlotCases(), ...readMultiActs()].map(
    ({ text }) => text,
  );
  const classify: number[] = [];
  const extract: number[] = [];
  const total: number[] = [];
  for (const text of texts) {
    const { timings_ms } = await understander.parse({ text, ...REFERENCE }, new Date());
    classify.push(timings_ms.classify);
    extract.push(timings_ms.extract);
    total.push(timings_ms.total);
  }
  const long: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { timings_ms } = await understander.parse({ text: LONG_TEXT, ...REFERENCE }, new Date());
    long.push(timings_ms.classify);
  }
  const encoder = await measureLatency();
  return [
    ...encoder.map(({ tokens, place, p50Ms, p99Ms }) => ({
      name: `encode ${tokens} pieces, ${place === 'inside' ? 'the work alone' : 'through the thread'}`,
      p50: p50Ms,
      p99: p99Ms,
    })),
    latencyOf('encode and classify, 32 pieces, through the thread', long),
    latencyOf(`encode and classify, ${texts.length} texts of the suites`, classify),
    latencyOf('all rules and extraction, the same texts', extract),
    latencyOf('all of understanding, the same texts', total),
  ];
}

function latencyOf(name: string, times: readonly number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { name, p50: at(0.5), p99: at(0.99) };
}
