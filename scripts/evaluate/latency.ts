import { measureLatency } from '../../models/encoder/measure-latency.ts';
import type { Understander } from '../../workers/nlu/pipeline.ts';
import { readMultiActs, readOutOfScope, readRegisters, readSlotCases, REFERENCE } from './suites.ts';

/** Milliseconds, middle and the slowest of a hundred. */
export interface Latency {
  name: string;
  p50: number;
  p99: number;
}

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
  const encoder = await measureLatency();
  return [
    ...encoder.map(({ tokens, work, place, p50Ms, p99Ms }) => ({
      name: `${work === 'encode' ? 'encode' : 'encode and classify'} ${tokens} pieces, ${place === 'inside' ? 'the work alone' : 'through the thread'}`,
      p50: p50Ms,
      p99: p99Ms,
    })),
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
