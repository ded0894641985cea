import { loadHead } from '../intent/head.ts';
import { manifestPath } from '../intent/intent-model.ts';
import { encoderModel, LOCAL_MODEL } from './encoder-model.ts';
import { Encoder } from './encoder.ts';
import { normaliseText } from './normalise-text.ts';
import { SentenceModel } from './sentence-model.ts';

/** Sentences of exactly these numbers of pieces. */
const SENTENCES: readonly { tokens: number; text: string }[] = [
  { tokens: 8, text: 'please call anna tomorrow at noon' },
  {
    tokens: 32,
    text: 'please move the meeting with the whole sales team from friday afternoon to next week, and remind me an hour before it so that I have time to get ready',
  },
];
const RUNS = 1_000;
const WARM_UP = 100;

/** Milliseconds for one text, asked for one after the other. */
export interface EncoderLatency {
  tokens: number;
  /** `classify`: the vector and the intent head after it. */
  work: 'encode' | 'classify';
  /** `thread`: as the caller sees it, with the way to the thread and back. `inside`: the work alone. */
  place: 'thread' | 'inside';
  p50Ms: number;
  p99Ms: number;
}

/** Measures the encoder of the repository and its intent head; takes a few seconds and keeps one core busy. */
export async function measureLatency(runs = RUNS): Promise<EncoderLatency[]> {
  const model = encoderModel(LOCAL_MODEL, '');
  const manifest = manifestPath('current');
  const encoder = await Encoder.start({ model, heads: [manifest] });
  const inside = await SentenceModel.load(model);
  const head = await loadHead(manifest);
  const found: EncoderLatency[] = [];
  for (const { tokens, text } of SENTENCES) {
    const normal = normaliseText(text);
    const works = [
      ['encode', 'thread', () => encoder.encode([text])],
      ['encode', 'inside', () => inside.encode(normal)],
      ['classify', 'thread', () => encoder.classify(head.id, text)],
      ['classify', 'inside', async () => head.run(normal, (await inside.encode(normal)).hid)],
    ] as const;
    for (const [work, place, run] of works)
      found.push({ tokens, work, place, ...quantiles(await timesMs(run, runs)) });
  }
  await inside.close();
  await encoder.close();
  return found;
}

async function timesMs(work: () => Promise<unknown>, runs: number): Promise<number[]> {
  for (let run = 0; run < WARM_UP; run += 1) await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}

function quantiles(times: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
