import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Head } from '../encoder/head.ts';
import { readManifest, type IntentManifest } from './manifest.ts';
import { hashNgrams } from './ngrams.ts';

/**
 * Loads a trained head by its manifest, whose files lie beside it.
 *
 * @throws ModelFileError where a file is missing or damaged
 */
export async function loadHead(manifestPath: string): Promise<Head> {
  const { manifest, labels, model } = readManifest(manifestPath);
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  const head = new IntentHead(manifest, labels.length, session);
  // The first run is several times slower than the others; nobody should wait for it.
  await head.run('hello', new Float32Array(manifest.encoder?.dimension ?? 0));
  return head;
}

/** A trained head in memory: one probability for each label. */
class IntentHead implements Head {
  constructor(
    private readonly manifest: IntentManifest,
    private readonly labels: number,
    private readonly session: InferenceSession,
  ) {}

  get id(): string {
    return this.manifest.name;
  }

  async run(text: string, hid: Float32Array): Promise<Float32Array> {
    const { indices, values } = hashNgrams(text, this.manifest.ngrams);
    // An empty sum has no shape in ONNX; one bucket that counts nothing stands in.
    const count = Math.max(1, indices.length);
    const weights = new Float32Array(count);
    weights.set(values);
    const buckets = BigInt64Array.from({ length: count }, (_, at) => BigInt(indices[at] ?? 0));
    const feeds: Record<string, Tensor> = {
      buckets: new Tensor('int64', buckets, [count]),
      weights: new Tensor('float32', weights, [1, count]),
    };
    if (this.manifest.encoder !== null) feeds['hidden'] = new Tensor('float32', hid, [1, hid.length]);
    const { probabilities } = await this.session.run(feeds);
    const data = probabilities?.data;
    if (!(data instanceof Float32Array) || data.length !== this.labels)
      throw new Error(`The head ${this.id} answers with another number of labels than its manifest names`);
    return data;
  }
}
